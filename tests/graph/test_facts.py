"""The plain data that expressions see."""

from collections.abc import Callable

from archspec import api
from archspec.graph.facts import TABLES, current_of_kind, facts, keys, table

System = Callable[[str], api.System]

TEXT = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}
    data-b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/24, status: planned}
  security_groups: {db-sg: {ingress: [{from: 10.0.0.0/16, port: 5432}]}}
data:
  databases:
    db:
      engine: postgres
      subnets: [data-a, data-b]
      security_groups: [db-sg]
      instances: [{role: primary, az: us-east-1a}]
      backups: {every: 1 day, cross_region: planned}
    old: {engine: mysql, status: removed, subnets: [data-a], security_groups: [db-sg]}
"""


def test_what_is_not_stated_is_left_out_and_durations_are_seconds(system: System) -> None:
    built = system(TEXT)

    found = facts(built.graph, built.architecture.elements["db"])

    assert {key: value for key, value in found.items() if value != []} == {
        "id": "db",
        "kind": "database",
        "status": "current",
        "environment": "",
        "engine": "postgres",
        "subnets": ["data-a", "data-b"],
        "security_groups": ["db-sg"],
        "instances": [{"role": "primary", "az": "us-east-1a", "status": "current"}],
        "multi_az": False,
        "backups": {"every": 86400.0, "cross_region": "planned"},
        "public": False,
        "azs": ["us-east-1a"],
        "subnet_azs": ["us-east-1a"],
    }


def test_keys_are_those_of_a_spec_and_addresses_are_text(system: System) -> None:
    built = system(TEXT)

    assert facts(built.graph, built.architecture.elements["db-sg"])["ingress"] == [
        {"from": "10.0.0.0/16", "port": [[5432, 5432]], "protocol": "tcp"}
    ]


def test_a_subnet_stands_in_its_own_zone(system: System) -> None:
    built = system(TEXT)
    found = facts(built.graph, built.architecture.elements["data-a"])

    assert (found["azs"], found["subnet_azs"]) == (["us-east-1a"], [])


def test_tables_hold_only_what_is_current(system: System) -> None:
    graph = system(TEXT).graph
    found = {name: table(graph, name) for name in TABLES}

    assert {name: list(table) for name, table in found.items() if table} == {
        "vpcs": ["main"],
        "subnets": ["data-a"],
        "route_tables": ["main-data-rt"],
        "security_groups": ["db-sg"],
        "databases": ["db"],
    }


def test_the_elements_of_a_table_stand_in_the_order_of_the_spec(system: System) -> None:
    built = system("network: {vpcs: {one: {cidr: 10.1.0.0/16}, all: {cidr: 10.2.0.0/16}}}")

    assert [element.id for element in current_of_kind(built.graph, "vpcs")] == ["one", "all"]


def test_only_the_facts_that_are_wanted_are_made(system: System) -> None:
    built = system(TEXT)
    found = facts(built.graph, built.architecture.elements["db"], frozenset({"engine", "azs", "note"}))

    assert found == {"engine": "postgres", "azs": ["us-east-1a"]}


def test_the_keys_are_those_of_a_spec_at_any_depth_and_what_is_computed(system: System) -> None:
    built = system(TEXT)
    made = {key for element in built.architecture.elements.values() for key in facts(built.graph, element)}

    assert made <= keys()
    assert {"services", "retention", "from", "assert", "takes", "subnet_azs"} <= keys()
    assert keys() & {"db", "home", "assertion", "multiaz"} == set()
