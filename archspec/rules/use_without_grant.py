"""A service uses something of AWS's, and its roles do not allow that.

## Why

A security group that is open is not enough: AWS answers a task only if a role of the task allows the action on that
resource, and no policy of the resource refuses it. A grant that is missing shows when the first message is sent.

What a role says in words cannot be held against an action. Yet an execution role that says of each permission what it
is `on`, and is on some secret, leaves out the others that its tasks are given.

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
security:
  roles:
    api-role:
      may: [{does: "sqs:ReceiveMessage", on: [orders]}]  # expect: IAM003
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
security:
  roles:
    api-role:
      may: [{does: "sqs:SendMessage", on: [orders]}]
```
"""

from collections.abc import Iterable, Iterator

from archspec.errors import KeyPath
from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.grants import Grant, actions_in, grants
from archspec.graph.graph import Graph
from archspec.graph.shortened import and_more
from archspec.graph.uses_of_aws import Use, standing_for, uses
from archspec.model.data import Bucket
from archspec.model.delivery import Registry
from archspec.model.element import Element
from archspec.model.messaging import Queue, Topic
from archspec.model.policy import Statement
from archspec.model.security import Key, Secret

ID = "IAM003"
NAME = "use-without-grant"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "sec_permissions_least_privileges",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
)


_SECRETS = ("secret", "secret_store")


def subjects(graph: Graph) -> Iterable[Use]:
    """Return what services use of AWS's, one for all that share their roles."""
    return uses(graph)


def check(graph: Graph, use: Use) -> Iterator[Violation | Unknown]:
    """Fail a use that a policy refuses, or that needs an action which no role allows on the element."""
    named = and_more(use.clients[0].id, len(use.clients) - 1) + (" uses" if len(use.clients) == 1 else " use")
    if not use.roles:
        yield Unknown(use.id, use.path, f"{use.clients[0].id}.task_role")
        return
    refused = _refused(graph, use)
    if refused:
        action, path = refused
        hop = Hop("blocked", f"{action} on {use.target.id} is refused", path, "IAM_NO_GRANT")
        message = f"{named} {use.target.id}, and a policy refuses {action}"
        yield Violation(use.id, path, message, "remove the refusal, or the use", (hop,))
        return
    missing = [group for group in use.need if not any(_is_allowed(graph, use, action) for action in group)]
    if not missing:
        return
    unread = next((why for role in use.roles if (why := grants(graph, role).unread)), "")
    if unread:
        yield _left_out(graph, use, named) or Unknown(use.id, use.path, unread)
        return
    yield _violation(graph, use, named, " and ".join(_spell(group) for group in missing))


def _violation(graph: Graph, use: Use, named: str, lacking: str) -> Violation:
    role = graph.architecture.security.roles[use.roles[0]]
    path = (*role.path, "may") if role.may else role.path
    message = f"{named} {use.target.id}, and {' and '.join(use.roles)} does not allow {lacking} on it"
    hops = (
        Hop("note", f"{named} {use.target.id}", use.path),
        Hop("blocked", f"{role.id} does not allow {lacking} on {use.target.id}", path, "IAM_NO_GRANT"),
    )
    return Violation(use.id, path, message, f'add `{{does: "{lacking}", on: [{use.target.id}]}}` to {role.id}', hops)


def _left_out(graph: Graph, use: Use, named: str) -> Violation | None:
    """Return what words tell: the execution role, which gives tasks their secrets, is for other secrets than this.

    Only a role that says of each permission what it is on leaves anything out, and only one that is for some secret.
    """
    known, role = graph.architecture.elements, graph.architecture.security.roles.get(use.clients[0].execution_role)
    given = use.target.kind in _SECRETS and any(use.target.id in one.secrets for one in use.clients)
    if (
        not given
        or role is None
        or role.policy
        or role.managed_policies
        or not all(one.on and not one.arns for one in role.may)
    ):
        return None
    others = dict.fromkeys(id_ for one in role.may for id_ in one.on if known[id_].kind in _SECRETS)
    task = graph.architecture.security.roles.get(use.clients[0].task_role)
    named_there = {id_ for one in (task.may if task else ()) for id_ in one.on}
    meant = {use.target.id} | standing_for(graph).get(use.target.id, frozenset())
    if not others or not meant.isdisjoint(named_there.union(others)):
        return None
    message = f"{named} {use.target.id}, and {role.id}, which is for {next(iter(others))}, does not speak of it"
    hop = Hop("blocked", f"no permission of {role.id} is on {use.target.id}", role.path, "IAM_NO_GRANT")
    fix = f"name {use.target.id} in the `on` of a permission of {role.id}, or leave it out of `secrets`"
    return Violation(
        use.id, (*role.path, "may"), message, fix, (Hop("note", f"{named} {use.target.id}", use.path), hop)
    )


def _spell(group: tuple[str, ...]) -> str:
    return f"any {group[0].removesuffix(':')} action" if group[0].endswith(":") else group[0]


def _is_allowed(graph: Graph, use: Use, action: str) -> bool:
    return any(not one.denies and one.allows(action) for one in _about(graph, use))


def _about(graph: Graph, use: Use) -> Iterator[Grant]:
    """Yield what the roles state about the target; an endpoint is a way to any of a service's resources."""
    others = standing_for(graph).get(use.target.id, frozenset())
    stated = (one for role in dict.fromkeys(use.roles) for one in grants(graph, role).stated)
    return (one for one in stated if use.target.kind == "endpoint" or one.covers(use.target, others))


def _refused(graph: Graph, use: Use) -> tuple[str, KeyPath] | None:
    """Return an action of the use that is refused, and where: by a role for all its ARNs, or by the target for all."""
    exact = [group[0] for group in use.need if len(group) == 1 and not group[0].endswith(":")]
    for grant in _about(graph, use):
        if grant.denies and "*" in grant.arns and (found := next(filter(grant.allows, exact), "")):
            return found, grant.path
    for i, statement in enumerate(_policy(use.target)):
        actions = Grant(actions_in(statement.does) or ("*",), (), (), ())
        if statement.effect == "deny" and statement.principal == "*" and statement.conditions == {}:
            found = next(filter(actions.allows, exact), "")
            if found:
                return found, (*use.target.path, "policy", i)
    return None


def _policy(element: Element) -> tuple[Statement, ...]:
    return element.policy if isinstance(element, Bucket | Queue | Topic | Key | Secret | Registry) else ()
