"""The rules of security groups, however they are written: inside a group or beside it, for one peer or several."""

import re
from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from typing import NamedTuple

from archspec.importers.draft.attributes import blocks, items, switch, text, texts, whole
from archspec.importers.draft.links import element, parts
from archspec.importers.draft.piece import Given
from archspec.model.element import INTERNET
from archspec.resources.resource import Ref, Resource, Value

ANYWHERE = ("0.0.0.0/0", "::/0")
_ALL_PORTS = (0, 65535)
PROTOCOLS = {"-1": "all", "all": "all", "6": "tcp", "tcp": "tcp", "17": "udp", "udp": "udp", "1": "icmp",
              "icmp": "icmp", "58": "icmp", "icmpv6": "icmp"}  # fmt: skip
SAYS_NOTHING = ("", "Managed by Terraform", "no description")
# What archspec writes where a spec gives a rule no note: `443 from alb-sg`, `everything to internet`.
_OURS = re.compile(r"(everything|icmp|(udp )?(\d+|\d+-\d+|all)) (from|to) \S+")


class Rule(NamedTuple):
    """One thing that a group lets through: `way` is ingress or egress, `peer` an id, a block or `internet`."""

    way: str
    peer: str
    protocol: str
    low: int
    high: int
    note: str
    address: str

    @property
    def means(self) -> tuple[str, str, str, int, int]:
        """What it lets through, whatever is said about it."""
        return self.way, self.peer, self.protocol, self.low, self.high


class Unknown(NamedTuple):
    """Why a rule cannot be written."""

    guess: str


class Rules:
    """The rules of all groups, whether they stand inside the group or beside it."""

    def __init__(self, given: Given) -> None:
        self.given = given
        self.beside = {
            type_: parts(given, type_, "security_group_id")
            for type_ in ("aws_security_group_rule", *(f"aws_vpc_security_group_{way}_rule" for way in WAYS))
        }

    def of(self, group: Resource) -> list[Rule | Unknown]:
        """Return the rules of a group, each once: a state lists those beside a group inside of it as well."""
        found = [*self._beside(group), *self._inside(group)]
        once: dict[object, Rule | Unknown] = {}
        for one in found:
            once.setdefault(one.means if isinstance(one, Rule) else one, one)
        return [*once.values()]

    def _beside(self, group: Resource) -> Iterator[Rule | Unknown]:
        for way in WAYS:
            for one in self.beside[f"aws_vpc_security_group_{way}_rule"].get(group.address, ()):
                yield from self._read(way, one.values, group, one.address)
        for one in self.beside["aws_security_group_rule"].get(group.address, ()):
            yield from self._read(text(one.values.get("type")) or "ingress", one.values, group, one.address)

    def _inside(self, group: Resource) -> Iterator[Rule | Unknown]:
        for way in WAYS:
            for values in blocks(group.values.get(way)):
                yield from self._read(way, values, group, group.address)

    def _read(self, way: str, values: Mapping[str, Value], group: Resource, at: str) -> Iterator[Rule | Unknown]:
        protocol = text(values.get("ip_protocol")) or str(values.get("protocol") or "")
        known = PROTOCOLS.get(protocol.lower())
        if known is None:
            yield Unknown(f"a rule for the protocol {protocol or 'that nothing says'} is left out")
            return
        if known in ("tcp", "udp") and whole(values.get("from_port")) is whole(values.get("to_port")) is None:
            yield Unknown("a rule is left out: its ports are not known before it is applied")
            return
        low, high = ports_of(known, values)
        note = text(values.get("description"))
        note = "" if note in SAYS_NOTHING or _OURS.fullmatch(note) else note
        for peer in self._peers(values, group):
            yield peer if isinstance(peer, Unknown) else Rule(way, peer, known, low, high, note, at)

    def _peers(self, values: Mapping[str, Value], group: Resource) -> Iterator[str | Unknown]:
        cidrs = [found for key in _CIDRS for found in texts(values.get(key))]
        yield from (INTERNET if cidr == ANYWHERE[0] else block_of(cidr) for cidr in cidrs)
        others = [found for key in _OTHERS for found in items(values.get(key)) if found]
        if switch(values.get("self")):
            others.append(Ref(group.address))
        for other in others:
            yield element(self.given, other) or Unknown(f"a rule for {_spelled(other)} is left out: it is no element")
        if not cidrs and not others:
            yield Unknown("a rule is left out: the source does not say for whom it is")


WAYS = ("ingress", "egress")
_CIDRS = ("cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks")
_OTHERS = (
    "referenced_security_group_id", "source_security_group_id", "security_groups", "prefix_list_id", "prefix_list_ids"
)  # fmt: skip


def _spelled(value: Value) -> str:
    return value.address if isinstance(value, Ref) else text(value) or "somebody"


def block_of(cidr: str) -> str | Unknown:
    """Return a block as AWS keeps it: without the bits beyond its prefix."""
    try:
        return str(ip_network(cidr, strict=False))
    except ValueError:
        return Unknown(f"a rule for '{cidr}' is left out: it is no block of addresses")


def ports_of(protocol: str, values: Mapping[str, Value]) -> tuple[int, int]:
    """Return the lowest and the highest port that values name; all of them for protocols without ports."""
    if protocol in ("all", "icmp"):
        return _ALL_PORTS
    low, high = whole(values.get("from_port")), whole(values.get("to_port"))
    if low is None and high is None:
        return _ALL_PORTS
    low = low if low is not None else high or 0
    return min(low, 65535), min(max(low, high if high is not None else low), 65535)


def spell(low: int, high: int) -> int | str:
    """Write ports as a spec does."""
    return "all" if (low, high) == _ALL_PORTS else low if low == high else f"{low}-{high}"
