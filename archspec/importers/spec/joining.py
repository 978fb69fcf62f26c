"""The sources of several files → one, as if one file held everything."""

from typing import Any

from archspec.errors import KeyPath, Problem, SpecError
from archspec.source import Source

# Sections hold kinds, kinds hold elements: what lies deeper is one element's own and is never written in two files.
_JOINED_LEVELS = 2
# What holds sections in turn: `shared`, and each of the environments.
_LEVELS_ABOVE = {"shared": 1, "environments": 2}
_Container = dict[str, Any] | list[Any]


def join(sources: list[Source]) -> Source:
    """Join the sources: sections and kinds are joined, lists follow each other.

    Raises `SpecError` where two files write the same key, and where a file holds no keys at all.
    """
    marks: dict[int, list[int]] = {}
    for number, found in enumerate(sources):
        marks |= found.numbered(number)
    joined = Source({}, tuple(s.files[0] for s in sources), tuple(s.texts[0] for s in sources), marks, {})
    marks[id(joined.data)] = [0]
    joining = _Joining(joined)
    for found in sources:
        if isinstance(found.data, dict):
            joining.mapping(joined.data, found.data, ())
        elif found.data is not None:
            joining.problems.append(
                Problem("holds no keys of a spec", found.locate(()), "write sections, as in `network:`")
            )
    if joining.problems:
        raise SpecError(tuple(joining.problems))
    return joined


class _Joining:
    """Writes into the joined source. What two files share is made anew, so that no file's own data changes."""

    def __init__(self, joined: Source) -> None:
        self.joined, self.marks = joined, joined.marks
        self.problems: list[Problem] = []

    def mapping(self, into: dict[str, Any], more: dict[str, Any], path: KeyPath) -> None:
        """Write the keys of `more` into `into`, both at `path`."""
        places = self.marks[id(more)]
        for position, (key, value) in enumerate(more.items()):
            key_mark, value_mark = places[1 + 2 * position : 3 + 2 * position]
            levels = _JOINED_LEVELS + (_LEVELS_ABOVE.get(str(path[0]), 0) if path else 0)
            shared = len(path) < levels and isinstance(value, dict | list)
            if key not in into:
                into[key] = self._empty(value, value_mark) if shared else value
                self.marks[id(into)] += (key_mark, value_mark)
            elif not shared or type(into[key]) is not type(value):
                self._refuse(into, key, key_mark)
                continue
            if shared:
                self._add(into[key], value, (*path, key))

    def _empty(self, like: _Container, mark: int) -> _Container:
        made = type(like)()
        self.marks[id(made)] = [mark]
        return made

    def _add(self, into: _Container, more: _Container, path: KeyPath) -> None:
        if isinstance(into, dict) and isinstance(more, dict):
            self.mapping(into, more, path)
        elif isinstance(into, list) and isinstance(more, list):
            into += more
            self.marks[id(into)] += self.marks[id(more)][1:]

    def _refuse(self, into: dict[str, Any], key: str, mark: int) -> None:
        first = self.joined.unpack(self.marks[id(into)][1 + 2 * list(into).index(key)])
        message = f"the key '{key}' is already written at {first}"
        self.problems.append(Problem(message, self.joined.unpack(mark), "keep one of the two"))
