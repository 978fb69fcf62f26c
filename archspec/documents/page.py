"""What every section is made from: the graph, the findings, and how the document names and links them."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from pathlib import PurePosixPath

from archspec.checks import Checked
from archspec.documents import Picture
from archspec.documents.groups import LAID_OUT, section_of
from archspec.documents.headings import possible_titles
from archspec.documents.markup import Markdown, anchor, code, escape, join, link, slug
from archspec.documents.stating import referrers
from archspec.documents.wording import DERIVED
from archspec.errors import KeyPath
from archspec.findings import Finding
from archspec.graph.graph import Graph
from archspec.model.architecture import LISTS, Architecture, element_kinds
from archspec.model.data import Store
from archspec.model.document import SectionName
from archspec.model.element import INTERNET, Element


def homes(kinds: Iterable[type[Element]]) -> Mapping[str, SectionName]:
    """Return kind of element → its section; one without a section of its own stands among the supporting services."""
    return {one.kind: section_of(one) for one in kinds}


HOMES: Mapping[str, SectionName] = homes(element_kinds().values())
"""Kind of element → the section that describes it, where the document has that section."""


@dataclass(frozen=True, eq=False)
class Page:
    """One document in the making. `shown` are the sections it has, `taken` the anchors of its headings.

    `rules` leads from the document to the folder that holds a page for each rule; without it rules are not linked.
    """

    graph: Graph
    checked: Checked
    pictures: Sequence[Picture]
    rules: str
    shown: frozenset[str]
    taken: frozenset[str]

    @property
    def architecture(self) -> Architecture:
        """The architecture that is described."""
        return self.graph.architecture

    def home(self, element: Element) -> SectionName | None:
        """Return the section of this document that describes an element; none does the internet.

        Where its own section is left out, what no layout shows stands among the supporting services, and anything in
        the inventory, if those are there.
        """
        own = HOMES.get(element.kind)
        if own is None:
            return None
        has_layout = LAID_OUT.get(own, {}).get(element.home[1]) is not None
        others: tuple[SectionName, ...] = ("inventory",) if has_layout else ("supporting-services", "inventory")
        return next((section for section in (own, *others) if section in self.shown), None)

    @property
    def stores(self) -> tuple[Store, ...]:
        """Every store, databases first."""
        return (*self.architecture.data.databases.values(), *self.architecture.data.caches.values())

    def define(self, element: Element) -> Markdown:
        """Name an element where it is described: its anchor, title, id, status and findings."""
        title = f"{escape(element.title)} {code(element.id)}" if element.title else escape(element.id)
        named = f"{anchor(self._anchor(element.id))}{title}{DERIVED if element.derived else ''}"
        assumed = " (assumed)" if element.assumed else ""
        return Markdown(f"{named}{_status(element)}{assumed}{self.marks(element.id)}")

    def refer(self, id_: str) -> Markdown:
        """Name an element anywhere else, with a link to its description; anything else (a CIDR block) in code type."""
        element = self.architecture.elements.get(id_)
        if element is None:
            return code(id_)
        label = self.label(id_)
        if id_ == INTERNET or self.home(element) is None:
            return Markdown(f"{escape(label)}{_status(element)}")
        return Markdown(f"{link(label, f'#{self._anchor(id_)}')}{_status(element)}")

    def subject(self, name: str) -> Markdown:
        """Name the subject of a finding or waiver: an element, or else something that has no place of its own."""
        return self.refer(name) if name in self.architecture.elements else escape(name)

    def rule(self, id_: str) -> Markdown:
        """Name a rule that ran, with a link to its page where there are such pages; any other without."""
        return link(id_, f"{self.rules}/{id_}.md") if self.rules and id_ in self.checked.tallies else escape(id_)

    def label(self, id_: str) -> str:
        """Return how an element is called in plain text, by its id where several have its title."""
        element = self.architecture.elements.get(id_)
        return element.label if element and self._labels[element.label] == 1 else id_

    def refer_all(self, ids: Sequence[str]) -> Markdown:
        """Name several elements, with commas between."""
        return join([self.refer(id_) for id_ in ids])

    def _anchor(self, id_: str) -> str:
        name = slug(id_.replace("/", "--"))  # no id has two hyphens in a row
        return f"{name}-element" if name in self._headings or name.startswith("finding-") else name

    @cached_property
    def _headings(self) -> frozenset[str]:
        """The anchors of the document's headings, and of those that tables of elements may have."""
        kinds = {type(element) for element in self.architecture.elements.values()}
        return self.taken | {slug(title) for kind in kinds for title in possible_titles(kind)}

    @cached_property
    def referrers(self) -> Mapping[str, Sequence[str]]:
        """Id of an element → the ids of those that refer to it."""
        return referrers(self.architecture)

    @cached_property
    def _labels(self) -> Mapping[str, int]:
        return Counter(element.label for element in self.architecture.elements.values())

    @cached_property
    def anchors(self) -> Mapping[int, str]:
        """Position of a finding → its anchor, made from rule and subject."""
        found: dict[str, int] = {}
        named: dict[int, str] = {}
        for i, finding in enumerate(self.checked.findings):
            name = f"finding-{finding.rule.lower()}-{_words(finding.subject)}"
            found[name] = found.get(name, 0) + 1
            named[i] = name if found[name] == 1 else f"{name}-{found[name]}"
        return named

    def cite(self, i: int) -> Markdown:
        """Name the finding at position `i`, with a link to it."""
        finding = self.checked.findings[i]
        named = link(finding.rule, f"#{self.anchors[i]}") if "findings" in self.shown else escape(finding.rule)
        return Markdown(f"{named} (waived)") if finding.waiver else named

    def cited(self, subject: str) -> list[Markdown]:
        """Name every failure of a subject."""
        return [self.cite(i) for i in self._failures.get(subject, ())]

    @cached_property
    def _failures(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = {}
        for i, finding in enumerate(self.checked.findings):
            if finding.outcome == "fail":
                found.setdefault(finding.subject, []).append(i)
        return found

    def marks(self, subject: str) -> Markdown:
        """Return what to print behind a subject that has findings."""
        found = self.cited(subject)
        return Markdown(f" ⚠ {join(found)}") if found else Markdown()

    def place(self, finding: Finding) -> Markdown:
        """Say where a finding's subject stands: file and keys. A line number would change with every edit above it."""
        file = PurePosixPath(finding.location.file).name
        path = self._paths.get(finding.subject)
        return Markdown(f"{code(file)} {code(_dotted(path))}") if path else code(file)

    @cached_property
    def _paths(self) -> Mapping[str, KeyPath]:
        whole = self.architecture
        listed = [one for home in LISTS for one in attrgetter(home)(whole) if hasattr(one, "id")]
        return {one.id: one.path for one in (*whole.elements.values(), *listed, whole.cost)}


def refer_if(page: Page, id_: str) -> Markdown:
    """Name the element, if one is meant at all."""
    return page.refer(id_) if id_ else Markdown()


def _dotted(path: KeyPath) -> str:
    """Write keys as a path; an id without its environment, as it stands in the spec and in an overlay."""
    named = [step if isinstance(step, int) else step.rpartition("/")[2] for step in path]
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in named).removeprefix(".")


def _words(text: str) -> str:
    return re.sub(r"-+", "-", slug(re.sub(r"[^a-z0-9]+", "-", text.lower()))).strip("-")


def _status(element: Element) -> str:
    return "" if element.status == "current" else f" ({element.status})"
