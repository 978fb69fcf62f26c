"""A key that no spec has, or a placeholder where a fact belongs.

## Why

`TODO`, `TBD` or `example.com` pass every type check and end up in a document that a customer reads. Unknown keys are
found when the spec is loaded, with the nearest key that exists: nothing a user writes is silently ignored.

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
from functools import cache, lru_cache

from archspec.errors import KeyPath
from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.element import Element, Model, inner_models, models_in, reference_plan

ID = "DOC002"
NAME = "unknown-key-or-placeholder"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = ("https://www.rfc-editor.org/rfc/rfc2606",)

PLACEHOLDER = re.compile(
    r"\b(?:TODO|TBD|TBC|FIXME|XXX|CHANGE[ _-]?ME|lorem ipsum|your[-_](?:domain|company|account))\b"
    r"|(?<![\w-])example\.(?:com|org|net)(?![\w-]|\.\w)"
)


def subjects(graph: Graph) -> Iterable[Element]:
    """Return every stated element."""
    return [element for element in graph.architecture.elements.values() if not element.derived]


def check(graph: Graph, element: Element) -> Iterator[Violation | Unknown]:
    """Fail every text in the element that is a placeholder."""
    if not _may_hold_any(graph):
        return
    for path, text in _texts(element, element.path):
        found = PLACEHOLDER.search(text)
        if found:
            message = f"{element.id} holds the placeholder '{found.group()}'"
            yield Violation(element.id, path, message, "write the fact, or leave the key out: then it is not stated")


@lru_cache(maxsize=1)
def _may_hold_any(graph: Graph) -> bool:
    """Whether any text of any element is a placeholder: one search, which answers for nearly every architecture."""
    texts: set[str] = set()
    for element in subjects(graph):
        _collect(element, texts)
    return bool(PLACEHOLDER.search("\0".join(texts)))


_NOT_THE_AUTHORS = frozenset({"id", "derived"})


def _collect(model: Model, texts: set[str]) -> None:
    held = model.__dict__
    own, lists, inner = _fields(type(model))
    texts.update(map(held.__getitem__, own))
    for name in lists:
        texts.update(held[name])
    for name in inner:
        for item in inner_models(held[name]):
            _collect(item, texts)


@cache
def _fields(model: type[Model]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the fields of a model that hold text of the author's own, those that hold lists of it, and models."""
    fields = model.model_fields.items()
    referring = {name for name, _, _ in reference_plan(model)}
    texts = tuple(
        n for n, field in fields if field.annotation is str and n not in referring and n not in _NOT_THE_AUTHORS
    )
    lists = tuple(n for n, field in fields if field.annotation == tuple[str, ...] and n not in referring)
    inner = tuple(n for n, field in fields if any(models_in(field.annotation)))
    return texts, lists, inner


def _texts(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    match value:
        case str():
            yield path, value
        case Model():
            for name in (name for names in _fields(type(value)) for name in names):
                yield from _texts(getattr(value, name), (*path, type(value).model_fields[name].alias or name))
        case tuple():
            for i, item in enumerate(value):
                yield from _texts(item, (*path, i))
        case _:
            return
