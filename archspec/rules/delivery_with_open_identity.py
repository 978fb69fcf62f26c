"""What delivers signs in to AWS with keys that stay valid, or as more than its own repository.

## Why

An access key in a build is valid until somebody takes it away, wherever it has leaked to. A role that trusts an
identity provider is taken for an hour; but unless the subject of the token is fixed to a repository and a branch or
environment, every repository of that provider may take it.

## Fails

```yaml
delivery:
  builds:
    image:
      variables: {AWS_ACCESS_KEY_ID: AKIAEXAMPLE}  # expect: CIC005
  pipelines:
    shop: {role: deploy-role, stages: [{name: build, uses: [image]}]}
security:
  roles:
    deploy-role:
      trust_policy:
        - principal: token.actions.githubusercontent.com  # expect: CIC005
          conditions: {"token.actions.githubusercontent.com:sub": "repo:shop/*"}
```

## Passes

```yaml
delivery:
  pipelines:
    shop: {role: deploy-role, stages: [{name: build}]}
security:
  roles:
    deploy-role:
      trust_policy:
        - principal: token.actions.githubusercontent.com
          conditions: {"token.actions.githubusercontent.com:sub": "repo:shop/api:ref:refs/heads/main"}
```
"""

from collections.abc import Iterable, Iterator

from archspec.errors import KeyPath
from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.pipelines import current_pipelines
from archspec.graph.policy_statements import account, condition, service
from archspec.model.delivery import Build, Pipeline
from archspec.model.policy import Statement
from archspec.model.status import current

ID = "CIC005"
NAME = "delivery-with-open-identity"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.WARNING)
REFERENCES = (
    "CodeBuild.2",
    "sec_identities_unique",
    "sec_identities_secrets",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
)

_KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")


def subjects(graph: Graph) -> Iterable[Pipeline | Build]:
    """Return the current pipelines and builds."""
    builds = current(graph.architecture.delivery.builds.values())
    return [*current_pipelines(graph), *builds]


def check(graph: Graph, subject: Pipeline | Build) -> Iterator[Violation | Unknown]:
    """Fail keys among a build's variables, and a pipeline's role that a provider's other repositories may take."""
    if isinstance(subject, Build):
        yield from _check_variables(subject)
    elif not subject.role:
        yield Unknown(subject.id, subject.path, f"{subject.id}.role")
    else:
        yield from _check_role(graph, subject)


def _check_variables(build: Build) -> Iterator[Violation]:
    for name in _KEYS:
        if name in build.variables:
            path = (*build.path, "variables", name)
            message = f"{build.id} signs in with an access key in its variables"
            yield Violation(build.id, path, message, "give the build a role, and take the key away")
            return


def _check_role(graph: Graph, pipeline: Pipeline) -> Iterator[Violation | Unknown]:
    role = graph.architecture.security.roles[pipeline.role]
    if not role.trust_policy:
        yield Unknown(pipeline.id, role.path, f"{role.id}.trust_policy")
    for i, statement in enumerate(role.trust_policy):
        if statement.effect == "allow" and not service(statement) and not account(statement):
            yield from _check_subject(pipeline, statement, (*role.path, "trust_policy", i))


def _check_subject(pipeline: Pipeline, statement: Statement, path: KeyPath) -> Iterator[Violation | Unknown]:
    if statement.conditions is None:
        yield Unknown(pipeline.id, path, "trust_policy.conditions")
        return
    stated = condition(statement, ":sub")
    repository, _, rest = stated.removeprefix("repo:").partition(":")
    if not repository or "*" in repository or rest.strip("*") == "":
        said = f"as '{stated}'" if stated else "without a subject"
        message = f"{pipeline.id} takes its role from {statement.principal} {said}, which others may, too"
        fix = "fix the subject to a repository and a branch: `repo:owner/name:ref:refs/heads/main`"
        yield Violation(pipeline.id, path, message, fix)
