"""Does an expression fit what it is asked about? Keys that nothing has, text compared with numbers: found without data.

CEL knows variables as "anything", because an element is a map in which what is not stated is missing. So the tree that
it compiled is walked once more, with the shapes that the model gives.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from archspec.expressions import Expression
from archspec.expressions.functions import OF_VALUES, OVER_THE_GRAPH, takes
from archspec.expressions.shapes import (
    ANY,
    LIST,
    MAPPING,
    NUMBER,
    NUMBERS,
    TEXT,
    TRUTH,
    WHOLE,
    Shape,
    is_thing,
    list_of,
    one_of,
)
from archspec.expressions.syntax import Node, tree
from archspec.mistakes import suggest

_ORDER = {"_<_": "<", "_<=_": "<=", "_>_": ">", "_>=_": ">="}
_EQUAL = {"_==_": "==", "_!=_": "!="}
_SUMS = {"_+_": "+", "_-_": "-", "_*_": "*", "_/_": "/", "_%_": "%"}
_LOGIC = {"_&&_": "&&", "_||_": "||", "!_": "!"}
_FEW = 15
SPEC_PAGE = "docs/reference/spec.md lists its keys"
"""The hint where a thing has too many keys to name them."""

_OF_TEXT = frozenset({"startsWith", "endsWith", "contains", "matches"})


class Mistake(NamedTuple):
    """What is wrong with a part of an expression: where, as an offset in its text, and what to do."""

    message: str
    at: int
    hint: str = ""


class Knowledge(NamedTuple):
    """What is known before there is an architecture: variables, and what functions over the graph answer."""

    variables: Mapping[str, Shape]
    answers: Mapping[str, Shape]


def check(expression: Expression, knowledge: Knowledge, *, is_question: bool = True) -> list[Mistake]:
    """Return what is wrong with a compiled expression, in the order of its text.

    A question has to answer with true or false.
    """
    checker, shape = _checked(expression, knowledge)
    if is_question and not checker.mistakes and shape.family not in (ANY.family, TRUTH.family):
        checker.mistakes.append(Mistake(f"it answers with {shape.family}, not with true or false", 0, "compare it"))
    return sorted(set(checker.mistakes), key=lambda one: one.at)


def is_ordered(expression: Expression, knowledge: Knowledge) -> bool:
    """Whether all lists that an expression makes are made of lists: CEL walks through the keys of a map in no order."""
    return _checked(expression, knowledge)[0].is_ordered


def _checked(expression: Expression, knowledge: Knowledge) -> tuple["_Checker", Shape]:
    checker = _Checker(expression.text, knowledge.answers)
    return checker, checker.shape(tree(expression.compiled.serialize()), knowledge.variables)


_Known = Mapping[str, Shape]


class _Checker:
    def __init__(self, text: str, answers: Mapping[str, Shape]) -> None:
        self.text, self.answers = text, answers
        self.mistakes: list[Mistake] = []
        self.is_ordered = True

    def wrong(self, message: str, at: int, hint: str = "") -> Shape:
        """Note a mistake; of what is wrong nothing more is known."""
        self.mistakes.append(Mistake(message, max(at, 0), hint))
        return ANY

    def shape(self, node: Node, known: _Known) -> Shape:
        """Return what a part answers with, and note what is wrong with it."""
        match node.kind:
            case "const":
                return _constant(node.value)
            case "ident":
                return known.get(node.value) or _elements(known, node.value)
            case "select":
                return self.key(self.shape(node.parts[0], known), node)
            case "walk":
                return self.walk(node, known)
            case _:
                return self.made(node, [self.shape(part, known) for part in node.parts])

    def made(self, node: Node, parts: list[Shape]) -> Shape:
        """Return what a part answers with that needs no more than the shapes of its own parts."""
        match node.kind:
            case "has":
                self.key(parts[0], node)
                return TRUTH
            case "list":
                return list_of(one_of(tuple(parts)))
            case "call":
                return self.call(node, parts)
            case _:
                return ANY

    def key(self, holder: Shape, node: Node) -> Shape:
        """Return what stands under a key of a thing."""
        key = node.value
        if holder.has is not None:
            keys = holder.has()
            if key in keys:
                return keys[key]
            return self.wrong(f"{holder.family} has no key '{key}'", self.place_of(node), near(key, keys))
        if holder.family == MAPPING:
            return holder.item or ANY
        if holder.family == LIST:
            hint = f"ask each of them, `.all(x, x.{key} …)`, or one of them, `.exists(x, x.{key} …)`"
            return self.wrong(f"a list has no key '{key}'", self.place_of(node), hint)
        if holder is not ANY:
            return self.wrong(f"{holder.family} has no keys, and '{key}' is asked of it", self.place_of(node))
        return ANY

    def place_of(self, node: Node) -> int:
        """Return where a key stands: CEL tells the place of the dot before it, or of the `has` around it."""
        found = re.compile(rf"\.\s*{re.escape(node.value)}\b").search(self.text, max(node.at, 0))
        return found.end() - len(node.value) if found else node.at

    def walk(self, node: Node, known: _Known) -> Shape:
        """Return what a macro answers with: `all` and `exists`, `exists_one`, `filter` and `map`."""
        walked, start, step, result = node.parts
        over = self.shape(walked, known)
        item = over.item if over.family == LIST else TEXT if over.family == MAPPING or is_thing(over) else ANY
        if over.family in (TEXT.family, TRUTH.family, *NUMBERS):
            self.wrong(f"{over.family} holds no elements to walk through", node.at)
        self.is_ordered &= over.family == LIST or start.kind != "list"
        variable, so_far = node.value
        inner = {**known, variable: item or ANY, so_far: self.shape(start, known)}
        after = self.shape(step, inner)
        return self.shape(result, {**inner, so_far: after if start.kind == "list" else inner[so_far]})

    def call(self, node: Node, given: list[Shape]) -> Shape:
        name = node.value
        if name in _EQUAL or name in _ORDER:
            return self.compare(node, given)
        if name in _LOGIC:
            return self.logic(node, given)
        if name in _SUMS:
            return self.sum(node, given)
        others: dict[str, Callable[[Node, list[Shape]], Shape]] = {
            "_?_:_": self.choice,
            "@in": self.within,
            "_[_]": self.index,
            "size": self.size,
        }
        if name in others:
            return others[name](node, given)
        if name in _OF_TEXT:
            if given[0].family not in (TEXT.family, ANY.family):
                self.wrong(f"`{name}` is asked of text, not of {given[0].family}", node.at)
            return TRUTH
        return self.function(node, given)

    def function(self, node: Node, given: list[Shape]) -> Shape:
        """Return what a function of archspec's own answers with."""
        ways = (*OF_VALUES.get(node.value, ()), *OVER_THE_GRAPH.get(node.value, ()))
        if not ways:
            return ANY
        fitting = [way for way in ways if len(way.takes) == len(given) and all(map(_fits, way.takes, given))]
        if not fitting:
            words = " and ".join(_families(given))
            message = f"'{node.value}' takes {takes(node.value)}, not {words}"
            return self.wrong(message, self.text.rfind(node.value, 0, node.at + 1))
        return self.answers.get(node.value, fitting[0].answers)

    def compare(self, node: Node, given: list[Shape]) -> Shape:
        """Note a comparison that never holds, or has no answer."""
        operator = (_EQUAL | _ORDER)[node.value]
        if node.value in _EQUAL:
            for word, shape in zip(reversed(node.parts), given, strict=True):
                self.word(word, shape)
        if not _alike(*given):
            self.wrong(f"`{operator}` compares {given[0].family} with {given[1].family}", node.at)
        elif node.value in _ORDER and any(is_thing(one) or one.family in (LIST, MAPPING) for one in given):
            self.wrong(f"`{operator}` compares texts and numbers, not {given[0].family}", node.at)
        return TRUTH

    def word(self, node: Node, shape: Shape) -> None:
        """Note a text that a key never holds."""
        if shape.words and node.kind == "const" and isinstance(node.value, str) and node.value not in shape.words:
            self.wrong(f"it is never '{node.value}'", node.at, suggest(node.value, shape.words))

    def within(self, node: Node, given: list[Shape]) -> Shape:
        one, many = given
        if many.family == LIST and many.item:
            for word in node.parts[1].parts:
                self.word(word, one)
            self.word(node.parts[0], many.item)
            if not _alike(one, many.item):
                self.wrong(f"`in` looks for {one.family} among {many.item.family}", node.at)
        elif many.family in (TEXT.family, TRUTH.family, *NUMBERS):
            hint = "write `a.contains(b)`" if many.family == TEXT.family else ""
            self.wrong(f"`in` looks into a list, not into {many.family}", node.at, hint)
        return TRUTH

    def logic(self, node: Node, given: list[Shape]) -> Shape:
        for shape in given:
            if shape.family not in (TRUTH.family, ANY.family):
                self.wrong(f"`{_LOGIC[node.value]}` joins what is true or false, not {shape.family}", node.at)
        return TRUTH

    def sum(self, node: Node, given: list[Shape]) -> Shape:
        operator, families = _SUMS[node.value], {one.family for one in given} - {ANY.family}
        if len(families) > 1 and families <= set(NUMBERS):
            hint = "write both in the same way: `2.0` goes with decimals, `2` with whole numbers"
            return self.wrong(f"`{operator}` does not mix a whole number with one that has decimals", node.at, hint)
        if len(families) > 1 or (operator != "+" and families - set(NUMBERS)):
            return self.wrong(f"`{operator}` does not go with {' and '.join(_families(given))}", node.at)
        return next((one for one in given if one is not ANY and one.item is not ANY), ANY)

    def choice(self, node: Node, given: list[Shape]) -> Shape:
        if given[0].family not in (TRUTH.family, ANY.family):
            self.wrong(f"`?` asks what is true or false, not {given[0].family}", node.at)
        known = tuple(one for one in given[1:] if one.item is not ANY)
        return one_of(known) if known else given[1]

    def index(self, node: Node, given: list[Shape]) -> Shape:
        holder, key = given[0], node.parts[1]
        if holder.has is not None and key.kind == "const" and key.value not in holder.has():
            hint = near(key.value, holder.has())
            return self.wrong(f"{holder.family} has no key '{key.value}'", key.at, hint)
        if holder.has is not None:
            return holder.has()[key.value] if key.kind == "const" else ANY
        return holder.item or ANY

    def size(self, node: Node, given: list[Shape]) -> Shape:
        if given[0].family in (TRUTH.family, *NUMBERS):
            self.wrong(f"{given[0].family} has no size", node.at)
        return WHOLE


def _elements(known: _Known, name: str) -> Shape:
    """Return the list of the elements of a table: what its name stands for with a capital."""
    table = known.get(name[:1].lower() + name[1:]) if name[:1].isupper() else None
    return list_of(table.item or ANY) if table else ANY


def near(word: str, known: Iterable[str]) -> str:
    """Name the nearest of many keys, or all of a few."""
    keys = sorted(known)
    close = get_close_matches(word[:60], keys, n=1)
    if close:
        return f"did you mean '{close[0]}'?"
    return f"it has: {', '.join(keys)}" if len(keys) <= _FEW else SPEC_PAGE


def _constant(value: object) -> Shape:
    match value:
        case bool():
            return TRUTH
        case int():
            return WHOLE
        case float():
            return NUMBER
        case str():
            return TEXT
        case _:
            return ANY


def _family(shape: Shape) -> str:
    return NUMBER.family if shape.family in NUMBERS else MAPPING if is_thing(shape) else shape.family


def _alike(one: Shape, other: Shape) -> bool:
    if ANY.family in (one.family, other.family):
        return True
    if one.family == other.family == LIST:
        return _alike(one.item or ANY, other.item or ANY)
    return _family(one) == _family(other)


def _fits(wanted: Shape, given: Shape) -> bool:
    if wanted.item is ANY:
        return given.family in (wanted.family, ANY.family)
    return wanted.family == given.family or ANY.family in (wanted.family, given.family)


def _families(shapes: list[Shape]) -> list[str]:
    return [one.family for one in shapes]
