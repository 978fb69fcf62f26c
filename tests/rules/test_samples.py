"""Every rule's page is run: `# expect: ID` stands on each line where that rule must find something.

A sample speaks for its own rule and for the rules that it names, so that a new rule leaves the other pages alone; what
all rules say of one spec together is pinned by `test_all_rules`.
"""

import re
from collections.abc import Iterator

import pytest

from archspec import api
from archspec.errors import SpecError
from archspec.rulepacks import built_in
from archspec.rules import page
from tests.sample import HEADER, TODAY

SECTION = re.compile(r"## (?P<title>\w+)\n\n```yaml\n(?P<text>.*?)```", re.DOTALL)
EXPECT = re.compile(r"# expect: (?P<ids>[A-Z0-9, ]+)")


def samples() -> Iterator[tuple[str, str, str]]:
    for id_, rule in built_in().items():
        for section in SECTION.finditer(page(rule)):
            yield id_, section["title"], section["text"]


def expected(text: str) -> set[tuple[int, str]]:
    return {
        (number, id_.strip())
        for number, line in enumerate(text.splitlines(), start=1)
        for found in EXPECT.finditer(line)
        for id_ in found["ids"].split(",")
    }


def found(text: str) -> set[tuple[int, str]]:
    try:
        checked = api.check(api.parse(text, "sample.yaml", TODAY))
    except SpecError as error:
        return {(problem.location.line, problem.rule) for problem in error.problems}
    return {
        (finding.location.line, finding.rule)
        for finding in checked.findings
        if finding.outcome == "fail" and not finding.waiver
    }


@pytest.mark.parametrize(("id_", "title", "text"), list(samples()))
def test_a_sample_is_found_exactly_where_it_says(id_: str, title: str, text: str) -> None:
    wanted = expected(HEADER + text)
    named = {id_, *(rule for _, rule in wanted)}

    assert {(line, rule) for line, rule in found(HEADER + text) if rule in named} == wanted
    assert (title == "Fails") is (id_ in {rule for _, rule in wanted})


@pytest.mark.parametrize("id_", list(built_in()))
def test_every_rule_has_a_page_with_both_samples(id_: str) -> None:
    rule = built_in()[id_]
    titles = re.findall(r"^## (\w+)$", page(rule), re.MULTILINE)

    assert titles[:3] == ["Why", "Fails", "Passes"]
    assert id_ == rule.ID
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.NAME)
