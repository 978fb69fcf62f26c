"""A step of a journey: its short form, its keys, and what is neither."""

import pytest
from pydantic import ValidationError

from archspec.model.journey import Step


@pytest.mark.parametrize(
    ("written", "step"),
    [
        ("web -> db", Step(source="web", target="db")),
        ("renders the page", Step(does="renders the page")),
        ("the page -> the reader", Step(does="the page -> the reader")),
        ({"web -> db": "reads"}, Step(source="web", target="db", does="reads")),
        ({"web": "renders"}, Step(source="web", does="renders")),
        ({"details": ["x"], "web->db": "reads"}, Step(source="web", target="db", does="reads", details=("x",))),
        ({"source": "web", "does": "renders"}, Step(source="web", does="renders")),
    ],
)
def test_a_step_is_read_as_it_is_meant(written: object, step: Step) -> None:
    assert Step.model_validate(written) == step


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({"web": "renders", "does": "reads"}, "'does' is said in the short form and beside it; keep one of the two"),
        (
            {"source": "api", "web -> db": "reads"},
            "'source' is said in the short form and beside it; keep one of the two",
        ),
        ("a -> b -> c", "several arrows stand in one step; write a step for each"),
        ({"a -> b -> c": "reads"}, "several arrows stand in one step; write a step for each"),
        ({}, "a step says who does what, as in `- web -> db: reads`"),
        ({"details": ["x"]}, "a step says who does what, as in `- web -> db: reads`"),
        ({"a -> b": "x", "a -> c": "y"}, "Extra inputs are not permitted"),
        ({"web": {"does": "x"}}, "Input should be a valid string"),
    ],
)
def test_a_step_that_says_two_things_or_none_is_refused(written: object, told: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Step.model_validate(written)
    assert [one["msg"] for one in caught.value.errors()] == [told]


@pytest.mark.parametrize("text", ["->" * 50_000, "a" * 100_000, " " * 100_000 + "a", "a -> " + " " * 100_000 + "!"])
def test_a_step_without_end_is_read_at_once(text: str) -> None:
    assert isinstance(Step.model_validate(text), Step)
