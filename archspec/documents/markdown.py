"""The architecture document as Markdown for GitHub: the same spec and findings give the same bytes."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from archspec.checks import Checked
from archspec.documents import Picture, sections
from archspec.documents.environment import fill
from archspec.documents.markup import FENCED, Markdown, escape, join, link, slug
from archspec.documents.page import Page
from archspec.documents.prose import prose
from archspec.documents.tables import align
from archspec.graph.graph import Graph
from archspec.model.architecture import Architecture
from archspec.model.document import Section, SectionName

SUBHEADINGS = frozenset({
    "contents", "what-is-claimed", "what-differs",
    "subnets", "what-stands-where", "gateways", "routes", "network-acls",
    "rules", "ways-to-the-data", "size-of-a-task-and-number-of-tasks", "where-the-tasks-run",
    "roles-secrets-and-logs-of-services", "scaling-policies", "scaling-schedules", "capacity-at-the-maximum",
    "deployments-of-services", "listeners", "target-groups", "where-stores-stand-and-how-they-are-protected",
    "instances", "backups", "costs-by-environment", "savings", "costs-by-period",
    "objectives-of-components", "what-can-be-lost", "how-long-it-takes", "how-soon-it-is-back",
    "recovering-the-whole-system",
    "copies-beside-the-backups", "drills", "when-an-availability-zone-is-lost",
    "flows-when-an-availability-zone-is-lost", "single-points-of-failure", "planned", "limits",
    "maintenance-windows", "decisions", "accepted", "not-told",
})  # fmt: skip
"""The anchors that GitHub gives to headings in the templates; an element with such an id gets another one."""

CLAIMED = "What is claimed"
"""The heading of the claims about what a ready section shows."""

_HEADING = re.compile(r"^(#{1,6}) (.*)$", re.MULTILINE)
_FENCE = re.compile(FENCED, re.MULTILINE | re.DOTALL)
_FENCE_OR_GAP = re.compile(rf"{FENCED}|\n{{3,}}", re.MULTILINE | re.DOTALL)
_ESCAPED = re.compile(r"\\(?=[^\w\s])")


class Body(NamedTuple):
    """One rendered section under its heading."""

    title: Markdown
    text: Markdown


def render(graph: Graph, checked: Checked, origin: str, pictures: Sequence[Picture] = (), rules: str = "") -> str:
    """Return the document.

    `origin` is the spec's path, as the first line names it. `pictures` are shown in order. `rules` leads from the
    document to the folder with a page for each rule; empty means that there is none.
    """
    return document(page(graph, checked, pictures, rules), origin)


def page(graph: Graph, checked: Checked, pictures: Sequence[Picture] = (), rules: str = "") -> Page:
    """Return what the sections are made from, for the sections that the architecture's document has."""
    chosen = _chosen(graph.architecture)
    return Page(
        graph=graph,
        checked=checked,
        pictures=tuple(pictures),
        rules=rules,
        shown=frozenset(section.section for section in chosen if section.section),
        taken=SUBHEADINGS | {slug(title) for title in _own_titles(graph.architecture, chosen)},
    )


def document(made: Page, origin: str, templates: Path | None = None) -> str:
    """Return the document of a page. `templates` is a folder with templates that replace ours.

    Raises `SpecError` where one of those fails.
    """
    chosen = _chosen(made.architecture)
    bodies = [body for section in chosen if (body := _body(made, section, templates))]
    rest = "".join(f"## {body.title}\n\n{body.text}\n\n" for body in bodies)
    contents = _contents(made.architecture.label, rest)
    first = Markdown(_comment(origin))
    values = {"architecture": made.architecture, "origin": first, "contents": contents, "rest": rest}
    return f"{_tidy(align(fill('page.md.j2', values, templates) + rest))}\n"


def part(made: Page, name: SectionName, templates: Path | None = None) -> str:
    """Return one section as the document has it, without its heading; empty where there is nothing to show.

    Its tables are not lined up yet. Raises `SpecError` where a template of the folder fails.
    """
    own = [one for one in _chosen(made.architecture) if one.section == name]
    body = _body(made, own[0] if own else Section(section=name), templates)
    return _tidy(body.text) if body else ""


def _chosen(architecture: Architecture) -> tuple[Section, ...]:
    return architecture.document.sections or tuple(Section(section=name) for name in sections.USUAL)


def _title(section: Section) -> str:
    return section.title or (sections.SECTIONS[section.section].TITLE if section.section else "")


def _own_titles(architecture: Architecture, chosen: Sequence[Section]) -> Iterator[str]:
    """Yield the headings that the spec gives: of sections, of those inside them, of journeys and of topics."""
    yield from (_title(section) for section in chosen)
    yield from (one.title for section in chosen for one in section.sections)
    yield from (one.title for one in architecture.journeys)
    yield from (one.topic for one in architecture.claims)


def _body(made: Page, section: Section, templates: Path | None) -> Body | None:
    """Render one section: the author's prose, what archspec has to show, smaller sections, claims; nothing without."""
    own = prose(made, section)
    if not section.section:
        parts = [fill("prose.md.j2", {"section": own}, templates)] if own else []
        return Body(escape(_title(section)), parts[0]) if parts else None
    smaller = own.sections if own else ()
    # One without a heading would belong to the last heading before it, so it goes with the prose.
    before = own._replace(claims=(), sections=tuple(one for one in smaller if not one.title)) if own else None
    after = [one for one in smaller if one.title]
    parts = [fill("prose.md.j2", {"section": before}, templates)] if before and any(before) else []
    parts += [fill(name, {"section": facts}, templates) for name, facts in sections.parts(made, section.section)]
    parts += [fill("smaller.md.j2", {"sections": after}, templates)] if after else []
    if own and own.claims:
        parts += [Markdown(f"### {CLAIMED}")] if parts else []
        parts.append(fill("claim_table.md.j2", {"claims": own.claims}, templates))
    return Body(escape(_title(section)), Markdown("\n\n".join(parts))) if parts else None


def _comment(text: str) -> str:
    """Return text that cannot end an HTML comment."""
    return re.sub(r"-(?=-)|[<>]|\s+", " ", text)


def _contents(label: str, text: str) -> Markdown:
    """Return links to the sections, by the anchors that GitHub gives their headings."""
    found = [link(Markdown(title), f"#{name}") for level, title, name in _anchors(label, text) if level == len("##")]
    return join(found, " ·\n")


def _anchors(label: str, text: str) -> Iterator[tuple[int, str, str]]:
    """Yield every heading with its anchor; GitHub numbers those that repeat an earlier one."""
    used = {slug(label): 1, "contents": 1}
    for found in _HEADING.finditer(_FENCE.sub("", text)):
        name = slug(_ESCAPED.sub("", found[2]))
        count = used.get(name, 0)
        used[name] = count + 1
        yield len(found[1]), found[2], f"{name}-{count}" if count else name


def _tidy(text: str) -> str:
    """Leave one blank line between blocks and none at the ends, and no space at the end of a line."""
    trimmed = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
    return _FENCE_OR_GAP.sub(lambda found: found[0] if found["fence"] else "\n\n", trimmed).strip()
