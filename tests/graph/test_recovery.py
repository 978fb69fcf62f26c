"""What a store can lose, by disruption."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec import api
from archspec.graph.recovery import DISRUPTIONS, achieved_rpo, has_standby
from archspec.model.data import Store
from tests.graph.networks import REPEATABLE

DAY, LOGS = Decimal(86400), Decimal(300)
LOST = None
ONE_AZ = [{"role": "primary", "az": "us-east-1a"}, {"role": "standby", "az": "us-east-1a"}]
TWO_AZS = [{"role": "primary", "az": "us-east-1a"}, {"role": "standby", "az": "us-east-1b"}]
PLANNED = [{"role": "primary", "az": "us-east-1a"}, {"role": "standby", "az": "us-east-1b", "status": "planned"}]
READER = [{"role": "primary", "az": "us-east-1a"}, {"role": "reader", "az": "us-east-1b"}]


def store(**stated: object) -> Store:
    kind = "caches" if stated.get("engine") == "redis" else "databases"
    body = {"engine": "postgres", "subnets": [], "security_groups": [], **stated}
    text = f"archspec: 1\nname: sample\nregion: us-east-1\ndata: {json.dumps({kind: {'db': body}})}\n"
    found = api.parse(text).architecture.elements["db"]
    assert isinstance(found, Store)
    return found


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({}, [LOST, LOST, LOST, LOST]),
        ({"backups": {"every": "1 day"}}, [DAY, DAY, DAY, LOST]),
        ({"backups": {"point_in_time": True}}, [LOGS, LOGS, LOGS, LOST]),
        ({"backups": {"every": "1 day", "point_in_time": True}}, [LOGS, LOGS, LOGS, LOST]),
        ({"backups": {"every": "1 minute", "point_in_time": True}}, [Decimal(60)] * 3 + [LOST]),
        ({"multi_az": True}, [LOST, Decimal(0), Decimal(0), LOST]),
        ({"multi_az": True, "backups": {"every": "1 day"}}, [DAY, Decimal(0), Decimal(0), LOST]),
        ({"multi_az": True, "instances": ONE_AZ}, [LOST, LOST, LOST, LOST]),
        ({"backups": {"every": "1 day", "cross_region": True}}, [DAY, DAY, DAY, DAY]),
        ({"backups": {"every": "1 day", "cross_region": "planned"}}, [DAY, DAY, DAY, LOST]),
        ({"backups": {"every": "1 day", "cross_region": False}}, [DAY, DAY, DAY, LOST]),
        ({"backups": {"point_in_time": True, "cross_region": True}}, [LOGS, LOGS, LOGS, LOST]),
        ({"backups": {"retention": "7 days"}}, [LOST, LOST, LOST, LOST]),
    ],
)
def test_the_best_mechanism_that_is_valid_for_a_disruption_decides(
    stated: dict[str, object], expected: list[Decimal | None]
) -> None:
    assert [achieved_rpo(store(**stated), disruption).seconds for disruption in DISRUPTIONS] == expected


@pytest.mark.parametrize(
    ("cross_region", "because"),
    [
        (True, "the last backup copied to another Region is up to 1 day old"),
        ("planned", "copies in another Region are planned, none exists"),
        (False, "nothing is copied to another Region"),
    ],
)
def test_the_loss_of_a_region_says_whether_copies_exist(cross_region: object, because: str) -> None:
    found = achieved_rpo(store(backups={"every": "1 day", "cross_region": cross_region}), "region")

    assert found.because == because


def test_copies_in_another_region_of_unknown_age_are_not_a_recovery_point() -> None:
    found = achieved_rpo(store(backups={"cross_region": True}), "region")

    assert found.because == "backups are copied to another Region, and it is not stated how often"


def test_a_cache_has_no_synchronous_standby() -> None:
    assert has_standby(store(engine="redis", multi_az=True)) is False


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"multi_az": True}, True),
        ({"multi_az": False, "instances": TWO_AZS}, False),
        ({"multi_az": True, "instances": TWO_AZS}, True),
        ({"multi_az": True, "instances": ONE_AZ}, False),
        ({"multi_az": True, "instances": PLANNED}, False),
        ({"multi_az": True, "instances": READER}, False),
        ({"multi_az": True, "instances": READER, "engine": "aurora-postgresql"}, True),
    ],
)
def test_a_standby_stands_in_another_az_than_the_primary(stated: dict[str, object], expected: bool) -> None:
    assert has_standby(store(**stated)) is expected


@REPEATABLE
@given(
    st.tuples(st.integers(1, 10**6), st.integers(1, 10**6)).map(sorted),
    st.booleans(),
    st.booleans(),
    st.sampled_from([True, False, "planned"]),
)
def test_backing_up_more_often_never_loses_more(
    intervals: list[int], multi_az: bool, logs: bool, copied: bool | str
) -> None:
    def lost(seconds: int) -> list[Decimal]:
        backups = {"every": f"{seconds} s", "point_in_time": logs, "cross_region": copied}
        one = store(multi_az=multi_az, backups=backups)
        found = [achieved_rpo(one, disruption).seconds for disruption in DISRUPTIONS]
        return [Decimal("Infinity") if seconds is None else seconds for seconds in found]

    often, seldom = (lost(seconds) for seconds in intervals)

    assert [max(pair) for pair in zip(often, seldom, strict=True)] == seldom
