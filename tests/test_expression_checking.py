"""Whether an expression fits the model, found before there is anything to ask."""

import pytest

from archspec.expressions import ExpressionError, compile_expression
from archspec.expressions.checking import check
from archspec.graph.fact_shapes import SPEC, of_claims, of_pack
from archspec.graph.facts import TABLES, WHOLE


def mistakes(text: str, kind: str = "databases") -> list[tuple[int, str, str]]:
    variables = (*TABLES, *WHOLE) if kind == SPEC else ("self",)
    found = check(compile_expression(text, variables), of_claims() if kind == SPEC else of_pack(kind))
    return [(one.at + 1, one.message, one.hint) for one in found]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("databases", "self.encrypted"),
        ("databases", "has(self.backups) && has(self.backups.every) && self.backups.every > 0.0"),
        ("databases", "self.backups.every > 7 * 86400"),
        ("databases", "self['engine'] == 'postgres' || self.engine in ['mysql', 'docdb']"),
        ("databases", "self.instances.exists(i, i.role == 'standby' && i.az != 'x')"),
        ("databases", "self.instances.filter(i, i.role == 'reader').map(i, i.az).exists(z, z.endsWith('a'))"),
        ("databases", "self.instances.exists_one(i, i.role == 'primary')"),
        ("databases", "size(self.azs) == size(self.subnets) ? self.multi_az : !self.multi_az"),
        ("databases", "named_by(self.id).all(e, e.kind != 'alarm' || e.metric.contains('CPU'))"),
        ("databases", "flows_to(self.id).all(f, f.from != 'internet' && f.port[0][0] > 1024)"),
        ("databases", "element(self.subnets[0]).tier == 'data'"),
        ("databases", "azs(self.id).size() > 1 && size(azs(named_by(self.id))) > 0"),
        ("services", "self.cpu * 2 <= self.memory && reaches(self.id, 'db', self.port)"),
        ("services", "self.scaling.max / self.scaling.min >= 2"),
        ("buckets", "self.replication == true || self.replication == 'planned'"),
        ("caches", "self.kind + '/' + self.id == 'cache/x'"),
        ("flows", "self.from == 'internet' ? self.protocol == 'HTTPS' : true"),
        ("journeys", "self.steps.all(s, s.does != '')"),
        ("cost_lines", "self.amount >= 0.0 && self.covers.all(c, c != '')"),
        (SPEC, "services.all(s, s.subnets.all(n, subnets[n].tier == 'private'))"),
        (SPEC, "sum(services, 'desired') == 6 && round(sum(cost.lines.map(l, l.amount)), 2) == 1.0"),
        (SPEC, "databases.orders.multi_az && databases['user-data'].engine == 'postgres'"),
        (SPEC, "recovery.steps.all(s, has(s.takes)) && size(azs(services)) == 2"),
    ],
)
def test_what_fits_has_no_mistake(kind: str, text: str) -> None:
    assert mistakes(text, kind) == []


@pytest.mark.parametrize(
    ("text", "column", "message", "hint"),
    [
        ("self.encrytped", 6, "a database has no key 'encrytped'", "did you mean 'encrypted'?"),
        ("!has(self.encrytped)", 11, "a database has no key 'encrytped'", "did you mean 'encrypted'?"),
        ("self['encrytped']", 6, "a database has no key 'encrytped'", "did you mean 'encrypted'?"),
        ("self.backups.evry > 1.0", 14, "'backups' has no key 'evry'", "did you mean 'every'?"),
        (
            "self.instances.az == 'x'",
            16,
            "a list has no key 'az'",
            "ask each of them, `.all(x, x.az …)`, or one of them, `.exists(x, x.az …)`",
        ),
        ("self.instances.all(i, i.zone == '')", 25, "'instance' has no key 'zone'", ""),
        ("self.engine.name == ''", 13, "text has no keys, and 'name' is asked of it", ""),
        ("self.engine == 5", 13, "`==` compares text with a whole number", ""),
        ("self.engine < 'x' && self.port > 'x'", 32, "`>` compares a whole number with text", ""),
        ("self.multi_az == 'true'", 15, "`==` compares true or false with text", ""),
        ("self.engine == 'postgre'", 16, "it is never 'postgre'", "did you mean 'postgres'?"),
        ("self.engine in ['mysql', 'postgre']", 26, "it is never 'postgre'", "did you mean 'postgres'?"),
        ("self.port in ['1']", 11, "`in` looks for a whole number among text", ""),
        ("'x' in self.engine", 5, "`in` looks into a list, not into text", "write `a.contains(b)`"),
        ("self.subnets > 1", 14, "`>` compares a list with a whole number", ""),
        ("self.engine && true", 13, "`&&` joins what is true or false, not text", ""),
        ("self.engine ? true : false", 13, "`?` asks what is true or false, not text", ""),
        ("self.id", 1, "it answers with text, not with true or false", "compare it"),
        ("size(self.port) > 1", 5, "a whole number has no size", ""),
        ("self.port.startsWith('1')", 21, "`startsWith` is asked of text, not of a whole number", ""),
        ("self.engine.all(x, x == '')", 16, "text holds no elements to walk through", ""),
        (
            "self.port * 1.5 > 1.0",
            11,
            "`*` does not mix a whole number with one that has decimals",
            "write both in the same way: `2.0` goes with decimals, `2` with whole numbers",
        ),
        ("self.engine - self.id == ''", 13, "`-` does not go with text and text", ""),
        ("exposed(self.port)", 1, "'exposed' takes an id, not a whole number", ""),
        ("flows_to(self.id).all(f, f.form == '')", 28, "'flow' has no key 'form'", "did you mean 'from'?"),
        ("named_by(self.id).all(e, e.knd == '')", 28, "an element has no key 'knd'", "did you mean 'kind'?"),
    ],
)
def test_what_does_not_fit_is_told_at_its_place(text: str, column: int, message: str, hint: str) -> None:
    ((found_at, found, advice),) = mistakes(text)

    assert (found_at, found, advice if hint else "") == (column, message, hint)


def test_all_mistakes_are_told_at_once() -> None:
    assert [column for column, _, _ in mistakes("self.encrytped || self.prt == 1")] == [6, 24]


@pytest.mark.parametrize(
    ("text", "column", "message", "hint"),
    [
        ("reaches(self.id)", 1, "'reaches' takes two ids, and a port where one is meant", ""),
        ("reachs(self.id, 'x')", 1, "undeclared reference to 'reachs'", "did you mean 'reaches'?"),
        (
            "true && reaches(1, 'x')",
            9,
            "'reaches' takes two ids, and a port where one is meant, not a whole number",
            "",
        ),
        ("sum(self.subnets, 1) > 0", 1, "'sum' takes elements, and the key that is added up", ""),
        ("1 == 'a'", 3, "`==` does not go with a whole number and text", ""),
    ],
)
def test_what_cel_refuses_is_told_in_words(text: str, column: int, message: str, hint: str) -> None:
    with pytest.raises(ExpressionError) as raised:
        compile_expression(text, ("self",))

    assert (raised.value.column, str(raised.value)[: len(message)]) == (column, message)
    assert raised.value.hint == hint or not hint


def test_an_expression_of_a_thousand_sums_is_refused() -> None:
    with pytest.raises(ExpressionError, match="it is nested too deeply"):
        compile_expression(" + ".join(["self.port"] * 3000) + " > 0", ("self",))
