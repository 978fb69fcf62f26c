"""The five systems, exported and imported again without Terraform: what comes back, and what does not and why."""

from functools import cache
from pathlib import Path

import pytest

from archspec import api
from archspec.exporters.terraform.inventory import inventory
from tests.drift import round_trip
from tests.drift.expected import ADDED, CHANGED, LOST, MISSED
from tests.drift.round_trip import Sides

pytestmark = pytest.mark.no_cover  # thousands of examples, or whole systems: measuring coverage would take longer

ROOT = Path(__file__).parents[2]
SYSTEMS = ("apexai-crm", "ecs-production", "event-planner", "pge", "z360")
EXAMPLES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "specs/examples").glob("*.yaml"))


@cache
def both(path: str) -> Sides:
    stated = api.load(ROOT / path).architecture
    return round_trip.read_back(stated, inventory(stated))


def system(name: str) -> Sides:
    return both(f"specs/{name}.yaml")


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_element_comes_back_but_those_with_a_reason(name: str) -> None:
    expected = {id_ for ids in LOST[name].values() for id_ in ids.split()}
    assert round_trip.lost_elements(system(name)) == expected


@pytest.mark.parametrize("name", SYSTEMS)
def test_nothing_comes_back_that_nobody_stated(name: str) -> None:
    assert round_trip.new_elements(system(name)) == ADDED.get(name, set())


@pytest.mark.parametrize("name", ["ecs-production", "pge"])
def test_the_flows_of_two_systems_come_back_as_they_are_stated(name: str) -> None:
    stated, found = (
        {(flow.source, flow.target, flow.port, flow.protocol) for flow in one.flows if flow.status == "current"}
        for one in system(name)
    )
    assert found == stated


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_edge_comes_back_but_those_with_a_reason(name: str) -> None:
    expected = {edge for edges in MISSED[name].values() for edge in edges}
    assert round_trip.missed_edges(system(name)) == expected


@pytest.mark.parametrize("name", SYSTEMS)
def test_of_100_edges_95_come_back(name: str) -> None:
    all_, missed = len(round_trip.exported(system(name).stated)), len(round_trip.missed_edges(system(name)))
    assert 100 * (all_ - missed) / all_ >= 95, f"{all_ - missed} of {all_} edges come back"


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_checked_field_comes_back_but_those_with_a_reason(name: str) -> None:
    expected = {field for fields in CHANGED[name].values() for field in fields}
    assert round_trip.changed_fields(system(name)) == expected


def test_thousand_fields_are_checked() -> None:
    assert sum(len([*round_trip.checked_fields(system(name))]) for name in SYSTEMS) > 1000


@pytest.mark.parametrize("path", EXAMPLES)
def test_an_example_comes_back_whole(path: str) -> None:
    sides = both(path)
    missed, changed = round_trip.missed_edges(sides), round_trip.changed_fields(sides)
    assert (round_trip.lost_elements(sides), missed, changed) == (set(), set(), set())
    assert round_trip.new_elements(sides) == ADDED[Path(path).stem]
