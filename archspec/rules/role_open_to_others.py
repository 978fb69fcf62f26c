"""A role may be taken by somebody whom it is not for.

## Why

A trust policy that lets everybody in gives the role away. An AWS service acts for all of its customers: without the
account or ARN that it may act for, another customer can make it take the role (the confused deputy). An account of
somebody else should have to know an external id, for the same reason.

## Fails

```yaml
account: "111122223333"
security:
  roles:
    open-role:
      trust_policy: [{principal: "*", conditions: {}}]  # expect: IAM006
    logs-role:
      trust_policy: [{principal: vpc-flow-logs.amazonaws.com, conditions: {}}]  # expect: IAM006
    partner-role:
      trust_policy: [{principal: "999988887777", conditions: {}}]  # expect: IAM006
```

## Passes

```yaml
account: "111122223333"
security:
  roles:
    logs-role:
      trust_policy: [{principal: vpc-flow-logs.amazonaws.com, conditions: {aws:SourceAccount: "111122223333"}}]
    partner-role:
      trust_policy: [{principal: "999988887777", conditions: {sts:ExternalId: 7f3a}}]
```
"""

from collections.abc import Iterable, Iterator

from archspec.errors import KeyPath
from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.policy_statements import account, condition, is_everybody, is_narrowed, service
from archspec.model.policy import Statement
from archspec.model.security import Role

ID = "IAM006"
NAME = "role-open-to-others"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.WARNING)
REFERENCES = (
    "AC-6",
    "sec_permissions_analyze_cross_account",
    "sec_permissions_share_securely",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
)

_LOCAL = frozenset({
    "ec2", "ecs", "ecs-tasks", "lambda", "edgelambda", "codebuild", "codepipeline", "codedeploy", "rds", "monitoring",
})  # fmt: skip
"""Services that take a role for who passed it to them in the account, where such a condition is not asked for."""


def subjects(graph: Graph) -> Iterable[Role]:
    """Return the current roles that state their trust policy."""
    roles = graph.architecture.security.roles.values()
    return [one for one in roles if one.status == "current" and one.trust_policy]


def check(graph: Graph, role: Role) -> Iterator[Violation | Unknown]:
    """Fail statements that let everybody in, a service for anybody, or another account without an external id."""
    for i, statement in enumerate(role.trust_policy):
        if statement.effect == "deny" or is_narrowed(statement):
            continue
        path = (*role.path, "trust_policy", i)
        if statement.conditions is None and (is_everybody(statement) or _asks(graph, statement)):
            yield Unknown(role.id, path, f"{role.id}.trust_policy.conditions")
        else:
            yield from _check_open(graph, role, statement, path)


def _asks(graph: Graph, statement: Statement) -> bool:
    """Whether the statement is of a kind that needs a condition."""
    if service(statement):
        return service(statement) not in _LOCAL
    return bool(account(statement)) and account(statement) != graph.architecture.account


def _check_open(graph: Graph, role: Role, statement: Statement, path: KeyPath) -> Iterator[Violation | Unknown]:
    own = graph.architecture.account
    if is_everybody(statement):
        message = f"{role.id} may be taken by everybody"
        yield Violation(role.id, path, message, "name the service, account or role that takes it")
    elif service(statement) and _asks(graph, statement):
        message = f"{role.id} may be taken by {statement.principal} for any account"
        fix = f'add `conditions: {{aws:SourceAccount: "{own or "…"}"}}`'
        yield Violation(role.id, path, message, fix)
    elif account(statement) and not own:
        yield Unknown(role.id, path, "account")
    elif _asks(graph, statement) and not condition(statement, "externalid"):
        message = f"{role.id} may be taken by the account {account(statement)} without an external id"
        yield Violation(role.id, path, message, "add `conditions: {sts:ExternalId: …}`")
