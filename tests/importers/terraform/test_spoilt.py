"""Whatever is done to a plan or a state, its reader gives an inventory or says where it is wrong."""

import json
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archspec.errors import SpecError
from archspec.importers.terraform import read
from archspec.resources.resource import Inventory

Json: TypeAlias = Any

SPECIMENS = {
    path.name: path.read_text("utf-8") for path in sorted((Path(__file__).parent / "specimens").glob("*.json"))
}
STRANGE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.just(10**400),
    st.text(max_size=20),
    st.sampled_from(["arn:aws:s3:::x", "[[", "{}", "aws_vpc.main.id", "module.net.vpc_id", "var.cidr", "\x00\u202e"]),
    st.lists(st.one_of(st.none(), st.text(max_size=5), st.integers()), max_size=3),
    st.dictionaries(st.sampled_from(["address", "references", "type", "a"]), st.text(max_size=5), max_size=3),
)


def _places(value: Json, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, one in inner for place in _places(one, (*path, key)))]


PLACES = {name: _places(json.loads(text)) for name, text in SPECIMENS.items()}


def _changed(data: Json, path: tuple[Any, ...], value: Json) -> Json:
    if not path:
        return value
    inner = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return data


def _answer(text: str) -> Inventory | SpecError:
    try:
        return read(text, "plan.json")
    except SpecError as error:
        return error


@pytest.mark.parametrize("name", SPECIMENS)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_value_of_any_type_anywhere_is_an_inventory_or_a_located_error(name: str, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(PLACES[name]))
    text = json.dumps(_changed(json.loads(SPECIMENS[name]), path, data.draw(STRANGE)))
    answer = _answer(text)
    if isinstance(answer, SpecError):
        assert all(
            one.message and one.location.line == 1 <= one.location.column <= len(text) for one in answer.problems
        )
    else:
        assert all(one.location is not None for one in answer.resources)


@pytest.mark.parametrize("name", SPECIMENS)
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_text_that_ends_in_the_middle_is_told_where(name: str, data: st.DataObject) -> None:
    text = SPECIMENS[name].rstrip()
    end = data.draw(st.integers(min_value=0, max_value=len(text) - 1))
    answer = _answer(text[:end])
    assert isinstance(answer, SpecError)
    (problem,) = answer.problems
    assert problem.location.line <= text[:end].count("\n") + 1
    assert "show -json" in problem.hint


@settings(max_examples=300, deadline=None)
@given(
    st.text() | st.recursive(STRANGE, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)).map(json.dumps)
)
def test_any_text_is_answered(text: str) -> None:
    assert isinstance(_answer(text), Inventory | SpecError)
