"""An environment variable holds a secret in plain text.

## Why

The variables of a task or a build are shown in consoles, logs and APIs to everybody who may look at it, and stay in
every old revision. A secret belongs in Secrets Manager or the Parameter Store, and the task names it there.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {api-sg: {}}
compute:
  services:
    api:
      desired: 2
      subnets: [private-a, private-b]
      security_groups: [api-sg]
      variables:
        LOG_LEVEL: info
        DB_PASSWORD: correct horse battery staple  # expect: SEC010
        QUEUE_URL: amqps://app:hunter2@mq.example.com  # expect: SEC010
delivery:
  builds:
    images:
      variables:
        NPM_TOKEN: npm-of-the-platform-team  # expect: SEC010
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {api-sg: {}}
compute:
  services:
    api:
      desired: 2
      subnets: [private-a, private-b]
      security_groups: [api-sg]
      secrets: [db-password]
      variables:
        LOG_LEVEL: info
        DB_PASSWORD: db-password
        DB_PASSWORD_ARN: "{the ARN of the secret}"
        TOKEN_TTL: 15 minutes
security:
  secrets: {db-password: {}}
```
"""

from collections.abc import Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.plain_secrets import plain_secret
from archspec.model.compute import Service
from archspec.model.delivery import Build

ID = "SEC010"
NAME = "secret-in-plain-text"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "ECS.8",
    "CodeBuild.2",
    "IA-5(7)",
    "sec_identities_secrets",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html",
)


def subjects(graph: Graph) -> Iterator[Service | Build]:
    """Yield the services and builds that state variables."""
    yield from (
        one for one in graph.architecture.compute.services.values() if one.status == "current" and one.variables
    )
    yield from (one for one in graph.architecture.delivery.builds.values() if one.status == "current" and one.variables)


def check(graph: Graph, holder: Service | Build) -> Iterator[Violation | Unknown]:
    """Fail each variable that seems to hold a secret and is not the id of a declared one."""
    security = graph.architecture.security
    for name, value in holder.variables.items():
        if value in security.secrets or value in security.secret_stores:
            continue
        if found := plain_secret(name, value):
            message = f"the variable {name} of {holder.id} holds {found}, in plain text"
            fix = (
                f"keep it in Secrets Manager, declare it, and write `{name}: id-of-the-secret`; change it, it is known"
            )
            yield Violation(holder.id, (*holder.path, "variables", name), message, fix)
