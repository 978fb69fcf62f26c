"""How soon an element is back after a loss, and what that rests on."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.graph.recovery import DISRUPTIONS
from archspec.graph.recovery_time import Recoverable, achieved_rto, faces, recoverable
from archspec.graph.recovery_timings import looked_up, timing
from archspec.model.recovery import Disruption
from tests.graph.networks import REPEATABLE, load

SUBNETS = {
    "a": {"az": "us-east-1a", "tier": "private", "cidr": "10.0.0.0/24"},
    "b": {"az": "us-east-1b", "tier": "private", "cidr": "10.0.1.0/24"},
}
NETWORK: dict[str, Any] = {"vpcs": {"main": {"cidr": "10.0.0.0/16"}}, "subnets": SUBNETS}
PLACED = {"subnets": ["a", "b"], "security_groups": []}
PRIMARY, STANDBY = {"role": "primary", "az": "us-east-1a"}, {"role": "standby", "az": "us-east-1b"}
READER, NEAR = {"role": "reader", "az": "us-east-1b"}, {"role": "reader", "az": "us-east-1a"}
RESTORE = {"backups": {"every": "1 day", "restore": "20 minutes"}}
Times = list[int | str]


def times(sections: dict[str, Any], id_: str, disruptions: tuple[Disruption, ...] = DISRUPTIONS) -> Times:
    """Return seconds by disruption, or the key that is missing."""
    graph = load({"network": NETWORK, **sections}).graph
    found = next(one for one in recoverable(graph) if one.id == id_)
    backs = [achieved_rto(graph, found, one) for one in disruptions if one in faces(found)]
    return [back.missing if back.seconds is None else int(back.seconds) for back in backs]


def database(**stated: object) -> dict[str, Any]:
    return {"data": {"databases": {"db": {"engine": "postgres", **PLACED, **stated}}}}


WITHIN: tuple[Disruption, ...] = ("application", "infrastructure", "az")
UNSTATED = "backups.restore"
FAILOVER = "recovery.failover.duration"


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({}, [UNSTATED, UNSTATED, UNSTATED]),
        (RESTORE, [1200, 1200, 1200]),
        ({"multi_az": True}, [UNSTATED, 120, 120]),
        ({"multi_az": True, **RESTORE}, [1200, 120, 120]),
        ({"multi_az": True, "instances": [PRIMARY, STANDBY]}, [UNSTATED, 120, 120]),
        ({"multi_az": True, "instances": [PRIMARY, STANDBY, STANDBY]}, [UNSTATED, 35, 35]),
        ({"instances": [PRIMARY, READER]}, [UNSTATED, FAILOVER, FAILOVER]),
        ({"instances": [PRIMARY, NEAR]}, [UNSTATED, FAILOVER, UNSTATED]),
        ({"engine": "aurora-mysql", "instances": [PRIMARY, READER]}, [UNSTATED, 120, 120]),
        ({"engine": "aurora-mysql", "instances": [PRIMARY, NEAR]}, [UNSTATED, 120, UNSTATED]),
        ({"engine": "aurora-mysql", "instances": [PRIMARY]}, [UNSTATED, 600, UNSTATED]),
        ({"engine": "docdb", "instances": [PRIMARY, READER]}, [UNSTATED, 120, 120]),
        ({"engine": "docdb", "instances": [PRIMARY], **RESTORE}, [1200, 600, 1200]),
    ],
)
def test_a_database_is_back_by_a_standby_else_by_a_restore(stated: dict[str, object], expected: Times) -> None:
    assert times(database(**stated), "db", WITHIN) == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({}, [FAILOVER, FAILOVER]),
        ({"multi_az": True}, [FAILOVER, FAILOVER]),
        ({"serverless": True}, [FAILOVER, FAILOVER]),
        ({"backups": {"every": "1 day", "restore": "5 minutes"}}, [300, 300]),
        ({"backups": {"every": "1 day"}}, [UNSTATED, UNSTATED]),
    ],
)
def test_for_a_cache_aws_states_no_figure(stated: dict[str, object], expected: Times) -> None:
    sections = {"data": {"caches": {"cache": {"engine": "redis", **PLACED, **stated}}}}

    assert times(sections, "cache", WITHIN) == expected


def service(**stated: object) -> dict[str, Any]:
    return {"compute": {"services": {"api": {"desired": 2, **PLACED, **stated}}}}


BALANCER = {"network": {**NETWORK, "load_balancers": {"alb": {**PLACED}}}}
GROUP = {
    "network": {
        **BALANCER["network"],
        "target_groups": {"api-group": {"target": "api", "port": 80, "interval": "10 s", "unhealthy_after": 3}},
    }
}


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        (service(), [0, 0]),
        (service(desired=0), [0, 0]),
        (service(desired=1), [45, 45]),
        (service(scaling={"min": 1, "max": 9}), [45, 45]),
        (service(desired=1, scaling={"min": 2, "max": 9}), [0, 0]),
        ({"compute": {"services": {"api": PLACED}}}, ["desired", "desired"]),
        (service(desired=1, launch="ec2"), [FAILOVER, FAILOVER]),
        (service(subnets=["a"]), [0, FAILOVER]),
        ({**BALANCER, **service(load_balancer="alb")}, [60, 60]),
        ({**BALANCER, **service(load_balancer="alb", desired=1)}, [135, 135]),
        ({**GROUP, **service(load_balancer="alb")}, [30, 30]),
        ({**GROUP, **service(load_balancer="alb", desired=1)}, [105, 105]),
    ],
)
def test_a_service_is_served_by_its_other_tasks_else_by_a_new_one(sections: dict[str, Any], expected: Times) -> None:
    assert times(sections, "api", WITHIN) == expected


def test_a_load_balancer_needs_a_second_az() -> None:
    network = {**NETWORK, "load_balancers": {"one": {"subnets": ["a"]}, "two": {"subnets": ["a", "b"]}}}

    assert [times({"network": network}, id_, WITHIN) for id_ in ("one", "two")] == [[60, FAILOVER], [60, 60]]


def test_a_nat_gateway_stands_in_for_no_other_az() -> None:
    public = {"az": "us-east-1a", "tier": "public", "cidr": "10.0.2.0/24"}
    other = {"az": "us-east-1b", "tier": "public", "cidr": "10.0.3.0/24"}
    network = {
        **NETWORK,
        "subnets": {**SUBNETS, "front": public, "other": other},
        "nat_gateways": {"nat": {"subnet": "front"}, "idle": {"subnet": "other"}},
        "route_tables": {"out": {"subnets": ["a", "b"], "routes": [{"destination": "0.0.0.0/0", "target": "nat"}]}},
    }

    assert [times({"network": network}, id_, WITHIN) for id_ in ("nat", "idle")] == [[0, FAILOVER], [0, 0]]


@pytest.mark.parametrize(
    ("failover", "expected"),
    [
        ({"duration": "30 seconds"}, [UNSTATED, 30, 30]),
        ({"duration": "30 seconds", "status": "planned"}, [UNSTATED, UNSTATED, UNSTATED]),
        ({}, [UNSTATED, UNSTATED, UNSTATED]),
    ],
)
def test_what_the_spec_states_about_a_failover_comes_first(failover: dict[str, str], expected: Times) -> None:
    stated = {"recovery": {"failover": [{"subject": "db", "does": "fails over", **failover}]}}

    assert times({**database(), **stated}, "db", WITHIN) == expected


def test_the_failover_of_a_cluster_is_that_of_its_services() -> None:
    sections = service(cluster="ecs", desired=1)
    sections["compute"]["clusters"] = {"ecs": {}}
    failover = {"failover": [{"subject": "ecs", "does": "starts tasks", "duration": "3 minutes"}]}

    assert times({**sections, "recovery": failover}, "api", WITHIN) == [180, 180]


REPLICA = {"region": "us-west-2", "lag": "1 second", "promotion": "2 minutes"}
STEPS = {"steps": [{"does": "one", "takes": "5 minutes"}, {"does": "two", "takes": "10 minutes"}]}


@pytest.mark.parametrize(
    ("stated", "recovery", "expected"),
    [
        ({}, {}, "recovery.steps"),
        ({}, STEPS, 900),
        ({}, {"steps": [*STEPS["steps"], {"does": "three"}]}, "recovery.steps.takes"),
        ({"distant_replicas": [REPLICA]}, STEPS, 120),
        ({"distant_replicas": [{"region": "us-west-2"}]}, STEPS, "distant_replicas.promotion"),
        ({"distant_replicas": [{**REPLICA, "status": "planned"}]}, STEPS, 900),
    ],
)
def test_a_region_is_left_by_a_replica_else_by_the_steps(
    stated: dict[str, object], recovery: dict[str, object], expected: int | str
) -> None:
    assert times({**database(**stated), "recovery": recovery}, "db", ("region",)) == [expected]


def test_a_figure_of_aws_names_what_is_assumed() -> None:
    graph = load({"network": NETWORK, **database(multi_az=True)}).graph
    (found,) = recoverable(graph)
    back = achieved_rto(graph, found, "az")

    assert (back.assumed, back.because) == (
        ("rds-multi-az-instance",),
        "AWS: the failover of a Multi-AZ instance typically takes 60-120 seconds",
    )


def test_every_figure_has_a_page_and_all_have_a_day() -> None:
    figure = timing("rds-multi-az-cluster")

    assert (figure.seconds, figure.source.startswith("https://docs.aws.amazon.com/"), looked_up()) == (
        Decimal(35),
        True,
        "2026-11-20",
    )


@REPEATABLE
@given(st.tuples(st.integers(0, 10**5), st.integers(0, 10**5)).map(sorted), st.booleans(), st.booleans())
def test_a_faster_restore_never_brings_anything_back_later(pair: list[int], multi_az: bool, steps: bool) -> None:
    def backs(seconds: int) -> list[Decimal]:
        recovery = {"steps": [{"does": "restore", "takes": f"{seconds} s"}]} if steps else {}
        sections = database(multi_az=multi_az, backups={"every": "1 day", "restore": f"{seconds} s"})
        graph = load({"network": NETWORK, **sections, "recovery": recovery}).graph
        return [_seconds(achieved_rto(graph, one, d).seconds) for one in recoverable(graph) for d in faces(one)]

    fast, slow = (backs(seconds) for seconds in pair)

    assert [max(both) for both in zip(fast, slow, strict=True)] == slow


def _seconds(seconds: Decimal | None) -> Decimal:
    return Decimal("Infinity") if seconds is None else seconds


def test_only_databases_are_lost_by_a_bad_write() -> None:
    graph = load({"network": NETWORK, **database(), **service()}).graph
    facing: dict[str, Recoverable] = {one.id: one for one in recoverable(graph)}

    assert json.dumps({id_: len(faces(one)) for id_, one in facing.items()}) == '{"api": 3, "db": 4}'
