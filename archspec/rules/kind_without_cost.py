"""Something that AWS bills by the month or by use is in no cost line.

## Why

Beside what runs by the hour there is what costs little each, and adds up: keys, secrets, hosted zones and addresses
by the month, storage, requests and logs by their amount, detectors by what they look at. An estimate that leaves a
whole kind of it out is said to be the total and is none. Each kind is told once, and one line for any of it is
enough.

What may be free is not asked for: certificates, roles, Parameter Store, the first trail, Shield Standard. Only lines
that say with `covers` what they pay for can tell.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}}
  nat_gateways: {nat: {subnet: public-a}}
data:
  buckets:
    uploads: {}  # expect: CST011
    reports: {}
cost:
  lines:
    - {resource: NAT Gateway, covers: [nat], amount: $33}
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}}
  nat_gateways: {nat: {subnet: public-a}}
data:
  buckets: {uploads: {}, reports: {}}
cost:
  lines:
    - {resource: NAT Gateway, covers: [nat], amount: $33}
    - {resource: S3, covers: [uploads], amount: $5}
```
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from archspec.errors import KeyPath
from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.shortened import and_more
from archspec.graph.spending import covering_anything, paying
from archspec.model.element import Element
from archspec.model.security import Detector, Secret, SecretStore

ID = "CST011"
NAME = "kind-without-cost"
SEVERITY = Severities(Severity.INFO, Severity.INFO, Severity.INFO)
REFERENCES = ("cost_monitor_usage_define_attribution",)

_BILLED: Mapping[str, str] = {
    "bucket": "an S3 bucket",
    "queue": "a queue or a topic",
    "topic": "a queue or a topic",
    "registry": "a container registry",
    "elastic_ip": "a public IPv4 address",
    "zone": "a hosted zone",
    "distribution": "a distribution",
    "web_acl": "a web ACL",
    "key": "a KMS key",
    "secret": "a secret",
    "secret_store": "a secret",
    "log_group": "a log group",
    "monitor": "a log group",
    "detector": "a detector",
}
"""Kind → how the bill calls it. A line for CloudWatch as a whole pays for its logs, one for a store for its secrets."""
_GUARDS = ("guardduty", "config", "security-hub", "inspector", "macie")
"""The detectors that are never free: https://aws.amazon.com/guardduty/pricing/ and the pages of the others."""


class Kind(NamedTuple):
    """What is billed under one name: its elements, of which the first says where it stands."""

    id: str
    word: str
    elements: tuple[Element, ...]

    @property
    def path(self) -> KeyPath:
        """Where the first of it stands."""
        return self.elements[0].path


def subjects(graph: Graph) -> list[Kind]:
    """Return the kinds of which there is something; none where no line says what it pays for."""
    if not any(line.covers for line in graph.architecture.cost.lines):
        return []
    found = [Kind(f"cost of {word}", word, elements) for word, elements in _kinds(graph).items()]
    unpaid = [kind for kind in found if not _is_paid(graph, kind)]
    if covering_anything(graph) and unpaid:  # it may pay for all of them: one question, and not one a kind
        return [Kind("cost of what is billed by use", "", unpaid[0].elements)]
    return found


def check(graph: Graph, kind: Kind) -> Iterator[Violation | Unknown]:
    """Fail a kind of which no line covers anything."""
    if _is_paid(graph, kind):
        return
    open_line = covering_anything(graph)
    if open_line:
        yield Unknown(kind.id, open_line.path, f"covers of the {open_line.id}".replace(" ", "_"))
        return
    names = and_more(", ".join(one.id for one in kind.elements[:3]), len(kind.elements) - 3)
    message = f"no cost line covers {kind.word}, and AWS bills them: {names}"
    yield Violation(kind.id, kind.path, message, f"add a line with `covers: [{kind.elements[0].id}]`, however small")


def _is_paid(graph: Graph, kind: Kind) -> bool:
    return any(one.id in paying(graph) for one in kind.elements)


@lru_cache(maxsize=1)
def _kinds(graph: Graph) -> Mapping[str, tuple[Element, ...]]:
    found: dict[str, list[Element]] = {}
    free = {one.id for one in graph.architecture.security.secret_stores.values() if one.service == "parameter-store"}
    for element in graph.architecture.elements.values():
        word = _BILLED.get(element.kind)
        if word and element.status == "current" and not _is_free(element, free):
            found.setdefault(word, []).append(element)
    for elements in found.values():
        elements.sort(key=lambda one: one.kind == "monitor")  # which asks for no line by itself
    return {word: tuple(elements) for word, elements in found.items() if elements[0].kind != "monitor"}


def _is_free(element: Element, free: set[str]) -> bool:
    match element:
        case Detector():
            return element.service not in _GUARDS
        case SecretStore():
            return element.id in free
        case Secret():
            return element.store in free
        case _:
            return False
