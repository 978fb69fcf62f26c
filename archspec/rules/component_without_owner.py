"""Nobody answers for a component, where others have an owner.

## Why

When an alarm rings at night, when a finding is to be mended or a bill explained, the first question is whose it is. A
spec that names the `owner` of some components has to name it for all that run or keep something; one that names none at
all does not speak of owners, and the answer is unknown.

## Fails

```yaml
messaging:
  queues:
    orders: {owner: shop, retention: 4 days}
    mails: {retention: 4 days}  # expect: DOC003
```

## Passes

```yaml
messaging:
  queues:
    orders: {owner: shop, retention: 4 days}
    mails: {owner: platform, retention: 4 days}
```
"""

from collections.abc import Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.architecture import Architecture
from archspec.model.element import Element, spell_kind, with_article

ID = "DOC003"
NAME = "component-without-owner"
SEVERITY = Severities(Severity.WARNING, Severity.INFO, Severity.INFO)
REFERENCES = (
    "cost_monitor_usage_define_attribution",
    "ops_ops_model_def_resource_owners",
)

_OWNED = frozenset({"service", "load_balancer", "database", "cache", "proxy", "bucket", "queue", "topic",
                    "distribution", "pipeline"})  # fmt: skip


def subjects(graph: Graph) -> list[Architecture | Element]:
    """Return the components that somebody should answer for; the architecture, where no owner of anything is named."""
    elements = [one for one in graph.architecture.elements.values() if one.kind in _OWNED and one.status == "current"]
    if elements and not any(one.owner for one in elements):
        return [graph.architecture]
    return [*elements]


def check(_graph: Graph, subject: Architecture | Element) -> Iterator[Violation | Unknown]:
    """Fail a component without an owner."""
    if isinstance(subject, Architecture):
        yield Unknown(subject.name, (), "owner")
    elif not subject.owner:
        message = f"nobody is named who answers for {subject.id}, {with_article(spell_kind(subject.kind))}"
        yield Violation(subject.id, subject.path, message, "name the team: `owner: …`")
