"""The page of the commands: everything that their parsers take, and the same whatever prints it."""

import argparse
import re

import pytest

from archspec import cli
from archspec.commands.arguments import parser
from archspec.commands.manual import parsers
from archspec.reference.commands_page import render

PAGE = render(parsers())


def options(one: argparse.ArgumentParser) -> set[str]:
    """Return the options that the help of a command names, but that for help itself."""
    return set(re.findall(r"--[a-z][a-z-]*", "".join(one.format_help().split("example:")[:1]))) - {"--help"}


def test_every_command_has_a_chapter_and_nothing_else_has() -> None:
    assert set(re.findall(r"^## archspec (.*)$", PAGE, re.MULTILINE)) == {*cli.COMMANDS, "rules test"}


@pytest.mark.parametrize("one", list(parsers()), ids=lambda one: one.prog)
def test_every_option_of_a_command_stands_in_its_chapter(
    one: argparse.ArgumentParser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "500")  # so that no name is broken in two
    chapter = PAGE.partition(f"\n## {one.prog}\n")[2].partition("\n## ")[0]

    assert options(one) - set(re.findall(r"--[a-z][a-z-]*", chapter)) == set()


def test_a_chapter_tells_how_to_call_it_what_it_takes_and_an_example() -> None:
    made = parser(
        "fold", "Fold <paper>,\nonce or twice.", "  archspec fold a.txt --times 2\n\nWhat is folded\nstays <folded>."
    )
    made.add_argument("paper", metavar="PAPER", nargs="+", help="what to fold, 100%% of it")
    made.add_argument("--times", type=int, default=1, metavar="N", help="how often (default: %(default)s)")
    made.add_argument("--side", choices=("left", "right"), help="from *here*; `a|b` is code")
    made.add_argument("--ink", required=True, choices=("red", "blue"), help="red: for sums; blue: for the rest")
    made.add_argument("--secret", help=argparse.SUPPRESS)

    assert render([made]).partition("[fold](#archspec-fold)")[2] == (
        "\n\n"
        "## archspec fold\n\n"
        "Fold \\<paper>, once or twice.\n\n"
        "```text\narchspec fold [OPTIONS] PAPER ...\n```\n\n"
        "| argument | |\n|---|---|\n"
        "| `PAPER` | what to fold, 100% of it |\n\n"
        "| option | |\n|---|---|\n"
        "| `--times N` | how often (default: 1) |\n"
        "| `--side SIDE` | from \\*here\\*; `a\\|b` is code: `left`, `right` |\n"
        "| `--ink INK` | required: red: for sums; blue: for the rest |\n\n"
        "Example:\n\n```sh\narchspec fold a.txt --times 2\n```\n\n"
        "What is folded stays \\<folded>.\n"
    )


@pytest.mark.parametrize("columns", ["20", "300"])
def test_the_width_of_the_terminal_changes_nothing(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)

    assert render(parsers()) == PAGE
