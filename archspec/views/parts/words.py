"""What is written on edges and under icons, so that all views say it alike."""

from collections import Counter
from collections.abc import Iterable

from archspec.model.compute import Service
from archspec.model.data import Store
from archspec.model.element import Element
from archspec.model.flow import Flow
from archspec.model.network import LoadBalancer
from archspec.model.observability import Monitor
from archspec.model.ports import spell_ports
from archspec.model.security import Certificate
from archspec.views.view import Edge

UNITS = 1024
"""CPU units of one vCPU.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
"""

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
    return _with_notes(flow, spell_ports(flow.port), flow.protocol, "udp" if flow.transport == "udp" else "")


def purpose(flow: Flow) -> str:
    """Return what a flow is for, without its port where its protocol is stated: `HTTP (redirect)`."""
    return _with_notes(flow, flow.protocol or spell_ports(flow.port))


def _with_notes(flow: Flow, *words: str) -> str:
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
    """Return `1 task`, `2 tasks`, `2 copies`."""
    plural = f"{thing[:-1]}ies" if thing.endswith("y") and thing[-2:-1] not in "aeiou" else f"{thing}s"
    return f"{number} {thing if number == 1 else plural}"


def listing(names: Iterable[str]) -> str:
    """Return `a, b and c`."""
    *most, last = [*names] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def kinds_counted(elements: Iterable[Element]) -> list[str]:
    """Count elements by their kind: `2 databases`, `1 cache`."""
    return [counted(key, number) for key, number in Counter(element.home[1] for element in elements).items()]


def counted(key: str, number: int) -> str:
    """Write how many of a kind there are, by its key in a spec: `1 queue`, `3 log groups`."""
    singular = f"{key[:-3]}y" if key.endswith("ies") else key.removesuffix("s")
    words = (singular if number == 1 else key).split("_")
    return f"{number} {' '.join(_SPELT.get(word, word) for word in words)}"


_SPELT = {
    "nat": "NAT",
    "vpc": "VPC",
    "vpcs": "VPCs",
    "nacl": "network ACL",
    "nacls": "network ACLs",
    "acl": "ACL",
    "acls": "ACLs",
    "ip": "IP",
    "ips": "IPs",
}
