"""Security groups and network ACLs, however their rules are written, → those of a spec."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archspec.errors import KeyPath
from archspec.importers.draft import nacls
from archspec.importers.draft.attributes import text
from archspec.importers.draft.piece import Given, Left, Piece
from archspec.importers.draft.rules import SAYS_NOTHING, Rule, Rules, Unknown, spell
from archspec.importers.draft.vpcs import stated_vpc, vpc_of
from archspec.model.element import INTERNET
from archspec.resources.resource import Resource

TYPES = frozenset({
    "aws_security_group",
    "aws_security_group_rule",
    "aws_vpc_security_group_egress_rule",
    "aws_vpc_security_group_ingress_rule",
    *nacls.TYPES,
})  # fmt: skip


def pieces(given: Given) -> Iterator[Piece | Left]:
    """Yield security groups and network ACLs."""
    rules = Rules(given)
    for id_, one in given.elements("aws_security_group"):
        vpc = vpc_of(given, one)
        yield vpc if isinstance(vpc, Left) else _group(rules, id_, one, stated_vpc(given, id_, vpc))
    yield from nacls.pieces(given)


def _group(rules: Rules, id_: str, one: Resource, vpc: Mapping[str, str]) -> Piece:
    found = rules.of(one)
    said = [each for each in found if isinstance(each, Rule)]
    unknown = dict.fromkeys(each.guess for each in found if isinstance(each, Unknown))
    ingress, egress = (_joined([each for each in said if each.way == way]) for way in ("ingress", "egress"))
    note = text(one.values.get("description"))
    ours = re.fullmatch(rf"{re.escape(id_)} of \S+", note)
    data: dict[str, Any] = {"note": "" if note in SAYS_NOTHING or ours else note, **vpc}
    data["ingress"] = [_written(each, "from") for each in ingress]
    places: dict[KeyPath, str] = {("ingress", i): each.address for i, each in enumerate(ingress)}
    if not _is_open(egress):
        data["egress"] = [_written(each, "to") for each in egress]
        places |= {("egress", i): each.address for i, each in enumerate(egress)}
    return Piece(("network", "security_groups"), id_, data, one.address, tuple(unknown), places)


def _is_open(egress: Sequence[Rule]) -> bool:
    """Whether everything may leave and nothing more is said: so it is in AWS where nobody says anything."""
    return bool(egress) and {each.means[1:3] for each in egress} <= {(INTERNET, "all"), ("::/0", "all")}


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Join rules for ports that follow each other and of which the same is said."""
    joined: list[Rule] = []
    for one in sorted(rules, key=lambda rule: rule.low):
        before = next((i for i, other in enumerate(joined) if _follows(one, other)), None)
        if before is None:
            joined.append(one)
        else:
            joined[before] = joined[before]._replace(high=max(one.high, joined[before].high))
    return sorted(joined, key=lambda rule: (rule.peer != INTERNET, rule.peer, rule.protocol, rule.low))


def _follows(one: Rule, other: Rule) -> bool:
    same = (one.way, one.peer, one.protocol, one.note) == (other.way, other.peer, other.protocol, other.note)
    return same and one.low <= other.high + 1


def _written(rule: Rule, word: str) -> dict[str, Any]:
    data: dict[str, Any] = {word: rule.peer}
    if rule.protocol in ("tcp", "udp"):
        data["port"] = spell(rule.low, rule.high)
    if rule.protocol != "tcp":
        data["protocol"] = rule.protocol
    return {**data, **({"note": rule.note} if rule.note else {})}
