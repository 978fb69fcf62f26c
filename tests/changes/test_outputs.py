"""Differences as text, JSON and Markdown: whole outputs."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from archspec.changes import Change, Difference, Field, Grade, LocatedRisk, compare, markdown, text
from archspec.changes import json as as_json
from archspec.errors import Location
from archspec.findings import LocatedHop
from tests.changes.two import NETWORK, edited, side

HERE, THERE = Location("new.yaml", 3, 5), Location("old.yaml", 2, 1)
KEPT = Field("backups.retention", "30 days", "7 days", THERE, HERE)
DIFFERENCE = Difference(
    "shop",
    "main:specs/shop.yaml",
    "specs/shop.yaml",
    (
        LocatedRisk(Grade.HIGH, "open-to-internet", "db", "db became reachable from the internet: tcp/5432", HERE,
                    (LocatedHop("open", "main-igw leads to public-a", THERE, ""),)),
        LocatedRisk(Grade.LOW, "monthly-cost", "cost", "+$410 a month", HERE),
    ),
    (
        Change("changed", "database", "db", "", (KEPT,), THERE, HERE),
        Change("renamed", "service", "backend", "api", (), THERE, HERE),
        Change("removed", "nat_gateway", "nat", "", (), THERE, None),
    ),
)  # fmt: skip
SAME = Difference("crm", "main:specs/crm.yaml", "specs/crm.yaml")


def test_text_names_the_risks_worst_first_and_then_what_changed() -> None:
    assert text.report([DIFFERENCE, SAME]) == (
        "shop, main:specs/shop.yaml -> specs/shop.yaml: risks 1 high, 1 low; 1 removed, 1 changed, 1 renamed\n"
        "  high    db became reachable from the internet: tcp/5432  new.yaml:3\n"
        "  low     +$410 a month  new.yaml:3\n"
        "  ~ database db  new.yaml:3\n"
        "      backups.retention: 30 days -> 7 days\n"
        "  > service backend, was api  new.yaml:3\n"
        "  - nat gateway nat  old.yaml:2\n"
        "\n"
        "crm, main:specs/crm.yaml -> specs/crm.yaml: no change\n"
    )


def test_a_new_spec_is_said_to_be_new_without_a_line_for_each_element() -> None:
    found = DIFFERENCE._replace(old="", risks=(), changes=(Change("added", "key", "one", new_location=HERE),))
    assert text.report([found]) == "shop, specs/shop.yaml is new: 1 added\n\n"


def test_json_has_every_key_that_is_promised() -> None:
    place, other = {"file": "new.yaml", "line": 3, "column": 5}, {"file": "old.yaml", "line": 2, "column": 1}
    fact = {"verdict": "open", "text": "main-igw leads to public-a", "code": "", "location": other}
    field = {
        "path": "backups.retention",
        "old": "30 days",
        "new": "7 days",
        "old_location": other,
        "new_location": place,
    }
    assert json.loads(as_json.report([DIFFERENCE])) == {
        "version": 1,
        "specs": [
            {
                "name": "shop",
                "old": "main:specs/shop.yaml",
                "new": "specs/shop.yaml",
                "worst": "high",
                "risks": [
                    {
                        "grade": "high",
                        "risk": "open-to-internet",
                        "subject": "db",
                        "text": "db became reachable from the internet: tcp/5432",
                        "location": place,
                        "facts": [fact],
                    },
                    {
                        "grade": "low",
                        "risk": "monthly-cost",
                        "subject": "cost",
                        "text": "+$410 a month",
                        "location": place,
                        "facts": [],
                    },
                ],
                "changes": [
                    {"change": "changed", "sort": "database", "id": "db", "was": None, "fields": [field],
                     "old_location": other, "new_location": place},
                    {"change": "renamed", "sort": "service", "id": "backend", "was": "api", "fields": [],
                     "old_location": other, "new_location": place},
                    {"change": "removed", "sort": "nat_gateway", "id": "nat", "was": None, "fields": [],
                     "old_location": other, "new_location": None},
                ],
            }
        ],
        "summary": {"high": 1, "medium": 0, "low": 1, "none": 0, "changes": 3},
    }  # fmt: skip


def test_markdown_is_a_table_of_risks_with_the_rest_folded() -> None:
    assert markdown.report([DIFFERENCE, SAME]) == (
        "### shop: `main:specs/shop.yaml` → `specs/shop.yaml`\n"
        "\n"
        "risks 1 high, 1 low; 1 removed, 1 changed, 1 renamed\n"
        "\n"
        "| risk | what | where |\n"
        "|---|---|---|\n"
        "| 🔴 high | db became reachable from the internet: tcp/5432 | `new.yaml:3` |\n"
        "| 🟡 low | \\+$410 a month | `new.yaml:3` |\n"
        "\n"
        "<details><summary>Why: 1 with the facts</summary>\n"
        "\n"
        "- db became reachable from the internet: tcp/5432\n"
        "  - main-igw leads to public-a `old.yaml:2`\n"
        "\n"
        "</details>\n"
        "\n"
        "<details><summary>3 changes</summary>\n"
        "\n"
        "| change | of | field | before | after |\n"
        "|---|---|---|---|---|\n"
        "| changed | database `db` | `backups.retention` | 30 days | 7 days |\n"
        "| renamed | service `backend`, was `api` | | | |\n"
        "| removed | nat gateway `nat` | | | |\n"
        "\n"
        "</details>\n"
        "\n"
        "No change: `crm`\n"
    )


HOSTILE = st.text(alphabet=st.sampled_from("a|`<>&*_[]()\\\n\r\u202e\x1b$#!-~ @:/."), min_size=1, max_size=30)


@given(HOSTILE, HOSTILE)
def test_no_text_of_a_spec_becomes_markup_in_markdown(one: str, other: str) -> None:
    risk = LocatedRisk(Grade.HIGH, "waivers", one, other, Location(one, 1, 1), (LocatedHop("note", one, None, ""),))
    change = Change("changed", "spec", one, other, (Field(other, one, other),), HERE, HERE)
    made = markdown.report([Difference(one, other, one, (risk,), (change,))])
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(made)
    inner = [part for token in tokens for part in token.children or ()]
    assert {part.content for part in inner if part.type == "html_inline"} <= {"<code>", "</code>"}
    assert [part.type for part in inner if part.type in ("link_open", "image")] == []
    assert sum(token.type == "tr_open" for token in tokens) == 4
    assert not {"\x1b", "\u202e"} & {*made}


@given(HOSTILE)
def test_no_text_of_a_spec_reaches_a_terminal_unseen(hostile: str) -> None:
    risk = LocatedRisk(Grade.HIGH, "waivers", hostile, hostile, HERE)
    made = text.report([Difference(hostile, hostile, hostile, (risk,))])
    assert made.count("\n") == 3
    assert not {"\x1b", "\u202e", "\r"} & {*made}


def test_long_values_are_cut_and_many_fields_counted() -> None:
    fields = tuple(Field(f"field{i}", "", "x" * 100) for i in range(6))
    (line,) = [
        one
        for one in text.report([DIFFERENCE._replace(changes=(Change("changed", "key", "k", "", fields),))]).split("\n")
        if "field0" in one
    ]
    assert line == f"      field0: {'x' * 59}… (new)"


def test_a_table_in_markdown_ends_where_a_comment_would_be_too_long() -> None:
    changes = tuple(Change("added", "key", f"k{i}", new_location=HERE) for i in range(1000))
    made = markdown.report([DIFFERENCE._replace(changes=changes)])
    assert "| … and 800 more | | | | |" in made
    assert len(made) < 65_536


@pytest.mark.parametrize("report", [text.report, as_json.report, markdown.report])
def test_the_same_difference_gives_the_same_bytes(report: object) -> None:
    assert callable(report)
    made = {
        report([compare(side(NETWORK, edited(NETWORK, ("multi_az: true", "multi_az: false"))), ("a", "b"))])
        for _ in range(3)
    }
    assert len(made) == 1


def test_nobody_is_called_and_no_issue_is_named_by_markdown() -> None:
    said = "ask @alice or @shop/ops about #12, shop/web#3 and GH-4; a@b stays"
    risk = LocatedRisk(Grade.MEDIUM, "waivers", "db", said, HERE)
    change = Change("changed", "key", "k", "", (Field("note", "@bob", "`@bob` #5"),), THERE, HERE)
    made = markdown.report([DIFFERENCE._replace(risks=(risk,), changes=(change,))])
    assert "| ask `@alice` or `@shop/ops` about `#12`, `shop/web#3` and `GH-4`; a@b stays |" in made
    assert "| `note` | `@bob` | \\``@bob`\\` `#5` |" in made


def test_long_values_are_cut_where_they_differ() -> None:
    old, new = f"{'x' * 200} one {'y' * 200}", f"{'x' * 200} two {'y' * 200}"
    change = Change("changed", "key", "k", "", (Field("note", old, new),), THERE, HERE)
    found = [DIFFERENCE._replace(risks=(), changes=(change,))]
    start, end = f"…{'x' * 19} ", f" {'y' * 34}…"
    assert f"      note: {start}one{end} -> {start}two{end}\n" in text.report(found)
    assert "one" in markdown.report(found)


def test_markdown_of_many_specs_still_fits_into_a_comment() -> None:
    changes = tuple(Change("added", "key", f"k{i}", new_location=HERE) for i in range(200))
    made = markdown.report([DIFFERENCE._replace(changes=changes)] * 20)
    assert len(made) < 65_536
    assert made.count("Why: 1 with the facts") == 20
    assert made.count("200 changes, too many for a comment: `archspec diff` lists them.") == 20
