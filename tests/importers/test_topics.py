"""Topics that a document shows and no claim has."""

from collections.abc import Callable

import pytest

from archspec import api
from archspec.errors import Location, Problem, SpecError

Load = Callable[[str], api.System]


def test_a_topic_that_no_claim_has_is_located_with_the_one_that_is_meant(system: Load) -> None:
    line = "document: {sections: [{title: A, claims: costs}, {title: B, sections: [{title: C, claims: cots}]}]}"
    with pytest.raises(SpecError) as caught:
        system(f"claims: [{{says: a, topic: costs}}]\n{line}\n")
    place = Location("sample.yaml", 5, line.index("claims: cots") + 1, line)
    assert caught.value.problems == (
        Problem("no claim has the topic 'cots'", place, "did you mean 'costs'?", "DOC001"),
    )


def test_without_any_topic_the_advice_is_to_write_one(system: Load) -> None:
    line = "document: {sections: [{title: A, claims: costs}]}"
    with pytest.raises(SpecError) as caught:
        system(f"claims: [{{says: a}}]\n{line}\n")
    place = Location("sample.yaml", 5, line.index("claims: costs") + 1, line)
    assert caught.value.problems == (
        Problem("no claim has the topic 'costs'", place, "give claims this `topic:`", "DOC001"),
    )
