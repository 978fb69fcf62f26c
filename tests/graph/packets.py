"""A packet simulator: what gets through a network, packet by packet and address by address, in AWS's own words.

It is written apart from archspec and knows nothing of intervals, classes or graphs; it reads a spec as plain data. A
question is answered twice: does the packet get through from every address to every address (`every`), and from any to
any (`some`)? Addresses and ports are those at which an answer can change: the ends of every block and range written.

Sources: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html, …/nacl-rules.html,
…/nacl-ephemeral-ports.html, …/VPC_Route_Tables.html, https://docs.aws.amazon.com/vpc/latest/peering/
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from itertools import product
from typing import Any, NamedTuple

Address = IPv4Address | IPv6Address
Block = IPv4Network | IPv6Network
Data = Mapping[str, Any]

read_block = cache(ip_network)
"""A block is written once and asked for a hundred thousand times."""

OUTSIDE = {4: ip_address("198.51.100.7"), 6: ip_address("2a00:1450::7")}
"""Somebody on the internet: in no block of any spec that is drawn, but in those of everything."""

FIRST_EPHEMERAL, LAST_PORT = 1024, 65535


class Packet(NamedTuple):
    """What a connection begins with."""

    protocol: str
    port: int


class Verdict(NamedTuple):
    """Whether a packet, and its answer, get through from every address to every one, and from any to any."""

    every: bool
    some: bool


class End(NamedTuple):
    """An address, and where it is: the member and subnet that have it; nothing for the internet."""

    address: Address
    member: str
    subnet: str


class Network:
    """A spec as plain data, and what its packets do."""

    def __init__(self, spec: Data) -> None:
        self.net: Data = spec["network"]
        self.members: Data = spec["compute"]["services"]

    def verdict(self, source: str, target: str, packet: Packet) -> Verdict:
        """Send the packet between all addresses of two ends, in each family that they could speak."""
        answers = [
            (version, self._passes(client, server, packet))
            for version in (4, 6)
            for client, server in product(self.ends(source, version), self.ends(target, version))
        ]
        shared = [version for version in (4, 6) if self._speaks(source, version) and self._speaks(target, version)]
        every = any(all(every for seen, (every, _) in answers if seen == version) for version in shared)
        return Verdict(every, any(some for _, (_, some) in answers))

    def _speaks(self, id_: str, version: int) -> bool:
        """Whether all subnets of a member have a block of that family."""
        return id_ == "internet" or all(self._blocks(one, version) for one in self.members[id_]["subnets"])

    def ends(self, id_: str, version: int) -> list[End]:
        """Return the addresses of a member at which an answer may change."""
        if id_ == "internet":
            return [End(OUTSIDE[version], "", "")]
        return [
            End(address, id_, subnet)
            for subnet in self.members[id_]["subnets"]
            for block in self._blocks(subnet, version)
            for address in self._edges(block)
        ]

    def _blocks(self, subnet: str, version: int) -> list[Block]:
        stated = self.net["subnets"][subnet]
        blocks = [read_block(stated[key]) for key in ("cidr", "ipv6_cidr") if key in stated]
        return [block for block in blocks if block.version == version]

    def _edges(self, block: Block) -> list[Address]:
        """Return the first and last address of the block, and of every block written that begins or ends in it."""
        written = [one for one in self._written if one.version == block.version and one.overlaps(block)]
        parts = [one for one in written if one.prefixlen > block.prefixlen]
        found = {block[0], block[-1]}
        for part in parts:
            near = (int(part[0]) - 1, int(part[0]), int(part[-1]), int(part[-1]) + 1)
            found |= {type(block[0])(one) for one in near if int(block[0]) <= one <= int(block[-1])}
        return sorted(found)

    @cached_property
    def _written(self) -> list[Block]:
        """Every block that a rule, an entry or a route names."""
        rules = [
            rule[key]
            for group in self.net["security_groups"].values()
            for direction, key in (("ingress", "from"), ("egress", "to"))
            for rule in group.get(direction, ())
        ]
        rules += [r["peer"] for acl in self.net["nacls"].values() for side in ("ingress", "egress") for r in acl[side]]
        rules += [entry for one in self.net["prefix_lists"].values() for entry in one["entries"]]
        rules += [route["destination"] for table in self.net["route_tables"].values() for route in table["routes"]]
        return [read_block(text) for text in sorted(set(rules)) if "/" in text]

    def _passes(self, client: End, server: End, packet: Packet) -> Verdict:
        """Send one packet and its answer; the answer goes to a port that nobody chose."""
        if not (self._sent(client, server, packet) and self._received(client, server, packet)):
            return Verdict(every=False, some=False)
        if client.subnet and client.subnet == server.subnet:
            return Verdict(every=True, some=True)
        way, back = self._way(client, server), self._way(server, client, answer=True)
        if way is None or back is None:
            return Verdict(every=False, some=False)
        if not all(self._admitted(*leg, packet) for leg in self._legs(client, server, way)):
            return Verdict(every=False, some=False)
        answers = [
            all(self._admitted(*leg, Packet(packet.protocol, port)) for leg in self._legs(server, client, way[::-1]))
            for port in self._ephemeral
        ]
        return Verdict(all(answers), any(answers))

    @cached_property
    def _ephemeral(self) -> list[int]:
        """Ports that a client may have: the first, the last, and those around every end of a range of an ACL."""
        found = {FIRST_EPHEMERAL, LAST_PORT}
        for acl in self.net["nacls"].values():
            for rule in (*acl["ingress"], *acl["egress"]):
                for part in rule["port"].split(", "):
                    low, _, high = ("0-65535" if part == "all" else part).partition("-")
                    found |= {int(low) - 1, int(low), int(high or low), int(high or low) + 1}
        return sorted(port for port in found if FIRST_EPHEMERAL <= port <= LAST_PORT)

    # Security groups: around a member, stateful, all rules of all groups together.

    def _sent(self, client: End, server: End, packet: Packet) -> bool:
        groups = self._groups(client)
        return not client.member or any(
            "egress" not in group or any(self._allows(rule, "to", server, packet) for rule in group["egress"])
            for group in groups
        )

    def _received(self, client: End, server: End, packet: Packet) -> bool:
        rules = [rule for group in self._groups(server) for rule in group["ingress"]]
        return not server.member or any(self._allows(rule, "from", client, packet) for rule in rules)

    def _groups(self, end: End) -> list[Data]:
        return (
            [self.net["security_groups"][id_] for id_ in self.members[end.member]["security_groups"]]
            if end.member
            else []
        )

    def _allows(self, rule: Data, key: str, other: End, packet: Packet) -> bool:
        return self._means(rule[key], other) and _matches(rule, packet)

    def _means(self, peer: str, other: End) -> bool:
        if peer in self.net["security_groups"]:
            return other.member != "" and peer in self.members[other.member]["security_groups"]
        return any(other.address in block for block in self._expanded(peer))

    def _expanded(self, peer: str) -> Iterable[Block]:
        if peer == "internet":
            return (read_block("0.0.0.0/0"), read_block("::/0"))
        if peer in self.net["prefix_lists"]:
            return [read_block(entry) for entry in self.net["prefix_lists"][peer]["entries"]]
        return self._local(peer) if peer in self.net["vpcs"] else (read_block(peer),)

    # Network ACLs: around a subnet, stateless, the first rule that matches decides.

    def _legs(self, sender: End, receiver: End, way: list[str]) -> Iterator[tuple[str, str, Address]]:
        """Yield every crossing of a subnet's edge: the subnet, the direction, and the address on the other side.

        On the way between the sender's and the receiver's subnet a NAT gateway's may lie.
        """
        stops = [one for one in (sender.subnet, *way, receiver.subnet) if one]
        for position, subnet in enumerate(stops):
            if position or not sender.subnet:
                yield subnet, "ingress", sender.address
            if position < len(stops) - 1 or not receiver.subnet:
                yield subnet, "egress", receiver.address

    def _admitted(self, subnet: str, direction: str, other: Address, packet: Packet) -> bool:
        acl = next((acl for acl in self.net["nacls"].values() if subnet in acl["subnets"]), None)
        if acl is None or not acl[direction]:
            return True
        for rule in sorted(acl[direction], key=lambda rule: rule["number"]):
            blocks = self._expanded(rule["peer"])
            if any(other in block for block in blocks) and _matches(rule, packet, acl=True):
                return bool(rule["allow"])
        return False

    # Routes: the longest prefix decides, for the packet and for its answer.

    def _way(self, sender: End, receiver: End, *, answer: bool = False) -> list[str] | None:
        """Return the subnets of the NAT gateways on the way, or nothing where no way leads there.

        An answer goes back to where its packet came from, so what translates addresses does not keep it from that.
        """
        if sender.subnet and receiver.subnet:
            return [] if self._joined(sender, receiver) else None
        inside = sender if sender.subnet else receiver
        target = self._target(inside.subnet, OUTSIDE[inside.address.version])
        public = bool(self.members[inside.member].get("public_ip"))
        if target in self.net["internet_gateways"]:
            return [] if public else None
        leaves = sender.subnet if not answer else receiver.subnet
        if target in self.net["nat_gateways"] and leaves:
            return self._through(target, inside)
        return None

    def _through(self, gateway: str, inside: End) -> list[str] | None:
        subnet = self.net["nat_gateways"][gateway]["subnet"]
        onward = self._target(subnet, OUTSIDE[inside.address.version])
        if onward not in self.net["internet_gateways"]:
            return None
        return [subnet] if subnet != inside.subnet else []

    def _joined(self, sender: End, receiver: End) -> bool:
        target = self._target(sender.subnet, receiver.address)
        vpcs = [self.net["subnets"][end.subnet]["vpc"] for end in (sender, receiver)]
        if target == "local":
            return bool(vpcs[0] == vpcs[1])
        peering = self.net["peerings"].get(target)
        return peering is not None and vpcs[0] != vpcs[1] and sorted(peering["vpcs"]) == sorted(vpcs)

    def _target(self, subnet: str, address: Address) -> str:
        vpc = self.net["subnets"][subnet]["vpc"]
        routes = [(block.prefixlen, "local") for block in self._local(vpc) if address in block]
        for table in self.net["route_tables"].values():
            if subnet in table["subnets"]:
                found = [(read_block(route["destination"]), route["target"]) for route in table["routes"]]
                routes += [(block.prefixlen, target) for block, target in found if address in block]
        return max(routes, default=(0, ""))[1]

    def _local(self, vpc: str) -> list[Block]:
        stated = self.net["vpcs"][vpc]
        return [read_block(stated[key]) for key in ("cidr", "ipv6_cidr") if key in stated]


def _matches(rule: Data, packet: Packet, *, acl: bool = False) -> bool:
    """Whether a rule is about a packet. An ACL's ports mean nothing for icmp, and for all protocols no rule's do."""
    if rule["protocol"] == "all":
        return True
    if rule["protocol"] != packet.protocol:
        return False
    if rule["port"] == "all" or (acl and packet.protocol == "icmp"):
        return True
    ranges = [part.partition("-") for part in rule["port"].split(", ")]
    return any(int(low) <= packet.port <= int(high or low) for low, _, high in ranges)
