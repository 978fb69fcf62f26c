"""The steps of a recovery as a graph: what waits for what, the longest way through, and how much slack there is."""

import datetime
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec import api
from archspec.graph.recovery_order import cycle, in_order, loose_ends, repeated_names, unknown_names, waits
from archspec.graph.recovery_steps import critical_path, plan, schedule
from archspec.model.recovery import RecoveryStep
from tests.graph.networks import REPEATABLE
from tests.sample import HEADER

ZERO = Decimal(0)


def step(does: str, takes: str = "", **stated: object) -> RecoveryStep:
    timed = {"takes": takes} if takes else {}
    return RecoveryStep.model_validate({"does": does, "name": does, **timed, **stated})


def numbered(*steps: RecoveryStep) -> list[RecoveryStep]:
    return [one.model_copy(update={"index": i}) for i, one in enumerate(steps)]


@st.composite
def dags(draw: st.DrawFn) -> list[RecoveryStep]:
    steps: list[RecoveryStep] = []
    for i in range(draw(st.integers(1, 7))):
        earlier = [str(j) for j in range(i)]
        after = draw(st.lists(st.sampled_from(earlier), unique=True, max_size=3)) if earlier else []
        minutes = draw(st.one_of(st.none(), st.integers(0, 60)))
        group = draw(st.sampled_from(["", "", "", "beside"]))
        takes = "" if minutes is None else f"{minutes} minutes"
        steps.append(step(str(i), takes, after=after, group=group))
    return numbered(*steps)


def ways(before: tuple[tuple[int, ...], ...]) -> list[tuple[int, ...]]:
    """Return every way through the steps, by trying all: from each of them back to one that waits for nothing."""

    @cache
    def leading_to(i: int) -> tuple[tuple[int, ...], ...]:
        return tuple((*way, i) for j in before[i] for way in leading_to(j)) or ((i,),)

    return [way for i in range(len(before)) for way in leading_to(i)]


def expanded(steps: list[RecoveryStep]) -> list[set[int]]:
    """Return the steps that each waits for, without the joints at which many meet."""
    before = waits(steps)

    def of(i: int) -> set[int]:
        return {k for j in before[i] for k in (of(j) if j >= len(steps) else {j})}

    return [of(i) for i in range(len(steps))]


def length(steps: list[RecoveryStep], way: tuple[int, ...]) -> Decimal:
    return sum((takes.high for i in way if i < len(steps) and (takes := steps[i].takes)), ZERO)


@REPEATABLE
@given(dags())
def test_the_critical_path_is_the_longest_of_all_ways(steps: list[RecoveryStep]) -> None:
    longest = max(length(steps, way) for way in ways(waits(steps)))

    assert (critical_path(steps).low, critical_path(steps).high) == (longest, longest)


@REPEATABLE
@given(dags())
def test_slack_is_what_the_longest_way_through_a_step_lacks(steps: list[RecoveryStep]) -> None:
    found = [(length(steps, way), way) for way in ways(waits(steps))]
    longest = max(seconds for seconds, _ in found)
    through = [max(seconds for seconds, way in found if i in way) for i in range(len(steps))]

    assert [one.slack for one in schedule(steps)] == [longest - seconds for seconds in through]


@REPEATABLE
@given(dags())
def test_a_step_starts_when_the_last_that_it_waits_for_ends(steps: list[RecoveryStep]) -> None:
    times = schedule(steps)
    before = expanded(steps)

    assert [one.start for one in times] == [max((times[j].end for j in one), default=ZERO) for one in before]


@REPEATABLE
@given(dags())
def test_some_step_has_no_slack(steps: list[RecoveryStep]) -> None:
    assert min(one.slack for one in schedule(steps)) == 0


@REPEATABLE
@given(dags(), st.integers(0, 6), st.integers(1, 60))
def test_a_longer_step_never_makes_the_whole_shorter(steps: list[RecoveryStep], place: int, minutes: int) -> None:
    i = place % len(steps)
    takes = steps[i].takes
    longer = step(steps[i].does, f"{(takes.high if takes else ZERO) + minutes * 60} s")
    changed = [*steps[:i], steps[i].model_copy(update={"takes": longer.takes}), *steps[i + 1 :]]

    assert critical_path(changed).high >= critical_path(steps).high


def test_a_step_with_after_waits_for_what_it_names_and_any_other_for_all_before_it() -> None:
    steps = numbered(step("a"), step("b", after=["a"]), step("c", after=["a"]), step("d"), step("e", after=["b"]))

    assert expanded(steps) == [set(), {0}, {0}, {1, 2}, {1}]


def test_a_group_is_waited_for_by_its_name() -> None:
    steps = numbered(step("a", group="stores"), step("b", group="stores"), step("c", after=["stores"]))

    assert expanded(steps) == [set(), set(), {0, 1}]


def test_a_step_of_a_group_with_after_stands_where_it_is_written() -> None:
    steps = numbered(step("a", group="g"), step("b"), step("c", group="g", after=["b"]), step("d", after=["g"]))

    assert expanded(steps) == [set(), {0}, {1}, {0, 2}]


def test_start_end_and_slack_of_a_small_plan() -> None:
    steps = numbered(
        step("notice", "5 m"),
        step("restore", "20 m", after=["notice"]),
        step("deploy", "3 m", after=["notice"]),
        step("switch", "1 m", after=["restore", "deploy"]),
    )

    assert [tuple(int(at) // 60 for at in (one.start, one.end, one.slack)) for one in schedule(steps)] == [
        (0, 5, 0),
        (5, 25, 0),
        (5, 8, 17),
        (25, 26, 0),
    ]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([step("a", after=["b"]), step("b", after=["a"])], ["a", "b"]),
        ([step("a", after=["a"])], ["a"]),
        ([step("a"), step("b", after=["d"]), step("c", after=["b"]), step("d", after=["c"])], ["b", "d", "c"]),
        ([step("a", after=["b"]), step("b")], ["a", "b"]),
        ([step("a"), step("b")], []),
        ([], []),
    ],
)
def test_a_circle_of_steps_is_found(steps: list[RecoveryStep], expected: list[str]) -> None:
    assert [one.does for one in cycle(numbered(*steps))] == expected


def test_steps_in_a_circle_are_timed_all_the_same() -> None:
    steps = numbered(step("a", "1 m", after=["b"]), step("b", "2 m", after=["a"]), step("c", "4 m", after=["b"]))

    assert critical_path(steps).high == Decimal(7 * 60)


def test_a_long_plan_is_ordered_without_recursion() -> None:
    steps = numbered(*(step(str(i), "1 s", after=[str(i - 1)] if i else []) for i in range(5000)))

    assert critical_path(steps).high == Decimal(5000)


def test_wide_groups_one_after_the_other_need_few_edges() -> None:
    steps = numbered(*(step(str(i), "1 s", group=f"g{i // 1000}") for i in range(4000)))

    assert (sum(map(len, waits(steps))), critical_path(steps).high) == (6000, Decimal(4))


def test_a_wide_group_that_many_wait_for_needs_few_edges() -> None:
    group = [step(str(i), "1 s", group="g") for i in range(1000)]
    after = [step(f"after {i}", "1 s", after=["g"]) for i in range(1000)]

    assert (sum(map(len, waits(numbered(*group, *after)))), critical_path([*group, *after]).high) == (2000, Decimal(2))


def test_names_that_nothing_has_are_found() -> None:
    steps = numbered(step("a", group="g"), step("b", after=["a", "g", "x", ""]))

    assert [(one.does, name) for one, name in unknown_names(steps)] == [("b", "x"), ("b", "")]


def test_names_that_two_have_are_found() -> None:
    steps = numbered(step("a"), step("a"), step("b", group="c"), step("c"), step("d", group="d"))

    assert [one.index for one in repeated_names(steps)] == [0, 1, 3]


def test_what_nothing_waits_for_is_loose_unless_the_plan_ends_with_it() -> None:
    steps = numbered(step("a"), step("b", after=["a"]), step("c", after=["a"]), step("d", after=["b"]))

    assert [one.does for one in loose_ends(steps)] == ["c"]


def test_a_plan_may_end_with_a_group() -> None:
    steps = numbered(step("a"), step("b", after=["a"], group="g"), step("c", after=["a"], group="g"))

    assert loose_ends(steps) == ()


def test_steps_that_stand_one_after_the_other_leave_no_loose_end() -> None:
    assert loose_ends(numbered(step("a"), step("b", group="x"), step("c", group="x"), step("d"))) == ()


def test_the_order_leaves_out_what_is_part_of_a_circle() -> None:
    assert in_order(((), (0, 2), (1,), (0,))) == [0, 3]


ALARM = "observability: {alarms: {down: {metric: HealthyHostCount, threshold: < 1, period: 1 minute%s}}}\n"


@pytest.mark.parametrize(
    ("alarm", "takes", "expected"),
    [
        (", datapoints: 3", "", "3 minutes"),
        ("", "", "1 minute"),
        (", datapoints: 3", ", takes: 10 s", "10 s"),
    ],
)
def test_a_step_of_detection_takes_as_long_as_its_alarm(alarm: str, takes: str, expected: str) -> None:
    text = f"{HEADER}{ALARM % alarm}recovery: {{steps: [{{does: notice, alarm: down{takes}}}]}}\n"
    steps = plan(api.parse(text, "sample.yaml", datetime.date(2026, 11, 20)).architecture)

    assert [str(one.takes) for one in steps] == [expected]
