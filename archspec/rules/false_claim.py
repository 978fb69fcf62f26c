"""A claim about the architecture is not true.

## Why

A document that says "all of it is encrypted" is believed. A claim is such a sentence, checked: its `assert` is a CEL
expression over the elements of the spec. A false claim stays in the document, with this finding beside it, until the
sentence or the system changes. In expressions, kinds are maps by id (`services`, `databases` …), `azs(…)` gives the
zones of a map of elements, `sum(…, 'key')` adds up a key.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
claims:
  - {says: Two zones are in use, assert: size(azs(subnets)) == 2}  # expect: DOC012
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
claims:
  - {says: One zone is in use, assert: size(azs(subnets)) == 1}
```
"""

from collections.abc import Iterable, Iterator

from archspec.expressions import ExpressionError, Missing, compile_expression, evaluate
from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.facts import TABLES, table
from archspec.graph.graph import Graph
from archspec.model.claim import Claim

ID = "DOC012"
NAME = "false-claim"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.WARNING)
REFERENCES = ("https://cel.dev",)


def subjects(graph: Graph) -> Iterable[Claim]:
    """Return the claims that can be checked."""
    return [claim for claim in graph.architecture.claims if claim.assertion]


def check(graph: Graph, claim: Claim) -> Iterator[Violation | Unknown]:
    """Fail a claim whose expression answers false, or cannot be answered because it is not a valid expression."""
    place = (*claim.path, "assert")
    try:
        expression = compile_expression(claim.assertion, TABLES)
        answer = evaluate(expression, {name: table(graph, name) for name in expression.variables})
    except ExpressionError as error:
        message = f"the assert of '{claim.says}' does not work: {error}"
        yield Violation(claim.id, place, message, "see `archspec explain DOC012` for what an expression may use")
        return
    match answer:
        case Missing(fact):
            yield Unknown(claim.id, place, fact)
        case False:
            message = f"it is claimed that '{claim.says}', and it is not so: {claim.assertion}"
            yield Violation(claim.id, claim.path, message, "change the sentence, or the architecture")
        case True:
            return
