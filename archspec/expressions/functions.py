"""The functions that expressions may call beside CEL's own: what they take, what they answer, and how CEL gets them.

Those over the graph are asked of whoever evaluates: see `archspec.graph.functions`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite
from typing import Any, NamedTuple, Protocol

from archspec.expressions.shapes import ANY, NUMBER, TEXT, TRUTH, WHOLE, Shape, by_id, list_of

UNTOLD = "cannot be told: "
"""How an error starts that means that there is no answer, and says why."""

_MOST_DIGITS = 12
_MOST_ITEMS = 2_000_000
"""Elements that functions may hand to one expression, over all that it judges: enough for twenty each of 100,000."""


class Signature(NamedTuple):
    """One way to call a function."""

    takes: tuple[Shape, ...]
    answers: Shape


OVER_THE_GRAPH: Mapping[str, tuple[Signature, ...]] = {
    "reaches": (Signature((TEXT, TEXT), TRUTH), Signature((TEXT, TEXT, WHOLE), TRUTH)),
    "gets_to": (Signature((TEXT, TEXT), TRUTH),),
    "path_length": (Signature((TEXT, TEXT), WHOLE),),
    "exposed": (Signature((TEXT,), TRUTH),),
    "azs": (Signature((TEXT,), list_of(TEXT)),),
    "element": (Signature((TEXT,), ANY),),
    "members": (Signature((TEXT,), list_of(ANY)),),
    "named_by": (Signature((TEXT,), list_of(ANY)),),
    "flows_to": (Signature((TEXT,), list_of(ANY)),),
    "flows_from": (Signature((TEXT,), list_of(ANY)),),
}
"""Function → the ways to call it. Texts are ids."""

OF_VALUES: Mapping[str, tuple[Signature, ...]] = {
    "azs": (Signature((by_id(ANY),), list_of(TEXT)), Signature((list_of(ANY),), list_of(TEXT))),
    "sum": (
        Signature((by_id(ANY), TEXT), ANY),
        Signature((list_of(ANY), TEXT), ANY),
        Signature((list_of(ANY),), ANY),
    ),
    "round": (Signature((NUMBER, WHOLE), NUMBER), Signature((WHOLE, WHOLE), NUMBER)),
}

_WORDS = {"reaches": "two ids, and a port where one is meant", "round": "a number, and how many decimals it keeps"}


def known() -> list[str]:
    """Return the names of all functions of archspec's own, sorted."""
    return sorted({*OVER_THE_GRAPH, *OF_VALUES})


def takes(name: str) -> str:
    """Say what a function takes, in words."""
    if name in _WORDS:
        return _WORDS[name]
    if name in OF_VALUES:
        also = " or an id" if name in OVER_THE_GRAPH else ", and the key that is added up" * (name == "sum")
        return f"elements{also}"
    return "two ids" if len(OVER_THE_GRAPH[name][0].takes) == 2 else "an id"


class Answering(Protocol):
    """What answers the functions over the graph: by name, and with a purse that pays for what they hand out."""

    def ask(self, name: str, arguments: tuple[Any, ...], /) -> Any:
        """Answer a function. Raises `ValueError` where there is no answer; after `UNTOLD` it says why."""


_ANSWERING: ContextVar[Answering | None] = ContextVar("answering", default=None)


@contextmanager
def answered_by(one: Answering | None) -> Iterator[None]:
    """Let functions over the graph be answered by `one` meanwhile."""
    token = _ANSWERING.set(one)
    try:
        yield
    finally:
        _ANSWERING.reset(token)


class Purse:
    """What functions may still hand out to one expression: an end to what would take the square of the elements."""

    def __init__(self, most: int = _MOST_ITEMS) -> None:
        self.left = most

    def pay(self, items: int) -> None:
        """Count items, and raise `ValueError` where they are too many."""
        self.left -= items
        if self.left < 0:
            raise ValueError("it looks at too many elements for each that it judges; narrow it with `when`")


def declarations(cel: Any) -> list[Any]:
    """Return the functions as CEL takes them."""
    return [
        cel.FunctionDecl("azs", _azs_overloads(cel)),
        cel.FunctionDecl("sum", _sum_overloads(cel)),
        cel.FunctionDecl(
            "round",  # one for each type: what an overload takes as DYN matches no number when it is called
            [_overload(cel, "round", number, _rounded) for number in range(2)],
        ),
        *(
            cel.FunctionDecl(name, [_overload(cel, name, number, _asking(name)) for number in range(len(ways))])
            for name, ways in OVER_THE_GRAPH.items()
            if name != "azs"
        ),
    ]


def _azs_overloads(cel: Any) -> list[Any]:
    table, elements = cel.Type.Map(cel.Type.STRING, cel.Type.DYN), cel.Type.List(cel.Type.DYN)
    names = cel.Type.List(cel.Type.STRING)
    return [
        cel.Overload("azs_map", names, [table], impl=lambda all_: _azs(all_.values())),
        cel.Overload("azs_list", names, [elements], impl=_azs),
        cel.Overload("azs_id", names, [cel.Type.STRING], impl=_asking("azs")),
    ]


def _sum_overloads(cel: Any) -> list[Any]:
    kind = cel.Type
    table, elements = kind.Map(kind.STRING, kind.DYN), kind.List(kind.DYN)
    of_table: Callable[[Any, str], Any] = lambda all_, key: _sum(all_.values(), key)  # noqa: E731  named for its type
    return [
        cel.Overload("sum_map", kind.DYN, [table, kind.STRING], impl=of_table),
        cel.Overload("sum_list", kind.DYN, [elements, kind.STRING], impl=_sum),
        cel.Overload("sum_numbers", kind.DYN, [elements], impl=sum),
    ]


def _overload(cel: Any, name: str, number: int, impl: Callable[..., Any]) -> Any:
    taken, answer = ({**OF_VALUES, **OVER_THE_GRAPH})[name][number]
    return cel.Overload(f"{name}_{number}", _type(cel, answer), [_type(cel, one) for one in taken], impl=impl)


def _type(cel: Any, shape: Shape) -> Any:
    kind = cel.Type
    if shape.item:
        return kind.List(_type(cel, shape.item))
    simple = {TEXT.family: kind.STRING, WHOLE.family: kind.INT, NUMBER.family: kind.DOUBLE, TRUTH.family: kind.BOOL}
    return simple.get(shape.family, kind.DYN)


def _asking(name: str) -> Callable[..., Any]:
    def ask(*arguments: Any) -> Any:
        one = _ANSWERING.get()
        if one is None:
            raise ValueError(f"{name} is asked where there is no architecture")
        return one.ask(name, arguments)

    return ask


def _azs(elements: Iterable[Mapping[str, Any]]) -> list[str]:
    return sorted({az for element in elements for az in element["azs"]})


def _sum(elements: Collection[Mapping[str, Any]], key: str) -> Any:
    for element in elements:
        if key not in element:
            raise ValueError(not_found(f"{element['id']}.{key}"))
    return sum(element[key] for element in elements)


def _rounded(number: float, digits: int) -> float:
    """Round halves up, as people do with money: a half written in decimal is meant as one."""
    if not -_MOST_DIGITS <= digits <= _MOST_DIGITS or not isfinite(number):
        return float(number)
    return float(Decimal(str(number)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def not_found(key: str) -> str:
    """Say it in CEL's own words, so that a missing fact is one whoever finds it missing."""
    return f'Key not found in map : "{key}"'
