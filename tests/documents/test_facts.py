"""Nothing that the hand-written document of the first system says is lost in the generated one."""

import re
from functools import cache
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
WINDOW = 5
LINES = (FOLDER / "facts_ecs_production.txt").read_text(encoding="utf-8").splitlines()
FACTS = [line for line in LINES if not line.startswith("#")]


def _plain(markdown: str) -> list[str]:
    """Return the lines with link targets, anchors and code ticks left out."""
    text = re.sub(r'<a id="[^"]*"></a>|`|\*\*', "", markdown)
    return re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text).lower().splitlines()


@cache
def _windows() -> list[str]:
    lines = _plain((FOLDER / "golden" / "ecs-production.md").read_text(encoding="utf-8"))
    return ["\n".join(lines[i : i + WINDOW]) for i in range(len(lines))]


def _holds(window: str, fact: str) -> bool:
    words = [re.escape(word.strip().lower()) for word in fact.split(";")]
    return all(re.search(rf"(?<![\w.~-]){word}(?![\w-])", window) for word in words)


def test_there_are_enough_facts() -> None:
    assert len(FACTS) >= 60


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_stands_within_five_lines(fact: str) -> None:
    assert any(_holds(window, fact) for window in _windows())
