"""Every rule's page is run, as `archspec rules test` runs the samples of packs.

What all rules say of one spec together is pinned by `test_all_rules`.
"""

import re

import pytest

from archspec.rulepacks import built_in
from archspec.rules import page
from archspec.samples import failures, of_page

RULES = built_in()


@pytest.mark.parametrize("id_", list(RULES))
def test_the_samples_of_a_rule_find_exactly_what_they_say(id_: str) -> None:
    found = failures(of_page(RULES[id_]), RULES)

    assert [f"{one.problem.location}: {one.problem.message}" for one in found] == []


@pytest.mark.parametrize("id_", list(RULES))
def test_every_rule_has_a_page_with_both_samples(id_: str) -> None:
    rule = RULES[id_]
    titles = re.findall(r"^## (\w+)$", page(rule), re.MULTILINE)

    assert titles[:3] == ["Why", "Fails", "Passes"]
    assert id_ == rule.ID
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.NAME)
