"""How messages fan out: who publishes to which topic, which queues keep them, who takes them, where dead letters go.

Who sends stands on the left and who takes on the right, so one who does both stands twice.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from archspec.graph.graph import Graph
from archspec.model.element import Element
from archspec.model.messaging import Queue, Topic
from archspec.views.parts.cards import status_of, status_words
from archspec.views.parts.framing import framed
from archspec.views.parts.subscribers import subscribers
from archspec.views.parts.words import count, details, icon, joined, listing
from archspec.views.view import Edge, Group, Node, View

_TAKES = "@takes"
_FRAMES = tuple(
    Group(f"@{kind}", title, kind)
    for kind, title in (
        ("publishers", "Publishers"),
        ("topics", "SNS topics"),
        ("queues", "SQS queues"),
        ("subscribers", "Subscribers"),
        ("dead-letters", "Dead-letter queues"),
    )
)
_PUBLISHERS, _TOPICS, _QUEUES, _SUBSCRIBERS, _DEAD_LETTERS = (frame.id for frame in _FRAMES)


def project(graph: Graph) -> Iterator[View]:
    """Yield the view of topics and queues, with everybody who sends or takes messages; no nodes without any."""
    area = graph.architecture.messaging
    topics = [topic for topic in area.topics.values() if topic.status != "removed"]
    queues = [queue for queue in area.queues.values() if queue.status != "removed"]
    said = {(flow.source, flow.target): flow.note for flow in graph.architecture.flows}
    edges = _between_shown(graph, [*_of_topics(topics, said), *_of_queues(queues, said)])
    groups, nodes = framed(_FRAMES, tuple(_nodes(graph, topics, queues, edges)))
    counts = [count(len(topics), "topic")] * bool(topics) + [count(len(queues), "queue")] * bool(queues)
    yield View(
        name="messaging",
        title=f"{graph.architecture.label}: messaging",
        description=f"Messaging of {graph.architecture.label}: {listing(counts)}.",
        layout="flow",
        groups=groups,
        nodes=nodes,
        edges=edges,
    )


def _of_topics(topics: list[Topic], said: Mapping[tuple[str, str], str]) -> Iterator[Edge]:
    for topic in topics:
        for publisher in topic.publishers:
            yield Edge(publisher, topic.id, said.get((publisher, topic.id)) or "publishes", topic.status)
        yield from (Edge(topic.id, node.id, one.protocol, node.status) for node, one in subscribers(topic))


def _of_queues(queues: list[Queue], said: Mapping[tuple[str, str], str]) -> Iterator[Edge]:
    for queue in queues:
        if queue.topic:
            yield Edge(queue.topic, queue.id, queue.event, queue.status)
        for producer in queue.producers:
            yield Edge(producer, queue.id, said.get((producer, queue.id)) or "sends", queue.status)
        for consumer in queue.consumers:
            yield Edge(queue.id, f"{consumer}{_TAKES}", said.get((consumer, queue.id), ""), queue.status)
        if queue.dead_letter:
            attempts = f"after {count(queue.max_receives, 'attempt')}" if queue.max_receives else "what fails"
            yield Edge(queue.id, queue.dead_letter, attempts, queue.status)


def _between_shown(graph: Graph, edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """Leave out what leads to or from an element that is removed, or that stands in another environment."""
    statuses = {one.id: one.status for one in graph.architecture.elements.values()}

    def status(end: str) -> str:
        element = end.removesuffix(_TAKES)
        return statuses.get(element, "current" if "@" in element else "removed")

    ends = [(edge, status_of(edge.status, status(edge.source), status(edge.target))) for edge in edges]
    there = [(edge, told) for edge, told in ends if "removed" not in (status(edge.source), status(edge.target))]
    return joined(replace(edge, status=told) for edge, told in there)


def _nodes(graph: Graph, topics: list[Topic], queues: list[Queue], edges: tuple[Edge, ...]) -> Iterator[Node]:
    elements = graph.architecture.elements
    carriers = {one.id for one in (*topics, *queues)}
    dead = {queue.dead_letter for queue in queues}
    for id_ in dict.fromkeys(edge.source for edge in edges):
        if id_ not in carriers:
            yield _node(elements[id_], id_, _PUBLISHERS)
    yield from (_carrier(topic, _TOPICS, _other_events(topic, queues)) for topic in topics)
    for queue in queues:
        yield _carrier(queue, _DEAD_LETTERS if queue.id in dead else _QUEUES, _terms(queue))
    for id_ in dict.fromkeys(edge.target for edge in edges):
        if id_.endswith(_TAKES):
            yield _node(elements[id_.removesuffix(_TAKES)], id_, _SUBSCRIBERS)
    yield from (replace(node, parent=_SUBSCRIBERS) for topic in topics for node, _ in subscribers(topic))


def _other_events(topic: Topic, queues: list[Queue]) -> tuple[str, ...]:
    """Return the events of a topic that no queue names: those stand on the arrows."""
    told = {queue.event for queue in queues if queue.topic == topic.id}
    events = [event for event in topic.events if event not in told]
    return ((", ".join(events),) if events else ()) + (("FIFO",) if topic.fifo else ())


def _terms(queue: Queue) -> tuple[str, ...]:
    kept = (f"kept {queue.retention}",) if queue.retention else ()
    return kept + (("FIFO",) if queue.fifo else ())


def _carrier(element: Topic | Queue, frame: str, facts: tuple[str, ...]) -> Node:
    node = _node(element, element.id, frame)
    return replace(node, detail=(*facts, *status_words(element.status)))


def _node(element: Element, id_: str, frame: str) -> Node:
    return Node(id_, element.id, element.label, icon(element), frame, details(element), status=element.status)
