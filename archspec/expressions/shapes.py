"""What an expression can know of a value before there is one: text, number, a list of …, a thing with keys."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """What sort of value stands somewhere.

    `family` is how messages call it. `item` is the shape of each item of a list, or of each value of a mapping. `words`
    are all that a text may be, where there are few. `has` returns the keys of a thing, with the shape of each.
    """

    family: str
    item: "Shape | None" = None
    words: tuple[str, ...] = ()
    has: Callable[[], Mapping[str, "Shape"]] | None = None


ANY = Shape("anything")
TEXT = Shape("text")
WHOLE = Shape("a whole number")
NUMBER = Shape("a number")
TRUTH = Shape("true or false")
LIST = "a list"
MAPPING = "elements by their ids"

NUMBERS = (WHOLE.family, NUMBER.family)


def list_of(item: Shape) -> Shape:
    """Return the shape of a list."""
    return Shape(LIST, item)


def by_id(item: Shape) -> Shape:
    """Return the shape of a table of elements, or of anything else by names."""
    return Shape(MAPPING, item)


def is_thing(shape: Shape) -> bool:
    """Whether it has keys that are known."""
    return shape.has is not None


def one_of(shapes: tuple[Shape, ...]) -> Shape:
    """Return what is known of a value that may be any of these: what they have in common."""
    first, *others = shapes or (ANY,)
    if all(other == first for other in others):
        return first
    if all(other.family in NUMBERS for other in shapes):
        return NUMBER
    return TEXT if all(other.family == TEXT.family for other in shapes) else ANY
