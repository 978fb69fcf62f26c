"""What pipelines do, stage by stage: which of them deploy, and what they deploy."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from archspec.errors import KeyPath
from archspec.graph.graph import Graph
from archspec.model.compute import Cluster, Service
from archspec.model.delivery import Pipeline, Stage
from archspec.model.status import current


class Deploying(NamedTuple):
    """A stage that deploys: its position in the pipeline, and its place in the spec."""

    position: int
    stage: Stage
    path: KeyPath


def current_pipelines(graph: Graph) -> list[Pipeline]:
    """Return the pipelines that are there today."""
    return current(graph.architecture.delivery.pipelines.values())


def deploying(graph: Graph, pipeline: Pipeline) -> Iterator[Deploying]:
    """Yield the stages that deploy: by their type, or where that is not stated by the services that they use."""
    for i, stage in enumerate(pipeline.stages):
        if stage.type == "deploy" or (stage.type is None and any(_runs(graph, id_) for id_ in stage.uses)):
            yield Deploying(i, stage, (*pipeline.path, "stages", i))


@lru_cache(maxsize=1)
def deployed(graph: Graph) -> Mapping[str, str]:
    """Return service → the first pipeline that deploys it, also by its cluster."""
    found: dict[str, str] = {}
    for pipeline in current_pipelines(graph):
        for one in deploying(graph, pipeline):
            for id_ in one.stage.uses:
                members = graph.members.get(id_, ())
                for service in (id_, *(member.id for member in members)):
                    found.setdefault(service, pipeline.id)
    return found


def _runs(graph: Graph, id_: str) -> bool:
    return isinstance(graph.architecture.elements[id_], Service | Cluster)
