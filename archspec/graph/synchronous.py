"""Flows whose source waits for the answer: those that say so, and those whose protocol knows nothing else."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from archspec.graph.graph import Graph
from archspec.model.compute import Service
from archspec.model.flow import Flow
from archspec.model.network import LoadBalancer

_WAITING = frozenset({
    "http", "https", "grpc", "rest", "graphql", "soap", "postgresql", "postgres", "mysql", "mariadb", "sql", "mongodb",
})  # fmt: skip
"""Protocols of request and answer. WebSocket, AMQP and MQTT are not among them, nor what Redis may be used for."""

ALB_IDLE_TIMEOUT = Decimal(60)
"""Seconds after which an Application Load Balancer gives up, unless told otherwise.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html
"""


def is_synchronous(flow: Flow) -> bool:
    """Whether the source of a flow waits for its target; what neither mode nor protocol tells does not."""
    if flow.mode:
        return flow.mode == "sync"
    parts = [re.split(r"[\s/]", part.strip().lower())[0] for part in flow.protocol.split(",")]
    return bool(flow.protocol) and all(part in _WAITING for part in parts)


@lru_cache(maxsize=1)
def synchronous(graph: Graph) -> tuple[Flow, ...]:
    """Return the current flows whose source waits, in the order of the spec."""
    return tuple(flow for flow in graph.architecture.flows if flow.status == "current" and is_synchronous(flow))


@lru_cache(maxsize=1)
def _by_source(graph: Graph) -> Mapping[str, list[Flow]]:
    found: dict[str, list[Flow]] = {}
    for flow in synchronous(graph):
        found.setdefault(flow.source, []).append(flow)
    return found


def behind(graph: Graph, flow: Flow) -> list[Flow]:
    """Return the flows that the target of a flow waits for in turn, those of its cluster included."""
    target = graph.architecture.elements[flow.target]
    cluster = target.cluster if isinstance(target, Service) else ""
    return [*_by_source(graph).get(flow.target, ()), *(_by_source(graph).get(cluster, ()) if cluster else ())]


def patience(graph: Graph, flow: Flow) -> Decimal | None:
    """Return for how many seconds the source of a flow waits, or nothing where that is not stated."""
    if flow.timeout:
        return flow.timeout.high
    source = graph.architecture.elements[flow.source]
    if not isinstance(source, LoadBalancer) or source.type != "application":
        return None
    return source.idle_timeout.high if source.idle_timeout else ALB_IDLE_TIMEOUT
