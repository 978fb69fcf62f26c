"""How many of an element there are: what goes on without a zone, and what takes over by itself."""

from collections.abc import Callable

import pytest

from archspec import api
from archspec.graph.outage import Effect, effect
from archspec.graph.replicas import alone, deploying, least_tasks, most_tasks

System = Callable[[str], api.System]

SPEC = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}
    data-b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
"""
PLACED = "subnets: [data-a, data-b], security_groups: [sg]"
TWO = "instances: [{role: primary, az: us-east-1a}, {role: replica, az: us-east-1b}]"


def test_a_store_whose_instances_name_no_zone_stands_where_its_subnets_are(system: System) -> None:
    facts = "engine: redis, multi_az: true, instances: [{role: primary}, {role: replica}]"
    graph = system(SPEC + f"data: {{caches: {{it: {{{facts}, {PLACED}}}}}}}\n").graph

    assert graph.azs(graph.architecture.elements["it"]) == ("us-east-1a", "us-east-1b")


@pytest.mark.parametrize(
    ("facts", "expected", "because"),
    [
        ("engine: redis, serverless: true", ("goes on", "goes on"), ""),
        ("engine: redis", ("may stop", "may stop"), "it has one node"),
        ("engine: memcached", ("goes on", "goes on"), ""),
        (f"engine: redis, multi_az: true, {TWO}", ("goes on", "goes on"), ""),
        (f"engine: redis, cluster_mode: true, {TWO}", ("goes on", "goes on"), ""),
        (f"engine: redis, {TWO}", ("stops writing", "goes on"), "it does not fail over by itself"),
        ("engine: redis, instances: [{role: primary, az: us-east-1b}]", ("goes on", "stops"), "it has one node"),
    ],
)
def test_a_cache_goes_on_where_a_replica_takes_over(
    system: System, facts: str, expected: tuple[Effect, Effect], because: str
) -> None:
    graph = system(SPEC + f"data: {{caches: {{it: {{{facts}, {PLACED}}}}}}}\n").graph
    cache = graph.architecture.data.caches["it"]

    assert (effect(graph, cache, "us-east-1a"), effect(graph, cache, "us-east-1b")) == expected
    assert alone(graph, cache) == because


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("cpu: 256", (None, None, None)),
        ("desired: 2", (2, 2, 4)),
        ("desired: 3, scaling: {min: 2, max: 8}", (2, 8, 16)),
        ("scaling: {min: 2, max: 8, schedules: [{at: 8 AM, min: 4, max: 20}, {at: 8 PM, min: 1}]}", (1, 20, 40)),
        ("desired: 4, deployment: {maximum: 150%}", (4, 4, 6)),
        ("desired: 4, deployment: {maximum: 100%}", (4, 4, 4)),
    ],
)
def test_the_number_of_tasks_is_what_is_stated_and_no_default(
    system: System, facts: str, expected: tuple[int | None, int | None, int | None]
) -> None:
    graph = system(SPEC + f"compute: {{services: {{it: {{{facts}, {PLACED}}}}}}}\n").graph
    service = graph.architecture.compute.services["it"]

    assert (least_tasks(service), most_tasks(service), deploying(service)) == expected
