"""Fewer of what carries the load, or in fewer AZs: replicas of a store, tasks of a service."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from archspec.changes.change import Grade, Risk
from archspec.changes.versions import Versions
from archspec.graph.graph import Graph
from archspec.graph.replicas import least_tasks
from archspec.model.compute import Service
from archspec.model.data import Store
from archspec.model.element import Element


class _Standing(NamedTuple):
    """How many there are of an element, what they are called and by which key, and the AZs that it stands in."""

    number: int
    thing: str
    key: str
    azs: tuple[str, ...]


def risks(versions: Versions) -> Iterator[Risk]:
    """Yield the elements of which there is less than before, or more."""
    before, now = versions.both(_standing)
    for id_, standing in now.items():
        if id_ in before:
            yield from _compared(versions.now[id_], before[id_], standing)


def _standing(graph: Graph) -> Mapping[str, _Standing]:
    found: dict[str, _Standing] = {}
    for one in graph.attached:
        match one:
            case Store(instances=instances) if instances:
                found[one.id] = _Standing(len(one.members), "instance", "instances", graph.azs(one))
            case Service():
                tasks = least_tasks(one)
                found[one.id] = _Standing(one.desired if tasks is None else tasks, "task", "desired", graph.azs(one))
            case _:
                found[one.id] = _Standing(1, "", "subnets", graph.azs(one))
    return found


def _compared(element: Element, old: _Standing, new: _Standing) -> Iterator[Risk]:
    if old.number != new.number and old.thing == new.thing:
        alone = new.number < 2
        grade = Grade.MEDIUM if alone or isinstance(element, Store) else Grade.LOW
        text = f"{element.id}: {_count(old.number, new.thing)} -> {new.number}"
        yield Risk(grade if new.number < old.number else Grade.NONE, element.id, text, (*element.path, new.key))
    if len(old.azs) != len(new.azs):
        text = f"{element.id} stands in {_count(len(new.azs), 'AZ')}, not {len(old.azs)}"
        fewer = len(new.azs) < len(old.azs)
        yield Risk(Grade.MEDIUM if fewer else Grade.NONE, element.id, text, (*element.path, "subnets"))


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
