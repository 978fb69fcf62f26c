"""A service is deployed by none of the pipelines.

## Why

What no pipeline deploys is deployed by hand, from a machine that nobody reviews, or not at all when a weakness has to
be closed in a hurry.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {api-sg: {}}
compute:
  services:
    api: {port: 80, desired: 2, subnets: [private-a], security_groups: [api-sg]}
    worker: {desired: 2, subnets: [private-a], security_groups: [api-sg]}  # expect: CIC006
delivery:
  pipelines:
    shop: {stages: [{name: release, type: deploy, uses: [api]}]}
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {api-sg: {}}
compute:
  clusters: {ecs: {}}
  services:
    api: {cluster: ecs, port: 80, desired: 2, subnets: [private-a], security_groups: [api-sg]}
    worker: {cluster: ecs, desired: 2, subnets: [private-a], security_groups: [api-sg]}
delivery:
  pipelines:
    shop: {stages: [{name: release, type: deploy, uses: [ecs]}]}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.pipelines import current_pipelines, deployed, deploying
from archspec.model.compute import Service
from archspec.model.delivery import Pipeline
from archspec.model.status import current

ID = "CIC006"
NAME = "service-left-undelivered"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "rel_tracking_change_management_automated_changemgmt",
    "https://docs.aws.amazon.com/codepipeline/latest/userguide/ecs-cd-pipeline.html",
)


def subjects(graph: Graph) -> Iterable[Service | Pipeline]:
    """Return the services, where there are pipelines, and the pipelines of which a deploying stage names nothing."""
    pipelines = current_pipelines(graph)
    silent = [one for one in pipelines if any(not stage.stage.uses for stage in deploying(graph, one))]
    services = current(graph.architecture.compute.services.values())
    told = pipelines and not silent and deployed(graph)
    return [*silent, *(services if told else ())]


def check(graph: Graph, subject: Service | Pipeline) -> Iterator[Violation | Unknown]:
    """Fail a service that no stage deploys, by itself or with its cluster."""
    if isinstance(subject, Pipeline):
        yield Unknown(subject.id, (*subject.path, "stages"), f"{subject.id}.stages.uses")
    elif subject.id not in deployed(graph):
        message = f"{subject.id} is deployed by no pipeline"
        fix = f"name it in a stage that deploys: `{{name: …, type: deploy, uses: [{subject.id}]}}`"
        yield Violation(subject.id, subject.path, message, fix)
