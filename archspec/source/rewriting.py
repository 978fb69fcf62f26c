"""Changes to a YAML text that leave every other character as it is: comments, order, line endings, quotes."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, Literal, NamedTuple

from archspec.errors import KeyPath, SpecError
from archspec.source import parse
from archspec.source.lines import line_end, line_start
from archspec.source.removing import CannotChangeError, Splice, content_end, removals
from archspec.source.spans import Place, Span, places, spans

_PLAIN = re.compile(r"[A-Za-z0-9$][A-Za-z0-9_./$-]*")
_NULLS = ("null", "Null", "NULL")


class Change(NamedTuple):
    """What happens to the entry or item that begins at an offset of a text.

    `set` replaces the value, or with a `key` gives one to that key of it; `rename` gives the entry another key.
    """

    offset: int
    is_item: bool
    does: Literal["remove", "set", "rename"]
    key: str = ""
    value: str = ""


class Rewriting:
    """A text that is to be changed, with the place of everything in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.places = {(place.child.start, place.child.key is None): place for place in places(spans(text))}

    def place(self, change: Change) -> Place | None:
        """Return the place of what is to be changed; nothing where nothing begins there."""
        return self.places.get((change.offset, change.is_item))

    def refusal(self, change: Change) -> str:
        """Say why something cannot be changed by itself; nothing where it can."""
        place = self.places[change.offset, change.is_item]
        try:
            _refuse_shared(place)
            list(self._splices([change]))
        except CannotChangeError as error:
            return str(error)
        return ""

    def run(self, changes: Iterable[Change]) -> str:
        """Return the text with all changes. Raises `CannotChangeError` where that would change anything else."""
        wanted = list(dict.fromkeys(changes))
        text, end = self.text, len(self.text) + 1
        for start, stop, new in reversed(_outermost(self._splices(wanted))):
            if stop > end:
                raise CannotChangeError("two changes touch each other")
            text, end = text[:start] + new + text[stop:], start
        try:
            as_meant = parse(text).data == self._expected(wanted)
        except SpecError as error:
            raise CannotChangeError(error.problems[0].message) from None
        if not as_meant:
            raise CannotChangeError("the text around it would change its meaning")
        return text

    def _splices(self, changes: Sequence[Change]) -> Iterator[Splice]:
        removed: Mapping[int, list[Place]] = defaultdict(list)
        for change in changes:
            place = self.places[change.offset, change.is_item]
            match change.does:
                case "remove":
                    removed[id(place.holder)].append(place)
                case "rename":
                    assert place.child.key  # noqa: S101  only entries are renamed
                    yield _replaced(place.child.key, change.value)
                case "set" if change.key:
                    yield self._added(place, change)
                case "set":
                    yield _replaced(place.child.value, change.value)
        for all_ in removed.values():
            yield from removals(self.text, all_)

    def _added(self, place: Place, change: Change) -> Splice:
        """Write a key behind the last one of a mapping."""
        holder = place.child.value
        if holder.form != "mapping" or not holder.children:
            raise CannotChangeError("it holds no keys yet")
        last, new = holder.children[-1], f"{change.key}: {spell(change.value)}"
        if holder.flow:
            return last.end, last.end, f", {new}"
        first = holder.children[0].start
        indent = " " * (first - line_start(self.text, first))
        at = line_end(self.text, content_end(self.text, last.start, last.end))
        newline = "\r\n" if self.text.find("\r\n") >= 0 else "\n"
        return at, at, f"{newline}{indent}{new}"

    def _expected(self, changes: Iterable[Change]) -> Any:  # noqa: ANN401  plain data
        """Return the data with the changes made in it: what the changed text has to say."""
        data = deepcopy(parse(self.text).data)
        found = [(self.places[change.offset, change.is_item].path, change) for change in changes]
        # The last first, so that an item that goes moves none that is still to go; the inner before the outer.
        for path, change in sorted(found, key=lambda pair: (pair[1].offset, len(pair[0])), reverse=True):
            _change(data, path, change)
        return data


def _change(data: Any, path: KeyPath, change: Change) -> None:  # noqa: ANN401  plain data
    for step in path[:-1]:
        data = data[step]
    last: Any = path[-1]
    match change.does:
        case "remove":
            del data[last]
        case "rename":
            data[change.value] = data.pop(last)
        case "set" if change.key:
            data[last][change.key] = change.value
        case "set":
            data[last] = change.value


def _outermost(splices: Iterable[Splice]) -> list[Splice]:
    """Leave out what stands within something that is removed, in order."""
    kept: list[Splice] = []
    for one in sorted(splices, key=lambda splice: (splice[0], -splice[1])):
        if not (kept and one[0] < kept[-1][1] and one[1] <= kept[-1][1]):
            kept.append(one)
    return kept


def _refuse_shared(place: Place) -> None:
    """Refuse what is written once for several places of its file: somebody has to decide for all of them."""
    outer: Place | None = place
    while outer:
        if outer.child.value.is_shared or outer.holder.is_shared:
            raise CannotChangeError("it is written once for several places, with an anchor or an alias")
        outer = outer.outer
    if any(one.child.value.is_shared for one in places(place.child.value)):
        raise CannotChangeError("it holds an anchor or an alias")


def _replaced(scalar: Span, value: str) -> Splice:
    if scalar.form != "scalar" or scalar.style in ("|", ">"):
        raise CannotChangeError("it is no single value on a line")
    quote = scalar.style if scalar.style in ("'", '"') and _PLAIN.fullmatch(value) else ""
    return scalar.start, scalar.end, f"{quote}{value}{quote}" if quote else spell(value)


def spell(value: str) -> str:
    """Write a text as YAML, in quotes where it needs them."""
    return value if _PLAIN.fullmatch(value) and value not in _NULLS else json.dumps(value, ensure_ascii=False)
