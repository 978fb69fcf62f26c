"""What is there today: the elements, flows and steps that are neither planned nor disabled, removed or recommended."""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class _Standing(Protocol):
    @property
    def status(self) -> str: ...


_S = TypeVar("_S", bound=_Standing)


def current(those: Iterable[_S]) -> list[_S]:
    """Return those of a kind, or of a list, that are there today, in their order."""
    return [one for one in those if one.status == "current"]
