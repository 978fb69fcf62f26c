"""What the page is made from, and how it calls places of the spec."""

from os.path import relpath
from pathlib import PurePath
from typing import NamedTuple

from archspec.checks import Checked
from archspec.errors import KeyPath, Locate, Location
from archspec.graph.graph import Graph


class Links(NamedTuple):
    """The spec's path in its project, as the page calls it, and the way from the page to the rules' pages, if any."""

    origin: str = ""
    rules: str = ""


class Sheet(NamedTuple):
    """One page in the making."""

    graph: Graph
    checked: Checked
    locate: Locate
    links: Links

    def place(self, path: KeyPath) -> str:
        """Write where something stands: `specs/shop.yaml:12`; the same wherever the project lies."""
        return self.spot(self.locate(path))

    def spot(self, location: Location) -> str:
        """Write a location in the same way."""
        main = self.locate(()).file
        origin = PurePath(self.links.origin or PurePath(main).name)
        beside = origin.parent / relpath(location.file, PurePath(main).parent)
        return f"{(origin if location.file == main else beside).as_posix()}:{location.line}"
