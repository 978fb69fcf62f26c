"""Pages of what no rule finds: their samples are run as those of rules are."""

import re

import pytest

from archspec import api, cli
from archspec.errors import SpecError
from archspec.graph.facts import TABLES
from archspec.reference.beside_rules import PAGES, every_page
from archspec.rulepacks import built_in
from archspec.rules import RULES, page
from tests.sample import HEADER, TODAY

SAMPLE = re.compile(r"## (?P<title>\w+)\n\n```yaml\n(?P<text>.*?)```", re.DOTALL)
LOADING = ("DOC000", "DOC001")


def problems(text: str) -> list[tuple[int, str]]:
    try:
        api.parse(text, "sample.yaml", TODAY)
    except SpecError as error:
        return [(problem.location.line, problem.rule) for problem in error.problems]
    return []


@pytest.mark.parametrize("id_", LOADING)
def test_a_sample_is_found_exactly_where_it_says(id_: str) -> None:
    samples = {found["title"]: HEADER + found["text"] for found in SAMPLE.finditer(page(PAGES[id_]))}
    lines = {
        title: [(number, id_) for number, line in enumerate(text.splitlines(), 1) if f"# expect: {id_}" in line]
        for title, text in samples.items()
    }

    assert {title: problems(text) for title, text in samples.items()} == lines
    assert [title for title, found in lines.items() if found] == ["Fails"]


def test_what_loading_and_crashing_are_called_is_no_rule() -> None:
    assert (sorted(PAGES), sorted(PAGES.keys() & built_in().keys())) == (["DOC000", "DOC001", "XXX000"], [])


def test_pages_are_those_of_all_rules_and_of_what_stands_beside_them_in_order() -> None:
    assert list(every_page()) == sorted([*built_in(), *PAGES])


def test_a_crash_is_explained_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["explain", "XXX000"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "# XXX000 rule-crashed"


def test_the_page_about_claims_names_every_kind_that_an_expression_may_use() -> None:
    assert [name for name in TABLES if f"`{name}`" not in page(RULES["DOC012"])] == []
