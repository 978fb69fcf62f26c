"""Nothing that the hand-written documents of the five systems say is lost in the generated ones.

`facts_*.txt` lists what has to stand within five lines of a document. Words between semicolons are looked for as whole
words, whatever their case.
"""

import html
import re
from functools import cache
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
DOCUMENTS = FOLDER.parent.parent / "docs" / "systems"
WINDOW = 5
WANTED = 0.97
SYSTEMS = {path.stem.removeprefix("facts_").replace("_", "-"): path for path in sorted(FOLDER.glob("facts_*.txt"))}


def facts(name: str) -> list[str]:
    """Return the facts of a system's hand-written document."""
    return [line for line in SYSTEMS[name].read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]


def plain(markdown: str) -> list[str]:
    """Return the lines as a reader sees them: without link targets, anchors, code ticks and escapes."""
    text = re.sub(r'<a id="[^"]*"></a>|</?code>|`|\*\*', "", markdown)
    text = re.sub(r"!?\[((?:\\.|[^\]\\])*)\]\([^)]*\)", r"\1", text)
    return html.unescape(re.sub(r"\\(?=[^\w\s])", "", text)).lower().splitlines()


@cache
def windows(name: str) -> list[str]:
    """Return every five lines of a generated document."""
    lines = plain((DOCUMENTS / f"{name}.md").read_text(encoding="utf-8"))
    return ["\n".join(lines[i : i + WINDOW]) for i in range(len(lines))]


def stands(name: str, fact: str) -> bool:
    """Whether all words of a fact stand within five lines."""
    words = [re.escape(word.strip().lower()) for word in fact.split(";")]
    patterns = [re.compile(rf"(?<![\w.~-]){word}(?![\w-])") for word in words]
    return any(all(pattern.search(window) for pattern in patterns) for window in windows(name))


def test_every_system_has_its_facts() -> None:
    assert list(SYSTEMS) == ["apexai-crm", "ecs-production", "event-planner", "pge", "z360"]


@pytest.mark.parametrize("name", SYSTEMS)
def test_facts_stand_within_five_lines(name: str) -> None:
    wanted = facts(name)
    missing = [fact for fact in wanted if not stands(name, fact)]
    assert len(missing) <= (1 - WANTED) * len(wanted), "\n".join(missing)
