"""Network ACLs → those of a spec."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archspec.importers.draft.attributes import blocks, items, switch, text, whole
from archspec.importers.draft.links import elements, parts
from archspec.importers.draft.piece import Given, Left, Piece
from archspec.importers.draft.rules import ANYWHERE, PROTOCOLS, WAYS, Unknown, block_of, ports_of, spell
from archspec.importers.draft.vpcs import stated_vpc, vpc_of
from archspec.model.element import INTERNET
from archspec.resources.resource import Value

TYPES = frozenset({"aws_network_acl", "aws_network_acl_association", "aws_network_acl_rule"})


def pieces(given: Given) -> Iterator[Piece | Left]:
    """Yield network ACLs, with entries inside of them or beside."""
    beside = parts(given, "aws_network_acl_rule", "network_acl_id")
    around = parts(given, "aws_network_acl_association", "network_acl_id")
    for id_, one in given.elements("aws_network_acl"):
        vpc = vpc_of(given, one)
        if isinstance(vpc, Left):
            yield vpc
            continue
        subnets = [
            one.values.get("subnet_ids"),
            *(each.values.get("subnet_id") for each in around.get(one.address, ())),
        ]
        inside = [(way, values, one.address) for way in WAYS for values in blocks(one.values.get(way))]
        found = [
            ("egress" if switch(each.values.get("egress")) else "ingress", each.values, each.address)
            for each in beside.get(one.address, ())
        ]
        data = {**stated_vpc(given, id_, vpc), "subnets": elements(given, [e for each in subnets for e in items(each)])}
        yield _acl(Piece(("network", "nacls"), id_, data, one.address), [*found, *inside])


def _acl(piece: Piece, entries: Sequence[tuple[str, Mapping[str, Value], str]]) -> Piece:
    read = [(way, _entry(values), at) for way, values, at in entries]
    data, places = dict(piece.data), dict(piece.parts)
    for way in WAYS:
        known = sorted((one for one in read if one[0] == way and one[1]), key=lambda one: one[1].get("number", 0))
        data |= {way: [entry for _, entry, _ in known]} if known else {}
        places |= {(way, i): at for i, (_, _, at) in enumerate(known)}
    lost = sum(not entry for _, entry, _ in read)
    guesses = (f"{lost} of its entries are left out: archspec does not know their protocol or their peer",)
    return piece._replace(data=data, parts=places, guesses=guesses if lost else ())


def _entry(values: Mapping[str, Value]) -> dict[str, Any]:
    """Return an entry of a network ACL; nothing where it cannot be written."""
    protocol = PROTOCOLS.get(str(values.get("protocol") or "").lower())
    cidr = text(values.get("cidr_block")) or text(values.get("ipv6_cidr_block"))
    peer = INTERNET if cidr == ANYWHERE[0] else block_of(cidr)
    if protocol is None or isinstance(peer, Unknown):
        return {}
    number = whole(values.get("rule_number", values.get("rule_no")))
    action = text(values.get("rule_action")) or text(values.get("action"))
    data: dict[str, Any] = {"number": number} if number else {}
    if action.lower() == "deny":
        data["allow"] = False
    data["peer"] = peer
    if protocol in ("tcp", "udp"):
        data |= {"port": spell(*ports_of(protocol, values)), "protocol": protocol}
    elif protocol == "icmp":
        data["protocol"] = protocol
    return data
