"""How changes get to where they run: pipelines with their stages, what the stages use, and who runs which images."""

import re
from collections.abc import Iterator, Mapping

from archspec.graph.graph import Graph
from archspec.model.compute import Cluster, Service
from archspec.model.delivery import Build, Pipeline, Registry, Repository, Stage
from archspec.model.element import Element
from archspec.views.parts.cards import card, living, status_words
from archspec.views.parts.images import images
from archspec.views.parts.keeping import facts
from archspec.views.parts.words import count, icon, joined, kinds_counted, listing
from archspec.views.view import Edge, Group, Node, View

_GATES = {"test": "gate: tests have to pass", "approval": "gate: somebody has to approve"}
_LINE = 75
"""Characters of a line that a card breaks by itself; it cuts a longer one."""

_ICONS = {"source": "repository", "build": "build", "test": "build", "approval": "actor"}


def project(graph: Graph) -> Iterator[View]:
    """Yield the view of pipelines, and of who runs images of which registry; no nodes without either."""
    architecture = graph.architecture
    elements = architecture.elements
    pipelines = {one.id: one for one in architecture.delivery.pipelines.values() if one.status != "removed"}
    ways = [edge for one in pipelines.values() for edge in _of_pipeline(elements, one)]
    edges = joined(living(architecture, [*ways, *images(graph)]))
    shipping = [one for one in elements.values() if isinstance(one, Repository | Build | Registry)]
    ends = [end for edge in edges for end in (edge.source, edge.target)]
    shown = dict.fromkeys([*ends, *(one.id for one in shipping if one.status != "removed")])
    others = [elements[id_] for id_ in shown if id_ in elements and id_ not in pipelines]
    yield View(
        name="delivery",
        title=f"{architecture.label}: delivery",
        description=f"Delivery of {architecture.label}: {listing(kinds_counted([*pipelines.values(), *others]))}.",
        layout="flow",
        groups=tuple(_group(one) for one in pipelines.values() if one.stages),
        nodes=(
            *(node for one in pipelines.values() for node in _nodes(elements, one)),
            *(card(element, facts=_facts(graph, element)) for element in others if edges or pipelines),
        ),
        edges=edges,
    )


def _group(pipeline: Pipeline) -> Group:
    told = "" if pipeline.source else pipeline.trigger
    return Group(pipeline.id, pipeline.label, "pipeline", subtitle=told, status=pipeline.status)


def _nodes(elements: Mapping[str, Element], pipeline: Pipeline) -> Iterator[Node]:
    """Yield a node for each stage; a pipeline without stages is one itself."""
    if not pipeline.stages:
        yield card(pipeline)
    for number, stage in enumerate(pipeline.stages):
        used = next((icon(elements[id_]) for id_ in stage.uses if id_ in elements), "pipeline")
        kind = _ICONS.get(stage.type or "", used)
        told = [line for text in (*stage.does, stage.note) for line in _lines(text)]
        detail = (*filter(None, (_GATES.get(stage.type or "", ""), *told)), *status_words(pipeline.status))
        id_ = _stage_id(pipeline, number)
        yield Node(id_, pipeline.id, stage.name, kind, pipeline.id, detail, status=pipeline.status)


def _lines(text: str) -> Iterator[str]:
    """Yield a text in pieces that fit on a card, broken after its punctuation where it has any."""
    line = ""
    for piece in re.split(r"(?<=[,;.]) ", text):
        if line and len(line) + len(piece) >= _LINE:
            yield line
            line = ""
        line = f"{line} {piece}".strip()
    yield line


def _stage_id(pipeline: Pipeline, number: int) -> str:
    return f"{pipeline.id}@{number + 1}" if pipeline.stages else pipeline.id


def _of_pipeline(elements: Mapping[str, Element], pipeline: Pipeline) -> Iterator[Edge]:
    """Yield what starts a pipeline, its stages one after the other, and what they use."""
    status = pipeline.status
    if pipeline.source:
        yield Edge(pipeline.source, _stage_id(pipeline, 0), pipeline.trigger, status)
    for number, stage in enumerate(pipeline.stages):
        here = _stage_id(pipeline, number)
        if number:
            yield Edge(_stage_id(pipeline, number - 1), here, "", status)
        for id_ in stage.uses:
            if id_ != pipeline.source and id_ in elements:
                yield _use(here, stage, elements[id_], status)
    if pipeline.artifacts:
        yield Edge(pipeline.id, pipeline.artifacts, "artifacts", status)


def _use(here: str, stage: Stage, used: Element, status: str) -> Edge:
    if isinstance(used, Repository):
        return Edge(used.id, here, "", status)
    deploys = stage.type in (None, "deploy") and isinstance(used, Service | Cluster)
    return Edge(here, used.id, "deploys" if deploys else "", status)


def _facts(graph: Graph, element: Element) -> tuple[str, ...] | None:
    """Return what is stated about something that ships, as the lines of its card; None for its usual ones."""
    match element:
        case Repository():
            return (element.name, _branches(element))
        case Build():
            privileged = "privileged" if element.privileged else ""
            return (element.spec, element.image, element.compute, privileged)
        case Registry():
            return tuple(_of_registry(element))
        case Cluster():
            return tuple(member.label for member in graph.members[element.id])
        case _:
            return facts(element, graph.architecture.elements) or None


def _branches(repository: Repository) -> str:
    word = "branch" if len(repository.branches) == 1 else "branches"
    return f"{word} {listing(repository.branches)}" if repository.branches else ""


def _of_registry(registry: Registry) -> Iterator[str]:
    yield "scan on push" if registry.scan_on_push else "no scan on push" if registry.scan_on_push is False else ""
    yield "immutable tags" if registry.immutable_tags else ""
    yield f"keeps {count(registry.keeps, 'image')}" if registry.keeps else ""
    yield "encrypted" if registry.encrypted else "not encrypted" if registry.encrypted is False else ""
