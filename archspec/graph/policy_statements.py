"""What statements of policies let in: whether a principal is everybody, and whether a condition keeps others out."""

import re

from archspec.model.policy import Statement

_ACCOUNT = re.compile(r"(?:arn:aws[a-z-]*:iam::)?(?P<account>\d{12})(?::.*)?", re.ASCII)
_SERVICE = re.compile(r"[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?", re.ASCII)

_NARROWING = frozenset({
    "aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths", "aws:sourceaccount",
    "aws:sourcearn", "aws:sourceip", "aws:sourceorgid", "aws:sourceowner", "aws:sourcevpc", "aws:sourcevpce",
    "aws:userid", "kms:calleraccount", "s3:dataaccesspointarn", "sns:endpoint",
})  # fmt: skip
"""Conditions that say who asks or from where.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
"""


def is_everybody(statement: Statement) -> bool:
    """Whether a statement allows something to any principal."""
    return statement.effect == "allow" and statement.principal in {"*", "arn:aws:iam::*:root"}


def service(statement: Statement) -> str:
    """Return the AWS service that a statement is about, `ecs-tasks`, or nothing."""
    return statement.principal.partition(".")[0] if _SERVICE.fullmatch(statement.principal) else ""


def account(statement: Statement) -> str:
    """Return the AWS account that a statement is about, by its number or an ARN in it, or nothing."""
    found = _ACCOUNT.fullmatch(statement.principal)
    return found["account"] if found else ""


def is_narrowed(statement: Statement) -> bool:
    """Whether a condition says who asks or from where, and not only that anybody may."""
    return any(key.lower() in _NARROWING and not _is_open(value) for key, value in (statement.conditions or {}).items())


def condition(statement: Statement, ending: str) -> str:
    """Return the value of the condition whose key ends so, in any case; "" where there is none."""
    found = (value for key, value in (statement.conditions or {}).items() if key.lower().endswith(ending))
    return next(found, "")


def _is_open(value: str) -> bool:
    return any(part.strip() in {"", "*", "0.0.0.0/0", "::/0", "arn:aws:*", "arn:*"} for part in value.split(","))
