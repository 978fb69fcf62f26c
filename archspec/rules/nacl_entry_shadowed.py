"""An entry of a network ACL is never asked: entries with lower numbers decide everything that it is about.

## Why

The first entry that fits decides. One that only repeats what stands before it confuses whoever reads it; one that
says the opposite is a deny that denies nothing, or an allow that allows nothing, and somebody believes in it.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  nacls:
    acl:
      ingress:
        - {number: 100, peer: internet, port: 443, protocol: tcp}
        - {number: 200, allow: false, peer: 192.0.2.0/24, port: 443, protocol: tcp}  # expect: NET011
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  nacls:
    acl:
      ingress:
        - {number: 100, allow: false, peer: 192.0.2.0/24, port: 443, protocol: tcp}
        - {number: 200, peer: internet, port: 443, protocol: tcp}
```
"""

from collections.abc import Iterable, Iterator, Sequence

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.blocks import parts
from archspec.graph.graph import Graph
from archspec.graph.intervals import intersect, subtract, union
from archspec.graph.nacls import Entry, about, entries
from archspec.model.network import Nacl
from archspec.model.status import current

ID = "NET011"
NAME = "nacl-entry-shadowed"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.INFO)
REFERENCES = ("sec_network_protection_layered", "https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html")


def subjects(graph: Graph) -> Iterable[Nacl]:
    """Return the current network ACLs."""
    return current(graph.architecture.network.nacls.values())


def check(graph: Graph, nacl: Nacl) -> Iterator[Violation | Unknown]:
    """Fail every entry that those before it, in the same direction, leave nothing of."""
    for direction in ("ingress", "egress"):
        asked = entries(graph, nacl, direction)
        for position, entry in enumerate(asked):
            if entry.blocks and _is_decided(entry, asked[:position]):
                yield _violation(entry, asked[:position])


def _is_decided(entry: Entry, before: Sequence[Entry]) -> bool:
    cuts = [block for one in before for block in one.blocks]
    return bool(before) and not any(
        subtract(entry.traffic, union(*(one.traffic for one in about(before, part))))
        for block in entry.blocks
        for part in parts(block, cuts)
    )


def _violation(entry: Entry, before: Sequence[Entry]) -> Violation:
    about_it = [one for block in entry.blocks for one in about(before, block) if intersect(one.traffic, entry.traffic)]
    opposed = [one for one in about_it if one.rule.allow != entry.rule.allow]
    decides = (opposed or about_it)[0]
    act = "allows" if decides.rule.allow else "denies"
    message = f"{entry.nacl.id}: entry {entry.number} is never asked, as entry {decides.number} {act} it before"
    fix = f"give it a number below {decides.number}, or remove it" if opposed else "remove it"
    return Violation(entry.nacl.id, entry.path, message, fix)
