"""A reference names an element that does not exist, or an id is used twice.

## Why

A reference to nothing is a misspelling or something that was removed, and every check after it would be about another
system than the one that is meant. So it is found when the spec is loaded, all of them at once, and no rule runs.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}}
  nat_gateways:
    nat: {subnet: public-b}  # expect: DOC001
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}}
  nat_gateways: {nat: {subnet: public-a}}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.element import Element

ID = "DOC001"
NAME = "unresolved-reference"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES: tuple[str, ...] = ()


def subjects(_graph: Graph) -> Iterable[Element]:
    """Return nothing: a spec that could be loaded has passed."""
    return ()


def check(_graph: Graph, _element: Element) -> Iterator[Violation | Unknown]:
    """Yield nothing: `importers.spec` refuses what would fail."""
    yield from ()
