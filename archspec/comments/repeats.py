"""What is said of several environments alike is told once, with the others' names."""

import re
from collections.abc import Callable, Collection, Hashable, Iterable
from typing import TypeVar

_T = TypeVar("_T")
Once = tuple[_T, tuple[str, ...]]
"""A thing, and the other environments of which the same is to be said."""


def once_each(
    found: Iterable[_T], environments: Collection[str], key: Callable[[_T], tuple[Hashable, str]]
) -> list[Once[_T]]:
    """Return things in their order, the first of those that differ in nothing but the environment.

    `key` gives what has to be equal, and the text in which ids begin with their environment.
    """
    names = "|".join(sorted(map(re.escape, environments)))
    prefix = re.compile(rf"(?<![\w/-])({names})/") if names else None
    groups: dict[tuple[Hashable, str], list[tuple[_T, str]]] = {}
    for one in found:
        same, text = key(one)
        match = prefix.search(text) if prefix else None
        bare = prefix.sub("", text) if prefix else text
        groups.setdefault((same, bare), []).append((one, match[1] if match else ""))
    return [once for some in groups.values() for once in _told_once(some)]


def _told_once(some: list[tuple[_T, str]]) -> list[Once[_T]]:
    """Tell one of several; of things without an environment, and of several in one, each."""
    seen: dict[str, _T] = {}
    again: list[Once[_T]] = []
    for one, environment in some:
        if environment and environment not in seen:
            seen[environment] = one
        else:
            again.append((one, ()))
    first = [(next(iter(seen.values())), tuple(seen)[1:])] if seen else []
    return [*first, *again]
