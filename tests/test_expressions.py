"""CEL expressions: compiled with a column for each mistake, answered with true, false or the fact that is missing."""

from collections.abc import Mapping
from typing import Any

import pytest

from archspec.expressions import ExpressionError, Missing, compile_expression, evaluate

SELF = ("self",)
TABLES = ("services", "subnets")


def answer(text: str, **data: Mapping[str, object]) -> bool | Missing:
    return evaluate(compile_expression(text, TABLES if "services" in data else SELF), data)


def failure(text: str, **data: Mapping[str, object]) -> str:
    with pytest.raises(ExpressionError) as raised:
        answer(text, **data)
    return str(raised.value)


def mistake(text: str) -> tuple[int, str]:
    with pytest.raises(ExpressionError) as raised:
        compile_expression(text, SELF)
    return raised.value.column, str(raised.value)


@pytest.mark.parametrize(("text", "expected"), [("self.port == 1", True), ("self.port > 1", False)])
def test_an_expression_answers_true_or_false(text: str, expected: bool) -> None:
    assert answer(text, self={"port": 1}) is expected


def test_a_fact_that_is_not_stated_is_named() -> None:
    assert answer("self.backups.every > 0.0", self={"backups": {}}) == Missing("backups.every")


def test_what_has_does_not_find_is_false_and_not_missing() -> None:
    assert answer("has(self.port)", self={}) is False


def test_a_missing_fact_that_cannot_change_the_answer_is_not_asked_for() -> None:
    assert answer("self.public || self.port == 1", self={"public": True}) is True


def test_one_element_that_is_known_to_fail_decides_whatever_the_others_do_not_state() -> None:
    assert answer("services.all(s, s.port > 1)", services={"a": {"port": 1}, "b": {}}) is False


def test_the_others_being_known_to_pass_decides_nothing() -> None:
    assert answer("services.all(s, s.port > 1)", services={"a": {"port": 2}, "b": {}}) == Missing("b.port")


def test_a_text_that_reads_like_a_missing_fact_is_a_text() -> None:
    text = 'NOT_FOUND: Key not found in map : "port"'

    assert failure("self.title", self={"title": text}) == f"'self.title' answers {text!r}; expected true or false"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("self.name", "'api'"),
        ("self.port", "1"),
        ("1 / (self.port - 1) == 1", "'INVALID_ARGUMENT: divide by zero'"),
        ("self.name > 1", "'UNKNOWN: No matching overloads found : _>_(string, int64)'"),
        ("self.list[3] == 1", "'UNKNOWN: Index error: index=3 size=0'"),
    ],
)
def test_any_other_answer_is_refused(text: str, what: str) -> None:
    found = failure(text, self={"name": "api", "port": 1, "list": []})

    assert found == f"'{text}' answers {what}; expected true or false"


def test_a_mistake_has_a_column() -> None:
    assert mistake("self.port == nowhere") == (14, "undeclared reference to 'nowhere'")


def test_a_mistake_in_syntax_has_a_column() -> None:
    column, message = mistake("self.port == 'a")

    assert (column, message.partition(":")[0]) == (14, "Syntax error")


def test_azs_are_those_of_all_elements_sorted_each_once() -> None:
    services = {"a": {"azs": ["z2", "z1"]}, "b": {"azs": ["z1"]}}

    assert answer("azs(services) == ['z1', 'z2']", services=services) is True


def test_the_azs_of_nothing_are_none() -> None:
    assert answer("size(azs(services)) == 0", services={}) is True


@pytest.mark.parametrize(
    ("services", "total"),
    [({}, "0"), ({"a": {"cpu": 256}, "b": {"cpu": 512}}, "768"), ({"a": {"cpu": 1}, "b": {"cpu": 0.5}}, "1.5")],
)
def test_a_sum_adds_up_a_key(services: dict[str, Any], total: str) -> None:
    assert answer(f"sum(services, 'cpu') == {total}", services=services) is True


@pytest.mark.parametrize(
    "text",
    [
        "round(1.5, 0) == 2.0",
        "round(2, 0) == 2.0",
        "round(0.1 + 0.2, 2) == 0.3",
        "round(sum([0.1, 0.2]), 2) == 0.3",
        "round(sum([1, 2]), 0) == 3.0",
        "round(sum(services.map(s, s.price)), 1) == 0.3",
    ],
)
def test_a_number_is_rounded_to_so_many_decimals(text: str) -> None:
    assert answer(text, services={"a": {"price": 0.1}, "b": {"price": 0.2}}) is True


def test_a_sum_that_is_not_rounded_has_the_errors_of_its_parts() -> None:
    assert answer("sum([0.1, 0.2]) == 0.3", self={}) is False


SUMMED = {"a": {"id": "a", "cpu": 256}, "b": {"id": "b"}}


def test_a_sum_of_which_one_part_is_not_stated_is_not_known() -> None:
    assert answer("sum(services, 'cpu') == 256", services=SUMMED) == Missing("b.cpu")


def test_a_sum_of_text_is_refused() -> None:
    assert failure("sum(services, 'id') == 1", services={"a": {"id": "a"}}) == (
        "'sum(services, 'id') == 1' answers "
        "\"INVALID_ARGUMENT: unsupported operand type(s) for +: 'int' and 'str'\"; expected true or false"
    )


def test_the_same_text_is_compiled_once() -> None:
    assert compile_expression("self.port == 1", SELF) is compile_expression("self.port == 1", SELF)


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        ("self.port == 1 && size(self.azs) > self . desired", {"port", "azs", "desired"}),
        ("has(self.backups.every)", {"backups"}),
        ("self['port'] == 1", None),
        ("[self].size() == 1", None),
        ("true", set()),
    ],
)
def test_the_keys_that_an_expression_reads_are_known_or_it_takes_all(text: str, uses: set[str] | None) -> None:
    assert compile_expression(text, SELF).uses == uses


SERVICES = {
    "a": {"id": "a", "azs": ["z1", "z2"], "cpu": 256, "subnets": ["inner"], "backups": {}},
    "b": {"id": "b", "azs": ["z1"], "cpu": 512, "subnets": ["inner"]},
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("services.all(s, s.azs.size() >= 1)", True),
        ("services . exists( s , s.azs.size() > 1)", True),
        ("services.exists_one(s, s.id == 'b')", True),
        ("services.map(s, s.cpu) == [256, 512]", True),
        ("azs(services.filter(s, s.id == 'b')) == ['z1']", True),
        ("sum(services.filter(s, s.id == 'b'), 'cpu') == 512", True),
        ("services.b.cpu == 512 && services['a'].cpu == 256", True),
        ("services.all(s, s.subnets.all(n, subnets[n].tier == 'private'))", True),
        ("'services.all(s, x)' == 'services' + '.all(s, x)'", True),
    ],
)
def test_a_macro_walks_through_elements_and_a_dot_leads_to_one_by_its_id(text: str, expected: bool) -> None:
    assert answer(text, services=SERVICES, subnets={"inner": {"id": "inner", "tier": "private"}}) is expected


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("services.a.image == 'x'", "a.image"),
        ("services.all(s, s.backups.every > 0.0)", "a.backups.every"),
        ("services.b.backups.every > 0.0", "b.backups"),
        ("services.all(s, s.image == 'x') && services.a.image == 'x'", "image"),
    ],
)
def test_a_missing_fact_names_its_element_where_the_expression_asks_for_it_once(text: str, fact: str) -> None:
    assert answer(text, services=SERVICES) == Missing(fact)


def test_an_element_taken_for_an_id_is_told_with_its_column() -> None:
    with pytest.raises(ExpressionError) as raised:
        compile_expression("services.all(s, services[s].port > 1)", TABLES)

    assert (raised.value.column, str(raised.value)) == (
        17,
        "`s` is an element here, not an id: write `s` instead of `services[s]`",
    )


def test_a_column_is_that_of_the_expression_as_written() -> None:
    with pytest.raises(ExpressionError) as raised:
        compile_expression("services.all(s, s.port > nowhere)", TABLES)

    assert raised.value.column == 26


def test_an_expression_that_goes_on_and_on_is_stopped() -> None:
    text = "true"
    for name in "abcdef":
        text = f"[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].all({name}, {text})"
    with pytest.raises(ExpressionError, match="it cannot be answered: INTERNAL: Iteration budget exceeded"):
        evaluate(compile_expression(text, ()), {})


TEN = "+".join("x" * 10)


@pytest.mark.parametrize(
    "text",
    [
        "['" + "a" * 100 + "']" + f".map(x, {TEN})" * 9 + ".all(x, size(x) > 0)",
        "[[1, 2, 3]]" + f".map(x, {TEN})" * 9 + ".exists(x, size(x) == 0)",
        "[1]" + f".map(x, [{TEN.replace('+', ', ')}])" * 9 + " == []",
        "[self.tags]" + ".map(x, x.map(y, x))" * 9 + " == []",
        "[self.tags].filter(x, true)" + f".map(x, true ? string({TEN}) : 'none')" * 9 + " == []",
    ],
)
def test_what_grows_with_each_step_is_refused_before_it_is_asked(text: str) -> None:
    with pytest.raises(ExpressionError, match="it makes too much of what it is given, step by step") as caught:
        compile_expression(text, ("self",))

    assert caught.value.column > 1


@pytest.mark.parametrize(
    "text",
    [
        "services.map(s, s.id + '/' + s.title).exists(x, x == 'web/Web')",
        "services.map(s, flows_to(s.id).map(f, f['from'])).size() == 1",
        "['a', 'b'].map(a, ['us-east-1a', 'us-east-1b'].map(b, a + '-' + b)).size() == 2",
    ],
)
def test_what_looks_at_each_of_something_is_not_taken_for_growth(text: str) -> None:
    assert compile_expression(text, ("services",)).text == text


def test_a_long_expression_and_what_it_answers_are_shown_in_part() -> None:
    message = failure("'" + "a" * 1000 + "'")

    assert message == f"''{'a' * 199}…' answers '{'a' * 199}…; expected true or false"
