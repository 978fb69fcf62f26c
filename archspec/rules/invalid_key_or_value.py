"""A key or a value that a spec cannot have, or a placeholder where a fact belongs.

## Why

`TODO`, `TBD` or `example.com` pass every type check and end up in a document that a customer reads. Unknown keys and
values that do not fit are found when the spec is loaded, with the nearest key or value that exists: nothing a user
writes is silently ignored.

## Fails

```yaml
network:
  vpcs:
    main:
      cidr: 10.0.0.0/16
      note: TBD with the network team  # expect: DOC002
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16, note: shared with the billing team}}
```
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from archspec.errors import KeyPath
from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.architecture import Architecture
from archspec.model.document import Code, Section
from archspec.model.element import Model, id_fields, inner_classes, inner_models
from archspec.model.recovery import Failover

ID = "DOC002"
NAME = "invalid-key-or-value"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = ("https://www.rfc-editor.org/rfc/rfc2606",)

PLACEHOLDER = re.compile(
    r"\b(?:TODO|TBD|TBC|FIXME|XXX|CHANGE[ _-]?ME|lorem ipsum|your[-_](?:domain|company|account))\b"
    r"|(?<![\w-])example\.(?:com|org|net)(?![\w-]|\.\w)"
)


class _Place(NamedTuple):
    """Where a model stands, as steps from the inside out: a path is made only of the few that are asked for."""

    outer: "_Place | None"
    step: str | int
    holder: Model


def subjects(graph: Graph) -> Iterable[Architecture]:
    """Return the architecture: one search through the texts of each of its parts answers for nearly every one."""
    return [graph.architecture]


def check(_graph: Graph, architecture: Architecture) -> Iterator[Violation | Unknown]:
    """Fail every text of the author's that is a placeholder."""
    for place in _walk(_Place(None, "", architecture)):
        for key, text in _texts(place.holder):
            found = PLACEHOLDER.search(text)
            if found:
                named = _named(place)
                message = f"{named} holds the placeholder '{found.group()}'"
                hint = "write the fact, or leave the key out: then it is not stated"
                yield Violation(named, (*_path(place), *key), message, hint)


def _walk(place: _Place) -> Iterator[_Place]:
    """Yield what an author has written, of the parts of a spec only those that hold a placeholder."""
    held = place.holder.__dict__
    if held.get("derived"):
        return
    yield place
    for name, key in _fields(type(place.holder))[2]:
        value, here = held[name], _Place(place, key, place.holder)
        if not value or not _suspected(inner_models(value)):
            continue
        if isinstance(value, dict):
            inner = [_Place(here, id_, item) for id_, item in value.items()]
        elif isinstance(value, tuple):
            inner = [_Place(here, position, item) for position, item in enumerate(value)]
        else:
            inner = [here._replace(holder=value)]
        for one in inner:
            yield from _walk(one)


def _suspected(holders: Iterable[Model]) -> bool:
    """Whether any of the texts in some models is a placeholder: most are written many times, and looked at once."""
    texts: set[str] = set()
    for holder in holders:
        _collect(holder, texts)
    return PLACEHOLDER.search("\0".join(texts)) is not None


def _collect(holder: Model, texts: set[str]) -> None:
    """Collect the texts of a model and those inside it, without what archspec has derived."""
    held = holder.__dict__
    if held.get("derived"):
        return
    own, lists, inner = _fields(type(holder))
    texts.update([held[name] for name, _ in own])
    for name, _ in lists:
        if held[name]:
            texts.update(_flat(held[name]))
    for name, _ in inner:
        if held[name]:
            for item in inner_models(held[name]):
                _collect(item, texts)


_NOT_PROSE = frozenset({"id", "derived", "assertion"})
_Named = tuple[tuple[str, str], ...]


@cache
def _fields(model: type[Model]) -> tuple[_Named, _Named, _Named]:
    """Return the fields of a model that hold text of the author's own, those that hold lists of it, and models."""
    fields = model.model_fields.items()
    skipped = {*_NOT_PROSE, *id_fields(model)}
    # What a box of code holds is shown to readers as something to fill in.
    skipped |= {"text"} if model is Code else set()
    texts = tuple((n, f.alias or n) for n, f in fields if f.annotation is str and n not in skipped)
    prose = (tuple[str, ...], tuple[tuple[str, ...], ...])
    lists = tuple((n, f.alias or n) for n, f in fields if f.annotation in prose and n not in skipped)
    inner = tuple((n, f.alias or n) for n, f in fields if n in inner_classes(model))
    return texts, lists, inner


def _flat(value: tuple[str, ...] | tuple[tuple[str, ...], ...]) -> Iterator[str]:
    """Yield the texts of a list, or of the rows of a table."""
    for item in value:
        if isinstance(item, str):
            yield item
        else:
            yield from item


def _texts(holder: Model) -> Iterator[tuple[KeyPath, str]]:
    """Yield the texts of one model, each with the steps that lead to it."""
    own, lists, _ = _fields(type(holder))
    for name, key in own:
        yield (key,), getattr(holder, name)
    for name, key in lists:
        for position, item in enumerate(getattr(holder, name)):
            if isinstance(item, str):
                yield (key, position), item
            else:
                yield from (((key, position, column), text) for column, text in enumerate(item))


def _path(place: _Place) -> KeyPath:
    return () if place.outer is None else (*_path(place.outer), place.step)


def _named(place: _Place) -> str:
    """Name what holds a text: by its id, or by the id of what it is a part of."""
    match place.holder:
        case Architecture(name=name):
            return name
        case Failover(subject=subject):
            return subject
        case Section(title=title, section=section) if title or section:
            return f"section {title or section}"
        case holder:
            named = str(getattr(holder, "id", ""))
            return named or (_named(place.outer) if place.outer else "")
