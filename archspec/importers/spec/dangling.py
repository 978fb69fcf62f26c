"""References that lead nowhere, or to the wrong kind of element → problems with the id that may be meant."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cached_property
from operator import attrgetter
from types import MappingProxyType

from pydantic_core import PydanticCustomError

from archspec.errors import KeyPath, Location, Problem
from archspec.mistakes import short
from archspec.model.architecture import LISTS, Architecture
from archspec.model.element import (
    Element,
    Listed,
    Reference,
    either,
    parse_network,
    references,
    refers_only_to,
    spell_kind,
    with_article,
)
from archspec.source import Source

# What looking for the id that is meant may cost: comparisons, about ten microseconds each.
_COMPARISONS = 100_000


class Dangling:
    """The references of an architecture that do not resolve."""

    def __init__(
        self, architecture: Architecture, read: Source, left_out: Mapping[str, Location] = MappingProxyType({})
    ) -> None:
        self.architecture, self.read = architecture, read
        self.elements, self.left_out = architecture.elements, left_out
        self.hints: dict[tuple[str, tuple[str, ...]], str] = {}
        self.budget = _COMPARISONS

    def problems(self) -> list[Problem]:
        """Return a problem for each, in the order of the architecture."""
        whole, kinds = self.architecture, {id_: element.kind for id_, element in self.elements.items()}
        listed = (one for home in LISTS for one in attrgetter(home)(whole))
        holders: list[Element | Listed] = [*self.elements.values(), *listed]
        return [
            self._describe(reference, (*holder.path, *reference.path))
            for holder in holders
            if not refers_only_to(kinds, holder)
            for reference in references(holder)
            if not self._resolves(reference)
        ]

    def _resolves(self, reference: Reference) -> bool:
        found = self.elements.get(reference.id)
        if found is not None:
            return not reference.kinds or found.kind in reference.kinds
        return "cidr" in reference.kinds and "/" in reference.id and not _cidr_mistake(reference.id)

    def _describe(self, reference: Reference, path: KeyPath) -> Problem:
        id_, kinds = reference.id, reference.kinds
        found, place = self.elements.get(id_), self.read.locate(path)
        if found is not None:
            message = f"'{id_}' is {with_article(spell_kind(found.kind))}; expected {_any_of(kinds)}"
        elif "cidr" in kinds and _looks_like_addresses(id_):
            return Problem(f"'{short(id_)}' is not a CIDR block: {_cidr_mistake(id_)}", place, _block(id_), "DOC001")
        elif "->" in id_:
            return Problem(f"'{short(id_)}' is not one id", place, "write one flow for each `->`", "DOC001")
        else:
            message = f"no {either(map(spell_kind, kinds)) or 'element'} is called '{short(id_)}'"
        if (id_, kinds) not in self.hints:
            self.hints[id_, kinds] = self._hint(id_, kinds)
        return Problem(message, place, self.hints[id_, kinds], "DOC001")

    def _hint(self, id_: str, kinds: tuple[str, ...]) -> str:
        if id_ in self.left_out:
            return f"an environment leaves it out at {self.left_out[id_]}; say there what this is instead"
        known = [other for kind in kinds for other in self._by_kind.get(kind, ())] if kinds else list(self.elements)
        self.budget -= len(known)
        close = get_close_matches(id_[:60], known, n=1, cutoff=0.5) if self.budget > 0 else []
        if close:
            return f"did you mean '{close[0]}'?"
        if not known:
            return f"declare {with_article(either(map(spell_kind, kinds)))} with this id"
        return f"there are: {', '.join(sorted(known)[:6])}{', …' if len(known) > 6 else ''}"

    @cached_property
    def _by_kind(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for id_, element in self.elements.items():
            found.setdefault(element.kind, []).append(id_)
        return found


def _looks_like_addresses(text: str) -> bool:
    return "/" in text or text.replace(".", "").isdigit() or text.count(":") > 1


def _cidr_mistake(text: str) -> str:
    """Say what is wrong with a CIDR block; nothing where it is right."""
    if "/" not in text:
        return "it has no prefix length"
    try:
        parse_network(text)
    except PydanticCustomError:
        return "it has bits set beyond its prefix" if _block(text) else "it is no range of addresses"
    return ""


def _block(text: str) -> str:
    """Advise which block is meant."""
    from ipaddress import ip_network

    try:
        return f"write {ip_network(text, strict=False)}"
    except ValueError:
        return "write one such as 10.0.0.0/16" if "/" not in text else ""


def _any_of(kinds: tuple[str, ...]) -> str:
    return either(with_article(spell_kind(kind)) for kind in kinds)
