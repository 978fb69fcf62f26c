"""Security groups, and each of their rules as a resource of its own."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from archspec.errors import KeyPath
from archspec.exporters.terraform.hcl import Body, Reference
from archspec.exporters.terraform.prefix_lists import prefix_list_id
from archspec.exporters.terraform.resource import Resource, label, named, origin, reasons, refer, slug
from archspec.model.architecture import Architecture
from archspec.model.element import INTERNET, is_block, parse_network
from archspec.model.network import EgressRule, IngressRule, SecurityGroup
from archspec.model.ports import ALL_PORTS, PortRange

_ANYWHERE = parse_network("0.0.0.0/0")
# What EC2 accepts in a description:
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
_REFUSED = re.compile(r"[^a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]+")
_MAX_DESCRIPTION = 255
_TERRAFORM_PROTOCOLS = {"all": "-1"}


class _Rule(NamedTuple):
    """One port range of a rule in a spec; AWS takes one a rule."""

    group: SecurityGroup
    path: KeyPath
    word: str
    rule: IngressRule | EgressRule
    ports: PortRange


def resources(architecture: Architecture) -> Iterator[Resource]:
    """Yield the security groups with their rules.

    https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
    """
    for group in architecture.network.security_groups.values():
        yield _group(group, architecture)
        for rule in _rules(group):
            peer = _peer(rule.rule.peer, architecture)
            if peer:
                yield _rule(rule, peer)
        if group.egress is None:
            yield _open_egress(group)


def _group(group: SecurityGroup, architecture: Architecture) -> Resource:
    name = named(architecture, group.id)
    return Resource(
        "aws_security_group",
        slug(group.id),
        origin(group),
        {
            "name": name,
            # Without the title, because AWS replaces a group whose description changes.
            "description": f"{group.id} of {architecture.name}",
            "vpc_id": refer("aws_vpc", group.vpc),
            "tags": {"Name": name},
        },
        reasons(group),
    )


def _rules(group: SecurityGroup) -> Iterator[_Rule]:
    for i, ingress in enumerate(group.ingress):
        yield from (_Rule(group, ("ingress", i), "from", ingress, ports) for ports in ingress.port)
    for i, egress in enumerate(group.egress or ()):
        yield from (_Rule(group, ("egress", i), "to", egress, ports) for ports in egress.port)


def _rule(rule: _Rule, other: dict[str, str | Reference]) -> Resource:
    peer, protocol = rule.rule.peer, rule.rule.protocol
    body: Body = {
        "security_group_id": refer("aws_security_group", rule.group.id),
        "description": _described(rule.rule.note or f"{' '.join(_what(rule))} {rule.word} {peer}"),
        **other,
        "ip_protocol": _TERRAFORM_PROTOCOLS.get(protocol, protocol),
        **_ports(protocol, rule.ports),
    }
    # Named for what it allows, not for its position, so that moving it in the spec changes nothing.
    range_or_id = label(parse_network(peer)) if is_block(peer) else peer
    name = slug(rule.group.id, rule.word, range_or_id, *_what(rule))
    return Resource(f"aws_vpc_security_group_{rule.path[0]}_rule", name, origin(rule.group, *rule.path), body)


def _what(rule: _Rule) -> tuple[str, ...]:
    """Say what may pass: ports, the protocol where it is not TCP, or a protocol that has no ports."""
    match rule.rule.protocol:
        case "all":
            return ("everything",)
        case "icmp":
            return ("icmp",)
        case "tcp":
            return (str(rule.ports),)
        case _:
            return (rule.rule.protocol, str(rule.ports))


def _peer(peer: str, architecture: Architecture) -> dict[str, str | Reference]:
    """Return the argument for the other side of a rule; nothing if that is a group or list that is not exported."""
    if peer == INTERNET or is_block(peer):
        network = _ANYWHERE if peer == INTERNET else parse_network(peer)
        return {f"cidr_ipv{network.version}": str(network)}
    if peer in architecture.network.prefix_lists:
        return {"prefix_list_id": prefix_list_id(architecture.network.prefix_lists[peer], architecture)}
    if peer in architecture.network.security_groups:
        return {"referenced_security_group_id": refer("aws_security_group", peer)}
    return {}


def _ports(protocol: str, ports: PortRange) -> dict[str, int]:
    match protocol:
        case "all":
            return {}  # the provider refuses ports where every protocol is meant
        case "icmp":
            return {"from_port": -1, "to_port": -1}  # every type and code: ICMP has no ports
        case _:
            return {"from_port": ports.low, "to_port": ports.high}


def _described(text: str) -> str:
    return " ".join(_REFUSED.sub(" ", text).split())[:_MAX_DESCRIPTION] or "no description"


def _open_egress(group: SecurityGroup) -> Resource:
    rule = EgressRule.model_construct(peer=INTERNET, port=(ALL_PORTS,), protocol="all", note="")
    everywhere: dict[str, str | Reference] = {f"cidr_ipv{_ANYWHERE.version}": str(_ANYWHERE)}
    resource = _rule(_Rule(group, ("egress",), "to", rule, ALL_PORTS), everywhere)
    return Resource(
        resource.type,
        resource.name,
        resource.origin,
        resource.body,
        ("derived: no egress is stated, and then everything may leave",),
    )
