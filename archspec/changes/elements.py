"""What became of the elements: added, removed, renamed, or changed field by field."""

from collections.abc import Iterator

from archspec.changes.change import Change, Field
from archspec.changes.comparing import Sides, compare_models
from archspec.changes.versions import Versions
from archspec.model.element import INTERNET, Element
from archspec.views.ordered import natural


def element_changes(versions: Versions) -> Iterator[Change]:
    """Yield the changes of elements as they are stated, by kind and id."""
    old, new = versions.old.stated.elements, versions.new.stated.elements
    was = {now: before for before, now in versions.names.items()}
    ids = sorted({*old, *new} - {INTERNET}, key=lambda id_: (_home(new.get(id_) or old[id_]), natural(id_)))
    for id_ in ids:
        if id_ not in old:
            place = versions.new.locate(new[id_].path)
            yield Change("added", new[id_].kind, id_, new_location=place)
        elif id_ not in new:
            place = versions.old.locate(old[id_].path)
            yield Change("removed", old[id_].kind, id_, old_location=place)
        else:
            yield from _compared(versions, (old[id_], new[id_]), was.get(id_, ""))


def _home(element: Element) -> tuple[str, str]:
    return element.home


def _compared(versions: Versions, both: tuple[Element, Element], was: str) -> Iterator[Change]:
    old, new = both
    sides = Sides(versions.old.locate, versions.new.locate, old.path, new.path)
    places = sides.places
    fields = tuple(compare_models(old, new, sides))
    if old.kind != new.kind:
        fields = (Field("kind", old.kind, new.kind, *places), *fields)
    if was:
        yield Change("renamed", new.kind, new.id, was, fields, *places)
    elif fields:
        yield Change("changed", new.kind, new.id, "", fields, *places)
