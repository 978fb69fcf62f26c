"""What everybody may open now and could not before: at once, or step by step to a store. Flows declare nothing here."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from archspec.changes.change import Grade, Risk
from archspec.changes.versions import Versions
from archspec.findings import Hop
from archspec.graph.graph import Graph
from archspec.graph.hops import hops
from archspec.graph.intervals import NOTHING, Intervals, intersect, spell, subtract
from archspec.graph.open_to_internet import opened_to_world
from archspec.graph.reach import OUTSIDE, Reach, Step, reach_of, trace
from archspec.model.data import Bucket, Store
from archspec.model.element import Element

_ADMIN: Intervals = ((22, 22), (3389, 3389))
"""SSH and RDP, where whoever comes in can do everything."""


class _Open(NamedTuple):
    """What everybody may open on elements at once, and the steps by which everybody gets to stores."""

    at_once: Mapping[str, Intervals]
    by_steps: Mapping[str, tuple[Step, ...]]


def risks(versions: Versions) -> Iterator[Risk]:
    """Yield what became reachable from the internet, and what became private."""
    before, now = versions.both(_opened)
    for id_, element in versions.now.items():
        if element.attached:
            more = subtract(now.at_once.get(id_, NOTHING), before.at_once.get(id_, NOTHING))
            if more:
                yield _reachable(versions, element, more, first=id_ not in before.at_once)
            elif id_ in now.by_steps and id_ in versions.before and id_ not in before.by_steps:
                yield _through(versions, element, now.by_steps[id_])
    yield from _private(versions, before, now)
    yield from _buckets(versions)


def _opened(graph: Graph) -> _Open:
    at_once = {one.id: found for one in graph.attached if (found := opened_to_world(graph, one))}
    reach = reach_of(graph)
    led = reach.walk([OUTSIDE])
    ways = {store: tuple(reversed(list(trace(led, store)))) for store in reach.stores if store in led}
    return _Open(at_once, {one.id: way for store, way in ways.items() for one in reach.alike[store]})


def _reachable(versions: Versions, element: Element, more: Intervals, *, first: bool) -> Risk:
    graph = versions.new.graph
    worst = isinstance(element, Store) or intersect(more, _ADMIN)
    verb = "became reachable" if first else "can be reached"
    if element.id not in versions.before:
        verb = "is new and reachable"
    facts = hops(graph, graph.internet, element, more)
    path = next((hop.path for hop in reversed(facts) if hop.path and "security_groups" in hop.path), element.path)
    text = f"{element.id} {verb} from the internet: {spell(more)}"
    return Risk(Grade.HIGH if worst else Grade.MEDIUM, element.id, text, path, facts)


def _through(versions: Versions, store: Element, way: Sequence[Step]) -> Risk:
    reach = reach_of(versions.new.graph)
    through = ", ".join(step.source for step in way[1:])
    text = f"{store.id} became reachable from the internet, through {through}"
    undeclared = any(step.undeclared for step in way)
    facts = tuple(_hop(reach, step) for step in way)
    return Risk(Grade.HIGH if undeclared else Grade.MEDIUM, store.id, text, store.path, facts)


def _hop(reach: Reach, step: Step) -> Hop:
    told = "no flow declares it" if step.undeclared else "declared"
    text = f"{step.source} may open {spell(step.traffic)} on {step.target}: {told}"
    return Hop("note" if step.undeclared else "open", text, reach.alike[step.target][0].path)


def _private(versions: Versions, before: _Open, now: _Open) -> Iterator[Risk]:
    for id_, was in before.at_once.items():
        element = versions.now.get(id_)
        less = subtract(was, now.at_once.get(id_, NOTHING))
        if element is None or not less:
            continue
        became = "private" if id_ not in now.at_once else "less open"
        text = f"{id_} became {became}: the internet reaches {spell(less)} no more"
        yield Risk(Grade.NONE, id_, text, element.path)


def _buckets(versions: Versions) -> Iterator[Risk]:
    for id_, bucket in versions.now.items():
        if not isinstance(bucket, Bucket):
            continue
        old = versions.before.get(id_)
        was = isinstance(old, Bucket) and old.public
        if bucket.public and not was:
            text = f"{id_} became public: everybody may read it"
            yield Risk(Grade.HIGH, id_, text, (*bucket.path, "public"))
        elif was and not bucket.public:
            yield Risk(Grade.NONE, id_, f"{id_} became private", bucket.path)
