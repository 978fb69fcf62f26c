"""A role may do everything, or everything of a service.

## Why

What a role allows and nobody needs is what an attacker who gets hold of it can do. AWS calls policies that allow `*` on
`*` the ones to avoid first, and those that allow all of a service next.

## Fails

```yaml
security:
  roles:
    api-role:
      may: [{does: "sqs:*", on: [orders]}]  # expect: IAM001
    admin-role:
      managed_policies: [AdministratorAccess]  # expect: IAM001
messaging:
  queues: {orders: {}}
```

## Passes

```yaml
security:
  roles:
    api-role:
      may: [{does: "sqs:SendMessage, sqs:GetQueueUrl", on: [orders]}, {does: "sqs:Get*", on: [orders]}]
messaging:
  queues: {orders: {}}
```
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.grants import Grant, grants
from archspec.graph.graph import Graph
from archspec.graph.uses_of_aws import uses
from archspec.model.security import Role
from archspec.model.status import current

ID = "IAM001"
NAME = "wildcard-grant"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.WARNING)
REFERENCES = (
    "IAM.1",
    "IAM.21",
    "KMS.1",
    "AC-6",
    "sec_permissions_least_privileges",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
)

_NAMEABLE = frozenset({"dynamodb", "iam", "kms", "lambda", "s3", "secretsmanager", "sns", "sqs", "ssm", "sts"})


def subjects(graph: Graph) -> Iterable[Role]:
    """Return the current roles."""
    return current(graph.architecture.security.roles.values())


def check(graph: Graph, role: Role) -> Iterator[Violation | Unknown]:
    """Fail each grant of all actions, of all of a service, or of all but some; and of changes on everything."""
    found = grants(graph, role.id)
    wide = [(grant, why) for grant in found.stated if not grant.denies and (why := _why(grant))]
    for grant, why in wide:
        needed = ", ".join(_needed(graph).get(role.id, ()))
        fix = f"allow what is used: {needed}" if needed else "name the actions that are used, and on what"
        yield Violation(role.id, grant.path, f"{role.id} may do {why}", fix)
    if found.unread and not wide:
        yield Unknown(role.id, role.path, found.unread)


def _why(grant: Grant) -> str:
    if grant.besides:
        return f"everything but {', '.join(grant.besides)}"
    if "*" in grant.actions:
        return "everything"
    services = [action.partition(":")[0] for action in grant.actions if action.endswith(":*")]
    if services:
        return f"everything of {', '.join(services)}"
    changes = [action for action in grant.actions if _changes(action)]
    everywhere = "*" in grant.arns and "managed_policies" not in grant.path
    return f"{', '.join(changes)} on everything" if changes and everywhere else ""


def _changes(action: str) -> bool:
    """Whether an action does more than read, in a service where a grant can name what it is about."""
    service, _, verb = action.partition(":")
    return service in _NAMEABLE and not verb.startswith(("Get", "List", "Describe", "Head", "BatchGet"))


@lru_cache(maxsize=1)
def _needed(graph: Graph) -> Mapping[str, list[str]]:
    """Return role → the actions that what has it uses, and on what."""
    found: dict[str, list[str]] = {}
    for use in uses(graph):
        actions = [group[0] for group in use.need if not group[0].endswith(":")]
        for role in dict.fromkeys(use.roles):
            found.setdefault(role, []).extend(f"{action} on {use.target.id}" for action in actions)
    return found
