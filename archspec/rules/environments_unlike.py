"""A staging environment is not built as production is.

## Why

Staging answers one question: will it work in production? It answers only as far as it is the same. Sizes, counts, names
and domains may differ; an engine or its version, encryption, a port, a queue that keeps its order and one that does not
may not, and what is missing there was never tried. Compared are environments of the stages staging and production.

## Fails

```yaml
environments:
  live:
    stage: production
    messaging:
      queues: {jobs: {fifo: true}}
  trial:
    stage: staging
    messaging:
      queues:
        jobs: {fifo: false}  # expect: DOC010
messaging:
  queues: {jobs: {retention: 4 days}}
```

## Passes

```yaml
environments:
  live:
    stage: production
    messaging:
      queues: {jobs: {retention: 14 days}}
  trial:
    stage: staging
    messaging:
      queues: {jobs: {retention: 1 day}}
messaging:
  queues: {jobs: {fifo: true}}
```
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.element import Element, spell_kind, with_article
from archspec.model.environment import Stage

ID = "DOC010"
NAME = "environments-unlike"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.INFO)
REFERENCES = ("ops_dev_integ_multi_env",)

_STORE = ("engine", "engine_version", "port", "encrypted", "tls")
_ALIKE: Mapping[str, tuple[str, ...]] = {
    "service": ("launch", "port", "transport", "public_ip"),
    "load_balancer": ("type", "scheme"),
    "database": (*_STORE, "public"),
    "cache": (*_STORE, "serverless", "cluster_mode"),
    "proxy": ("family", "tls", "iam_auth"),
    "queue": ("fifo",),
    "topic": ("fifo",),
    "distribution": (),
}
"""Kind → the keys whose difference makes another system, not a smaller one."""


class Pair(NamedTuple):
    """An element of production, and the one that is its like in staging, if there is one."""

    live: Element
    like: Element | None
    environment: str

    @property
    def id(self) -> str:
        """How findings and waivers call the pair: by the element of staging, or of production where that is missing."""
        return self.like.id if self.like else self.live.id


def subjects(graph: Graph) -> Iterator[Pair]:
    """Yield the elements of each production environment with their likes in each staging environment."""
    live, trial = _named(graph, "production"), _named(graph, "staging")
    if not (live and trial):
        return
    elements = graph.architecture.elements
    for element in elements.values():
        if element.environment not in live or element.kind not in _ALIKE or element.status != "current":
            continue
        local = element.id.rpartition("/")[2]
        for environment in trial:
            like = elements.get(f"{environment}/{local}")
            yield Pair(element, like if like and like.status == "current" else None, environment)


def _named(graph: Graph, stage: Stage) -> list[str]:
    environments = graph.architecture.environments
    return [id_ for id_, one in environments.items() if one.stage == stage and one.status == "current"]


def check(_graph: Graph, pair: Pair) -> Iterator[Violation | Unknown]:
    """Fail what staging has not, or has as something else; what only one of the two states is not compared."""
    live, like = pair.live, pair.like
    if like is None:
        message = f"{live.id}, {with_article(spell_kind(live.kind))}, has no like in {pair.environment}"
        yield Violation(
            pair.id, live.path, message, f"add it to {pair.environment}, or accept that it is tried nowhere"
        )
        return
    for key in _ALIKE[live.kind]:
        here, there = getattr(like, key), getattr(live, key)
        if here != there and here not in (None, "") and there not in (None, ""):
            message = f"{like.id} has {key} {_spell(here)}, and {live.id} has {_spell(there)}"
            yield Violation(
                pair.id, (*like.path, key), message, "make both alike, so that staging tells about production"
            )


def _spell(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
