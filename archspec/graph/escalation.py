"""From which roles one gets to a role that may do everything: by taking it, by passing it on, by changing policies."""

from collections import deque
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from archspec.errors import KeyPath
from archspec.graph.grants import Grant, grants
from archspec.graph.graph import Graph

_CHANGES = (
    "iam:AttachRolePolicy", "iam:PutRolePolicy", "iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion",
    "iam:UpdateAssumeRolePolicy", "iam:AttachUserPolicy", "iam:PutUserPolicy", "iam:CreateAccessKey",
)  # fmt: skip
"""Actions with which a role makes itself, or a user, one that may do everything.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-policy-checks.html
"""

_RUNS = (
    "ecs:RunTask", "ecs:StartTask", "ecs:UpdateService", "lambda:CreateFunction", "lambda:UpdateFunctionConfiguration",
    "ec2:RunInstances", "cloudformation:CreateStack", "codebuild:CreateProject", "glue:CreateJob",
)  # fmt: skip
"""Actions with which a role that is passed on does something."""


class Way(NamedTuple):
    """How one gets on from a role: to the next, or "" where it may then do everything by itself; and the grant.

    `end` is the role that may do everything, `steps` are how many it takes to be that.
    """

    next: str
    does: str
    path: KeyPath
    end: str = ""
    steps: int = 1


@lru_cache(maxsize=1)
def ways(graph: Graph) -> Mapping[str, Way]:
    """Return role → the first step of a shortest way to a role that may do everything, for those that may not yet."""
    roles = graph.architecture.security.roles
    admins = dict.fromkeys(id_ for id_ in roles if is_admin(graph, id_))
    changing = ((id_, next(_changes(graph, id_), None)) for id_ in roles if id_ not in admins)
    found = {id_: way for id_, way in changing if way}
    before = _before(graph)
    waiting = deque([*admins, *found])
    while waiting:
        here = waiting.popleft()
        for role, way in (*before.get(here, ()), *before.pop("*", ())):  # whoever may take any role is found at once
            if role not in found and role not in admins:
                further = found.get(here)
                end, steps = (further.end, further.steps) if further else (here, 0)
                found[role] = way._replace(next=here, end=end, steps=steps + 1)
                waiting.append(role)
    return found


def is_admin(graph: Graph, role: str) -> bool:
    """Whether a role may do everything, or everything of IAM."""
    return any(_is_wide(grant) for grant in grants(graph, role).stated)


def _is_wide(grant: Grant) -> bool:
    everywhere = not grant.elements and (not grant.arns or "*" in grant.arns)
    return everywhere and not grant.denies and grant.allows("iam:CreateRole") and grant.allows("iam:AttachRolePolicy")


def _changes(graph: Graph, role: str) -> Iterator[Way]:
    for grant in grants(graph, role).stated:
        does = next((one for one in _CHANGES if not grant.denies and grant.allows(one)), "")
        if does:
            yield Way("", does, grant.path, role)


def _before(graph: Graph) -> dict[str, list[tuple[str, Way]]]:
    """Return role → who may take it or pass it on, and how; under `*` are those who may with any role."""
    roles = graph.architecture.security.roles
    found: dict[str, list[tuple[str, Way]]] = {}
    for id_ in roles:
        stated = [grant for grant in grants(graph, id_).stated if not grant.denies]
        runs = any(grant.allows(action) for grant in stated for action in _RUNS)
        for grant in stated:
            does = "sts:AssumeRole" if grant.allows("sts:AssumeRole") else "iam:PassRole"
            if grant.allows("sts:AssumeRole") or (runs and grant.allows("iam:PassRole")):
                for target in _targets(graph, grant):
                    found.setdefault(target, []).append((id_, Way(target, does, grant.path)))
    return found


def _targets(graph: Graph, grant: Grant) -> list[str]:
    if "*" in grant.arns:
        return ["*"]
    roles = graph.architecture.security.roles
    named = [id_ for id_ in grant.elements if id_ in roles]
    return named or [id_ for id_, role in roles.items() if grant.arns and role.name and grant.covers(role, frozenset())]
