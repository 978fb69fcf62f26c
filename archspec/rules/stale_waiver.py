"""A waiver is incomplete, too long, past its date, or accepts more or less than there is to accept.

## Why

A waiver accepts a finding for a reason, for a time, by somebody. Past its date the finding is back, and so is this
one. A waiver that matches nothing was for something that is repaired or misspelt, and would hide the next finding of
its name. One for a pattern says how many findings it accepts: where there are more, the others are not accepted; where
there are fewer, the number has to go down, or the next new one would go unseen. A date is at most a year away, unless
the project's setting `longest_waiver` says otherwise: nobody looks again at a risk that is accepted for longer.

This rule cannot be waived, and neither can a rule that crashed (`XXX000`).

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  security_groups: {old-a: {}, old-b: {}, old-c: {}}
waivers:
  - {rule: AVL001, subject: api, reason: accepted, owner: platform, expires: 2020-01-31}  # expect: DOC005
  - {rule: NET008, subject: old-*, count: 2, reason: moving, owner: platform, expires: 2026-12-31}  # expect: DOC005
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

from archspec.findings import UNWAIVABLE, Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.claim import Waiver

ID = "DOC005"
NAME = "stale-waiver"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.WARNING)
REFERENCES: tuple[str, ...] = ()


def subjects(graph: Graph) -> Iterable[Waiver]:
    """Return the waivers."""
    return graph.architecture.waivers


def check(graph: Graph, waiver: Waiver) -> Iterator[Violation | Unknown]:
    """Fail a waiver without a reason, owner or date, with a date that is past or too far, or of what has to be mended.

    Whether it accepts as much as there is to accept is known when all rules have run: `checks` says so under this rule.
    """
    for key in ("reason", "owner", "expires"):
        if not getattr(waiver, key):
            yield Violation(waiver.id, waiver.path, f"the {waiver.id} states no {key}", f"add `{key}:`")
    if waiver.rule in UNWAIVABLE:
        fix = "mend the other waiver" if waiver.rule == ID else "mend what it is about"
        yield Violation(waiver.id, (*waiver.path, "rule"), f"{waiver.rule} cannot be waived", fix)
    if is_past(waiver, graph.today):
        message = f"the {waiver.id} expired on {waiver.expires}, so its finding counts again"
        yield Violation(waiver.id, (*waiver.path, "expires"), message, "mend the finding, or decide anew")
    if waiver.expires and graph.today and (waiver.expires - graph.today).days > graph.longest_waiver:
        message = f"the {waiver.id} lasts until {waiver.expires}, more than {graph.longest_waiver} days from today"
        yield Violation(waiver.id, (*waiver.path, "expires"), message, "choose a nearer date and look at it again then")


def is_valid(waiver: Waiver, today: datetime.date | None) -> bool:
    """Whether the waiver accepts anything: it is complete, not past its date, and about what may be waived."""
    complete = waiver.reason and waiver.owner and waiver.expires
    return bool(complete) and waiver.rule not in UNWAIVABLE and not is_past(waiver, today)


def is_past(waiver: Waiver, today: datetime.date | None) -> bool:
    """Whether the waiver's date is behind `today`; without a day to judge by, no date is."""
    return bool(waiver.expires and today and waiver.expires < today)
