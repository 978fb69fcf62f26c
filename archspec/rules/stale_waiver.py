"""A waiver is incomplete, too long, past its date, or matches no finding.

## Why

A waiver accepts a finding for a reason, for a time, by somebody. Past its date the finding is back, and so is this
one. A waiver that matches nothing was for something that is repaired or misspelt, and would hide the next finding of
its name. No waiver lasts more than two years.

## Fails

```yaml
waivers:
  - {rule: AVL001, subject: api, reason: accepted, owner: platform, expires: 2020-01-31}  # expect: DOC005
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {api-sg: {}}
compute:
  services:
    api: {desired: 2, subnets: [private-a], security_groups: [api-sg]}
waivers:
  - {rule: AVL001, subject: api, reason: a demonstration, owner: platform, expires: 2026-12-31}
```
"""

import datetime
from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.claim import Waiver

ID = "DOC005"
NAME = "stale-waiver"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.WARNING)
REFERENCES: tuple[str, ...] = ()

MAX_DAYS = 731
"""Two years, one of them a leap year: archspec's own choice. Nobody looked again at a risk that is accepted for longer,
and who wrote the reason has often left."""


def subjects(graph: Graph) -> Iterable[Waiver]:
    """Return the waivers."""
    return graph.architecture.waivers


def check(graph: Graph, waiver: Waiver) -> Iterator[Violation | Unknown]:
    """Fail a waiver without a reason, owner or date, with a date that is past or too far, or on this rule itself.

    Whether it matches a finding is known when all rules have run: `checks` says so under this rule.
    """
    for key in ("reason", "owner", "expires"):
        if not getattr(waiver, key):
            yield Violation(waiver.id, waiver.path, f"the {waiver.id} states no {key}", f"add `{key}:`")
    if waiver.rule == ID:
        yield Violation(waiver.id, (*waiver.path, "rule"), f"{ID} cannot be waived", "mend the other waiver")
    if is_past(waiver, graph.today):
        message = f"the {waiver.id} expired on {waiver.expires}, so its finding counts again"
        yield Violation(waiver.id, (*waiver.path, "expires"), message, "mend the finding, or decide anew")
    if waiver.expires and graph.today and (waiver.expires - graph.today).days > MAX_DAYS:
        message = f"the {waiver.id} lasts until {waiver.expires}, more than two years"
        yield Violation(waiver.id, (*waiver.path, "expires"), message, "choose a nearer date and look at it again then")


def is_past(waiver: Waiver, today: datetime.date | None) -> bool:
    """Whether the waiver's date is behind `today`; without a day to judge by, no date is."""
    return bool(waiver.expires and today and waiver.expires < today)
