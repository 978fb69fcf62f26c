"""Policies as AWS writes them → the statements and permissions of a spec."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from archspec.importers.draft import arns, links
from archspec.importers.draft.arns import Arns
from archspec.importers.draft.attributes import Values, blocks, document, items, number, text, texts
from archspec.importers.draft.piece import Given
from archspec.importers.draft.spelling import amount
from archspec.resources.kinds import PART_TAG
from archspec.resources.resource import Ref, Value

ADMINISTRATION = "kms:*"
"""What the account itself may do with a key by default.

https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
"""
_IDENTITY = "aws_cloudfront_origin_access_identity"
_DEEPEST = 10
"""How deep a statement goes: conditions are lists in mappings in mappings."""
_UNKNOWN = re.compile(r"\$\{(?:AWS::\w+|[^}:]*)\}")
"""What stands in a text for something that is not known yet; `${aws:username}` is a variable of IAM."""
_TAKING = {"sts:AssumeRole", "sts:AssumeRoleWithWebIdentity"}


class Read(NamedTuple):
    """What a spec can say of a policy, and what it cannot."""

    said: list[dict[str, Any]]
    guesses: tuple[str, ...] = ()


def statements(given: Given, *policies: Value) -> Read:
    """Return the statements of a resource's own policies, one for each principal."""
    said: list[dict[str, Any]] = []
    guesses: list[str] = []
    for one in _statements(policies):
        principals = [principal for principal in _principals(given, one) if "${" not in principal]
        if (not principals or not _actions(one)) and not _is_of_others(given, one):
            guesses.append("a statement of the policy is left out: a spec has no words for whom or what it names")
        conditions = _conditions(given, one)
        said += [_statement(principal, one, conditions) for principal in principals if _actions(one)]
    return Read(said, tuple(dict.fromkeys(guesses)))


def unstated(said: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Say of statements that conditions of theirs are not stated."""
    if all("conditions" in one for one in said):
        return ()
    return ("conditions of a policy are not stated: their values are not known, or they say when not",)


def _is_of_others(given: Given, one: Values) -> bool:
    """Whether a statement follows from something else: a key of its account, a distribution that reads a bucket."""
    named = one.get("Principal")
    found = [links.resource(given, each) for value in document(named).values() for each in items(value)]
    return _actions(one) == [ADMINISTRATION] or any(each and each.type == _IDENTITY for each in found)


def _statements(policies: Sequence[Value]) -> Iterator[Values]:
    for policy in policies:
        yield from blocks(document(policy).get("Statement"))


def _statement(principal: str, one: Values, conditions: Mapping[str, str] | None) -> dict[str, Any]:
    does = [action for action in _actions(one) if action not in _TAKING]
    said: dict[str, Any] = {"principal": principal, "does": ", ".join(does)}
    if one.get("Effect") == "Deny":
        said["effect"] = "deny"
    return said if conditions is None else {**said, "conditions": dict(conditions)}


def _actions(one: Values) -> list[str]:
    return texts(one.get("Action"))


def _principals(given: Given, one: Values) -> Iterator[str]:
    named = one.get("Principal")
    for value in items([*named.values()] if isinstance(named, Mapping) else named):
        for single in items(value):
            yield from filter(None, [_account(arns.of(given, single))])


def _account(principal: str) -> str:
    """Write an account by its number, which its root user stands for."""
    parts = principal.split(":")
    is_root = len(parts) == 6 and parts[2] == "iam" and parts[5] == "root"
    return parts[4] if is_root else principal


def _conditions(given: Given, one: Values) -> dict[str, str] | None:
    """Return the conditions, or nothing where one of them turns its meaning round."""
    found: dict[str, str] = {}
    for operator, tests in document(one.get("Condition")).items():
        if "Not" in operator or operator.startswith("Null") or not isinstance(tests, Mapping):
            return None
        for key, value in tests.items():
            spelled = [_spelled(given, single) for single in items(value)]
            if not all(spelled):
                return None
            found[key] = ", ".join(spelled)
    # Conditions whose values are not known yet are no reason to say that there are none.
    return None if one.get("Condition") and not found else found


def _spelled(given: Given, value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    found = number(value)
    if not isinstance(value, str | Ref):
        return amount(found) if found is not None else ""
    spelled = arns.of(given, value)
    return "" if "${AWS::" in spelled else spelled


def is_tls_only(statement: Mapping[str, Any], service: str = "s3") -> bool:
    """Whether a statement does nothing but refuse everybody without TLS."""
    conditions = {key.lower(): value for key, value in (statement.get("conditions") or {}).items()}
    denies = statement.get("effect") == "deny" and statement["principal"] == "*"
    usual = (f"{service}:*", "*", "sns:publish")
    return denies and statement["does"].lower() in usual and conditions == {"aws:securetransport": "false"}


class Permitted(NamedTuple):
    """What a role may do: permissions, what of its policies fits into none of them as JSON, and what is lost."""

    may: list[dict[str, Any]]
    rest: str
    guesses: tuple[str, ...]


def permitted(given: Given, known: Arns, policies: Sequence[Value]) -> Permitted:
    """Return what the policies of a role allow."""
    may: list[dict[str, Any]] = []
    rest: list[Value] = []
    for one in _statements(policies):
        # A state tells the policies of a role twice: in it, and beside it.
        if not _is_plain(one):
            rest += [literal for literal in [_literal(given, one)] if literal not in rest]
        elif not _is_added(given, known, one) and (permission := _permission(given, known, one)) not in may:
            may.append(permission)
    lost = any(not one["on"] and not one["arns"] for one in may)
    guesses = ["what some permissions are for is not known before it is applied"] if lost else []
    whole = [one for one in rest if not _has_gaps(one)]
    if len(whole) < len(rest):
        guesses.append("a statement of a policy is left out: what it names is not known before it is applied")
    spelled = json.dumps({"Version": "2012-10-17", "Statement": whole}) if whole else ""
    return Permitted([one for one in may if one["on"] or one["arns"]], spelled, tuple(guesses))


def _has_gaps(value: Value) -> bool:
    inner = [*value.values()] if isinstance(value, Mapping) else value if isinstance(value, list) else []
    return value is None or any(map(_has_gaps, inner))


def _is_plain(one: Values) -> bool:
    return one.get("Effect") == "Allow" and bool(_actions(one)) and not one.get("Condition") and "Resource" in one


def _is_added(given: Given, known: Arns, one: Values) -> bool:
    """Whether a statement is only about what an export adds to elements, and so adds itself."""
    named = items(one.get("Resource"))
    parts = [links.resource(given, value) for value in named if not known.element(value)]
    return len(parts) == len(named) > 0 and all(part and PART_TAG in part.tags for part in parts)


def _permission(given: Given, known: Arns, one: Values) -> dict[str, Any]:
    on: list[str] = []
    others: list[str] = []
    for value in items(one.get("Resource")):
        id_ = known.element(value)
        (on if id_ else others).append(id_ or _UNKNOWN.sub("*", arns.of(given, value, "*")))
    return {"does": ", ".join(_actions(one)), "on": [*dict.fromkeys(on)], "arns": [one for one in others if one]}


def _literal(given: Given, value: Value, depth: int = 0) -> Value:
    if isinstance(value, Ref):
        return arns.of(given, value, "*") or None
    if isinstance(value, Mapping) and depth < _DEEPEST:
        return {key: _literal(given, one, depth + 1) for key, one in value.items()}
    if isinstance(value, list | tuple) and depth < _DEEPEST:
        return [_literal(given, one, depth + 1) for one in value]
    return value if isinstance(value, str | bool) else _spelled(given, value) or None


def is_administration(statement: Mapping[str, Any], account: str) -> bool:
    """Whether a statement leaves a key to the policies of its own account, as that of every new key does."""
    principal = text(statement["principal"])
    is_own = principal == account if account else principal.isdigit()
    return is_own and statement["does"] == ADMINISTRATION and not statement.get("conditions")
