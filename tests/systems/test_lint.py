"""What lint says of the systems that archspec must carry, so that a change in its verdict is seen in review."""

from pathlib import Path

import pytest

from archspec.commands import linting
from archspec.reporters import text
from archspec.reporters.report import of
from tests.conftest import Golden
from tests.sample import TODAY

ROOT = Path(__file__).parents[2]
SYSTEMS = sorted(path.stem for path in (ROOT / "specs").glob("*.yaml"))
ASKED = linting.Asked(stage=None, select=(), ignore=(), today=TODAY.isoformat())


@pytest.mark.parametrize("name", SYSTEMS)
def test_lint_says_of_a_system_what_it_said(name: str, golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    findings = linting.lint(Path("specs", f"{name}.yaml"), ASKED)

    golden(f"golden/{name}.txt", text.report(of(findings, info=True)))


@pytest.mark.parametrize("name", SYSTEMS)
def test_no_rule_crashes_and_every_claim_can_be_asked(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    findings = linting.lint(Path("specs", f"{name}.yaml"), ASKED)

    assert [one.message for one in findings if one.rule == "XXX000" or "does not work" in one.message] == []


@pytest.mark.parametrize("name", SYSTEMS)
def test_no_spec_is_longer_than_the_document_that_it_replaces(name: str) -> None:
    files = [ROOT / "specs" / f"{name}.yaml", *(ROOT / "specs" / name).rglob("*.yaml")]
    lines = {file.name: len(file.read_text(encoding="utf-8").splitlines()) for file in files}

    assert sum(lines.values()) <= LONGEST[name], lines


LONGEST = {"apexai-crm": 328, "ecs-production": 164, "event-planner": 1692, "pge": 1148, "z360": 728}
"""Lines of the five hand-written documents."""


def test_nobody_is_named_by_a_personal_address() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "specs").rglob("*.yaml")]

    assert [word for text in texts for word in text.split() if "@" in word and not _is_masked(word)] == []


def _is_masked(word: str) -> bool:
    return "***@" in word or word.startswith("@") or "example.com" in word
