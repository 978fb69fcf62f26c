"""Long texts that repeat themselves → a shorter form as plain data, which a few lines of script unfold.

A compressor would make it shorter still, but two builds of zlib need not write the same bytes.
"""

from collections.abc import Iterator, Sequence
from typing import Final

Folded = list[list[str | int]]
"""For each text, in turn: what is new, then where a copy begins in all the text so far, and how long it is."""

_KEY: Final = 12
"""Characters by which a repeat is found."""

_LEAST: Final = 20
"""Characters that are worth a copy: its two numbers and their commas take about fourteen."""

_TRIES: Final = 6


def fold(texts: Sequence[str]) -> Folded:
    """Return texts without what stands in them, or in one before, already.

    No character may lie beyond U+FFFF: a script counts it as two.
    """
    whole, start = "".join(texts), 0
    seen: dict[str, list[int]] = {}
    folded: Folded = []
    for text in texts:
        folded.append([*_parts(whole, start, start + len(text), seen)])
        start += len(text)
    return folded


def _parts(whole: str, at: int, end: int, seen: dict[str, list[int]]) -> Iterator[str | int]:
    """Yield a text as what is new, and pairs of numbers for copies."""
    new = at
    while at < end:
        place, length = _longest(whole, at, end, seen)
        if length >= _LEAST:
            yield whole[new:at]
            yield place
            yield length
        stop = at + max(length, 1) if length >= _LEAST else at + 1
        for spot in range(at, stop):
            known = seen.setdefault(whole[spot : spot + _KEY], [])
            known.append(spot)
            del known[:-_TRIES]
        new, at = (stop if length >= _LEAST else new), stop
    yield whole[new:end]


def _longest(whole: str, at: int, end: int, seen: dict[str, list[int]]) -> tuple[int, int]:
    """Return the place and length of the longest text before that goes on like this one; of several, the last."""
    best = (0, 0)
    for place in reversed(seen.get(whole[at : at + _KEY], ())):
        length = _alike(whole, place, at, end)
        if length > best[1]:
            best = place, length
    return best


def _alike(whole: str, place: int, at: int, end: int) -> int:
    """Count the characters from which on two places differ; the copy ends before the place that it is made for."""
    length, most = 0, min(end - at, at - place)
    step = 64
    while step:
        while length + step <= most and whole.startswith(whole[at + length : at + length + step], place + length):
            length += step
        step //= 4
    return length
