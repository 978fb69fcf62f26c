"""What Terraform plans, an imitation of AWS takes, and AWS refuses: each mistake is an error of ours at its line.

A file of `mistakes/` is a spec with one mistake. Its line ends with what finds it and with what AWS takes instead:
`retention: 8 days  # DEP024 -> retention: 14 days`. Rules of `DOC00` are what loading refuses.
"""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from archspec import api
from archspec.errors import SpecError
from archspec.findings import Severity
from tests.sample import HEADER, TODAY

_MARKED = re.compile(r"(?P<indent> *)\S.*  # (?P<by>[A-Z]{3}\d{3}) -> (?P<instead>.+)")
_FILES = sorted(Path(__file__).parent.glob("mistakes/*.yaml"), key=lambda path: path.stem)


class _Mistake(NamedTuple):
    """A spec with a mistake, the same without it, the line that differs, and what has to find it."""

    wrong: str
    right: str
    line: int
    by: str


class _Found(NamedTuple):
    line: int
    by: str


def _read(path: Path) -> _Mistake:
    lines = (HEADER + path.read_text(encoding="utf-8")).splitlines()
    [(i, marked)] = [(i, found) for i, line in enumerate(lines) if (found := _MARKED.fullmatch(line))]
    right = [*lines[:i], marked["indent"] + marked["instead"], *lines[i + 1 :]]
    return _Mistake("\n".join(lines), "\n".join(right), i + 1, marked["by"])


def _errors(text: str) -> set[_Found]:
    """Return the errors of a spec in production."""
    try:
        system = api.parse(text, "sample.yaml", TODAY)
    except SpecError as error:
        return {_Found(problem.location.line, problem.rule) for problem in error.problems}
    findings = api.check(system, "production").findings
    return {
        _Found(one.location.line, one.rule)
        for one in findings
        if one.outcome == "fail" and one.severity is Severity.ERROR
    }


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_what_aws_refuses_is_an_error_at_its_line(path: Path) -> None:
    mistake = _read(path)

    assert _Found(mistake.line, mistake.by) in _errors(mistake.wrong)


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_the_same_spec_without_the_mistake_has_no_such_error(path: Path) -> None:
    mistake = _read(path)

    assert {one for one in _errors(mistake.right) if one.by == mistake.by} == set()
