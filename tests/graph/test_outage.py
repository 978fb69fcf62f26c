"""What stops when an Availability Zone is lost."""

from collections.abc import Callable

import pytest

from archspec import api
from archspec.graph.outage import outages

System = Callable[[str], api.System]

SPEC = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}
    data-b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
data:
  databases:
    db: {engine: ENGINE, subnets: [data-a, data-b], security_groups: [sg], FACTS}
"""
TWO = "instances: [{role: primary, az: us-east-1a}, {role: ROLE, az: us-east-1b}]"


@pytest.mark.parametrize(
    ("engine", "facts", "expected"),
    [
        ("postgres", "multi_az: true", ["goes on", "goes on"]),
        ("postgres", "multi_az: false", ["may stop", "may stop"]),
        ("postgres", f"multi_az: true, {TWO}".replace("ROLE", "standby"), ["goes on", "goes on"]),
        ("postgres", TWO.replace("ROLE", "reader"), ["stops writing", "goes on"]),
        ("aurora-postgresql", TWO.replace("ROLE", "reader"), ["goes on", "goes on"]),
        ("docdb", TWO.replace("ROLE", "reader"), ["goes on", "goes on"]),
    ],
)
def test_a_database_goes_on_where_something_takes_over(
    system: System, engine: str, facts: str, expected: list[str]
) -> None:
    graph = system(SPEC.replace("ENGINE", engine).replace("FACTS", facts)).graph

    assert [effect for outage in outages(graph) for _, effect in outage.effects] == expected


def test_a_reader_of_shared_storage_counts_as_a_standby_for_every_rule(system: System) -> None:
    text = SPEC.replace("ENGINE", "aurora-mysql").replace("FACTS", TWO.replace("ROLE", "reader"))
    found = api.check(system(text + "recovery: {objectives: {rpo: 1 hour}}\n")).findings

    assert [finding.rule for finding in found if finding.rule == "AVL002"] == []


def test_where_everything_stands_in_one_zone_nothing_is_said(system: System) -> None:
    text = SPEC.replace("ENGINE", "postgres").replace("FACTS", "multi_az: false").replace("us-east-1b", "us-east-1a")

    assert list(outages(system(text).graph)) == []


@pytest.mark.parametrize(
    ("service", "expected"),
    [
        ("desired: 1, subnets: [data-a, data-b]", ["may stop", "may stop"]),
        ("desired: 2, subnets: [data-a, data-b]", ["goes on", "goes on"]),
        ("desired: 1, subnets: [data-a]", ["stops"]),
    ],
)
def test_one_task_in_two_zones_may_stop_with_either(system: System, service: str, expected: list[str]) -> None:
    text = SPEC.replace("ENGINE", "postgres").replace("FACTS", "multi_az: true")
    text += f"compute: {{services: {{web: {{{service}, security_groups: [sg]}}}}}}\n"
    effects = [pair for outage in outages(system(text).graph) for pair in outage.effects]

    assert [effect for element, effect in effects if element.id == "web"] == expected
