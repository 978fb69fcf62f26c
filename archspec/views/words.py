"""What is written on edges and under icons, so that all views say it alike."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from archspec.model.compute import Service
from archspec.model.data import Store
from archspec.model.element import Element
from archspec.model.flow import Flow
from archspec.model.network import LoadBalancer
from archspec.model.observability import Monitor
from archspec.model.ports import spell_ports
from archspec.model.security import Certificate
from archspec.views.view import Edge, Group, Node

_ENGINE_ICONS = {
    "postgres": "postgres",
    "mysql": "mysql",
    "mariadb": "mariadb",
    "aurora-postgresql": "aurora",
    "aurora-mysql": "aurora",
    "docdb": "document_database",
    "redis": "redis",
    "valkey": "redis",
    "memcached": "memcached",
}


_SHORT = 26
"""Characters of a note that fit under an icon; a longer one is for the document."""


def icon(element: Element) -> str:
    """Return the kind of icon that shows an element best."""
    match element:
        case Store(engine=engine):
            return _ENGINE_ICONS[engine]
        case LoadBalancer(type=type_):
            return f"{type_}_load_balancer"
        case _:
            return element.kind


def details(element: Element) -> tuple[str, ...]:
    """Return the short lines under an element's title; a planned one says so."""
    found = _facts(element)
    return found if element.status == "current" else (*found, f"({element.status})")


def _facts(element: Element) -> tuple[str, ...]:
    match element:
        case Service(port=port) if port is not None:
            return (f"port {port}",)
        case Store(class_=class_) if class_:
            return (class_,)
        case Monitor(collects=collects) if collects:
            return (", ".join(collects),)
        case Certificate(domain=domain) if domain:
            return (domain,)
        case _:
            return (element.note,) if 0 < len(element.note) <= _SHORT else ()


def flow_label(flow: Flow) -> str:
    """Return a flow's port, protocol and note as people write them: `80 HTTP (redirect)`."""
    words = [spell_ports(flow.port), flow.protocol, "udp" if flow.transport == "udp" else ""]
    notes = [flow.note, "" if flow.status == "current" else flow.status]
    return " ".join([*filter(None, words), *(f"({note})" for note in notes if note)])


def joined(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """Join the edges of one status between the same two ends into one, their labels side by side."""
    labels: dict[tuple[str, str, str, bool], dict[str, None]] = {}
    for edge in edges:
        labels.setdefault((edge.source, edge.target, edge.status, edge.both), {})[edge.label] = None
    return tuple(
        Edge(source, target, ", ".join(filter(None, found)), status, both)
        for (source, target, status, both), found in labels.items()
    )


def count(number: int, thing: str) -> str:
    """Return `1 task`, `2 tasks`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def listing(names: Iterable[str]) -> str:
    """Return `a, b and c`."""
    *most, last = [*names] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def counted(key: str, number: int) -> str:
    """Write how many of a kind there are, by its key in a spec: `1 queue`, `3 log groups`."""
    singular = f"{key[:-3]}y" if key.endswith("ies") else key.removesuffix("s")
    words = (singular if number == 1 else key).split("_")
    return f"{number} {' '.join(_SPELT.get(word, word) for word in words)}"


_SPELT = {
    "nacl": "network ACL",
    "nacls": "network ACLs",
    "acl": "ACL",
    "acls": "ACLs",
    "ip": "IP",
    "ips": "IPs",
}


def framed(frames: Sequence[Group], nodes: tuple[Node, ...]) -> tuple[tuple[Group, ...], tuple[Node, ...]]:
    """Return the frames that hold two or more nodes, and the nodes; a frame around a single one says nothing."""
    held = Counter(node.parent for node in nodes)
    kept = tuple(frame for frame in frames if held[frame.id] > 1)
    ids = {frame.id for frame in kept}
    return kept, tuple(node if node.parent in ids else replace(node, parent="") for node in nodes)
