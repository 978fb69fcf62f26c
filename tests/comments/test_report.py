"""Whatever a spec holds, a comment is a comment: harmless, and never too long."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from archspec.changes import Change, Difference, Field, Grade, LocatedRisk
from archspec.comments import MARKER, Compared, Drawing, Origin, Pictured, Places, Standing, comment
from archspec.comments.places import checked, filled
from archspec.errors import Location, Problem, UsageError
from archspec.findings import Finding, LocatedHop, Severity
from tests.comments.findings import COMMITS, HERE, ORIGIN, PLACES, finding, system

OLD, NEW = f"{'a' * 12}:specs/shop.yaml", "specs/shop.yaml"
MOST = 65_536
Make = Callable[..., Compared]
ADDRESS = "https://example.com/{revision}/{path}#L{line}"


def full(text: str, number: int = 1) -> Compared:
    """Return a system that says one text wherever it says anything."""
    place = Location(text or "x", 1, 1)
    hop = LocatedHop("blocked", text, place, "")
    found = tuple(
        Finding(place, text, text, f"{text} {i}", "fail", Severity.ERROR, text, text, (hop,)) for i in range(number)
    )
    standing = Standing(*(found,) * 7, 3)
    risk = LocatedRisk(Grade.HIGH, "waivers", text, text, place, (hop,))
    risks = (risk, risk._replace(grade=Grade.NONE)) * number
    change = Change("changed", "spec", text, text, (Field(text, text, f"{text}2"),), place, place)
    difference = Difference(text, OLD, NEW, risks, (change,) * number)
    picture = Pictured(text, "https://example.com/a", "")
    return Compared(
        text, OLD, NEW, difference, (text,), standing, None, Drawing("v", refusal=text), (picture,) * number
    )


def broken(text: str, number: int = 1) -> Compared:
    problem = Problem(text, Location(text or "x", 1, 1), text)
    return Compared(text, "", text, Difference(text, "", text), wrong_new=(problem,) * number)


HOSTILE = st.text(alphabet=st.sampled_from("a|`<>&*_[]()\\\n\r\u202e\x1b$#!-~ @:/.=+1"), min_size=1, max_size=30)


@pytest.mark.parametrize("make", [full, broken])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=HOSTILE)
def test_no_text_of_a_spec_becomes_markup(make: Make, text: str) -> None:
    made = comment([make(text), make(text)], Origin(text, "a" * 12), PLACES._replace(source=ADDRESS))
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(made)
    inner = [part for token in tokens for part in token.children or ()]
    assert {part.content for part in inner if part.type == "html_inline"} <= {"<code>", "</code>", "<br>"}
    blocks = [line for token in tokens if token.type == "html_block" for line in token.content.splitlines()]
    assert {line for line in blocks if not line.startswith("<details><summary>")} <= {MARKER, "</details>"}
    links = [part.attrs["href"] for part in inner if part.type == "link_open"]
    assert {str(link)[:20] for link in links} <= {"https://example.com/"}
    assert not {"\x1b", "\u202e", "\r"} & {*made}
    assert made.count(MARKER) == 1


CALLS = ("@team", "@org/team", "shop/web#12", "!12", "&12", "GH-4")


@pytest.mark.parametrize("call", CALLS)
def test_nobody_is_called_and_nothing_is_referred_to(call: str) -> None:
    made = comment([full(f"ask {call} now")], ORIGIN, PLACES) + comment([broken(f"ask {call} now")], ORIGIN, PLACES)
    outside = "".join(made.split("`")[::2])
    assert call not in outside


def test_the_steps_behind_a_finding_are_folded() -> None:
    made = comment([system(Standing(new=(finding(),)))], ORIGIN, PLACES)
    assert made == (
        "<!-- archspec:comment -->\n"
        "### archspec: 1 new error\n"
        "\n"
        f"**shop** `specs/shop.yaml`: no change since `main` at `{'a' * 12}`\n"
        "\n"
        "| finding | what, and what to do | where |\n"
        "|---|---|---|\n"
        "| ❌ error | **NET001** is wrong<br>*fix:* mend it | `specs/shop.yaml:3` |\n"
        "\n"
        "<details><summary>Why, step by step</summary>\n"
        "\n"
        "- **NET001** is wrong\n"
        "  - because `specs/shop.yaml:3`\n"
        "\n"
        "</details>\n"
    )


def test_what_is_not_to_be_mended_is_a_line() -> None:
    gone = tuple(finding(subject=f"db{i}") for i in range(5))
    found = Standing(gone=gone, untold=(finding("REC001"),), accepted=(finding("AVL001"),), known=(finding("DAT001"),))
    assert comment([system(found)], ORIGIN, PLACES).split("\n\n")[2] == (
        "✅ Gone: **NET001** db0, db1, db2 and 2 more<br>\n"
        "❔ Cannot be told any more, as a fact is not stated now: **REC001** db<br>\n"
        "Accepted by a waiver now: **AVL001** db<br>\n"
        "New, and known by the baseline: **DAT001** db\n"
    )


def test_findings_beyond_the_first_ten_are_folded() -> None:
    found = Standing(new=tuple(finding(subject=f"db{i}", message=f"db{i} is wrong") for i in range(12)))
    shown, folded, *_ = comment([system(found)], ORIGIN, PLACES).split("<details>")
    assert (shown.count("❌ error"), folded.count("❌ error"), "2 more findings</summary>" in folded) == (10, 2, True)


def test_what_cannot_be_read_stands_first_and_then_what_is_riskiest() -> None:
    def risky(name: str, grade: Grade) -> Compared:
        risk = LocatedRisk(grade, "waivers", "db", "is risky", HERE)
        return Compared(name, OLD, NEW, Difference(name, OLD, NEW, (risk,)))

    made = comment([risky("low", Grade.LOW), risky("high", Grade.HIGH), broken("broken")], ORIGIN, PLACES)
    assert [line[5:] for line in made.split("\n") if line.startswith("#### ")] == ["broken", "high", "low"]


def test_nothing_is_made_of_systems_that_did_not_change() -> None:
    assert comment([system(Standing(still=5))], ORIGIN, PLACES) == ""
    assert comment([], ORIGIN, PLACES) == ""


def left_out(made: str) -> str:
    return made.rpartition("\n\n*A comment has no room for ")[2].partition("; `archspec diff`")[0]


def test_the_picture_goes_first_where_there_is_no_room_and_that_is_said() -> None:
    drawing = Drawing("network", "x" * 66_000, "")
    one = system(Standing(new=(finding(),)))._replace(drawing=drawing)
    made = comment([one], ORIGIN, PLACES)
    assert ("mermaid" in made, left_out(made)) == (False, "the picture")
    assert "because" in made


def test_the_least_important_goes_first() -> None:
    one = full("x" * 100)
    changes = one.difference.changes * 200
    made = comment([one._replace(difference=one.difference._replace(changes=changes))], ORIGIN, PLACES)
    assert left_out(made) == "the pictures before and after, the list of changes"
    assert len(made) < MOST


@pytest.mark.parametrize("make", [full, broken])
@pytest.mark.parametrize(("length", "number", "systems"), [(500, 120, 1), (40, 60, 20), (70_000, 1, 1), (9, 1, 500)])
def test_a_comment_is_never_too_long(make: Make, length: int, number: int, systems: int) -> None:
    made = comment([make("😀" * length, number)] * systems, ORIGIN, PLACES)
    assert len(made.encode("utf-16-le")) // 2 < MOST
    assert made.startswith(f"{MARKER}\n### archspec: ")
    assert "*A comment has no room for " in made or (number == 1 and systems == 500 and make is broken)


def test_systems_beyond_the_first_hundred_are_counted() -> None:
    one = Compared("a", OLD, NEW, Difference("a", OLD, NEW, (), (Change("added", "key", "k", new_location=HERE),)))
    made = comment([one._replace(name=f"s{i}") for i in range(103)], ORIGIN, PLACES)
    assert "… and 3 more systems that changed." in made


# Places


@pytest.mark.parametrize(
    ("file", "shown"),
    [
        ("specs/a.yaml", "infra/specs/a.yaml"),
        ("../a.yaml", "a.yaml"),
        ("/repository/specs/a.yaml", "specs/a.yaml"),
        (f"{'a' * 12}:specs/a.yaml", "infra/specs/a.yaml"),
    ],
)
def test_a_file_is_shown_as_seen_from_the_top(file: str, shown: str) -> None:
    assert Places("/repository", "infra", *COMMITS).path(file) == shown


def test_a_place_is_a_link_into_its_own_revision() -> None:
    places = Places("/repository", ".", *COMMITS, ADDRESS)
    old, new = (places.show(Location(file, 7, 1)) for file in (f"{'a' * 12}:a b.yaml", "a)b.yaml"))
    assert old == f"[`a b.yaml:7`](https://example.com/{'a' * 40}/a%20b.yaml#L7) before"
    assert new == f"[`a)b.yaml:7`](https://example.com/{'b' * 40}/a%29b.yaml#L7)"


def test_bytes_that_are_no_text_are_escaped_in_an_address() -> None:
    assert filled("https://x/{path}", "", "a\udcff.svg") == "https://x/a%FF.svg"


def test_a_path_that_looks_like_a_place_to_fill_in_is_a_path() -> None:
    assert (
        filled("https://x/{revision}/{path}", "c", "{revision}{line}.svg") == "https://x/c/%7Brevision%7D%7Bline%7D.svg"
    )


@pytest.mark.parametrize("address", ["ftp://x/{path}", "https://x/", "https://x/{path} y", 'https://x/{path}"'])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="--source is an address"):
        checked(address, "--source", "path")
