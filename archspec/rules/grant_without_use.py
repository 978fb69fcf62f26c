"""A role may do something on an element that nothing with the role uses.

## Why

A grant that no flow needs is reach without a purpose: whoever gets hold of the role can use it. It is left over, or a
flow is missing in the spec.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {api-sg: {}}
compute:
  services:
    api: {port: 80, desired: 2, subnets: [private-a], security_groups: [api-sg], task_role: api-role}
messaging:
  queues: {orders: {producers: [api]}}
data:
  buckets: {invoices: {}}
security:
  roles:
    api-role:
      may:
        - {does: "sqs:SendMessage", on: [orders]}
        - {does: "s3:GetObject", on: [invoices]}  # expect: IAM004
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
messaging:
  queues: {orders: {producers: [api]}}
data:
  buckets: {invoices: {readers: [api]}}
security:
  roles:
    api-role:
      may: [{does: "sqs:SendMessage", on: [orders]}, {does: "s3:GetObject", on: [invoices]}]
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.used_by_roles import is_backed, used_by_roles
from archspec.model.security import Role

ID = "IAM004"
NAME = "grant-without-use"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "AC-6",
    "sec_permissions_continuous_reduction",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
)


def subjects(graph: Graph) -> Iterable[Role]:
    """Return the current roles that something has and that name what they may act on, in words or as actions."""
    held = used_by_roles(graph)
    roles = graph.architecture.security.roles.values()
    return [one for one in roles if one.status == "current" and one.id in held and any(p.on for p in one.may)]


def check(graph: Graph, role: Role) -> Iterator[Violation | Unknown]:
    """Fail each permission on elements that nothing with the role uses. One to take or pass on a role needs no flow."""
    roles = graph.architecture.security.roles
    for i, permission in enumerate(role.may):
        extra = [id_ for id_ in permission.on if id_ not in roles and not is_backed(graph, role.id, id_)]
        if extra:
            message = f"{role.id} may act on {', '.join(extra)}, which nothing that has it uses"
            fix = f"remove the permission, or declare the use: `- … -> {extra[0]}: 443 HTTPS`"
            yield Violation(role.id, (*role.path, "may", i), message, fix)
