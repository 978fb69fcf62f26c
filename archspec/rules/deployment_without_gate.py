"""A pipeline deploys what nobody has tested or approved.

## Why

What reaches people without a test is tested by them, and without an approval nobody has decided that it may. A stage of
each kind before every deployment is the least that keeps a bad change out.

## Fails

```yaml
delivery:
  pipelines:
    shop:
      stages:
        - {name: source, type: source}
        - {name: build, type: build}
        - {name: tests, type: test}
        - {name: release, type: deploy}  # expect: CIC001
```

## Passes

```yaml
delivery:
  pipelines:
    shop:
      stages:
        - {name: source, type: source}
        - {name: build, type: build}
        - {name: tests, type: test}
        - {name: sign-off, type: approval}
        - {name: release, type: deploy}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.pipelines import Deploying, current_pipelines, deploying
from archspec.model.delivery import Pipeline

ID = "CIC001"
NAME = "deployment-without-gate"
SEVERITY = Severities(Severity.ERROR, Severity.OFF, Severity.OFF)
REFERENCES = (
    "rel_tracking_change_management_automated_changemgmt",
    "https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals.html",
)

_GATES = ("test", "approval")


def subjects(graph: Graph) -> Iterable[Pipeline]:
    """Return the pipelines that deploy."""
    return [one for one in current_pipelines(graph) if any(deploying(graph, one))]


def check(graph: Graph, pipeline: Pipeline) -> Iterator[Violation | Unknown]:
    """Fail each deploying stage without a test and an approval among the stages before it."""
    for one in deploying(graph, pipeline):
        before = [stage.type for stage in pipeline.stages[: one.position]]
        lacking = [gate for gate in _GATES if gate not in before]
        if lacking and None in before:
            yield Unknown(pipeline.id, (*pipeline.path, "stages", before.index(None)), "stages.type")
            return
        if lacking:
            yield _violation(pipeline, one, lacking)


def _violation(pipeline: Pipeline, one: Deploying, lacking: list[str]) -> Violation:
    named = " and no ".join(lacking)
    message = f"{pipeline.id} deploys in '{one.stage.name}' after no {named}"
    return Violation(pipeline.id, one.path, message, f"add a stage with `type: {lacking[0]}` before it")
