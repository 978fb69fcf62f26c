"""A service's role leads to a role that may do everything.

## Why

A role that may take another one, pass it on to something that it starts, or change policies, can do all that the other
may. A single policy looks harmless; the way through several roles does not.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {api-sg: {}}
compute:
  services:
    api: {port: 80, desired: 2, subnets: [private-a], security_groups: [api-sg], task_role: api-role}
security:
  roles:
    api-role:
      may: [{does: "sts:AssumeRole", on: [deploy-role]}]  # expect: IAM007
    deploy-role:
      may: [{does: "iam:PassRole", on: [admin-role]}, {does: "ecs:RunTask"}]
    admin-role:
      managed_policies: [AdministratorAccess]  # expect: IAM001
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {api-sg: {}}
compute:
  services:
    api: {port: 80, desired: 2, subnets: [private-a], security_groups: [api-sg], task_role: api-role}
security:
  roles:
    api-role:
      may: [{does: "sts:AssumeRole", on: [reader-role]}]
    reader-role:
      may: [{does: "s3:GetObject"}]
```
"""

from collections.abc import Iterable, Iterator, Mapping

from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.escalation import Way, is_admin, ways
from archspec.graph.grants import grants
from archspec.graph.graph import Graph
from archspec.model.security import Role
from archspec.model.status import current

ID = "IAM007"
NAME = "way-to-admin-role"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.WARNING)
REFERENCES = (
    "AC-6",
    "sec_permissions_least_privileges",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
)

_SHOWN = 12
"""Steps of a way that are shown one by one."""


def subjects(graph: Graph) -> Iterable[Role]:
    """Return the roles of services, those that may do everything left out: that alone is another defect."""
    services = current(graph.architecture.compute.services.values())
    held = dict.fromkeys(role for one in services for role in (one.task_role, one.execution_role) if role)
    return [graph.architecture.security.roles[id_] for id_ in held if not is_admin(graph, id_)]


def check(graph: Graph, role: Role) -> Iterator[Violation | Unknown]:
    """Fail a role from which one gets to everything, and show the way."""
    found = ways(graph)
    if role.id not in found:
        if unread := grants(graph, role.id).unread:
            yield Unknown(role.id, role.path, unread)
        return
    first = found[role.id]
    message = f"{role.id}, a service's role, leads to {first.end}, which may do everything"
    if not first.next:
        message = f"{role.id}, a service's role, may make itself one that may do everything"
    hops = tuple(_hops(role.id, found))
    yield Violation(role.id, first.path, message, "remove one of the permissions on the way", hops)


def _hops(role: str, found: Mapping[str, Way]) -> Iterator[Hop]:
    """Yield the steps of a way, as many as a reader follows; the last says how many more there are."""
    for _ in range(_SHOWN):
        if role not in found:
            return
        yield _hop(role, found[role])
        role = found[role].next
    if role in found:
        yield Hop("open", f"and {found[role].steps} more steps to {found[role].end}", found[role].path)


def _hop(role: str, way: Way) -> Hop:
    return Hop("open", f"{role} may do {way.does}" + (f" on {way.next}" if way.next else ""), way.path)
