"""Elements of any kind → tables of what they state, from the typed model alone: a new kind needs nothing here.

A kind has one table: the element, a column for everything that any of its elements states, and notes. A list of models
in an element (the stages of a pipeline) has a table of its own below, with the same columns by the same rule.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from archspec.documents.cells import NOTHING, Spelling, cell, remarks, semicolons, summary
from archspec.documents.groups import GROUPS, LAID_OUT, USED_BY
from archspec.documents.headings import also_title, area_title, heading, list_title, phrase, plural
from archspec.documents.markup import Markdown
from archspec.documents.page import Page
from archspec.documents.stating import Fact, facts_of, is_shown, models_listed, stated_in
from archspec.documents.wording import computed
from archspec.model.architecture import AREAS
from archspec.model.document import SectionName
from archspec.model.element import INTERNET, Element, Model
from archspec.model.quantity import Count, Money, Percent, Size


class Column(NamedTuple):
    """A heading, the cells below it, and whether they are figures, which stand right."""

    heading: str
    cells: tuple[Markdown, ...]
    right: bool = False


class Table(NamedTuple):
    """A table with its title. Every column has as many cells."""

    title: str
    columns: tuple[Column, ...]

    @property
    def rows(self) -> tuple[tuple[Markdown, ...], ...]:
        """The cells by row."""
        return tuple(zip(*(column.cells for column in self.columns), strict=True))


def section_tables(page: Page, section: SectionName) -> tuple[Table, ...]:
    """Return the tables of a section: every kind of a group, or what the layout of a section does not show."""
    layout = LAID_OUT.get(section, {})
    tables: list[Table] = []
    for key in GROUPS[section].keys if section in GROUPS else layout:
        elements = [one for one in page.architecture.elements.values() if one.home[1] == key]
        shown = layout.get(key)
        if elements:
            tables += describe(page, elements) if shown is None else also_stated(page, elements, shown)
    return tuple(tables)


def describe(page: Page, elements: Sequence[Element]) -> tuple[Table, ...]:
    """Return the tables of elements of one kind, where the document describes them: links to them lead here."""
    kind = type(elements[0])
    first = Column(heading(kind.kind), tuple(page.define(one) for one in elements))
    users = [_users(page, elements)] if kind.home[1] in USED_BY else []
    columns = (first, *_facts(page, elements, ()), *users, _notes(elements, ()))
    return (_table(plural(kind), columns), *_lists(page, elements, ()))


def also_stated(page: Page, elements: Sequence[Element], shown: Collection[str]) -> tuple[Table, ...]:
    """Return the tables of what elements of one kind state beside the keys that are `shown` elsewhere."""
    kind, also = type(elements[0]), {*shown, "assumed"}
    more = [one for one in elements if any(not models_listed(getattr(one, fact.name)) for fact in _more(one, also))]
    first = Column(heading(kind.kind), tuple(page.refer(one.id) for one in more))
    table = _table(also_title(kind), (first, *_facts(page, more, also), _notes(more, also)))
    return (*([table] if len(table.columns) > 1 else []), *_lists(page, elements, also))


def inventory(page: Page) -> tuple[Table, ...]:
    """Return a table for each area, in which every element has one row with everything that it states."""
    found: list[Table] = []
    for area in AREAS:
        elements = [one for one in page.architecture.elements.values() if one.home[0] == area and one.id != INTERNET]
        named = [page.define(one) if page.home(one) == "inventory" else page.refer(one.id) for one in elements]
        columns = (
            Column("Element", tuple(named)),
            Column("Kind", tuple(Markdown(phrase(one.kind)) for one in elements)),
            Column("Everything stated", tuple(summary(page, one) or NOTHING for one in elements)),
        )
        found += [Table(area_title(area), columns)] if elements else []
    return tuple(found)


def _lists(page: Page, elements: Sequence[Element], shown: Collection[str]) -> Iterator[Table]:
    """Yield a table for each list of models that any of the elements holds, with a row for each model in it."""
    found: dict[str, list[tuple[Markdown, Model]]] = {}
    for element in elements:
        for words, models in _models(element, shown):
            found.setdefault(words, []).extend((page.refer(element.id), model) for model in models)
    for words, rows in found.items():
        kind, holders = type(elements[0]), [model for _, model in rows]
        first = Column(heading(kind.kind), tuple(name for name, _ in rows))
        yield _table(list_title(kind, words), (first, *_facts(page, holders, ()), _notes(holders, ())))


def _models(holder: Model, shown: Collection[str]) -> Iterator[tuple[str, Sequence[Model]]]:
    """Yield the lists of models in a model and in the single models within it, with the words for where they stand."""
    for fact in _more(holder, shown):
        value = getattr(holder, fact.name)
        if models := models_listed(value):
            yield phrase(fact.key), models
        elif isinstance(value, Model):
            yield from ((f"{phrase(fact.key)} {words}", models) for words, models in _models(value, ()))


def _more(holder: Model, shown: Collection[str]) -> list[Fact]:
    return [fact for fact in stated_in(holder) if not is_shown(holder, fact, shown)]


def _facts(page: Page, holders: Sequence[Model], shown: Collection[str]) -> Iterator[Column]:
    """Yield a column for what any of the holders states: the name first, tags last, notes not yet.

    Left out are the VPC where there is one, and names that titles say already.
    """
    stated = {fact.key for holder in holders for fact in _more(holder, shown)} - {"note", "assumed"}
    if len(page.architecture.network.vpcs) == 1:
        stated -= {"vpc"}  # it goes without saying
    if all(isinstance(holder, Element) and holder.name in ("", holder.title) for holder in holders):
        stated -= {"name"}
    kinds = dict.fromkeys(type(holder) for holder in holders)
    facts = {fact.key: fact for kind in kinds for fact in facts_of(kind) if fact.key in stated}
    is_element = any(issubclass(kind, Element) for kind in kinds)
    for key in sorted(facts, key=lambda key: (key != "name", key == "tags") if is_element else (False, False)):
        yield _column(page, facts[key], holders)


def _column(page: Page, fact: Fact, holders: Sequence[Model]) -> Column:
    values = [getattr(holder, fact.name, None) for holder in holders]
    is_inner = not isinstance(holders[0], Element)
    how = Spelling(page, "; ", lists=is_inner)
    cells = [NOTHING if models_listed(value) and not is_inner else cell(how, fact, value) for value in values]
    figures = [value for value in values if value is not None]
    return Column(heading(fact.key), tuple(cells), all(_is_figure(value) for value in figures))


def _is_figure(value: object) -> bool:
    return isinstance(value, int | Count | Money | Percent | Size) and not isinstance(value, bool)


def _users(page: Page, elements: Sequence[Element]) -> Column:
    """Return who refers to the elements, which archspec computes."""
    users = [page.referrers.get(one.id, ()) for one in elements]
    return Column("Used by", tuple(computed(page.refer_all(ids)) if ids else NOTHING for ids in users))


def _notes(holders: Sequence[Model], shown: Collection[str]) -> Column:
    return Column("Note", tuple(semicolons(remarks(holder, shown)) or NOTHING for holder in holders))


def _table(title: str, columns: Sequence[Column]) -> Table:
    """Return a table without the columns in which nothing stands, but for the first."""
    return Table(title, (columns[0], *(one for one in columns[1:] if any(text != NOTHING for text in one.cells))))
