"""Network ACLs, and each of their entries as a resource of its own."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archspec.artifacts import Omission
from archspec.errors import KeyPath
from archspec.exporters.terraform.hcl import Body
from archspec.exporters.terraform.resource import Part, Resource, named, origin, reasons, refer, slug
from archspec.graph.nacls import DIRECTIONS, Direction, numbers
from archspec.model.architecture import Architecture
from archspec.model.element import INTERNET, Network, is_block, parse_network
from archspec.model.network import Nacl, NaclRule
from archspec.model.ports import ALL_PORTS, PortRange

_ANYWHERE = parse_network("0.0.0.0/0")
_LAST = 32766
"""The highest number that an entry may have.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html
"""


class _Entry(NamedTuple):
    """One range of ports and one range of addresses of a rule in a spec; AWS takes one of each an entry."""

    number: int
    rule: NaclRule
    network: Network
    ports: PortRange
    path: KeyPath


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield the network ACLs with their entries.

    A direction that is not stated lets everything through, as AWS's default ACL does; one that is made anew denies.
    https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html
    """
    for nacl in architecture.network.nacls.values():
        yield _nacl(nacl, architecture)
        for direction in DIRECTIONS:
            if getattr(nacl, direction):
                yield from _stated(nacl, direction, architecture)
            else:
                yield _open(nacl, direction)


def _nacl(nacl: Nacl, architecture: Architecture) -> Resource:
    body: Body = {
        "vpc_id": refer("aws_vpc", nacl.vpc),
        "subnet_ids": [refer("aws_subnet", subnet) for subnet in nacl.subnets] or None,
        "tags": {"Name": named(architecture, nacl.id)},
    }
    return Resource("aws_network_acl", slug(nacl.id), origin(nacl), body, reasons(nacl))


def _stated(nacl: Nacl, direction: Direction, architecture: Architecture) -> Iterator[Part]:
    rules: Sequence[NaclRule] = getattr(nacl, direction)
    numbered = numbers(rules)
    for i, (rule, first) in enumerate(zip(rules, numbered, strict=True)):
        # What a rule names beside its first range comes right behind it, before the next rule.
        room = min((number for number in numbered if number > first), default=_LAST + 1)
        for offset, (network, ports) in enumerate(_parts(rule, architecture)):
            number, path = first + offset, (direction, i)
            if number < room:
                yield _entry(nacl, direction, _Entry(number, rule, network, ports, path))
            else:
                taken = "which is another rule's" if room <= _LAST else f"AWS's last is {_LAST}"
                reason = f"{ports} of {network} would need number {number}, {taken}"
                yield Omission((*nacl.path, *path), reason)


def _parts(rule: NaclRule, architecture: Architecture) -> list[tuple[Network, PortRange]]:
    ports = rule.port if rule.protocol in {"tcp", "udp"} else (ALL_PORTS,)
    return [(network, part) for network in _networks(rule.peer, architecture) for part in ports]


def _networks(peer: str, architecture: Architecture) -> tuple[Network, ...]:
    if peer == INTERNET:
        return (_ANYWHERE,)
    if is_block(peer):
        return (parse_network(peer),)
    vpc = architecture.network.vpcs.get(peer)
    # Of a VPC that is not exported, the note is made where that is decided.
    return () if vpc is None else (vpc.cidr, *(one for one in vpc.secondary_cidrs if one.version == vpc.cidr.version))


def _entry(nacl: Nacl, direction: Direction, entry: _Entry) -> Resource:
    body: Body = {
        "network_acl_id": refer("aws_network_acl", nacl.id),
        "egress": direction == "egress",
        "rule_number": entry.number,
        "rule_action": "allow" if entry.rule.allow else "deny",
        "protocol": "-1" if entry.rule.protocol == "all" else entry.rule.protocol,
        **_ports(entry),
        "cidr_block" if entry.network.version == 4 else "ipv6_cidr_block": str(entry.network),
    }
    name = slug(nacl.id, direction, str(entry.number))
    why = (entry.rule.note,) if entry.rule.note else ()
    return Resource("aws_network_acl_rule", name, origin(nacl, *entry.path), body, why)


def _ports(entry: _Entry) -> dict[str, int]:
    match entry.rule.protocol:
        case "all":
            return {}
        case "icmp":
            return {"icmp_type": -1, "icmp_code": -1}  # every type and code: ICMP has no ports
        case _:
            return {"from_port": entry.ports.low, "to_port": entry.ports.high}


def _open(nacl: Nacl, direction: Direction) -> Resource:
    rule = NaclRule.model_construct(allow=True, peer=INTERNET, port=(ALL_PORTS,), protocol="all", note="")
    made = _entry(nacl, direction, _Entry(100, rule, _ANYWHERE, ALL_PORTS, ()))
    reason = f"derived: no {direction} is stated, and then everything may pass, as in AWS's default network ACL"
    return Resource(made.type, made.name, made.origin, made.body, (reason,))
