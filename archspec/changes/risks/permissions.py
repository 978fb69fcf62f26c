"""What roles may do now and might not before: actions, or what they may do them on."""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase

from archspec.changes.change import Grade, Risk
from archspec.changes.versions import Versions
from archspec.findings import Hop
from archspec.graph.grants import Grant, grants
from archspec.graph.graph import Graph
from archspec.graph.shortened import and_more

_SHOWN = 3


def risks(versions: Versions) -> Iterator[Risk]:
    """Yield a sentence for each role that may do more; one that may do less is told of as well, and graded none."""
    before, now = versions.both(_all_grants)
    for role, granted in now.items():
        if role not in before:
            continue
        more = [
            (action, grant)
            for grant in granted
            for action in grant.actions
            if not _covered(action, grant, before[role])
        ]
        less = [
            (action, grant)
            for grant in before[role]
            for action in grant.actions
            if not _covered(action, grant, granted)
        ]
        if more:
            yield _wider(role, more)
        elif less:
            text = f"{role} may not do {_actions(less)} any more"
            yield Risk(Grade.NONE, role, text, versions.now[role].path)


def _all_grants(graph: Graph) -> Mapping[str, tuple[Grant, ...]]:
    roles = graph.architecture.security.roles.values()
    return {
        role.id: tuple(grant for grant in grants(graph, role.id).stated if not grant.denies)
        for role in roles
        if role.status == "current"
    }


def _covered(action: str, grant: Grant, others: tuple[Grant, ...]) -> bool:
    """Whether other grants are about all that a pattern of actions is about, on all that the grant is about."""
    return all(_is_in_one(action, part, others) for part in _parts(grant))


def _parts(grant: Grant) -> Iterator[Grant]:
    """Yield the grant for each thing that it is about, as others may be about some of them each."""
    yield from (grant._replace(elements=(one,), arns=()) for one in grant.elements)
    yield from (grant._replace(elements=(), arns=(one,)) for one in grant.arns)
    if not grant.elements and not grant.arns:
        yield grant


def _is_in_one(action: str, grant: Grant, others: tuple[Grant, ...]) -> bool:
    return any(
        any(fnmatchcase(action.lower(), pattern.lower()) for pattern in other.actions)
        and set(other.besides) <= set(grant.besides)
        and _is_on_all(grant, other)
        for other in others
    )


def _is_on_all(grant: Grant, other: Grant) -> bool:
    if not other.elements and not other.arns:
        return True
    if not grant.elements and not grant.arns:
        return "*" in other.arns
    arns = all(any(fnmatchcase(arn, pattern) for pattern in other.arns) for arn in grant.arns)
    return "*" in other.arns or (arns and set(grant.elements) <= set(other.elements))


def _wider(role: str, more: list[tuple[str, Grant]]) -> Risk:
    facts = tuple(Hop("note", f"{action} on {_whom(grant)}", grant.path) for action, grant in more)
    text = f"{role} may do more: {_actions(more)} on {_whom(more[0][1])}"
    grade = Grade.HIGH if any(_is_broad(action) for action, _ in more) else Grade.MEDIUM
    return Risk(grade, role, text, more[0][1].path, facts)


def _is_broad(action: str) -> bool:
    """Whether it is all actions of a service, or one by which a role can give itself others."""
    service, _, name = action.lower().partition(":")
    return name in ("", "*") or (service in ("iam", "sts") and not name.startswith(("get", "list")))


def _actions(granted: list[tuple[str, Grant]]) -> str:
    names = [*dict.fromkeys(action for action, _ in granted)]
    return and_more(", ".join(names[:_SHOWN]), len(names) - _SHOWN)


def _whom(grant: Grant) -> str:
    named = [*grant.elements, *grant.arns]
    return and_more(", ".join(named[:_SHOWN]), len(named) - _SHOWN) or "what is not stated"
