"""A spec against what runs, or is planned: what is missing, what is extra, and what is different, as findings.

Both sides are brought into one form before they are compared: the spec is exported, and what an import would read back
from that export is compared with what an import reads from the other side. So nothing counts as drift only because an
export writes what the spec leaves open, or because an API does not keep what a spec says. Nor does anything count that
the spec itself says as an import reads it: a spec that was just drafted from an account has no drift.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from archspec.defaults import complete
from archspec.drift.comparable import Both, account_of, comparable
from archspec.drift.comparing import Read, Sides, differences
from archspec.drift.identity import readings, with_derived, within
from archspec.drift.parts import COMPARED, has_parts, is_part, with_parts
from archspec.drift.telling import Told, elsewhere, extra, missing, nothing, planned
from archspec.errors import Locate
from archspec.exporters.terraform.files import collect
from archspec.exporters.terraform.inventory import inventory
from archspec.findings import Finding
from archspec.importers import spec
from archspec.importers.draft import Draft, draft
from archspec.model.architecture import Architecture
from archspec.model.element import INTERNET, Element, spell_kind
from archspec.resources.kinds import KINDS
from archspec.resources.resource import Inventory, Unread


class Drift(NamedTuple):
    """What differs, by place in the spec, and what was not compared, of either side, with the reason."""

    findings: tuple[Finding, ...]
    left: tuple[Unread, ...]


def find(architecture: Architecture, there: Inventory, locate: Locate, environment: str = "") -> Drift:
    """Compare a complete architecture with an inventory of what runs. Findings stand at the lines of the spec.

    With an environment, only what stands in it is compared, and what all of them share.
    """
    wanted = with_derived(inventory(_in_account(architecture, there), is_applied=True), architecture)
    own, others = within(there, wanted, architecture)
    told = Told(architecture, locate, there.source, there.refused)
    if there.region not in ("", architecture.region):
        return Drift((elsewhere(told, "region", there.region),), others)
    found = [_compared(comparable(wanted, one), told, environment) for one in readings(own, wanted)]
    best = min(found, key=lambda one: len(one.findings))
    return Drift(tuple(sorted((*_elsewhere(there, told), *best.findings))), (*others, *best.left))


def _compared(both: Both, told: Told, environment: str) -> Drift:
    sides, left = _sides(told.architecture, both)
    findings = [*_findings(sides, told, environment)]
    if has_parts(both.there.resources):
        findings += _of_parts(_sides(told.architecture, Both(*map(with_parts, both)))[0], told, environment)
    return Drift(tuple(findings), (*left, *_not_exported(sides)))


def _in_account(architecture: Architecture, there: Inventory) -> Architecture:
    """Return an architecture in the account that is looked at: whose it is is said once, and not of every role."""
    account = account_of(there) or architecture.account
    return Architecture.model_construct(**{**dict(architecture), "account": account})


def _sides(architecture: Architecture, both: Both) -> tuple[Sides, tuple[Unread, ...]]:
    """Return what an import reads of both, and what it does not understand of what is there."""
    here, there = (draft(one, architecture.name) for one in both)
    return Sides(architecture, _read(here, "spec"), _read(there, both.there.source)), there.left


def _read(drafted: Draft, label: str) -> Read:
    """Return what a draft says and all that it implies: an import leaves out what follows from the rest."""
    loaded = spec.parse(drafted.text, label)
    return Read(complete(loaded.architecture), loaded.source.locate)


def _elsewhere(there: Inventory, told: Told) -> Iterator[Finding]:
    if there.account and told.architecture.account not in ("", there.account):
        yield elsewhere(told, "account", there.account)


def _findings(sides: Sides, told: Told, environment: str) -> Iterator[Finding]:
    here, there = (_elements(one.stated, told.architecture, environment) for one in (sides.here, sides.there))
    if here and not here.keys() & there.keys():
        yield nothing(told, here.values(), len(there))
        return
    for id_, element in here.items():
        if id_ not in there:
            yield missing(element, told)
        else:
            yield from differences(sides, id_, told)
    stated = told.architecture.elements
    for id_, element in there.items():
        if id_ not in here and id_ not in stated:
            yield extra(element, told)
        elif id_ not in here and stated[id_].status != "current":
            yield planned(stated[id_], told)


def _of_parts(sides: Sides, told: Told, environment: str) -> Iterator[Finding]:
    """Compare what the export adds, in what follows from nothing else in the spec."""
    here, there = (_elements(one.stated, told.architecture, environment) for one in (sides.here, sides.there))
    for id_, element in here.items():
        if not is_part(id_) or element.kind not in COMPARED:
            continue
        if id_ in there:
            yield from differences(sides, id_, told, COMPARED[element.kind])
        else:
            yield missing(element, told)


def _elements(one: Architecture, stated: Architecture, environment: str) -> dict[str, Element]:
    return {
        id_: element
        for id_, element in one.elements.items()
        if id_ != INTERNET and KINDS.get(element.kind) and stated.stands_in(id_, environment)
    }


def _not_exported(sides: Sides) -> Iterator[Unread]:
    """Count what the spec has and its export has not, with the reason: nothing tells how it would look there."""
    kept = sides.here.stated.elements
    gone = [one for id_, one in sides.stated.elements.items() if id_ not in kept and KINDS.get(one.kind)]
    reasons = {one.path: one.reason for one in collect(sides.stated).omissions} if gone else {}
    counted = Counter((spell_kind(one.kind), reasons.get(one.path, "its export has nothing for it")) for one in gone)
    for (kind, reason), number in sorted(counted.items()):
        yield Unread(f"{kind} in the spec", reason, number)
