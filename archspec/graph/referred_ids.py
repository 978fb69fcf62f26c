"""Which ids of some kinds does a part of a spec name? Places aside, and so much cheaper than `references`."""

from functools import cache

from archspec.model.element import Model, inner_classes, inner_models, reference_plan


def referred_ids(holder: Model, kinds: frozenset[str]) -> list[str]:
    """Return the ids in fields that may hold one of some kinds; fields that hold ids of any element are among them."""
    found: list[str] = []
    held = holder.__dict__
    for name, is_inner in _narrowed(type(holder), kinds):
        value = held[name]
        if not value:
            continue
        if is_inner:
            for item in inner_models(value):
                found += referred_ids(item, kinds)
        elif value.__class__ is str:
            found.append(value)
        else:
            found += value
    return found


@cache
def _narrowed(model: type[Model], wanted: frozenset[str]) -> tuple[tuple[str, bool], ...]:
    """List the fields that may hold an id of the kinds that are wanted, and whether that is in models inside them."""
    plan: list[tuple[str, bool]] = []
    for name, _, kinds in reference_plan(model):
        if kinds is None:
            is_wanted = any(_narrowed(inner, wanted) for inner in inner_classes(model)[name])
        else:
            is_wanted = not kinds or not wanted.isdisjoint(kinds)
        if is_wanted:
            plan.append((name, kinds is None))
    return tuple(plan)
