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
from functools import cache

from archspec.errors import KeyPath
from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.element import Element, Model, models_in, reference_plan

ID = "DOC002"
NAME = "unknown-key-or-placeholder"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = ("https://www.rfc-editor.org/rfc/rfc2606",)

PLACEHOLDER = re.compile(
    r"\b(?:TODO|TBD|TBC|FIXME|XXX|CHANGE[ _-]?ME|lorem ipsum|your[-_](?:domain|company|account)\b)"
    r"|\bexample\.(?:com|org|net)\b"
)


def subjects(graph: Graph) -> Iterable[Element]:
    """Return every stated element."""
    return [element for element in graph.architecture.elements.values() if not element.derived]


def check(_graph: Graph, element: Element) -> Iterator[Violation | Unknown]:
    """Fail every text in the element that is a placeholder."""
    if not PLACEHOLDER.search(_joined(element)):
        return
    for path, text in _texts(element, element.path):
        found = PLACEHOLDER.search(text)
        if found:
            message = f"{element.id} holds the placeholder '{found.group()}'"
            yield Violation(element.id, path, message, "write the fact, or leave the key out: then it is not stated")


def _joined(model: Model) -> str:
    """Return the free texts of a model and the models in it: one search answers for nearly every element."""
    held = model.__dict__
    texts, inner = _free_texts(type(model))
    found = [text for name in texts if (text := held[name])]
    found += [_joined(item) for name in inner if held[name] for item in _models(held[name])]
    return "\0".join(found)


def _models(value: object) -> Iterable[Model]:
    return [value] if isinstance(value, Model) else [item for item in value if isinstance(item, Model)]  # type: ignore[attr-defined]  # a tuple


@cache
def _free_texts(model: type[Model]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the fields of a model that hold text of the author's own, and those that hold models."""
    fields = model.model_fields.items()
    referring = {name for name, _, _ in reference_plan(model)}
    texts = tuple(n for n, field in fields if field.annotation is str and n not in referring and n != "id")
    inner = tuple(n for n, field in fields if any(models_in(field.annotation)))
    return texts, inner


def _texts(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    match value:
        case str():
            yield path, value
        case Model():
            for name, item in value:
                if isinstance(item, str | tuple | Model):
                    yield from _texts(item, (*path, type(value).model_fields[name].alias or name))
        case tuple():
            for i, item in enumerate(value):
                yield from _texts(item, (*path, i))
        case _:
            return
