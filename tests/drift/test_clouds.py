"""The five systems, applied to an AWS: what its account and Terraform's state say of them."""

from pathlib import Path

import pytest

from archspec import api
from archspec.drift import find
from archspec.drift.identity import within
from archspec.exporters.terraform.inventory import inventory
from archspec.importers import sources
from archspec.importers.draft import draft
from archspec.resources.resource import Inventory
from tests.cloud.applied import ROOT, Applied
from tests.cloud.conftest import Apply
from tests.drift import round_trip
from tests.drift.accounts import saved
from tests.drift.round_trip import Sides

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]

SYSTEMS = [f"specs/{name}.yaml" for name in ("apexai-crm", "ecs-production", "event-planner", "pge", "z360")]
every_system = pytest.mark.parametrize("path", SYSTEMS, ids=lambda path: Path(path).stem)
every_source = pytest.mark.parametrize("source", ["plan", "state", "account"])

MOVED = {
    "specs/event-planner.yaml": {"backups.cross_region": "moto does not tell of copies of backups in another Region"},
    "specs/z360.yaml": {
        "account": "it is applied to another account than its own",
        "domain": "AWS gave it, and gives another one to what is made anew",
        "name": "AWS gave it, and gives another one to what is made anew",
        "multi_az": "moto puts all instances of a cluster into one AZ",
    },
}
"""System → what differs on an AWS on this machine, by field, and why."""

RENAMED = {
    ("specs/event-planner.yaml", "account"): ({"operations-dashboard"}, {"operations"}),
    ("specs/pge.yaml", "account"): ({"monthly-budget"}, {"monthly", "something"}),
    ("specs/pge.yaml", "state"): (set[str](), {"something"}),
}
"""System and source → elements that come back otherwise than from the export, and as what: dashboards and budgets are
told without tags, so an import calls them by their names; and the test answers `something` for a repository.
"""

UNTOLD = {"state": "", "account": "recovery_window"}
"""Source → the field that it does not have: AWS is told it when a secret is deleted."""


def read(done: Applied, source: str, folder: Path) -> Inventory:
    if source == "account":
        return saved(done, done.endpoint, folder / "account")
    return sources.read(done.plan if source == "plan" else done.state, source)


@every_source
@every_system
def test_what_was_just_applied_has_no_drift(applied: Apply, path: str, source: str, tmp_path: Path) -> None:
    system = api.load(ROOT / path)
    found = find(system.architecture, read(applied(path), source, tmp_path), system.source.locate).findings
    moved = MOVED.get(path, {}) if source != "plan" else {}
    assert [one.message for one in found if one.message.partition(" ")[0] not in moved] == []


@every_system
def test_a_spec_that_was_just_drafted_from_an_account_has_no_drift(applied: Apply, path: str, tmp_path: Path) -> None:
    there = read(applied(path), "account", tmp_path)
    system = api.parse(draft(there).text)
    assert [one.message for one in find(system.architecture, there, system.source.locate).findings] == []


@pytest.mark.parametrize("source", ["state", "account"])
@every_system
def test_an_account_and_a_state_say_the_same_as_the_export(
    applied: Apply, path: str, source: str, tmp_path: Path
) -> None:
    stated = api.load(ROOT / path).architecture
    there, _ = within(read(applied(path), source, tmp_path), inventory(stated, is_applied=True), stated)
    quick, found = (round_trip.read_back(stated, one) for one in (inventory(stated), there))
    lost, new = RENAMED.get((path, source), (set(), set()))
    assert round_trip.lost_elements(found) - round_trip.lost_elements(quick) == lost
    assert round_trip.new_elements(found) - round_trip.new_elements(quick) == new
    assert {edge for edge in _missed(found) - _missed(quick) if edge[0] not in lost} == set()
    changed = round_trip.changed_fields(found) - round_trip.changed_fields(quick)
    moved = {*MOVED.get(path, {}), UNTOLD[source]}
    assert {one for one in changed if one.rpartition(".")[2] not in moved} == set()


def _missed(sides: Sides) -> set[round_trip.Edge]:
    return round_trip.missed_edges(sides)
