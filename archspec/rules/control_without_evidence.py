"""A control of a framework is claimed, and nothing shows that it is met.

## Why

An auditor who reads "CP-9 is met" asks how that is known. A claim that names `controls` has an `assert`, which is
checked each time, or a link to what shows it: a report, a ticket, a page. With neither it is a wish.

## Fails

```yaml
claims:
  - says: Backups are kept in another Region
    controls: [CP-9, RDS.11]  # expect: DOC011
```

## Passes

```yaml
claims:
  - {says: Every queue is encrypted, controls: [SQS.1], assert: "queues.all(q, has(q.key))"}
  - {says: Backups are restored once a quarter, controls: [CP-9], evidence: "https://wiki.acme.io/drills"}
```
"""

from collections.abc import Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.claim import Claim

ID = "DOC011"
NAME = "control-without-evidence"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.OFF)
REFERENCES = ("sec_securely_operate_control_objectives",)


def subjects(graph: Graph) -> list[Claim]:
    """Return the claims that name a control."""
    return [claim for claim in graph.architecture.claims if claim.controls]


def check(_graph: Graph, claim: Claim) -> Iterator[Violation | Unknown]:
    """Fail a claim that neither an expression nor evidence stands for."""
    if not (claim.assertion or claim.evidence):
        message = f"the claim '{claim.says}' says that {', '.join(claim.controls)} is met, and nothing shows it"
        fix = "add an `assert` that checks it, or a link to what shows it: `evidence: https://…`"
        yield Violation(claim.id, (*claim.path, "controls"), message, fix)
