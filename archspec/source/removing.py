"""What goes from a YAML text when entries or items of one mapping or list are removed.

In brackets a comma goes along; without brackets the whole lines go. A comment beside what goes, goes with it; a comment
on a line of its own stays. What is empty then is written as `{}` or `[]`, because an empty value is no value.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from archspec.source.lines import line_start
from archspec.source.spans import Child, Place, Span

_GAP = re.compile(r"(?:[ \t\r\n]|(?<![^ \t\r\n])#[^\r\n]*)*")
_BESIDE = re.compile(r"[ \t]*(?:(?<=[ \t])#[^\r\n]*)?")
_BREAK = re.compile(r"\r\n|\r|\n|\Z")
_OWN_LINE = re.compile(r"[\r\n][ \t]*#")
_COLON = re.compile(r"[ \t]*:")

Splice = tuple[int, int, str]
"""From where to where something is replaced, and with what."""


class CannotChangeError(Exception):
    """Raised with the reason why a text cannot be changed without touching anything else."""


def removals(text: str, places: Sequence[Place]) -> Iterator[Splice]:
    """Yield what is replaced with what, where these places of one holder are removed."""
    holder, outer = places[0].holder, places[0].outer
    gone = sorted({place.position for place in places})
    if holder.flow:
        yield from _from_brackets(text, holder, gone)
        return
    if len(gone) == len(holder.children):
        yield _emptied(text, holder, outer)
    for position in gone:
        yield _lines(text, holder, position)


def content_end(text: str, start: int, end: int) -> int:
    """Return where the last character that is no space stands behind `start`: a text block ends after empty lines."""
    while end > start and text[end - 1] in " \t\r\n":
        end -= 1
    return end


def _emptied(text: str, holder: Span, outer: Place | None) -> Splice:
    """Write what is left of a holder without brackets: behind its key, before any comment there."""
    key = outer.child.key if outer else None
    colon = _COLON.match(text, key.end) if key else None
    if colon is None:
        raise CannotChangeError("nothing would be left of what it stands in")
    return colon.end(), colon.end(), " {}" if holder.form == "mapping" else " []"


def _lines(text: str, holder: Span, position: int) -> Splice:
    """Remove the lines of an entry or item, which must be its own."""
    child = holder.children[position]
    begin = child.start if child.key else _dash(text, holder, position)
    first = line_start(text, begin)
    after = _BREAK.match(text, _beside(text, content_end(text, begin, child.end)))
    if text[first:begin].strip() or not after:
        raise CannotChangeError("it shares a line with something else")
    return first, after.end(), ""


def _dash(text: str, holder: Span, position: int) -> int:
    """Return where the dash of an item stands: a parser tells only of the list's first."""
    if position == 0:
        return holder.start
    before = holder.children[position - 1]
    return _gap(text, content_end(text, before.start, before.end))


def _gap(text: str, offset: int) -> int:
    """Return where the next thing stands behind spaces, empty lines and comments."""
    found = _GAP.match(text, offset)
    return found.end() if found else offset


def _beside(text: str, offset: int) -> int:
    """Return the offset behind spaces and a comment on the same line."""
    found = _BESIDE.match(text, offset)
    return found.end() if found else offset


def _from_brackets(text: str, holder: Span, gone: Sequence[int]) -> Iterator[Splice]:
    last_kept = max(set(range(len(holder.children))) - set(gone), default=-1)
    for position in gone:
        if position < last_kept:
            yield _with_its_comma(text, holder.children[position])
    tail = [holder.children[position] for position in gone if position > last_kept]
    if tail:
        yield _tail(text, holder.children[last_kept] if last_kept >= 0 else None, tail)


def _with_its_comma(text: str, child: Child) -> Splice:
    """Remove what stands before something that is kept: up to that, or its own line whole."""
    comma = _gap(text, child.end)
    _keep_comments(text, child.end, comma)
    end = _beside(text, comma + 1)
    after = _BREAK.match(text, end)
    if not after:
        return child.start, end, ""
    if _begins_line(text, child):
        return line_start(text, child.start), after.end(), ""
    return content_end(text, 0, child.start), end, ""


def _tail(text: str, kept: Child | None, tail: Sequence[Child]) -> Splice:
    """Remove the last ones, with the comma before them or, where a comment stands behind that, without."""
    first, last = tail[0], tail[-1]
    for one, other in pairwise(tail):
        _keep_comments(text, one.end, other.start)
    comma = _gap(text, last.end)
    is_comma = text[comma : comma + 1] == ","
    _keep_comments(text, last.end, comma if is_comma else last.end)
    end = comma + 1 if is_comma else last.end
    after = _BREAK.match(text, _beside(text, end)) if _begins_line(text, first) else None
    before = _gap(text, kept.end) if kept else -1
    if kept and "#" not in text[before : first.start]:
        return before, after.start() if after else end, ""
    return (line_start(text, first.start), after.end(), "") if after else (first.start, end, "")


def _keep_comments(text: str, start: int, end: int) -> None:
    if _OWN_LINE.search(text, start, end):
        raise CannotChangeError("a comment stands within what would go")


def _begins_line(text: str, child: Child) -> bool:
    return not text[line_start(text, child.start) : child.start].strip()
