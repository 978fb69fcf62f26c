"""A KMS key is never rotated, or one key is shared by what should be apart.

## Why

Rotation limits how much one version of a key opens. A key that opens data of several classes opens the most sensitive
of it to everybody who may read the least, and one that several environments share joins what is kept apart otherwise.

## Fails

```yaml
data:
  buckets:
    files:   {encryption: sse-kms, key: one-key, classification: internal}
    records: {encryption: sse-kms, key: one-key, classification: restricted}
security:
  keys:
    one-key:  # expect: SEC012
      rotation: false  # expect: SEC012
```

## Passes

```yaml
data:
  buckets:
    files:   {encryption: sse-kms, key: files-key,   classification: internal}
    records: {encryption: sse-kms, key: records-key, classification: restricted}
security:
  keys:
    files-key: {rotation: true}
    records-key: {rotation: true}
```
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.element import Element
from archspec.model.security import Key
from archspec.model.status import current

ID = "SEC012"
NAME = "key-not-rotated"
SEVERITY = Severities(Severity.WARNING, Severity.INFO, Severity.OFF)
REFERENCES = (
    "CIS 3.6",
    "SC-12",
    "sec_protect_data_rest_key_mgmt",
    "https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html",
)


def subjects(graph: Graph) -> Iterable[Key]:
    """Return the keys."""
    return current(graph.architecture.security.keys.values())


def check(graph: Graph, key: Key) -> Iterator[Violation | Unknown]:
    """Fail a key without rotation, and one for several classes of data or several environments."""
    if key.rotation is None:
        yield Unknown(key.id, key.path, f"{key.id}.rotation")
    elif not key.rotation:
        yield Violation(key.id, (*key.path, "rotation"), f"{key.id} is not rotated", "state `rotation: true`")
    users = _users(graph).get(key.id, ())
    for what, shared in (
        ("of the classes", {class_ for one in users if (class_ := getattr(one, "classification", None))}),
        ("of the environments", {one.environment for one in users if one.environment}),
    ):
        if len(shared) > 1:
            message = f"{key.id} encrypts data {what} {', '.join(sorted(shared))}"
            yield Violation(key.id, key.path, message, "declare a key for each of them")


@lru_cache(maxsize=1)
def _users(graph: Graph) -> Mapping[str, list[Element]]:
    """Return key → what is encrypted with it."""
    found: dict[str, list[Element]] = {}
    for element in graph.architecture.elements.values():
        key = element.__dict__.get("key")
        if key and element.status == "current":
            found.setdefault(key, []).append(element)
    return found
