"""What the commands' argument parsers share."""

import argparse
from collections.abc import Sequence
from typing import NoReturn

from archspec.errors import UsageError


class Parser(argparse.ArgumentParser):
    """A parser whose mistakes are `UsageError`s, so that there is one way for a command to fail."""

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing and exiting."""
        raise UsageError(f"{message}; see `{self.prog} --help`")


def parser(name: str, does: str, example: str) -> Parser:
    """Return a parser for a command, whose help ends with an example."""
    return Parser(
        prog=f"archspec {name}",
        description=does,
        epilog=f"example:\n{example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def add_paths(to: Parser) -> None:
    """Add the specs to work on."""
    to.add_argument("paths", nargs="*", metavar="PATH", help="specs, or folders of specs; the project's own by default")


def add_touched(to: Parser) -> None:
    """Add what makes the paths those of changed files; `archspec.commands.touching` turns them into specs."""
    to.add_argument(
        "--touched", action="store_true", help="PATHs are changed files: only the project's specs they are part of"
    )


def add_one_spec(to: Parser) -> None:
    """Add the spec that a question is about, and how the answer is printed."""
    to.add_argument("--spec", action="append", metavar="PATH", help="the spec; the project's own by default")
    to.add_argument("--format", choices=("text", "json"), default="text", help="how to print (default: text)")
    to.add_argument("--json", action="store_true", help="short for --format json")


def names(values: Sequence[str] | None) -> tuple[str, ...]:
    """Split values that may be repeated and may hold commas."""
    return tuple(name.strip() for value in values or () for name in value.split(",") if name.strip())
