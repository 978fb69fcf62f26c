"""What a store can lose, by disruption, and how long a recovery takes."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec import api
from archspec.graph.recovery import DISRUPTIONS, has_standby
from archspec.graph.recovery_order import stages
from archspec.graph.recovery_point import achieved_rpo
from archspec.graph.recovery_steps import critical_path, is_within
from archspec.model.data import Store
from archspec.model.quantity import Duration
from archspec.model.recovery import Disruption, RecoveryStep
from tests.graph.networks import REPEATABLE

DAY, HOUR, LOGS = Decimal(86400), Decimal(3600), Decimal(300)
COPIED = {"every": "1 day", "takes": "1 hour", "cross_region": True, "copy_takes": "2 hours"}
EVERY_HOUR = {"cross_region": True, "copy_every": "1 hour"}
FOLLOWS = {"region": "us-west-2", "lag": "1 second"}
NEAR = [{"role": "primary", "az": "us-east-1a"}, {"role": "replica", "az": "us-east-1a"}]
LOST = None
ONE_AZ = [{"role": "primary", "az": "us-east-1a"}, {"role": "standby", "az": "us-east-1a"}]
TWO_AZS = [{"role": "primary", "az": "us-east-1a"}, {"role": "standby", "az": "us-east-1b"}]
PLANNED = [{"role": "primary", "az": "us-east-1a"}, {"role": "standby", "az": "us-east-1b", "status": "planned"}]
TURNED_OFF = {"every": "1 day", "retention": "7 days", "point_in_time": False}
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
        ({"backups": {"every": "1 day", "takes": "1 hour"}}, [DAY + HOUR, DAY + HOUR, DAY + HOUR, LOST]),
        ({"backups": COPIED}, [DAY + HOUR, DAY + HOUR, DAY + HOUR, DAY + 3 * HOUR]),
        ({"backups": {**COPIED, "copy_every": "12 hours"}}, [DAY + HOUR] * 3 + [DAY + 15 * HOUR]),
        ({"backups": {"point_in_time": True, **EVERY_HOUR}}, [LOGS, LOGS, LOGS, HOUR]),
        ({"distant_replicas": [FOLLOWS]}, [LOST, LOST, LOST, Decimal(1)]),
        ({"distant_replicas": [{"region": "us-west-2"}]}, [LOST, LOST, LOST, LOST]),
        ({"distant_replicas": [{**FOLLOWS, "status": "planned"}]}, [LOST, LOST, LOST, LOST]),
        ({"instances": READER, "lag": "9 s"}, [LOST, Decimal(9), Decimal(9), LOST]),
        ({"instances": READER}, [LOST, LOST, LOST, LOST]),
        ({"engine": "redis", "multi_az": True, "lag": "9 s"}, [LOST, Decimal(9), Decimal(9), LOST]),
        ({"engine": "redis", "instances": NEAR, "lag": "9 s"}, [LOST, Decimal(9), LOST, LOST]),
        ({"engine": "aurora-mysql", "backups": {"retention": "7 days"}}, [LOGS, LOGS, LOGS, LOST]),
        ({"engine": "docdb", "backups": {"every": "1 day", "retention": "7 days"}}, [LOGS, LOGS, LOGS, LOST]),
        ({"engine": "aurora-mysql", "backups": {"every": "1 day"}}, [DAY, DAY, DAY, LOST]),
        ({"engine": "aurora-mysql", "backups": TURNED_OFF}, [DAY, DAY, DAY, LOST]),
        ({"engine": "mysql", "backups": {"every": "1 day", "retention": "7 days"}}, [DAY, DAY, DAY, LOST]),
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


@pytest.mark.parametrize(
    ("stated", "disruption", "missing"),
    [
        ({"engine": "redis", "multi_az": True}, "az", "lag"),
        ({"instances": READER}, "infrastructure", "lag"),
        ({"distant_replicas": [{"region": "us-west-2"}]}, "region", "distant_replicas.lag"),
        ({"backups": {"cross_region": True}}, "region", "backups.copy_every"),
        ({}, "region", ""),
    ],
)
def test_what_cannot_be_told_names_the_key_that_would_tell(
    stated: dict[str, object], disruption: Disruption, missing: str
) -> None:
    assert achieved_rpo(store(**stated), disruption).missing == missing


def test_the_age_of_a_copy_is_added_up_in_words() -> None:
    assert achieved_rpo(store(backups=COPIED), "region").because == (
        "the last backup copied to another Region is up to 1 day 3 hours old: "
        "1 day between backups + 1 hour to take one + 2 hours to copy it"
    )


@REPEATABLE
@given(st.tuples(st.integers(1, 10**5), st.integers(1, 10**5)).map(sorted), st.sampled_from(["takes", "copy_takes"]))
def test_a_slower_backup_or_copy_never_loses_less(durations: list[int], key: str) -> None:
    def lost(seconds: int) -> list[Decimal]:
        one = store(backups={"every": "1 day", "cross_region": True, key: f"{seconds} s"})
        found = [achieved_rpo(one, disruption).seconds for disruption in DISRUPTIONS]
        return [Decimal("Infinity") if lost is None else lost for lost in found]

    fast, slow = (lost(seconds) for seconds in durations)

    assert [max(pair) for pair in zip(fast, slow, strict=True)] == slow


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


@st.composite
def recoveries(draw: st.DrawFn) -> list[RecoveryStep]:
    minutes = st.one_of(st.none(), st.tuples(st.integers(1, 90), st.integers(0, 30)))
    drawn = draw(st.lists(st.tuples(minutes, st.sampled_from(["", "", "stores", "checks"])), max_size=8))
    return [
        RecoveryStep.model_validate(
            {"does": "x", "group": group, **({"takes": f"{takes[0]}-{sum(takes)} minutes"} if takes else {})}
        )
        for takes, group in drawn
    ]


@REPEATABLE
@given(recoveries())
def test_a_critical_path_takes_at_least_the_longest_step_and_at_most_all_of_them(steps: list[RecoveryStep]) -> None:
    path = critical_path(steps)
    for bound in ("low", "high"):
        lengths = [getattr(step.takes, bound) for step in steps if step.takes]
        assert max(lengths, default=0) <= getattr(path, bound) <= sum(lengths)


@REPEATABLE
@given(recoveries())
def test_steps_without_groups_run_one_after_the_other(steps: list[RecoveryStep]) -> None:
    alone = [step.model_copy(update={"group": ""}) for step in steps]
    timed = [step.takes for step in alone if step.takes]
    assert critical_path(alone)[:2] == (sum(one.low for one in timed), sum(one.high for one in timed))


@REPEATABLE
@given(recoveries())
def test_every_step_has_one_place(steps: list[RecoveryStep]) -> None:
    placed = [step for stage in stages(steps) for step in stage]
    assert sorted(map(id, placed)) == sorted(map(id, steps))


def test_steps_of_a_group_run_beside_each_other_where_the_group_begins() -> None:
    steps = [
        RecoveryStep.model_validate({"does": name, "group": group, "takes": takes})
        for name, group, takes in [("a", "", "1 m"), ("b", "x", "5 m"), ("c", "", "2 m"), ("d", "x", "7-9 m")]
    ]
    assert [[step.does for step in stage] for stage in stages(steps)] == [["a"], ["b", "d"], ["c"]]
    assert critical_path(steps) == (Decimal(600), Decimal(720), ())


def test_a_step_without_a_duration_is_named() -> None:
    steps = [RecoveryStep(does="look")]
    assert critical_path(steps) == (Decimal(0), Decimal(0), tuple(steps))


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("10 minutes", True),
        ("9 minutes", False),
        ("11 minutes", False),
        ("~11 minutes", True),
        ("~12 minutes", False),
        ("< 10 minutes", False),
        ("<= 10 minutes", True),
        ("< 1 hour", True),
    ],
)
def test_a_stated_duration_is_a_bound_or_a_figure(stated: str, expected: bool) -> None:
    path = critical_path([RecoveryStep.model_validate({"does": "x", "takes": "10 minutes"})])
    assert is_within(path, Duration.parse(stated)) is expected
