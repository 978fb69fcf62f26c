"""Drafted elements: who has which security group, what they let in, where they answer and in which protocol."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from archspec.importers.draft.piece import Piece
from archspec.model.data import DEFAULT_PORTS
from archspec.model.element import INTERNET
from archspec.model.ports import PortRange, parse_ports, spell_ports

Ports = tuple[PortRange, ...]

ANYWHERE = (INTERNET, "0.0.0.0/0")
_ENGINES = {
    "postgres": "PostgreSQL",
    "aurora-postgresql": "PostgreSQL",
    "mysql": "MySQL",
    "aurora-mysql": "MySQL",
    "mariadb": "MariaDB",
    "docdb": "MongoDB",
    "redis": "Redis",
    "valkey": "Valkey",
    "memcached": "Memcached",
}
_WORDS = {
    22: "SSH", 25: "SMTP", 53: "DNS", 80: "HTTP", 443: "HTTPS", 587: "SMTP", 1433: "SQL Server", 1521: "Oracle",
    2049: "NFS", 3306: "MySQL", 5432: "PostgreSQL", 5439: "Redshift", 5671: "AMQPS", 5672: "AMQP", 6379: "Redis",
    8883: "MQTT", 9092: "Kafka", 9094: "Kafka", 9200: "OpenSearch", 11211: "Memcached", 27017: "MongoDB",
}  # fmt: skip
_FAMILIES = {"mysql": "MySQL", "postgresql": "PostgreSQL"}


class Drafted:
    """Drafted elements by kind, which is their key in a spec, and id."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.kinds: dict[str, dict[str, Mapping[str, Any]]] = {}
        self.kind_of: dict[str, str] = {}
        for one in pieces:
            self.kinds.setdefault(one.home[1], {})[one.id] = one.data
            self.kind_of[one.id] = one.home[1]

    def of(self, kind: str) -> Mapping[str, Mapping[str, Any]]:
        """Return the elements of a kind, by id."""
        return self.kinds.get(kind, {})

    @cached_property
    def members(self) -> Mapping[str, Sequence[str]]:
        """The elements that have each security group."""
        found: dict[str, list[str]] = {}
        for elements in self.kinds.values():
            for id_, data in elements.items():
                for group in data.get("security_groups") or ():
                    found.setdefault(group, []).append(id_)
        return found

    @cached_property
    def clusters(self) -> Mapping[str, frozenset[str]]:
        """The services of each cluster that has more than one."""
        found: dict[str, set[str]] = {}
        for id_, data in self.of("services").items():
            if data.get("cluster"):
                found.setdefault(data["cluster"], set()).add(id_)
        return {cluster: frozenset(some) for cluster, some in found.items() if len(some) > 1}

    def is_public(self, data: Mapping[str, Any]) -> bool:
        """Whether a load balancer faces the internet, as its scheme says or its subnets do."""
        subnets = self.of("subnets")
        tiers = {subnets[id_]["tier"] for id_ in data["subnets"] if id_ in subnets}
        scheme = data.get("scheme") or ("internet-facing" if tiers == {"public"} else "internal")
        return bool(scheme == "internet-facing")

    def lets_in(self, data: Mapping[str, Any], ports: Ports, transport: str = "tcp") -> bool:
        """Whether any of an element's groups lets the internet in; one without groups lets in everybody."""
        groups = [self.of("security_groups").get(id_, {}) for id_ in data.get("security_groups") or ()]
        rules = [rule for group in groups for rule in group.get("ingress") or ()]
        opened = (ports_of(rule) for rule in rules if rule["from"] in ANYWHERE and carries(rule, transport))
        return not groups or any(common(ports, one) for one in opened)

    def listens(self, id_: str) -> Ports:
        """Return the ports on which an element answers, where they are known."""
        data = self.kinds[self.kind_of[id_]][id_]
        match self.kind_of[id_]:
            case "services":
                port = data.get("port")
            case "databases" | "caches":
                port = data.get("port") or DEFAULT_PORTS.get(data.get("engine", ""))
            case "proxies":
                port = DEFAULT_PORTS["mysql" if data.get("family") == "mysql" else "postgres"]
            case "endpoints":
                port = 443
            case _:
                port = None
        return (PortRange(port, port),) if port else ()

    def protocol(self, id_: str, ports: Ports) -> str:
        """Return what is spoken on ports of an element, in the word that a flow has for it."""
        data = self.kinds[self.kind_of[id_]][id_]
        match self.kind_of[id_]:
            case "databases" | "caches":
                return _ENGINES.get(data.get("engine", ""), "")
            case "proxies":
                tls = " over TLS" if data.get("tls") in (True, "true") else ""
                return f"{_FAMILIES.get(data.get('family', 'postgresql'), '')}{tls}"
            case "services":
                return word(ports) or "HTTP"
            case _:
                return word(ports)


def ports_of(rule: Mapping[str, Any]) -> Ports:
    """Return the ports that a rule of a security group lets through."""
    return parse_ports(str(rule.get("port", "all")))


def carries(rule: Mapping[str, Any], transport: str) -> bool:
    """Whether a rule is about a transport, or about all."""
    return rule.get("protocol", "tcp") in (transport, "all")


def transport_of(rule: Mapping[str, Any]) -> str:
    """Return the transport that a rule is about."""
    return "udp" if rule.get("protocol") == "udp" else "tcp"


def common(some: Ports, others: Ports) -> Ports:
    """Return the ports that are in both."""
    pairs = ((max(a.low, b.low), min(a.high, b.high)) for a in some for b in others)
    return tuple(PortRange(low, high) for low, high in pairs if low <= high)


def union(all_: Iterable[Ports]) -> Ports:
    """Return the ports that are in any."""
    parts = {part for ports in all_ for part in ports}
    return parse_ports(spell_ports(tuple(sorted(parts)))) if parts else ()


def word(ports: Ports) -> str:
    """Return the protocol that a port is known for."""
    return _WORDS.get(ports[0].low, "") if len(ports) == 1 and ports[0].low == ports[0].high else ""
