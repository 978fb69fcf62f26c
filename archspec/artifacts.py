"""What an exporter makes for another tool: files, and which element each of that tool's names stands for."""

import json
from dataclasses import dataclass, field
from typing import NamedTuple

from archspec.errors import KeyPath, Locate


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an exported block comes from: the element's id and the path of the lines that decided it."""

    element: str
    path: KeyPath


class Omission(NamedTuple):
    """Something in the spec that the files do not hold, and why."""

    path: KeyPath
    reason: str


@dataclass(frozen=True, slots=True)
class Artifacts:
    """Files by relative path, the source map (the other tool's address → its origin), and what is not in them."""

    files: dict[str, str] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    omissions: tuple[Omission, ...] = ()


SOURCE_MAP = "source-map.json"
"""The file beside exported ones that says which line of the spec decides each of that tool's addresses."""


def source_map(artifacts: Artifacts, locate: Locate) -> str:
    """Return the source map as JSON: address → the element, the path and the file and line of what decides it."""
    found = {}
    for address, origin in sorted(artifacts.origins.items()):
        place = locate(origin.path)
        path = ".".join(map(str, origin.path))
        found[address] = {"element": origin.element, "path": path, "file": place.file, "line": place.line}
    return json.dumps(found, indent=2) + "\n"
