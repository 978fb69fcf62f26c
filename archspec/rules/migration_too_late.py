"""A pipeline changes a database after the code that needs it, or with nothing to go back to.

## Why

New code finds the old tables while the migration has still to come. And a migration that goes wrong is undone with what
was kept before: a snapshot that the pipeline takes, or point-in-time recovery of the database.

## Fails

```yaml
delivery:
  pipelines:
    shop:
      stages:
        - {name: release, type: deploy}
        - {name: tables, type: migration}  # expect: CIC007
```

## Passes

```yaml
delivery:
  pipelines:
    shop:
      stages:
        - {name: keep, type: snapshot}
        - {name: tables, type: migration}
        - {name: release, type: deploy}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.pipelines import current_pipelines, deploying
from archspec.model.data import Database
from archspec.model.delivery import Pipeline

ID = "CIC007"
NAME = "migration-too-late"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.OFF)
REFERENCES = (
    "rel_tracking_change_management_automated_changemgmt",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CreateSnapshot.html",
)


def subjects(graph: Graph) -> Iterable[Pipeline]:
    """Return the pipelines that change a database."""
    return [one for one in current_pipelines(graph) if any(stage.type == "migration" for stage in one.stages)]


def check(graph: Graph, pipeline: Pipeline) -> Iterator[Violation | Unknown]:
    """Fail a migration after a deployment, and one before which nothing is kept."""
    first = min((one.position for one in deploying(graph, pipeline)), default=len(pipeline.stages))
    for i, stage in enumerate(pipeline.stages):
        if stage.type != "migration":
            continue
        path = (*pipeline.path, "stages", i)
        if i > first:
            message = f"{pipeline.id} changes the database in '{stage.name}', after '{pipeline.stages[first].name}'"
            yield Violation(pipeline.id, path, message, "migrate before the code that needs it is deployed")
        if not any(earlier.type == "snapshot" for earlier in pipeline.stages[:i]):
            yield from _check_kept(graph, pipeline, i)


def _check_kept(graph: Graph, pipeline: Pipeline, position: int) -> Iterator[Violation | Unknown]:
    """Judge what a migration without a snapshot before it can go back to: the recovery of the databases it names."""
    stage = pipeline.stages[position]
    path = (*pipeline.path, "stages", position)
    elements = graph.architecture.elements
    databases = [one for id_ in stage.uses if isinstance(one := elements[id_], Database)]
    if not databases:
        yield Unknown(pipeline.id, path, f"which database '{stage.name}' changes is not stated in its `uses`")
    for database in databases:
        point = database.backups.point_in_time if database.backups else None
        if point is None:
            yield Unknown(pipeline.id, database.path, f"{database.id}.backups.point_in_time")
        elif not point:
            message = f"{pipeline.id} changes {database.id} in '{stage.name}', and keeps nothing to go back to"
            yield Violation(pipeline.id, path, message, "add a stage with `type: snapshot` before it")
