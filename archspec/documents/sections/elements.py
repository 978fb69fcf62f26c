"""The sections that are nothing but tables of elements, and the tables behind the layout of any other section."""

from dataclasses import dataclass
from typing import NamedTuple

from archspec.documents.element_tables import Table, section_tables
from archspec.documents.groups import GROUPS
from archspec.documents.page import Page
from archspec.model.document import SectionName


class Elements(NamedTuple):
    """The facts."""

    tables: tuple[Table, ...]


@dataclass(frozen=True)
class ElementSection:
    """A section that needs no code of its own: a line in the table of groups."""

    name: SectionName

    @property
    def TITLE(self) -> str:  # noqa: N802  as the modules of the other sections have it
        """The title, as the group has it."""
        return GROUPS[self.name].title

    def make(self, page: Page) -> Elements | None:
        """Return the tables, if there are any; a single one needs no title below that of the section."""
        tables = section_tables(page, self.name)
        if len(tables) == 1:
            return Elements((tables[0]._replace(title=""),))
        return Elements(tables) if tables else None


def behind(page: Page, name: SectionName) -> Elements | None:
    """Return the tables behind the layout of a section, if there are any."""
    tables = section_tables(page, name)
    return Elements(tables) if tables else None
