"""Exporters: an architecture in, files for another tool and their source map out.

A table entry is a module, or anything else with an `export`. Each imports what it needs when it is called,
so that reading the table for its names costs nothing.
"""

from typing import TYPE_CHECKING, Protocol

from archspec.exporters import cloudformation, terraform

if TYPE_CHECKING:
    from archspec.artifacts import Artifacts
    from archspec.model.architecture import Architecture


class Exporter(Protocol):
    """Writes another tool's files. It reads nothing but the architecture: same in, same out."""

    def export(self, architecture: "Architecture") -> "Artifacts":
        """Return the files and, for every address in them, the element and lines that it comes from.

        `architecture` is complete (see `archspec.defaults`). What cannot be exported is listed in the files.
        """


EXPORTERS: dict[str, Exporter] = {
    "cloudformation": cloudformation,
    "terraform": terraform,
}
"""Target → exporter."""
