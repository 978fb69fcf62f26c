"""The order of keys: that of the fields of what they describe. Ids, lists and texts stay as their author put them."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple, get_origin

from archspec.formatting.nodes import Comment, Document, Entry, Node, nodes
from archspec.model.architecture import AREAS, Architecture
from archspec.model.element import Element, Model, models_in
from archspec.model.environment import Environment

FIRST: Mapping[str, tuple[str, ...]] = {
    "Alarm": ("severity",),
    "Claim": ("topic",),
    "CostLine": ("group", "resource", "configuration", "covers", "unit_price", "quantity", "hours", "daily"),
    "Database": ("engine", "engine_version", "class", "storage", "max_storage", "grows_at", "grows_by"),
    "Drill": ("title",),
    "EstimateLine": ("resource", "configuration"),
    "Period": ("period", "scenario"),
    "Saving": ("horizon", "does", "covers"),
    "ScalingPolicy": ("name",),
    "ScalingSchedule": ("name",),
    "Section": ("section", "title", "claims"),
    "Subsection": ("title", "claims"),
}
"""What stands first in rows that people read, where the model has another order: what a row is about, then how a sum
comes about, then the sum. Of an element, what stands here follows its title and its name.
"""

LAST = ("owner", "tags", "status", "note", "assumed")
"""What stands last in an element: facts first, then what is said about them, whose length makes no columns."""


class _Shape(NamedTuple):
    """What a value is: a model, or (`each`) a mapping of ids or a list whose values are of that model."""

    model: type[Model]
    each: bool = False


def ordered(document: Document) -> Document:
    """Bring the keys of a spec into order, in place. What stands above the first key of a file stays at its head."""
    root = document.root
    if root is None:
        return document
    first = root.entries[0] if root.entries and root.is_block else None
    _order(root)
    if first is None or first is root.entries[0]:
        return document
    blank = [i for i, comment in enumerate((*first.above, Comment("", first.blank))) if comment.blank and i]
    cut = blank[-1] if blank else len(first.above)
    head, first.above = first.above[:cut], first.above[cut:]
    _begin(first, is_blank=_begins_blank(root.entries[0]))
    return document._replace(head=head)


def _order(root: Node) -> None:
    waiting = [(root, _Shape(Architecture))]
    has_anchors = any(node.anchor for node in nodes(root))
    while waiting:
        node, shape = waiting.pop()
        if shape.each:
            waiting += [(entry.value, _Shape(shape.model)) for entry in node.entries]
        elif node.form == "mapping":
            inner = _inner(shape.model)
            waiting += [(entry.value, inner[key]) for entry in node.entries if (key := _name(entry)) in inner]
            _sort(node, _ranks(shape.model), has_anchors=has_anchors)


def _sort(node: Node, ranks: Mapping[str, int], *, has_anchors: bool) -> None:
    """Sort the entries of a mapping; those with a key that is not known stay at their place."""
    before = node.entries
    names = [_name(entry) for entry in before]
    places = [i for i, name in enumerate(names) if name in ranks or "->" in name]
    wanted = sorted(places, key=lambda i: ranks.get(names[i], -1))
    if wanted == places:
        return
    after = list(before)
    for place, i in zip(places, wanted, strict=True):
        after[place] = before[i]
    if has_anchors and _repeats_earlier(before, after):
        return
    node.entries = after
    if node.flow and all(entry.broken for entry in before[1:]):
        for entry in after:  # one a line stays one a line
            entry.broken = True
    else:
        node.moved = node.flow
    if not node.flow and before[0] is not after[0]:
        _begin(before[0], is_blank=_begins_blank(after[0]))


def _begins_blank(entry: Entry) -> bool:
    """Whether an empty line stands above an entry and its comments."""
    return entry.above[0].blank if entry.above else entry.blank


def _begin(entry: Entry, *, is_blank: bool) -> None:
    """Let the entry that was the first begin like the one that is now: nothing said how it is set apart."""
    if entry.above:
        entry.above[0] = entry.above[0]._replace(blank=is_blank)
    else:
        entry.blank = is_blank


def _repeats_earlier(before: list[Entry], after: list[Entry]) -> bool:
    """Whether an alias, or a second anchor of its name, would come to stand on another side of an anchor."""
    names = {id(entry): _shared(entry) for entry in before}
    position = {id(entry): i for i, entry in enumerate(after)}
    return any(
        position[id(first)] > position[id(second)]
        for i, first in enumerate(before)
        for second in before[i + 1 :]
        if any(
            name in names[id(second)] and (is_made or names[id(second)][name])
            for name, is_made in names[id(first)].items()
        )
    )


def _shared(entry: Entry) -> Mapping[str, bool]:
    """Return the names of anchors and aliases in an entry, and whether one is made there."""
    found: dict[str, bool] = {}
    for node in [*nodes(entry.value), *([entry.key] if entry.key else [])]:
        if node.anchor:
            found[node.anchor[1:]] = True
        elif node.text.startswith("*"):
            found.setdefault(node.text[1:], False)
    return found


def _name(entry: Entry) -> str:
    """Return what a key says; keys of the language need no escapes."""
    written = entry.key.text if entry.key else ""
    return written[1:-1] if written[:1] in ("'", '"') else written


@cache
def _ranks(model: type[Model]) -> Mapping[str, int]:
    keys = [field.alias or name for name, field in model.model_fields.items()]
    first = FIRST.get(model.__name__, ())
    last: tuple[str, ...] = ()
    if issubclass(model, Element):
        first, last = ("title", "name", *first), LAST
    middle = [key for key in keys if key not in first and key not in last]
    return {key: rank for rank, key in enumerate([*first, *middle, *last])}


@cache
def _inner(model: type[Model]) -> Mapping[str, _Shape]:
    """Return what stands behind the keys of a model, where that is models."""
    found: dict[str, _Shape] = {}
    for name, field in model.model_fields.items():
        held = next(models_in(field.annotation), None)
        if held:
            found[field.alias or name] = _Shape(held, each=_is_many(field.annotation))
    if model is Environment:
        found |= {area: _inner(Architecture)[area] for area in (*AREAS, "flows")}
    return found


def _is_many(annotation: Any) -> bool:  # noqa: ANN401  an annotation is any form of type
    """Whether an annotation is a mapping or a tuple of models, or might be."""
    origin = get_origin(annotation)
    return origin in (dict, tuple) or any(
        _is_many(one) for one in getattr(annotation, "__args__", ()) if origin not in (dict, tuple)
    )
