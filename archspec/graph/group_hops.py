"""What security groups say of a connection, with the rule that decides it, or the nearest one."""

from collections.abc import Sequence
from typing import Literal

from archspec.findings import Hop
from archspec.graph.asking import Asking
from archspec.graph.graph import Graph, is_attached
from archspec.graph.group_rules import GroupRule
from archspec.graph.intervals import Intervals, intersect, spell, subtract
from archspec.graph.peers import covers, is_in_subnets, touches
from archspec.graph.permits import let_in, let_out
from archspec.model.element import INTERNET, Element

Side = Literal["egress", "ingress"]


def group_hop(asking: Asking, side: Side) -> Hop | None:
    """Answer for the groups of one side; nothing where that side has none because it stands outside."""
    graph, source, target = asking[:3]
    own, other = (source, target) if side == "egress" else (target, source)
    if not is_in_subnets(own) or not is_attached(own):
        return None
    rules = graph.egress(own) if side == "egress" else graph.ingress(own)
    verb, direction = ("sends", "to") if side == "egress" else ("receives", "from")
    asked = f"{own.id} {verb} {spell(asking.wanted)} {direction} {other.id}"
    if not missing_in_groups(asking, side):
        best = _best(graph, rules, other, asking.wanted)
        return Hop("open", f"{asked}: {_spell_rule(best, direction)}", best.path)
    if not rules:
        place = graph.architecture.network.security_groups[own.security_groups[0]] if own.security_groups else own
        return Hop("blocked", f"{asked}: no security group rule at all", place.path, "SG_HAS_NO_RULES")
    nearest, why = _nearest(graph, rules, other, asking.wanted)
    text = f"{asked}: the nearest rule is {_spell_rule(nearest, direction)}; {why}"
    return Hop("blocked", text, nearest.path or nearest.group.path, "ENI_SG_RULES_MISMATCH")


def missing_in_groups(asking: Asking, side: Side) -> Intervals:
    """Return what the groups of one side do not let through in every placement."""
    graph, source, target, wanted, found, _ = asking
    if not is_in_subnets(source if side == "egress" else target):
        return ()
    if found:
        stopped = asking.stopped(side)
        return stopped[min(stopped)] if stopped else ()
    return subtract(wanted, (let_out if side == "egress" else let_in)(graph, source, target))


def _best(graph: Graph, rules: Sequence[GroupRule], other: Element, wanted: Intervals) -> GroupRule:
    """Return a rule that lets it through by itself, else one that does so for a part of it."""
    fitting = [rule for rule in rules if intersect(rule.traffic, wanted)]
    whole = next((rule for rule in fitting if covers(graph, rule.peer, other)), None)
    return whole or next(rule for rule in fitting if touches(graph, rule.peer, other))


def _nearest(graph: Graph, rules: Sequence[GroupRule], other: Element, wanted: Intervals) -> tuple[GroupRule, str]:
    """Return the rule that would need the least change, and which: the right peer first, then the nearest port."""
    whole = [rule for rule in rules if covers(graph, rule.peer, other)]
    part = [rule for rule in rules if rule not in whole and touches(graph, rule.peer, other)]
    pool = whole
    if not any(intersect(rule.traffic, wanted) for rule in whole) and any(intersect(r.traffic, wanted) for r in part):
        pool = part
    nearest = min(pool or part or rules, key=lambda rule: (distance(rule.traffic, wanted), rule.path))
    if nearest in whole:
        return nearest, "the port differs"
    return nearest, f"it means only some addresses of {other.id}" if nearest in part else "the peer differs"


def distance(have: Intervals, wanted: Intervals) -> int:
    """Return by how many ports traffic misses what is wanted; nothing where they meet."""
    if intersect(have, wanted):
        return 0
    return min(abs(low - want) for low, _ in have for want, _ in wanted) if have and wanted else len(have)


def _spell_rule(rule: GroupRule, direction: str) -> str:
    default = "" if rule.path else " (AWS default)"
    peer = "anywhere" if rule.peer == INTERNET else rule.peer
    return f"{rule.group.id} allows {spell(rule.traffic)} {direction} {peer}{default}"
