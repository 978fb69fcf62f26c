"""Nothing uses a component, and it uses nothing.

## Why

A database that no flow reaches, a certificate that no listener has, a queue without producer or consumer: either it is
left over and costs money, or what uses it is missing from the spec, and no rule can judge what is not there. Where a
spec declares no flows at all, nobody knows who talks to whom, and the answer is unknown.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {api-sg: {}, db-sg: {}}
compute:
  services: {api: {port: 80, subnets: [private-a], security_groups: [api-sg]}}
data:
  databases:
    old-db: {engine: postgres, subnets: [private-a], security_groups: [db-sg]}  # expect: DOC004
security:
  certificates:
    old-cert: {domain: old.acme.io}  # expect: DOC004
flows:
  - internet -> api: 80 HTTP
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {api-sg: {}, db-sg: {}}
compute:
  services: {api: {port: 80, subnets: [private-a], security_groups: [api-sg], secrets: [password]}}
data:
  databases:
    db: {engine: postgres, subnets: [private-a], security_groups: [db-sg]}
security:
  secrets: {password: {}}
flows:
  - internet -> api: 80 HTTP
  - api -> db: 5432 PostgreSQL
```
"""

from collections.abc import Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.connected import connected
from archspec.graph.graph import Graph
from archspec.model.element import Element, spell_kind, with_article

ID = "DOC004"
NAME = "orphan-component"
SEVERITY = Severities(Severity.WARNING, Severity.INFO, Severity.INFO)
REFERENCES = ("cost_decomissioning_resources_implement_process",)

_NEEDS_FLOWS = frozenset({"service", "load_balancer", "database", "cache", "proxy", "queue", "topic", "bucket",
                          "distribution", "system", "actor"})  # fmt: skip
_NEEDS_USERS = frozenset({"certificate", "key", "secret", "web_acl", "target_group", "registry"})
_NEEDS_OTHERS = _NEEDS_FLOWS | _NEEDS_USERS


def subjects(graph: Graph) -> Iterator[Element]:
    """Yield the current components that make sense only together with others."""
    for element in graph.architecture.elements.values():
        if element.kind in _NEEDS_OTHERS and element.status == "current" and not element.derived:
            yield element


def check(graph: Graph, element: Element) -> Iterator[Violation | Unknown]:
    """Fail a component that no flow, no journey and no other element has to do with."""
    if element.id in connected(graph):
        return
    silent = _silent(graph, element)
    if silent:
        yield Unknown(element.id, element.path, silent)
        return
    message = f"nothing in the spec uses {element.id}, {with_article(spell_kind(element.kind))}"
    fix = "declare the flow or the element that uses it, or remove it"
    yield Violation(element.id, element.path, message, fix)


def _silent(graph: Graph, element: Element) -> str:
    """Return the fact that would tell who uses an element, where the spec does not speak of it."""
    if element.kind in _NEEDS_FLOWS and not graph.architecture.flows:
        return "flows"
    if element.kind == "web_acl":
        return f"{element.id}.protects"
    services = graph.architecture.compute.services.values()
    fetching = next((one.id for one in services if not one.registry), "")
    return f"{fetching}.registry" if element.kind == "registry" and fetching else ""
