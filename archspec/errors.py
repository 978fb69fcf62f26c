"""What a user can get wrong, each with the place where it stands and what to do about it.

Three families decide the exit code: a `SpecError` or `UsageError` ends with 2, a `ToolError` with 3.
"""

from collections.abc import Callable
from typing import NamedTuple

KeyPath = tuple[str | int, ...]
"""The keys and positions that lead to a value in a spec, outermost first."""


class Location(NamedTuple):
    """A place in a user's file: 1-based line and column, and the text of that line."""

    file: str
    line: int
    column: int
    text: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


Locate = Callable[[KeyPath], Location]
"""Finds the place of what stands at a path."""


class Problem(NamedTuple):
    """One thing that is wrong in a spec, what to do about it, and the rule that says so.

    `instead` is the key that is meant, where a key is misspelt and only one is near. DOC000: a file cannot be read;
    DOC001: a reference or an id; DOC002: a key or a value.
    """

    message: str
    location: Location
    hint: str = ""
    rule: str = "DOC000"
    instead: str = ""


class ArchspecError(Exception):
    """The root of everything that archspec raises on purpose."""


class SpecError(ArchspecError):
    """A spec, or another file a user wrote, that cannot be used; carries every problem found, not the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(f"{p.location}: {p.message}" for p in problems))
        self.problems = tuple(sorted(problems, key=lambda p: (p.location, p.message)))


class UsageError(ArchspecError):
    """A command line, a setting or a name that does not fit; the message says what does."""


class ToolError(ArchspecError):
    """A tool beside archspec (checkov, terraform) that is missing or failed; the message says what to run."""


class MissingToolError(ToolError):
    """A tool that archspec runs is not installed; what does not need it can go on without."""


class NotStatedError(ArchspecError):
    """A question from a program that needs a fact which a spec does not state; `fact` names it."""

    def __init__(self, fact: str) -> None:
        super().__init__(f"'{fact}' is not stated, so this cannot be told" if " " not in fact else fact)
        self.fact = fact
