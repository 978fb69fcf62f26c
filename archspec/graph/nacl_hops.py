"""What network ACLs say of a connection and of its answers, with the entry that decides it, or the nearest one."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from archspec.findings import Hop
from archspec.graph.asking import Asking, answering
from archspec.graph.blocks import Block, overlap, parts
from archspec.graph.graph import Graph
from archspec.graph.group_hops import distance
from archspec.graph.intervals import Intervals, intersect, spell, subtract
from archspec.graph.legs import Asked, nat_subnet
from archspec.graph.nacls import Direction, Entry, about, entries, first_match, nacl_of
from archspec.model.element import INTERNET
from archspec.model.network import Subnet


class Gate(NamedTuple):
    """A question to a network ACL: around which subnet, in which direction, about whose addresses and which traffic."""

    subnet: Subnet
    direction: Direction
    block: Block
    traffic: Intervals


def gate(asking: Asking, asked: Asked, position: int, nat: Subnet | None = None) -> Gate | None:
    """Return what is asked of the network ACL at a leg of a placement; nothing where no subnet's border is crossed.

    `nat` is the subnet of a NAT gateway that is not on the way yet.
    """
    one, wanted, back = asking.found[position], asking.wanted, answering(asking.wanted)
    here, there, near, far = one.here, one.there, asking.near(position), asking.far(position)
    if here is not None and there is not None and here.id == there.id:
        return None
    if here is not None and there is None:
        nat = nat or nat_subnet(asking.graph, here, one.version, asking.door)
    stands: dict[str, tuple[Subnet | None, Direction, Block, Intervals]] = {
        "acl-out": (here, "egress", far, wanted),
        "acl-in": (there, "ingress", near, wanted),
        "answer-out": (there, "egress", near, back),
        "answer-in": (here, "ingress", far, back),
        "nat-in": (nat, "ingress", near, wanted),
        "nat-out": (nat, "egress", far, wanted),
        "nat-answer-in": (nat, "ingress", far, back),
        "nat-answer-out": (nat, "egress", near, back),
    }
    subnet, direction, block, traffic = stands[asked]
    return Gate(subnet, direction, block, traffic) if subnet is not None else None


def nacl_hop(asking: Asking, asked: Asked) -> Hop | None:
    """Answer for the network ACLs at a leg; nothing where none is crossed, or none is stated anywhere near."""
    gates = {i: one for i in range(len(asking.found)) if (one := gate(asking, asked, i))}
    stopped = asking.stopped(asked)
    if stopped:
        return _blocked(asking, asked, gates[min(stopped)], pairs_of(asking, stopped))
    around = {one.subnet.id: nacl for one in gates.values() if (nacl := nacl_of(asking.graph, one.subnet))}
    if not around:
        return _by_default(asking, list(gates.values()))
    crossed = [one for one in gates.values() if one.subnet.id in around]
    silent = [one for one in crossed if not _asked(asking.graph, one)]
    if silent:
        nacl, direction = around[silent[0].subnet.id], silent[0].direction
        text = f"{nacl.id} states no {direction}, so it is taken to let {_what(asking, asked)}"
        return Hop("note", text, nacl.path, "FACT_MISSING")
    best = _deciding(asking.graph, crossed[0], crossed[0].traffic)
    names = ", ".join(dict.fromkeys(nacl.id for nacl in around.values()))
    text = f"{names} around {', '.join(around)} lets {_what(asking, asked)}"
    return Hop("open", f"{text}: {_spell(best)}" if best else text, best.path if best else crossed[0].subnet.path)


def _asked(graph: Graph, at: Gate) -> tuple[Entry, ...]:
    """Return the entries that are asked at a gate, in their order."""
    nacl = nacl_of(graph, at.subnet)
    return entries(graph, nacl, at.direction) if nacl else ()


def _by_default(asking: Asking, gates: Sequence[Gate]) -> Hop | None:
    """Say that a subnet has AWS's default network ACL, where others of its VPC are stated."""
    network = asking.graph.architecture.network
    subnets = [id_ for nacl in network.nacls.values() if nacl.status == "current" for id_ in nacl.subnets]
    stated = {network.subnets[id_].vpc for id_ in subnets}
    one = next((one for one in gates if one.subnet.vpc in stated), None)
    if one is None:
        return None
    text = f"{one.subnet.id} is in no network ACL that is stated; AWS's own lets everything through"
    return Hop("note", text, one.subnet.path, "ASSUMED_DEFAULT")


def _what(asking: Asking, asked: Asked) -> str:
    """Say what is let through, such as `tcp/5432 out to db`."""
    what = spell(asking.wanted)
    if "answer" in asked:
        what = f"answers on {spell(answering(asking.wanted))}"
    to_source = asked in ("answer-out", "nat-answer-out")
    leaves = asked in ("acl-out", "nat-out") or to_source
    other = asking.source if to_source or asked in ("acl-in", "nat-in") else asking.target
    return f"{what} {'out to' if leaves else 'in from'} {other.id}"


def _blocked(asking: Asking, asked: Asked, at: Gate, pairs: str) -> Hop:
    nacl, missing = nacl_of(asking.graph, at.subnet), stopped_at(asking.graph, at)[1]
    assert nacl is not None  # noqa: S101  AWS's own network ACL stops nothing
    deciding = _deciding(asking.graph, at, missing, denying=True)
    nearest = deciding or _nearest(asking.graph, at, missing)
    why = _spell(nearest) if deciding else f"no rule allows {spell(missing)}, the nearest is {_spell(nearest)}"
    code = "SUBNET_ACL_RESTRICTION" + (", REMAP_EPHEMERAL_PORT" if "answer" in asked else "")
    text = f"{nacl.id} around {at.subnet.id} does not let {_what(asking, asked)}: {why}{pairs}"
    return Hop("blocked", text, nearest.path, code)


def stopped_at(graph: Graph, at: Gate) -> tuple[Block, Intervals]:
    """Return the first part of a gate's block that is not let through, and what of the traffic is not."""
    found = _asked(graph, at)
    cuts = [one for entry in found for one in entry.blocks]
    for part in parts(at.block, cuts):
        missing = subtract(at.traffic, first_match(about(found, part))) if found else ()
        if missing:
            return part, missing
    return at.block, ()


def _deciding(graph: Graph, at: Gate, traffic: Intervals, *, denying: bool = False) -> Entry | None:
    """Return the first entry that is about some of the traffic, where it allows it, or where it denies it."""
    part, found = stopped_at(graph, at)[0], _asked(graph, at)
    own = [entry for entry in about(found, part) if intersect(entry.traffic, traffic)]
    return next((entry for entry in own if entry.rule.allow is not denying), None)


def _nearest(graph: Graph, at: Gate, missing: Intervals) -> Entry:
    found = _asked(graph, at)
    allowing = [entry for entry in found if entry.rule.allow] or list(found)
    right = [entry for entry in allowing if any(overlap(one, at.block) for one in entry.blocks)]
    return min(right or allowing, key=lambda entry: (distance(entry.traffic, missing), entry.number))


def _spell(entry: Entry) -> str:
    peer = "anywhere" if entry.rule.peer == INTERNET else entry.rule.peer
    does, way = "allows" if entry.rule.allow else "denies", "from" if "ingress" in entry.path else "to"
    return f"rule {entry.number} {does} {spell(entry.traffic)} {way} {peer}"


def pairs_of(asking: Asking, stopped: Collection[int]) -> str:
    """Say for how many of the pairs of subnets something is stopped; nothing where it is for all of them."""
    if len(stopped) == len(asking.found):
        return ""
    first = asking.found[min(stopped)]
    way = " to ".join(one.id for one in (first.here, first.there) if one is not None)
    what = "pairs of subnets" if first.here is not None and first.there is not None else "subnets"
    return f" ({len(stopped)} of {len(asking.found)} {what}, first {way})"
