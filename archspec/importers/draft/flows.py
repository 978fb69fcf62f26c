"""Who talks to whom, as drafted elements tell: listeners, target groups, security groups, origins, producers.

A flow is intent. What a resource lets through on purpose (a rule that names a group, a listener) is taken for it; what
only follows from an open door (a block of addresses, egress to anywhere that nobody limited) is not.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from archspec.importers.draft.drafted import ANYWHERE, Drafted, Ports, common, ports_of, transport_of, union, word
from archspec.importers.draft.piece import Piece
from archspec.model.element import INTERNET
from archspec.model.ports import PortRange, spell_ports

# Kinds that open connections to others by themselves.
_CALLERS = ("services", "proxies")


class Found(NamedTuple):
    """A flow: its ends, its ports, and what is said of it."""

    source: str
    target: str
    ports: Ports
    protocol: str = ""
    note: str = ""
    transport: str = "tcp"

    @property
    def written(self) -> dict[str, str | int]:
        """The flow as a spec has it: `internet -> alb: 443 HTTPS`."""
        transport = "" if self.transport == "tcp" else f"/{self.transport}"
        words = (f"{spell_ports(self.ports)}{transport}", self.protocol, f"({self.note})" if self.note else "")
        said = " ".join(filter(None, words))
        return {f"{self.source} -> {self.target}": int(said) if said.isdigit() else said}


def flows(pieces: Iterable[Piece]) -> list[Found]:
    """Return the flows between drafted elements, each once: from the internet first, to the internet last."""
    drafted = _Ways([*pieces])
    found = chain(
        drafted.into_balancers(),
        drafted.into_services(),
        drafted.through_distributions(),
        _by_cluster(drafted, drafted.behind_balancers()),
        _by_cluster(drafted, [*drafted.between_groups(), *drafted.within_groups(), *drafted.through_proxies()]),
        _by_cluster(drafted, [*drafted.by_name()]),
        drafted.with_messages(),
        _by_cluster(drafted, [*drafted.out()]),
    )
    once: dict[tuple[str, str, Ports, str], Found] = {}
    for one in found:
        once.setdefault((one.source, one.target, one.ports, one.transport), one)
    return [*once.values()]


class _Ways(Drafted):
    """The ways between drafted elements, each kind of way by what tells of it."""

    def into_balancers(self) -> Iterator[Found]:
        """Internet → load balancer, on the ports of listeners that its groups let the internet reach."""
        for id_, data in self.of("load_balancers").items():
            for listener in data.get("listeners") or () if self.is_public(data) else ():
                port = (PortRange(listener["port"], listener["port"]),)
                transport = "udp" if listener["protocol"] == "UDP" else "tcp"
                if self.lets_in(data, port, transport):
                    note = "redirect" if listener.get("redirect") else ""
                    said = listener["protocol"] if listener["protocol"] not in ("TCP", "UDP") else ""
                    yield Found(INTERNET, id_, port, said, note, transport)

    def into_services(self) -> Iterator[Found]:
        """Internet → service with a public address, on its own port."""
        for id_, data in self.of("services").items():
            port = data.get("port")
            if port and data.get("public_ip") and data["security_groups"]:
                ports = (PortRange(port, port),)
                if self.lets_in(data, ports, data.get("transport") or "tcp"):
                    yield Found(INTERNET, id_, ports, word(ports), "", data.get("transport") or "tcp")

    def through_distributions(self) -> Iterator[Found]:
        """Internet → distribution → its origins."""
        https = (PortRange(443, 443),)
        for id_, data in self.of("distributions").items():
            yield Found(INTERNET, id_, https, "HTTPS")
            yield from (Found(id_, origin, https, "HTTPS") for origin in data.get("origins") or ())

    def behind_balancers(self) -> list[Found]:
        """Load balancer → the services behind it, with the paths that lead to each, where each has its own port."""
        found = []
        for id_, data in self.of("services").items():
            balancer = self.of("load_balancers").get(data.get("load_balancer", ""), {})
            usual = "" if balancer.get("type") == "network" else "HTTP"
            groups = {key: group for key, group in self.of("target_groups").items() if group["target"] == id_}
            own = {"port": data.get("port"), "protocol": usual}
            for key, group in (groups or {id_: own}).items() if balancer else ():
                if group.get("port"):
                    found.append(self._behind(data["load_balancer"], id_, {"protocol": usual, **group, "id": key}))
        return found if len({one.ports for one in found}) > 1 else [one._replace(note="") for one in found]

    def _behind(self, balancer: str, service: str, group: Mapping[str, Any]) -> Found:
        said, port = group["protocol"], group["port"]
        listeners = self.of("load_balancers")[balancer].get("listeners") or ()
        rules = [rule for one in listeners for rule in one.get("rules") or ()]
        paths = [*dict.fromkeys(rule["path"][:60] for rule in rules if rule["forward"] in (service, group["id"]))]
        paths = [*paths[:3], "…"] if len(paths) > 3 else paths
        ports, transport = (PortRange(port, port),), "udp" if said == "UDP" else "tcp"
        return Found(balancer, service, ports, "" if said in ("TCP", "UDP") else said, ", ".join(paths), transport)

    def between_groups(self) -> Iterator[Found]:
        """Element → element, where a rule of the target's group names a group of the source."""
        for group, data in self.of("security_groups").items():
            for rule in data.get("ingress") or ():
                peer = rule["from"]
                if peer == group or peer not in self.of("security_groups") or rule.get("protocol") == "icmp":
                    continue
                targets = self._behind_proxies(self.members.get(group, ()))
                for source in self.members.get(peer, ()):
                    called = (one for one in targets if one != source and self._calls(source, one))
                    yield from (self._permitted(source, one, rule) for one in called)

    def _calls(self, id_: str, target: str) -> bool:
        """Whether an element opens connections to another by itself. A load balancer does so to services, where
        nothing says to which it leads; no database is behind one only because their groups would let it through.
        """
        if self.kind_of[id_] != "load_balancers" or self.kind_of[target] != "services":
            return self.kind_of[id_] in _CALLERS
        return all(data.get("load_balancer") != id_ for data in self.of("services").values())

    def _behind_proxies(self, targets: Sequence[str]) -> Sequence[str]:
        """Return the targets without the databases that a proxy among them stands before."""
        before = {self.of("proxies")[id_]["target"] for id_ in targets if id_ in self.of("proxies")}
        return [id_ for id_ in targets if id_ not in before and self.kind_of[id_] != "load_balancers"]

    def _permitted(self, source: str, target: str, rule: Mapping[str, Any]) -> Found:
        ports = ports_of(rule)
        own = self.listens(target)
        ports = common(own, ports) or ports if own else ports
        return Found(source, target, ports, self.protocol(target, ports), "", transport_of(rule))

    def within_groups(self) -> Iterator[Found]:
        """Cluster → itself, where the group of all of its services lets its own members in."""
        for group, data in self.of("security_groups").items():
            members = {id_ for id_ in self.members.get(group, ()) if self.kind_of[id_] == "services"}
            for rule in data.get("ingress") or ():
                for cluster, services in self.clusters.items():
                    if rule["from"] == group and services <= members:
                        yield from self._among(cluster, services, rule)

    def _among(self, cluster: str, services: frozenset[str], rule: Mapping[str, Any]) -> Iterator[Found]:
        own = union(self.listens(id_) for id_ in sorted(services))
        ports = common(own, ports_of(rule))
        if ports:
            yield Found(cluster, cluster, ports, word(ports) or "HTTP", "", transport_of(rule))

    def through_proxies(self) -> Iterator[Found]:
        """Proxy → its database."""
        for id_, data in self.of("proxies").items():
            if data["target"] in self.kind_of:
                yield Found(id_, data["target"], self.listens(id_), self.protocol(id_, ()))

    def by_name(self) -> Iterator[Found]:
        """Service → the namespace in which it is found, and finds others."""
        for id_, data in self.of("services").items():
            if data.get("namespace"):
                yield Found(id_, data["namespace"], (PortRange(53, 53),), "DNS", "", "udp")

    def with_messages(self) -> Iterator[Found]:
        """Service → topic or queue, by what publishes and takes."""
        https = (PortRange(443, 443),)
        for kind, key, note in (
            ("topics", "publishers", "publish"),
            ("queues", "producers", "send"),
            ("queues", "consumers", "receive"),
        ):
            for id_, data in self.of(kind).items():
                for other in data.get(key) or ():
                    if self.kind_of.get(other) == "services":
                        yield Found(other, id_, https, "HTTPS", note)

    def out(self) -> Iterator[Found]:
        """Element → internet, where the egress of its group is limited and yet says so."""
        for group, data in self.of("security_groups").items():
            for rule in data.get("egress") or ():
                for id_ in self.members.get(group, ()) if rule["to"] in ANYWHERE else ():
                    if self.kind_of[id_] == "services":
                        ports = ports_of(rule)
                        yield Found(id_, INTERNET, ports, word(ports), "", transport_of(rule))


def _by_cluster(drafted: Drafted, found: Sequence[Found]) -> list[Found]:
    """Say of a cluster what is true of each of its services, first as sources, then as targets."""
    cluster_of = {id_: cluster for cluster, some in drafted.clusters.items() for id_ in some}
    by_source: dict[object, list[Found]] = {}
    for one in found:
        key = (cluster_of.get(one.source, one.source), one.target, one.ports, one.protocol, one.note, one.transport)
        by_source.setdefault(key, []).append(one)
    by_target: dict[object, list[Found]] = {}
    for one in (each for some in by_source.values() for each in _of_sources(drafted, cluster_of, some)):
        same = (one.source, cluster_of.get(one.target, one.target), one.protocol, one.note, one.transport)
        by_target.setdefault(same, []).append(one)
    return [each for some in by_target.values() for each in _to_targets(drafted, cluster_of, some)]


def _of_sources(drafted: Drafted, cluster_of: Mapping[str, str], some: list[Found]) -> list[Found]:
    cluster = cluster_of.get(some[0].source, "")
    all_ = cluster and drafted.clusters[cluster] == {one.source for one in some}
    return [some[0]._replace(source=cluster)] if all_ else some


def _to_targets(drafted: Drafted, cluster_of: Mapping[str, str], some: list[Found]) -> list[Found]:
    cluster = cluster_of.get(some[0].target, "")
    all_ = cluster and drafted.clusters[cluster] == {one.target for one in some}
    return [some[0]._replace(target=cluster, ports=union(one.ports for one in some))] if all_ else some
