"""Text on a terminal: colours by what they mean, wrapped at its width; elsewhere nothing of either."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archspec.commands.reporting import look
from archspec.errors import Location
from archspec.findings import LocatedHop
from archspec.reporters import REPORTERS
from archspec.reporters.plain import plain
from archspec.reporters.report import PLAIN, Look, of
from archspec.reporters.terminal import Piece, cells, lines
from archspec.reporters.text import excerpt
from tests.reporters.made import finding, hostile, several
from tests.sample import HEADER

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"\x1b\[[\d;]*m")
VARIABLES = ("NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS")


class Terminal(StringIO):
    """A stream that is a terminal, 72 cells wide as `COLUMNS` says."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("choice", "set_", "is_coloured"),
    [
        ("auto", {}, True),
        ("auto", {"TERM": "dumb"}, False),
        ("auto", {"NO_COLOR": "1"}, False),
        ("auto", {"NO_COLOR": ""}, True),
        ("auto", {"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("always", {"NO_COLOR": "1"}, True),
        ("never", {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colours_on_a_terminal_are_what_the_line_and_then_the_environment_say(
    choice: str, set_: dict[str, str], is_coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in {"COLUMNS": "72", **set_}.items():
        monkeypatch.setenv(name, value)

    assert look(choice, Terminal()) == Look(72, is_coloured)


@pytest.mark.parametrize(
    ("choice", "force", "is_coloured"),
    [("auto", "", False), ("auto", "1", True), ("always", "", True), ("never", "1", False)],
)
def test_elsewhere_nothing_is_wrapped_and_colours_are_only_there_on_demand(
    choice: str, force: str, is_coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", force)
    monkeypatch.setenv("COLUMNS", "40")

    assert look(choice, StringIO()) == Look(0, is_coloured)


def test_a_width_that_is_no_number_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "9" * 5000)

    assert look("never", Terminal()) == Look(0)


def test_text_is_wrapped_between_words_with_an_indent() -> None:
    pieces = [Piece("  fix: "), Piece("add one more to each of them")]

    assert list(lines(pieces, Look(width=20), 7)) == ["  fix: add one more", "       to each of", "       them"]


def test_what_has_no_space_is_never_broken() -> None:
    assert list(lines([Piece(f"see {'x' * 30} now")], Look(width=20), 2)) == ["see", f"  {'x' * 30}", "  now"]


def test_wide_characters_take_two_cells() -> None:
    assert list(lines([Piece("数据库 数据库 数据库")], Look(width=14), 0)) == ["数据库 数据库", "数据库"]


def test_no_line_of_a_finding_is_wider_than_the_terminal() -> None:
    place = Location("specs/shop.yaml", 7, 120, "  key: value, " * 30)
    hop = LocatedHop("blocked", "the nearest rule allows something else " * 5, place, "CODE")
    found = finding(location=place, message="word " * 60, fix="word " * 60, witness=(hop,))
    report = REPORTERS["text"](of([found], look=Look(60, is_coloured=True)))

    assert max(cells(CODE.sub("", line)) for line in report.splitlines()) <= 60


@pytest.mark.parametrize("column", [1, 30, 100, 200])
def test_the_mark_of_a_narrow_excerpt_points_at_the_same_character(column: int) -> None:
    text = "".join(chr(ord("a") + i % 26) for i in range(240))
    shown, mark = excerpt(Location("a.yaml", 12, column, text), Look(width=50))

    assert (len(shown) <= 50, shown[mark.index("^")]) == (True, text[column - 1])


@pytest.mark.parametrize("form", ["text", "compact"])
def test_without_its_colours_a_report_is_the_plain_one(form: str) -> None:
    found = [*several(), hostile()]
    coloured, bare = (REPORTERS[form](of(found, info=True, look=one)) for one in (Look(is_coloured=True), PLAIN))

    assert coloured != bare
    assert CODE.sub("", coloured) == bare


def test_nothing_of_a_hostile_spec_reaches_a_coloured_terminal() -> None:
    report = REPORTERS["text"](of([hostile()], look=Look(80, is_coloured=True)))

    assert [line for line in CODE.sub("", report).split("\n") if line != plain(line)] == []


def test_every_format_but_text_is_the_same_on_a_terminal() -> None:
    seen = Look(60, is_coloured=True)
    differ = [form for form in REPORTERS if REPORTERS[form](of(several(), look=seen)) != REPORTERS[form](of(several()))]

    assert differ == ["text", "compact"]


def test_a_real_terminal_shows_colours_and_wraps_at_its_width(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HEADER + "network: {security_groups: {spare: {}}}\n", encoding="utf-8")
    mine, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 44, 0, 0))
    environment = {"PYTHONPATH": str(ROOT), "ARCHSPEC_CACHE_DIR": str(tmp_path), "TERM": "xterm"}
    command = [sys.executable, "-m", "archspec", "lint", "a.yaml", "--select", "NET008"]
    subprocess.run(command, cwd=tmp_path, env=environment, stdout=theirs, check=False)
    told = os.read(mine, 100_000).decode().replace("\r\n", "\n")
    os.close(mine)
    os.close(theirs)

    assert told.startswith("\x1b[1ma.yaml:4:29:\x1b[0m \x1b[1;33mwarning\x1b[0m\x1b[1m NET008 ")
    assert max(len(CODE.sub("", line)) for line in told.splitlines()[1:]) <= 44


@given(text=st.text(alphabet=st.sampled_from("ab -数e\u0301"), max_size=120), width=st.integers(10, 60))
@settings(derandomize=True, database=None, deadline=None, max_examples=200)
def test_wrapping_keeps_every_word_in_order_and_only_a_single_word_is_too_wide(text: str, width: int) -> None:
    made = list(lines([Piece(text)], Look(width), 2))

    assert " ".join(made).split() == plain(text).split()
    assert [line for line in made if cells(line.strip()) > width and len(line.split()) > 1] == []
