"""Every element once, with everything that is stated of it: for who wants to look something up."""

from typing import NamedTuple

from archspec.documents.element_tables import Table, inventory
from archspec.documents.page import Page

TITLE = "Inventory"


class Inventory(NamedTuple):
    """The facts, a table for each area."""

    tables: tuple[Table, ...]


def make(page: Page) -> Inventory | None:
    """Return the inventory, if there are any elements."""
    tables = inventory(page)
    return Inventory(tables) if tables else None
