"""What roles may do, read from what a spec states of them: IAM actions, AWS's managed policies, policies as JSON."""

import json
import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any, NamedTuple

from archspec.errors import KeyPath
from archspec.graph.dated_facts import dated
from archspec.graph.graph import Graph
from archspec.model.element import Element
from archspec.model.security import Permission, Role

_ACTION = re.compile(r"\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+", re.ASCII)


class Grant(NamedTuple):
    """Actions that a role may do on elements or on ARNs, as patterns; on what is not stated where both are empty.

    `besides` are actions that are left out again. Where `denies`, the actions are refused whatever else allows them.
    """

    actions: tuple[str, ...]
    elements: tuple[str, ...]
    arns: tuple[str, ...]
    path: KeyPath
    besides: tuple[str, ...] = ()
    denies: bool = False

    def allows(self, action: str) -> bool:
        """Whether it is about an action, `sqs:SendMessage`; `sqs:` stands for any one of that service."""
        if action.endswith(":"):
            return any(fnmatchcase(action[:-1], pattern.partition(":")[0].lower()) for pattern in self.actions)
        return _matches(action, self.actions) and not _matches(action, self.besides)

    def covers(self, element: Element, others: frozenset[str]) -> bool:
        """Whether it is about an element, or about another that stands for it: the store of a secret."""
        if not self.elements and not self.arns:
            return True
        named = element.id in self.elements or not others.isdisjoint(self.elements)
        return named or any(_is_of(arn, element) for arn in self.arns)


class Grants(NamedTuple):
    """Everything that a role states as actions. `unread` says why that may not be all; "" where it is all."""

    stated: tuple[Grant, ...]
    unread: str


def grants(graph: Graph, role: str) -> Grants:
    """Return what a role may do."""
    return _all_grants(graph)[role]


def actions_in(text: str) -> tuple[str, ...]:
    """Return the IAM actions that a text consists of, or nothing where it is written in words."""
    parts = text.replace(",", " ").split()
    return tuple(parts) if parts and all(_ACTION.fullmatch(part) for part in parts) else ()


@lru_cache(maxsize=1)
def _all_grants(graph: Graph) -> Mapping[str, Grants]:
    return {role.id: _read(role) for role in graph.architecture.security.roles.values()}


def _read(role: Role) -> Grants:
    stated: list[Grant] = []
    unread = "" if role.may or role.managed_policies or role.policy else f"{role.id}.may"
    for i, permission in enumerate(role.may):
        found = _permitted(permission, (*role.path, "may", i))
        stated += found
        unread = unread if found else f"{role.id} says in words what it may do"
    for i, name in enumerate(role.managed_policies):
        known = dated("managed_policies")["policies"].get(name.rpartition("/")[2])
        if known is None:
            unread = f"archspec does not know what {name} allows"
        else:
            besides = tuple(known.get("except", ()))
            stated.append(Grant(tuple(known["actions"]), (), ("*",), (*role.path, "managed_policies", i), besides))
    if role.policy:
        document = _document(role.policy)
        stated += _statements(document, (*role.path, "policy"))
        unread = unread if document else f"what {role.id}'s policy allows is not stated"
    return Grants(tuple(stated), unread)


def _permitted(permission: Permission, path: KeyPath) -> list[Grant]:
    actions = actions_in(permission.does)
    return [Grant(actions, permission.on, permission.arns, path)] if actions else []


def _document(text: str) -> list[Mapping[str, Any]]:
    """Return the statements of a policy that is written as JSON; none where it is anything else, such as a name."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return []
    statements = found.get("Statement", []) if isinstance(found, dict) else []
    listed = statements if isinstance(statements, list) else [statements]
    return [one for one in listed if isinstance(one, dict)]


def _statements(document: list[Mapping[str, Any]], path: KeyPath) -> Iterator[Grant]:
    for one in document:
        denies = one.get("Effect") == "Deny"
        if one.get("Condition") and denies:
            continue  # refuses in some cases, which a spec does not tell apart
        besides = _texts(one.get("NotAction"))
        actions = _texts(one.get("Action")) or (("*",) if besides else ())
        yield Grant(actions, (), _texts(one.get("Resource")), path, besides, denies)


def _texts(value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    return tuple(one for one in listed if isinstance(one, str))


def _matches(action: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(action.lower(), pattern.lower()) for pattern in patterns)


def _is_of(arn: str, element: Element) -> bool:
    """Whether a pattern of ARNs may be about an element; one without a name of its own may be meant by any."""
    resource = arn.rpartition(":")[2]
    parts = {resource, *resource.split("/")} - {"*"}
    if arn == "*" or not parts or not element.name:
        return True
    return any(fnmatchcase(name, part) for part in parts for name in (element.id, element.name))
