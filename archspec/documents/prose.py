"""The author's own prose in a section: paragraphs, a list, steps, a table, code, claims, and smaller sections."""

import re
from typing import NamedTuple

from archspec.documents.claim_rows import ClaimRow, of_topic
from archspec.documents.markup import Markdown, fence_around, verbatim
from archspec.documents.page import Page
from archspec.model.document import Code, Subsection

_BLANK = re.compile(r"\n\s*\n")


class Box(NamedTuple):
    """Text that is shown as it is, between fences that nothing in it can end."""

    fence: Markdown
    language: str
    text: Markdown


class Prose(NamedTuple):
    """The parts, as text. Every row has as many cells as there are columns."""

    paragraphs: tuple[str, ...]
    items: tuple[str, ...]
    steps: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    code: Box | None
    claims: tuple[ClaimRow, ...]
    sections: tuple["Smaller", ...] = ()


class Smaller(NamedTuple):
    """A section inside a section."""

    title: str
    prose: Prose


def prose(page: Page, section: Subsection) -> Prose | None:
    """Return the author's prose of a section, if there is any."""
    paragraphs = tuple(part for part in _BLANK.split(section.text) if part.strip())
    columns = section.table.columns if section.table else ()
    rows = section.table.rows if section.table else ()
    filled = tuple((*row, *("–" for _ in columns))[: len(columns)] for row in rows)
    inner = [(one.title, prose(page, one)) for one in getattr(section, "sections", ())]
    found = Prose(
        paragraphs,
        section.items,
        section.steps,
        columns,
        filled,
        _box(section.code) if section.code else None,
        of_topic(page, section.claims),
        tuple(Smaller(title, made) for title, made in inner if made),
    )
    return found if any(found) else None


def _box(code: Code) -> Box:
    text = verbatim(code.text)
    return Box(fence_around(text), code.language, text)
