"""Network ACLs and their entries, in the order in which AWS asks them."""

from collections.abc import Iterator
from typing import NamedTuple

from archspec.documents.markup import Markdown, code
from archspec.documents.page import Page, refer_if
from archspec.model.network import Nacl, NaclRule
from archspec.model.ports import spell_ports


class NaclRow(NamedTuple):
    """A network ACL and the subnets that it surrounds."""

    nacl: Markdown
    name: Markdown
    vpc: Markdown
    subnets: Markdown
    note: str


class EntryRow(NamedTuple):
    """What an entry of a network ACL says to whom."""

    nacl: Markdown
    direction: str
    number: str
    verdict: str
    peer: Markdown
    ports: str
    protocol: str
    note: str


def nacls(page: Page) -> Iterator[NaclRow]:
    """Yield every network ACL."""
    for one in page.architecture.network.nacls.values():
        yield NaclRow(page.define(one), code(one.name), refer_if(page, one.vpc), page.refer_all(one.subnets), one.note)


def entries(page: Page) -> Iterator[EntryRow]:
    """Yield the entries of every network ACL, those for what comes in first."""
    for nacl in page.architecture.network.nacls.values():
        for direction, rules in (("inbound", nacl.ingress), ("outbound", nacl.egress)):
            yield from (_entry(page, nacl, direction, rule) for rule in sorted(rules, key=_place))


def _place(rule: NaclRule) -> tuple[bool, int]:
    """Order by number; an entry without one keeps its place behind those."""
    return rule.number is None, rule.number or 0


def _entry(page: Page, nacl: Nacl, direction: str, rule: NaclRule) -> EntryRow:
    return EntryRow(
        nacl=page.refer(nacl.id),
        direction=direction,
        number=str(rule.number or ""),
        verdict="allow" if rule.allow else "deny",
        peer=page.refer(rule.peer),
        ports="all" if rule.protocol == "all" else spell_ports(rule.port),
        protocol=rule.protocol,
        note=rule.note,
    )
