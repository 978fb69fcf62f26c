"""What a hand-made drawing shows and the pictures of a system do not: boxes, words, nesting, arrows and their labels.

A drawing is an entry of `drawings/<system>.yaml`. What somebody drew: `boxes`, each with the words in it (`3 x` is how
many there are of it), `inside` (child: parent) and `arrows` (from, to, words of the label). Where that is found:

views      the pictures that show it
is         what stands there for a box: ids of nodes, groups or elements, or `view x`, the picture x as a whole; where
           left out, what is called like the box
shown      how a picture spells a word, or `x: word`, that of the box x
through    what stands on the way of an arrow in a picture
named      arrows one end of which is written on the card of the other, as who is in a security group
by_edge    boxes inside another that a picture joins to it by an edge, or by writing one on the card of the other
not_drawn  what no picture shows, and why
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from archspec.views.view import View
from tests.systems.picture import Picture


class Drawing(NamedTuple):
    """A drawing, and where pictures show it."""

    title: str
    lines: str
    boxes: Mapping[str, Sequence[str]]
    inside: Mapping[str, str]
    arrows: Sequence[Sequence[str]]
    views: Sequence[str]
    stands_for: Mapping[str, Any]
    shown: Mapping[str, str]
    through: Mapping[str, Sequence[str]]
    named: Sequence[str]
    by_edge: Sequence[str]
    not_drawn: Mapping[str, str]

    def ids(self, box: str) -> tuple[str, ...]:
        """Return the ids in a picture that stand for a box, or for anything else that is called by its id."""
        found = self.stands_for.get(box, box)
        return (found,) if isinstance(found, str) else tuple(found)

    def spelling(self, where: str, fact: str) -> str:
        """Return how pictures spell a word: at this box or arrow, or anywhere."""
        return self.shown.get(f"{where}: {fact}", self.shown.get(fact, fact))


def read(file: Path) -> tuple[Drawing, ...]:
    """Return the drawings of a file. Raises `TypeError` for a key that no drawing has."""
    return tuple(parse(entry) for entry in yaml.safe_load(file.read_text("utf-8")))


def parse(entry: Mapping[str, Any]) -> Drawing:
    """Return a drawing as a file has it."""
    rest = {key: value for key, value in entry.items() if key != "is"}
    nothing: dict[str, Any] = {
        **{key: {} for key in ("inside", "shown", "through", "not_drawn")},
        **dict.fromkeys(("arrows", "views", "named", "by_edge"), ()),
    }
    return Drawing(**{**nothing, **rest, "stands_for": entry.get("is", {})})


def missing(drawing: Drawing, views: Collection[View]) -> set[str]:
    """Return what of a drawing none of the views shows, each as a line: `box x`, `word x: y`, `arrow a > b` …

    What a missing box stands in or is joined to is not told again.
    """
    sought = _Sought(drawing, [Picture(view) for view in views])
    gone = {box for box in drawing.boxes if not any(picture.things(drawing.ids(box)) for picture in sought.pictures)}
    return {*(f"box {box}" for box in gone), *sought.words(gone), *sought.nesting(gone), *sought.arrows(gone)}


class _Sought(NamedTuple):
    """A drawing, and the pictures in which it is looked for."""

    drawing: Drawing
    pictures: Sequence[Picture]

    def words(self, gone: Collection[str]) -> Iterator[str]:
        for box, facts in self.drawing.boxes.items():
            ids = self.drawing.ids(box)
            said = [line for picture in self.pictures for line in picture.said_of(ids)]
            said.append(f"{len({element for picture in self.pictures for element in picture.elements(ids)})} x")
            for fact in facts:
                if box not in gone and not says(said, self.drawing.spelling(box, fact)):
                    yield f"word {box}: {fact}"

    def nesting(self, gone: Collection[str]) -> Iterator[str]:
        for child, parent in self.drawing.inside.items():
            ends = (self.drawing.ids(child), self.drawing.ids(parent))
            if {child, parent} & set(gone) or any(picture.is_inside(*ends) for picture in self.pictures):
                continue
            if child not in self.drawing.by_edge or not self._are_joined(child, parent):
                yield f"inside {child} in {parent}"

    def _are_joined(self, one: str, other: str) -> bool:
        return any(self._edges(*ends) or self._is_written(*ends) for ends in ((one, other), (other, one)))

    def arrows(self, gone: Collection[str]) -> Iterator[str]:
        for source, target, *facts in self.drawing.arrows:
            if {source, target} & set(gone):
                continue
            labels = self._labels(source, target)
            if labels is None:
                yield f"arrow {source} > {target}"
                continue
            ends = [
                line for p in self.pictures for end in (source, target) for line in p.words_of(self.drawing.ids(end))
            ]
            for fact in facts:
                if not says([*labels, *ends], self.drawing.spelling(f"{source} > {target}", fact)):
                    yield f"label {source} > {target}: {fact}"

    def _labels(self, source: str, target: str) -> list[str] | None:
        """Return the labels of the edges that show an arrow, none where a part of its way is missing."""
        stops = [source, *self.drawing.through.get(f"{source} > {target}", ()), target]
        legs = [self._leg(here, there) for here, there in pairwise(stops)]
        found = [labels for labels in legs if labels is not None]
        return [label for labels in found for label in labels] if len(found) == len(legs) else None

    def _leg(self, source: str, target: str) -> list[str] | None:
        is_named = f"{source} > {target}" in self.drawing.named
        is_written = is_named and (self._is_written(source, target) or self._is_written(target, source))
        return self._edges(source, target) or ([] if is_written else None)

    def _edges(self, source: str, target: str) -> list[str]:
        ends = (self.drawing.ids(source), self.drawing.ids(target))
        return [edge.label for picture in self.pictures for edge in picture.edges(*ends)]

    def _is_written(self, named: str, card: str) -> bool:
        """Whether everything that one box stands for is written on the cards of another, or on the same ones."""
        titles = {title for picture in self.pictures for title in picture.titles(self.drawing.ids(named))}
        lines = [line for picture in self.pictures for line in picture.words_of(self.drawing.ids(card))]
        return bool(titles) and all(says(lines, title) for title in titles)


def says(lines: Collection[str], fact: str) -> bool:
    """Whether a line has the words of a fact, one after the other.

    >>> says(["HTTPS 443, HTTP 80 (redirect)"], "80"), says(["port 8080"], "80")
    (True, False)
    """
    wanted = _words(fact)
    return any(
        wanted == found[start : start + len(wanted)]
        for found in map(_words, lines)
        for start in range(len(found) - len(wanted) + 1)
    )


def _words(text: str) -> list[str]:
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return re.findall(r"[^\W_]+|[$%*>]", apart.lower())
