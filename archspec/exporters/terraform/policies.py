"""Policies of IAM: statements of a spec, and our own, as AWS writes them.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""

import json
import re
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from archspec.artifacts import Omission
from archspec.errors import KeyPath
from archspec.exporters.terraform.hcl import Json, Template, Value
from archspec.exporters.terraform.resource import ACCOUNT, partition
from archspec.model.architecture import Architecture
from archspec.model.policy import Statement

_ACTION = re.compile(r"\*|[a-z0-9-]+:[A-Za-z0-9*?]+")
_SERVICE = re.compile(r"[a-z0-9.-]+\.amazonaws\.com(\.cn)?")
_PROVIDER = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(/[\w./-]+)?")
_SWITCHES = frozenset(
    {"grantisforawsresource", "multifactorauthpresent", "principalisawsservice", "securetransport", "viaawsservice"}
)
_COMPARED = frozenset(
    {
        "currenttime",
        "epochtime",
        "max-keys",
        "multifactorauthage",
        "object-lock-remaining-retention-days",
        "signatureage",
        "tlsversion",
        "tokenissuetime",
    }
)

_UNTOLD = frozenset({"backup", "cloudtrail", "s3"})
"""Services that do not say for which account they take a role, and would be refused. AWS sets no condition for them.

https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html
https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
"""

IamStatement: TypeAlias = "dict[str, Value]"


class Written(NamedTuple):
    """Statements as AWS writes them, and those that cannot be written so."""

    statements: "list[IamStatement]"
    omissions: list[Omission]


def document(statements: Sequence[Value]) -> Json:
    """Return a policy."""
    return Json({"Version": "2012-10-17", "Statement": statements})


def allow(actions: Sequence[str], resources: Sequence[Value], **more: Value) -> IamStatement:
    """Return a statement that allows `actions` on `resources`; `more` are its other keys, such as `Principal`."""
    return _ordered({"Effect": "Allow", "Action": list(actions), "Resource": list(resources), **more})


def only_encrypted(service: str, resources: Sequence[Value]) -> IamStatement:
    """Return the statement that refuses requests to a service which come without TLS.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-securetransport
    """
    return {
        "Sid": "OnlyEncryptedTransport",
        "Effect": "Deny",
        "Principal": "*",
        "Action": f"{service}:*",
        "Resource": list(resources),
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def root(architecture: Architecture) -> Template:
    """Return the principal that stands for everybody in the account whom its own IAM policies allow something."""
    return Template((f"arn:{partition(architecture.region)}:iam::", ACCOUNT, ":root"))


def administration(architecture: Architecture) -> IamStatement:
    """Return the statement of a key that leaves it to the account's IAM policies who may use it.

    https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
    """
    return {
        "Sid": "AccountDecides",
        "Effect": "Allow",
        "Principal": {"AWS": root(architecture)},
        "Action": "kms:*",
        "Resource": "*",
    }


def taking(service: str) -> IamStatement:
    """Return the statement of a trust policy that lets a service take a role."""
    trust: IamStatement = {"Effect": "Allow", "Action": "sts:AssumeRole", **of_this_account(service)}
    return _ordered({key: one for key, one in trust.items() if key != "Condition" or service not in _UNTOLD})


def of_this_account(service: str) -> IamStatement:
    """Return the principal of a service and the condition that it acts for this account.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
    """
    return {
        "Principal": {"Service": f"{service}.amazonaws.com"},
        "Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}},
    }


def written(
    statements: Sequence[Statement], path: KeyPath, resources: Sequence[Value], usual: str, architecture: Architecture
) -> Written:
    """Write the statements that stand at `path`. `usual` is the action of one that names none; no resources, none."""
    found = Written([], [])
    for i, one in enumerate(statements):
        reason = _problem(one, architecture)
        if reason:
            found.omissions.append(Omission((*path, i), reason))
        else:
            found.statements.append(_statement(one, resources, usual, architecture))
    return found


def parsed(text: str) -> Value | None:
    """Return a policy that is written as JSON; a name, or what is no JSON, is none."""
    try:
        policy: Value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return _plain(policy) if isinstance(policy, dict) else None


def _plain(value: Value) -> Value:
    """Return JSON without what Terraform's values do not have: nothing, and numbers with a fraction."""
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_plain(one) for one in value if one is not None]
    return str(value) if isinstance(value, float) else value


def actions(text: str) -> list[str]:
    """Return the IAM actions that a text lists; none where it is words."""
    found = [one.strip() for one in text.split(",")]
    return found if all(map(_ACTION.fullmatch, found)) else []


def principal(text: str, architecture: Architecture) -> Value:
    """Return a principal as policies write it, or nothing where the text names none."""
    arn = f"arn:{partition(architecture.region)}:iam::"
    if text == "*":
        return text
    if re.fullmatch(r"\d{12}", text):
        return {"AWS": f"{arn}{text}:root"}
    if _SERVICE.fullmatch(text):
        return {"Service": text}
    if text.startswith("arn:"):
        return {"Federated" if re.search(r":(oidc|saml)-provider/", text) else "AWS": text}
    return {"Federated": Template((arn, ACCOUNT, f":oidc-provider/{text}"))} if _PROVIDER.fullmatch(text) else ""


def _ordered(statement: IamStatement) -> IamStatement:
    keys = ("Sid", "Effect", "Principal", "Action", "Resource", "Condition")
    return {key: statement[key] for key in keys if key in statement}


def _problem(statement: Statement, architecture: Architecture) -> str:
    if not principal(statement.principal, architecture):
        return f"'{statement.principal}' is no principal as AWS writes it"
    if statement.does and not actions(statement.does):
        return f"'{statement.does}' are no IAM actions"
    compared = [key for key in statement.conditions or {} if _name(key) in _COMPARED]
    return f"does not say how {compared[0]} is compared" if compared else ""


def _statement(
    statement: Statement, resources: Sequence[Value], usual: str, architecture: Architecture
) -> IamStatement:
    conditions: dict[str, dict[str, Value]] = {}
    for key, text in (statement.conditions or {}).items():
        values = [value.strip() for value in text.split(",")]
        conditions.setdefault(_operator(key, values), {})[key] = values[0] if len(values) == 1 else values
    return {
        "Effect": statement.effect.capitalize(),
        "Principal": principal(statement.principal, architecture),
        "Action": actions(statement.does) if statement.does else usual,
        **({"Resource": list(resources)} if resources else {}),
        **({"Condition": conditions} if conditions else {}),
    }


def _name(key: str) -> str:
    return key.rpartition(":")[2].lower()


def _operator(key: str, values: Sequence[str]) -> str:
    """Return the operator for a condition: a spec states the key and its values only.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    """
    name = _name(key)
    if name in _SWITCHES:
        return "Bool"
    if name in {"sourceip", "vpcsourceip"}:
        return "IpAddress"
    if name.endswith("arn"):
        return "ArnLike"
    return "StringLike" if any("*" in value or "?" in value for value in values) else "StringEquals"
