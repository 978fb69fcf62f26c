"""The five systems, exported and imported again."""

from functools import cache
from pathlib import Path

import pytest

from archspec import api
from archspec.exporters.terraform.inventory import inventory
from archspec.importers.draft import Draft, draft
from archspec.model.architecture import Architecture
from archspec.model.network import EgressRule

ROOT = Path(__file__).parents[3]
SYSTEMS = ("apexai-crm", "ecs-production", "event-planner", "pge", "z360")


@cache
def stated(name: str) -> Architecture:
    return api.load(ROOT / "specs" / f"{name}.yaml").architecture


@cache
def imported(name: str) -> Draft:
    return draft(inventory(stated(name)))


@cache
def loaded(name: str) -> Architecture:
    return api.parse(imported(name).text).architecture


def ids(architecture: Architecture) -> set[str]:
    return {one.id for one in architecture.flows if one.status == "current"}


@pytest.mark.parametrize("name", ["ecs-production", "pge"])
def test_a_system_keeps_its_flows(name: str) -> None:
    assert ids(loaded(name)) == ids(stated(name))


def leaves(architecture: Architecture) -> set[tuple[str, str, int]]:
    """Return the flows between single elements that packets pass between, port by port; a cluster is its services."""
    clusters: dict[str, list[str]] = {}
    for one in architecture.compute.services.values():
        clusters.setdefault(one.cluster, []).append(one.id)
    return {
        (source, target, part.low)
        for one in architecture.flows
        if one.status == "current"
        for source in clusters.get(one.source, [one.source])
        for target in clusters.get(one.target, [one.target])
        for part in one.port
        if (source == "internet" or architecture.elements[source].attached) and architecture.elements[target].attached
    }


# What no resource says: calls that no group lets through.
UNTOLD = {
    "apexai-crm": {("studio", "server", 3000)},
    "ecs-production": set[tuple[str, str, int]](),
    "event-planner": set[tuple[str, str, int]](),
    "pge": set[tuple[str, str, int]](),
    "z360": {
        (f"{stage}/{source}", f"{stage}/{target}", 0)
        for stage in ("beta", "staging")
        for source, target in (("gateway", "aegra"), ("aegra", "voice"))
    },
}  # fmt: skip


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_flow_that_resources_tell_of_is_found(name: str) -> None:
    assert leaves(stated(name)) - leaves(loaded(name)) == UNTOLD[name]


@pytest.mark.parametrize("name", SYSTEMS)
def test_no_element_gets_another_id(name: str) -> None:
    # pge's listener on port 443 names no certificate, and AWS takes none without.
    made_up = {"pge": {"alb-cert"}}.get(name, set())
    assert set(loaded(name).elements) - set(stated(name).elements) == made_up


@pytest.mark.parametrize("name", SYSTEMS)
def test_the_network_and_what_runs_in_it_are_all_there(name: str) -> None:
    for area in ("network", "compute"):
        before, after = (
            {(key, id_) for key, some in getattr(one, area) for id_, each in some.items() if each.status == "current"}
            for one in (stated(name), loaded(name))
        )
        assert after == before


OPEN = (EgressRule.model_validate({"to": "internet", "protocol": "all"}),)
"""What no egress at all means."""


@pytest.mark.parametrize("name", SYSTEMS)
def test_groups_let_through_the_same(name: str) -> None:
    def rules(architecture: Architecture) -> set[tuple[object, ...]]:
        return {
            (group.id, way, "internet" if rule.peer == "0.0.0.0/0" else rule.peer, rule.protocol, part)
            for group in architecture.network.security_groups.values()
            for way, some in (("in", group.ingress), ("out", OPEN if group.egress is None else group.egress))
            for rule in some
            for part in rule.port
        }

    assert rules(loaded(name)) == rules(stated(name))


@pytest.mark.parametrize("name", SYSTEMS)
def test_everything_of_an_export_is_understood(name: str) -> None:
    assert [one for one in imported(name).left if one.reason != "made by AWS"] == []
