"""The declared flows, and what must and must not be reached: whether groups, network ACLs and routes let it through."""

from collections.abc import Iterable
from typing import NamedTuple

from archspec.documents.markup import Markdown, escape, join
from archspec.documents.page import Page
from archspec.graph.broken_flows import broken, untold
from archspec.graph.graph import Connection, is_attached
from archspec.graph.group_rules import GroupRule
from archspec.graph.intervals import intersect, spell
from archspec.graph.peers import covers
from archspec.model.flow import Flow
from archspec.model.network import Namespace
from archspec.model.ports import spell_ports
from archspec.rules import must_not_reach_open, must_reach_blocked
from archspec.rules.flow_blocked_by_security_group import unasked

TITLE = "Traffic"


class FlowRow(NamedTuple):
    """A flow, and the answer of the security groups with the rules that decide it."""

    source: Markdown
    target: Markdown
    port: str
    protocol: str
    note: str
    allowed: Markdown


class AssertionRow(NamedTuple):
    """What must, or must not, be reached, and whether it is so."""

    source: Markdown
    target: Markdown
    port: str
    wanted: str
    holds: Markdown


class Traffic(NamedTuple):
    """Every flow and assertion, in the order of the spec."""

    flows: tuple[FlowRow, ...]
    assertions: tuple[AssertionRow, ...]


def make(page: Page) -> Traffic | None:
    """Return the flows and assertions, if any are declared."""
    stated = page.architecture
    rows = tuple(_row(page, flow) for flow in stated.flows)
    wanted = [(one, "open", must_reach_blocked.ID) for one in stated.must_reach]
    unwanted = [(one, "not open", must_not_reach_open.ID) for one in stated.must_not_reach]
    assertions = tuple(_assertion(page, one, word, rule) for one, word, rule in (*wanted, *unwanted))
    return Traffic(rows, assertions) if rows or assertions else None


def _assertion(page: Page, asked: Flow, wanted: str, rule: str) -> AssertionRow:
    outcomes = {one.outcome for one in page.checked.findings if one.rule == rule and one.subject == asked.id}
    said = "**no**" if "fail" in outcomes else "cannot be told" if outcomes else "yes"
    holds = Markdown(f"{said}{page.marks(asked.id)}" if asked.status == "current" else f"not judged: {asked.status}")
    return AssertionRow(page.refer(asked.source), page.refer(asked.target), _ports(asked), wanted, holds)


def _ports(flow: Flow) -> str:
    return spell_ports(flow.port) + ("" if flow.transport == "tcp" else f" {flow.transport}")


def _row(page: Page, flow: Flow) -> FlowRow:
    note = "; ".join(filter(None, ["" if flow.status == "current" else flow.status, flow.note]))
    ends = page.refer(flow.source), page.refer(flow.target)
    return FlowRow(*ends, _ports(flow), flow.protocol, note, _allowed(page, flow))


def _allowed(page: Page, flow: Flow) -> Markdown:
    if flow.status != "current":
        return Markdown(f"not judged: {flow.status}")
    connections = page.graph.connections_of(flow)
    if not connections and isinstance(page.architecture.elements[flow.target], Namespace):
        return Markdown("yes: security groups do not filter what asks the VPC's own DNS resolver")
    if not connections:
        return Markdown(f"cannot be told: {escape(unasked(page.graph, flow)) or 'nothing in it states such a port'}")
    blocked = [one.connection for one in broken(page.graph, flow) if not untold(page.graph, one)]
    if not blocked:
        return Markdown(f"yes: {_rules(page, connections) or 'no security group stands between'}")
    pairs = dict.fromkeys(Markdown(f"{page.refer(one.source.id)} to {page.refer(one.target.id)}") for one in blocked)
    return Markdown(f"**no**: {join(list(pairs))}{page.marks(flow.id)}")


def _rules(page: Page, connections: Iterable[Connection]) -> Markdown:
    deciding = [rule for one in connections for rule in _deciding(page, one)]
    return join(list(dict.fromkeys(_spell(page, rule) for rule in deciding)), "; ")


def _deciding(page: Page, connection: Connection) -> list[GroupRule]:
    """Return the rules of the receiver that let the connection in, or those of the sender where it leaves AWS."""
    source, target = connection.source, connection.target
    rules = page.graph.ingress(target) if is_attached(target) else ()
    if not is_attached(target) and is_attached(source):
        rules = page.graph.egress(source)
    other = source if is_attached(target) else target
    return [one for one in rules if covers(page.graph, one.peer, other) and intersect(one.traffic, connection.wanted)]


def _spell(page: Page, rule: GroupRule) -> Markdown:
    if not rule.path:
        return Markdown(f"{page.refer(rule.group.id)} lets everything out, AWS's default")
    way = "in from" if "ingress" in rule.path else "out to"
    return Markdown(f"{page.refer(rule.group.id)} lets {spell(rule.traffic)} {way} {page.refer(rule.peer)}")
