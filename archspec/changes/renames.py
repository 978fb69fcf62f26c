"""Which elements have another id now, where that is certain, and an architecture with other ids in it.

An element that went and one that came are the same under another id where their kind and all that they state are equal,
all their flows are, and no other fits. What they refer to may be renamed itself, so it is looked at again and again.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Mapping
from typing import Any, TypeVar

from archspec.changes.spelling import meaning
from archspec.model.architecture import AREAS, Architecture
from archspec.model.element import Element, Model, id_fields, inner_classes

_M = TypeVar("_M", bound=Model)
_WORD = re.compile(r"[^\s,]+")
Names = Mapping[str, str]
"""The id that an element had → the one that it has."""


def find_renames(old: Architecture, new: Architecture) -> dict[str, str]:
    """Return the elements of the old architecture that have another id in the new one."""
    names: dict[str, str] = {}
    while True:
        gone = {id_: one for id_, one in old.elements.items() if id_ not in new.elements and id_ not in names}
        taken = set(names.values())
        come = {id_: one for id_, one in new.elements.items() if id_ not in old.elements and id_ not in taken}
        if not gone or not come:
            return names
        found = _equal(_looks(old, gone, names), _looks(new, come, {}))
        if not found:
            return names
        names |= found


def _equal(old: Mapping[Hashable, list[str]], new: Mapping[Hashable, list[str]]) -> dict[str, str]:
    return {ids[0]: new[look][0] for look, ids in old.items() if len(ids) == 1 and len(new.get(look, ())) == 1}


def _looks(architecture: Architecture, those: Mapping[str, Element], names: Names) -> Mapping[Hashable, list[str]]:
    """Return the ids of elements by all that is to be seen of each, itself left out wherever it is named."""
    flows: dict[str, list[Hashable]] = defaultdict(list)
    for flow in architecture.flows:
        for id_ in {flow.source, flow.target} & those.keys():
            flows[id_].append(meaning(with_ids(flow, {**names, id_: ""})))
    found: dict[Hashable, list[str]] = defaultdict(list)
    for id_, element in those.items():
        look = meaning(with_ids(element, {**names, id_: ""}))
        found[element.environment, look, frozenset(flows[id_])].append(id_)
    return found


def renamed(architecture: Architecture, names: Names) -> Architecture:
    """Return the architecture with other ids for some of its elements, wherever they are named as ids."""
    if not names:
        return architecture
    areas: dict[str, Model] = {}
    for area in AREAS:
        held = getattr(architecture, area)
        kinds = {key: {names.get(id_, id_): _called(one, names) for id_, one in all_.items()} for key, all_ in held}
        areas[area] = held.model_copy(update=kinds)
    others = [name for name in type(architecture).model_fields if name not in AREAS]
    rest = {name: _with_ids(getattr(architecture, name), names) for name in others}
    waivers = tuple(
        one.model_copy(update={"subject": renamed_words(one.subject, names)}) for one in architecture.waivers
    )
    # Not `model_copy`: it would take the index of elements along.
    return Architecture.model_construct(**{**rest, **areas, "waivers": waivers})


def _called(element: Element, names: Names) -> Element:
    return with_ids(element, names).model_copy(update={"id": names.get(element.id, element.id)})


def renamed_words(text: str, names: Names) -> str:
    """Write what a finding is about with other ids: `api`, `api -> db 5432`."""
    return _WORD.sub(lambda word: names.get(word[0], word[0]), text)


def with_ids(model: _M, names: Names) -> _M:
    """Return a model in which fields that hold ids hold others."""
    update: dict[str, Any] = {}
    for name in id_fields(type(model)):
        value = getattr(model, name)
        if isinstance(value, str):
            update[name] = names.get(value, value)
        else:
            update[name] = tuple(names.get(id_, id_) for id_ in value)
    for name in inner_classes(type(model)):
        update[name] = _with_ids(getattr(model, name), names)
    return model.model_copy(update=update) if update else model


def _with_ids(value: Any, names: Names) -> Any:  # noqa: ANN401  the fields of a model are of any type
    match value:
        case Model():
            return with_ids(value, names)
        case tuple():
            return tuple(_with_ids(one, names) for one in value) if value and isinstance(value[0], Model) else value
        case dict():
            return {key: _with_ids(one, names) for key, one in value.items()}
        case _:
            return value
