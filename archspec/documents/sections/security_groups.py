"""Security groups: who may open what to whom, what each is attached to, and the ways from the internet to the data."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from archspec.documents.markup import Markdown, code, join, node_label
from archspec.documents.page import Page
from archspec.documents.wording import computed
from archspec.graph.exposure import Exposure, exposures
from archspec.graph.graph import is_attached
from archspec.graph.intervals import spell
from archspec.graph.reach import OUTSIDE
from archspec.model.element import INTERNET
from archspec.model.network import EgressRule, IngressRule, SecurityGroup
from archspec.model.ports import spell_ports

TITLE = "Security groups"

_RESERVED = frozenset({"end", "graph", "flowchart", "subgraph", "style", "class", "click", "default", "direction"})


class GroupRow(NamedTuple):
    """A group and what it is attached to."""

    group: Markdown
    name: Markdown
    attached: Markdown
    note: str


class RuleRow(NamedTuple):
    """A rule of a group."""

    group: Markdown
    direction: str
    peer: Markdown
    ports: str
    protocol: str
    note: str


class Node(NamedTuple):
    """A box of the chain: Mermaid's id, the text in it, and its shape's brackets."""

    id: str
    label: Markdown
    open: Markdown
    close: Markdown


class Arrow(NamedTuple):
    """An ingress rule in the chain."""

    source: str
    target: str
    ports: Markdown


class StepRow(NamedTuple):
    """A step on a way from the internet to a store."""

    source: Markdown
    target: Markdown
    traffic: Markdown
    declared: str


class SecurityGroups(NamedTuple):
    """The facts. The chain, nodes and arrows, is left out where a picture shows it; `open` let everything out."""

    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    groups: tuple[GroupRow, ...]
    rules: tuple[RuleRow, ...]
    open: Markdown
    steps: tuple[StepRow, ...]


def make(page: Page) -> SecurityGroups | None:
    """Return the groups, if there are any."""
    groups = page.architecture.network.security_groups
    if not groups:
        return None
    arrows = tuple(
        Arrow(_node_id(rule.peer), _node_id(id_), Markdown(node_label(_ports(rule))))
        for id_, group in groups.items()
        for rule in group.ingress
    )
    attached = _attached(page)
    is_drawn = "pictures" in page.shown and any(one.name.startswith("security-groups") for one in page.pictures)
    return SecurityGroups(
        nodes=tuple(_nodes(page)) if arrows and not is_drawn else (),
        arrows=arrows,
        groups=tuple(_group(page, one, attached.get(one.id, [])) for one in groups.values()),
        rules=tuple(row for group in groups.values() for row in _rules(page, group)),
        open=_open(page),
        steps=tuple(_steps(page)),
    )


def _open(page: Page) -> Markdown:
    """Name the groups that state no egress, which by AWS's default let everything out."""
    groups = page.architecture.network.security_groups
    found = [id_ for id_, group in groups.items() if group.egress is None]
    return Markdown("all of them") if len(found) == len(groups) > 1 else page.refer_all(found)


def _nodes(page: Page) -> Iterator[Node]:
    """Yield peers that are no groups first, round, then the groups, square."""
    groups = page.architecture.network.security_groups
    for peer in dict.fromkeys(rule.peer for group in groups.values() for rule in group.ingress):
        if peer not in groups:
            label = "Internet" if peer == INTERNET else peer
            yield Node(_node_id(peer), Markdown(node_label(label)), Markdown("(["), Markdown("])"))
    for group in groups.values():
        yield Node(_node_id(group.id), Markdown(node_label(group.label)), Markdown("["), Markdown("]"))


def _node_id(id_: str) -> str:
    """Return the id without what Mermaid would read as an arrow or a word of its own."""
    plain = "".join(char if char.isalnum() else "_" for char in id_)
    return f"{plain}_" if plain in _RESERVED else plain


def _attached(page: Page) -> Mapping[str, list[str]]:
    """Return security group → what has it."""
    found: dict[str, list[str]] = {}
    for element in page.architecture.elements.values():
        for id_ in element.security_groups if is_attached(element) else ():
            found.setdefault(id_, []).append(element.id)
    return found


def _group(page: Page, group: SecurityGroup, attached: list[str]) -> GroupRow:
    return GroupRow(page.define(group), code(group.name), page.refer_all(attached) or Markdown("nothing"), group.note)


def _rules(page: Page, group: SecurityGroup) -> Iterator[RuleRow]:
    named = page.refer(group.id)
    for rule in group.ingress:
        yield RuleRow(named, "inbound", page.refer(rule.peer), _ports(rule), _protocol(rule), rule.note)
    if not group.ingress:
        yield RuleRow(named, "inbound", Markdown("none"), "none", "–", "")
    for out in group.egress or ():
        yield RuleRow(named, "outbound", page.refer(out.peer), _ports(out), _protocol(out), out.note)
    if group.egress == ():
        yield RuleRow(named, "outbound", Markdown("none"), "none", "–", "")


def _ports(rule: IngressRule | EgressRule) -> str:
    return "all" if rule.protocol == "all" else spell_ports(rule.port)


def _protocol(rule: IngressRule | EgressRule) -> str:
    return rule.protocol


def _steps(page: Page) -> Iterator[StepRow]:
    """Yield the steps; those that differ in nothing but who takes them share a row."""
    found: dict[tuple[Markdown, Markdown, str], list[Markdown]] = {}
    for one in exposures(page.graph):
        nobody = f"no flow declares {spell(one.step.undeclared)}" if one.step.undeclared else "yes"
        declared = (one.undeclared if one.step.undeclared else "") or nobody
        key = _members(page, one, one.step.target), computed(spell(one.step.traffic)), declared
        found.setdefault(key, []).append(_members(page, one, one.step.source))
    for (target, traffic, declared), sources in found.items():
        yield StepRow(join(sources), target, traffic, declared)


def _members(page: Page, exposure: Exposure, name: str) -> Markdown:
    if name == OUTSIDE:
        return page.refer(name)
    return page.refer_all([member.id for member in exposure.reach.alike[name]])
