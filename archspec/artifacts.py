"""What an exporter makes for another tool: files, and which element each of that tool's names stands for."""

from dataclasses import dataclass, field
from typing import NamedTuple

from archspec.errors import KeyPath


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
