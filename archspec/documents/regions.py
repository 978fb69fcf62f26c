"""What a region of a hand-written file is filled with: a section of a system's document, or a picture.

Links of a section lead from that file to the document: what they lead to need not be in the file.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from archspec.documents import markdown
from archspec.documents.injection import Unfit
from archspec.documents.markup import FENCED, link
from archspec.documents.page import Page
from archspec.documents.sections import SECTIONS
from archspec.documents.tables import align
from archspec.documents.wording import COMPUTED, DERIVED
from archspec.mistakes import suggest
from archspec.model.document import SectionName
from archspec.views import VIEWS

NOTHING = "*Nothing to show.*"
"""What stands where a section or a view has nothing to show."""

_PICTURE = ".svg"
# Fences and code come first, so that nothing in them is taken for a link or an anchor.
_PARTS = re.compile(
    rf'{FENCED}|`[^`\n]*`|(?P<link>(?<!\\)\]\((?=#))|(?P<anchor><a id="[^"]*"></a>)', re.MULTILINE | re.DOTALL
)
_LEGEND = {
    COMPUTED: f"{COMPUTED} computed by archspec from what the spec states.",
    DERIVED: f"{DERIVED} derived: AWS needs it and the spec leaves it out.",
}


class Described(NamedTuple):
    """A system as one file shows it: pictures and rules are linked from that file, and so is the system's document."""

    page: Page
    document: str


def content(name: str, systems: Mapping[str, Described], templates: Path | None = None) -> str | Unfit:
    """Return what belongs into a region: `SECTION`, `VIEW` or, where a section has that name too, `VIEW.svg`.

    `SYSTEM/` before it says whose; one system goes without saying. Raises `SpecError` where a template of the folder
    fails.
    """
    system, _, part = name.rpartition("/")
    section = next((one for one in SECTIONS if one == part), None)
    view = part.removesuffix(_PICTURE)
    drawn = [picture.name for one in systems.values() for picture in one.page.pictures]
    if section is None and view not in (*VIEWS, *drawn):
        pictures = [f"{one}{_PICTURE}" if one in SECTIONS else one for one in dict.fromkeys((*VIEWS, *drawn))]
        return Unfit(f"no section or view is called '{part}'", suggest(part, [*SECTIONS, *pictures]))
    if system not in systems and (system or len(systems) != 1):
        return _unknown(system, part, list(systems))
    described = systems[system] if system else next(iter(systems.values()))
    return _excerpt(described, section, templates) if section else _picture(described.page, view)


def _unknown(system: str, part: str, known: list[str]) -> Unfit:
    if system:
        return Unfit(f"no system is called '{system}'", suggest(system, known))
    return Unfit(
        f"'{part}' may be of any of {len(known)} systems",
        f"write one of {', '.join(f'`{one}/{part}`' for one in known)}",
    )


def _excerpt(described: Described, section: SectionName, templates: Path | None) -> str:
    """Return a section without its heading and anchors, which could be those of the file's own headings."""
    # A file with one section has no pictures; a section that they would spare a diagram keeps it.
    page = described.page if section == "pictures" else replace(described.page, pictures=())
    text = markdown.part(page, section, templates)
    to = f"]({quote(described.document, safe='/.~_-')}"
    moved = align(_PARTS.sub(lambda found: _moved(found, to), text))
    legend = " ".join(words for mark, words in _LEGEND.items() if mark in text)
    return "\n\n".join(filter(None, [moved or NOTHING, legend]))


def _moved(found: re.Match[str], to: str) -> str:
    return to if found["link"] else "" if found["anchor"] else found[0]


def _picture(page: Page, view: str) -> str:
    """Return the picture of that name, or those of every environment."""
    found = [one for one in page.pictures if one.name == view]
    found = found or [one for one in page.pictures if one.name.startswith(f"{view}-")]
    return "\n\n".join(f"!{link(one.description or one.title, one.link)}" for one in found) or NOTHING
