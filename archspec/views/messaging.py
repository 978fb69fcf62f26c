"""How messages fan out: who publishes to which topic, which queues keep them, who takes them.

Who sends stands on the left and who takes on the right, so one who does both stands twice.
"""

from collections.abc import Iterator

from archspec.graph.graph import Graph
from archspec.model.element import Element
from archspec.model.messaging import Queue, Topic
from archspec.views.view import Edge, Node, View
from archspec.views.words import count, details, icon, joined, listing

_TAKES = "@takes"


def project(graph: Graph) -> Iterator[View]:
    """Yield the view of topics and queues, with everybody who sends or takes messages; no nodes without any."""
    area = graph.architecture.messaging
    topics = [topic for topic in area.topics.values() if topic.status != "removed"]
    queues = [queue for queue in area.queues.values() if queue.status != "removed"]
    edges = joined([*_of_topics(topics), *_of_queues(queues)])
    ends = dict.fromkeys(end for edge in edges for end in (edge.source, edge.target))
    senders = [id_ for id_ in ends if id_ in graph.architecture.elements]
    alone = [one.id for one in (*topics, *queues) if one.id not in ends]
    takers = dict.fromkeys(consumer for queue in queues for consumer in queue.consumers)
    elements = graph.architecture.elements
    told = [node for topic in topics for node in _subscribers(topic)]
    counts = [count(len(topics), "topic")] * bool(topics) + [count(len(queues), "queue")] * bool(queues)
    yield View(
        name="messaging",
        title=f"{graph.architecture.label}: messaging",
        description=f"Messaging of {graph.architecture.label}: {listing(counts)}.",
        layout="flow",
        nodes=(
            *(_node(elements[id_], id_) for id_ in (*senders, *alone)),
            *(_node(elements[id_], f"{id_}{_TAKES}") for id_ in takers),
            *told,
        ),
        edges=edges,
    )


def _of_topics(topics: list[Topic]) -> Iterator[Edge]:
    for topic in topics:
        yield from (Edge(publisher, topic.id, "publishes", topic.status) for publisher in topic.publishers)
        for node, one in zip(_subscribers(topic), topic.subscribers, strict=True):
            yield Edge(topic.id, node.id, one.protocol, one.status if one.status != "pending" else "planned")


def _of_queues(queues: list[Queue]) -> Iterator[Edge]:
    for queue in queues:
        if queue.topic:
            yield Edge(queue.topic, queue.id, queue.event, queue.status)
        yield from (Edge(producer, queue.id, "sends", queue.status) for producer in queue.producers)
        yield from (Edge(queue.id, f"{consumer}{_TAKES}", "", queue.status) for consumer in queue.consumers)
        if queue.dead_letter:
            attempts = f"after {count(queue.max_receives, 'attempt')}" if queue.max_receives else "what fails"
            yield Edge(queue.id, queue.dead_letter, attempts, queue.status)


def _subscribers(topic: Topic) -> list[Node]:
    return [
        Node(f"{topic.id}@{number}", topic.id, one.to or one.protocol, "actor", status=topic.status)
        for number, one in enumerate(topic.subscribers)
    ]


def _node(element: Element, id_: str) -> Node:
    is_carrier = isinstance(element, Topic | Queue)
    detail = () if is_carrier else details(element)
    return Node(id_, element.id, element.label, icon(element), detail=detail, status=element.status)
