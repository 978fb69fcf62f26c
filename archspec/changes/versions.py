"""Two versions of a spec side by side: loaded alike, in one order, and what is renamed under the id it has now."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from archspec.changes.renames import Names, renamed, renamed_words
from archspec.checks import check
from archspec.defaults import complete
from archspec.errors import KeyPath, Locate, Location
from archspec.findings import Finding
from archspec.graph.graph import Graph
from archspec.importers import spec
from archspec.model.architecture import Architecture
from archspec.model.element import INTERNET, Element
from archspec.rules import Rule
from archspec.source import parse
from archspec.views.ordered import ordered

_T = TypeVar("_T")
_NOTHING = 'archspec: 1\nname: "{name}"\nregion: {region}\n'


class Version(NamedTuple):
    """One version: what it is called, the architecture as stated and with what it implies, and where things stand."""

    label: str
    stated: Architecture
    graph: Graph
    locate: Locate


def version(loaded: spec.Loaded) -> Version:
    """Return a loaded spec as a version. Nothing of it hangs on the order in which the spec lists things."""
    return _made(loaded.architecture, loaded.source.files[0], loaded.source.locate)


def nothing_like(other: Version) -> Version:
    """Return a version of the same system in which nothing stands; whatever is sought in it is at its start."""
    name, region = other.stated.name, other.stated.region
    empty = spec.build(parse(_NOTHING.format(name=name, region=region), other.label))
    return _made(empty.architecture, other.label, lambda _: Location(other.label, 1, 1))


def called_as_now(one: Version, names: Names) -> Version:
    """Return a version in which elements have the ids that they have in the other; places are found all the same."""
    if not names:
        return one
    before = {new: old for old, new in names.items()}

    def locate(path: KeyPath) -> Location:
        return one.locate(tuple(before.get(step, step) if isinstance(step, str) else step for step in path))

    return _made(renamed(one.stated, names), one.label, locate)


def _made(stated: Architecture, label: str, locate: Locate) -> Version:
    # Without a day: what two versions differ in must not change overnight.
    return Version(label, stated, Graph(complete(ordered(stated)), None), locate)


@dataclass(frozen=True, eq=False)
class Versions:
    """An old and a new version, in which what is the same has one id; `names` are the ids that changed.

    `unrenamed` is the old version with its own ids: claims name elements in expressions, which keep those.

    Answers about a graph are kept for one graph at a time, so each question is asked of one version and then of the
    other, and never of both by turns.
    """

    old: Version
    new: Version
    names: Names
    rules: tuple[Rule, ...] = ()
    unrenamed: Version | None = None

    def both(self, ask: Callable[[Graph], _T]) -> tuple[_T, _T]:
        """Ask the old version, then the new one."""
        return ask(self.old.graph), ask(self.new.graph)

    @cached_property
    def before(self) -> Mapping[str, Element]:
        """What was there, by the id that it has now, without the internet."""
        return _there(self.old.graph)

    @cached_property
    def now(self) -> Mapping[str, Element]:
        """What is there, without the internet."""
        return _there(self.new.graph)

    @cached_property
    def gone(self) -> list[Element]:
        """What was there and is not any more."""
        return [one for id_, one in self.before.items() if id_ not in self.now]

    @cached_property
    def come(self) -> list[Element]:
        """What is there and was not."""
        return [one for id_, one in self.now.items() if id_ not in self.before]

    def kept(self) -> Iterator[tuple[Element, Element]]:
        """Yield what is there in both, as it was and as it is."""
        return ((self.before[id_], one) for id_, one in self.now.items() if id_ in self.before)

    @cached_property
    def findings(self) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        """What fails in each of the two, waived or not; subjects have the ids that they have now."""
        old, new = self._failing(self.unrenamed or self.old), self._failing(self.new)
        still = {(one.rule, one.subject) for one in new}
        return tuple(one if (one.rule, one.subject) in still else self._called_as_now(one) for one in old), new

    def _called_as_now(self, one: Finding) -> Finding:
        return one._replace(subject=renamed_words(one.subject, self.names))

    def _failing(self, one: Version) -> tuple[Finding, ...]:
        found = check(one.graph, self.rules, None, one.locate).findings
        return tuple(finding for finding in found if finding.outcome == "fail")


def _there(graph: Graph) -> Mapping[str, Element]:
    elements = graph.architecture.elements.items()
    return {id_: one for id_, one in elements if one.status == "current" and id_ != INTERNET}
