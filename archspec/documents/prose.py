"""The author's own prose in a section: paragraphs, a list, steps, a table."""

import re
from typing import NamedTuple

from archspec.model.document import Section

_BLANK = re.compile(r"\n\s*\n")


class Prose(NamedTuple):
    """The parts, as text. Every row has as many cells as there are columns."""

    paragraphs: tuple[str, ...]
    items: tuple[str, ...]
    steps: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def prose(section: Section) -> Prose | None:
    """Return the author's prose of a section, if there is any."""
    paragraphs = tuple(part for part in _BLANK.split(section.text) if part.strip())
    columns = section.table.columns if section.table else ()
    rows = section.table.rows if section.table else ()
    filled = tuple((*row, *("–" for _ in columns))[: len(columns)] for row in rows)
    found = Prose(paragraphs, section.items, section.steps, columns, filled)
    return found if any(found) else None
