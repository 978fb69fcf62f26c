"""A claim about the architecture is not true.

## Why

A document that says "all of it is encrypted" is believed. A claim is such a sentence, checked: its `assert` is a CEL
expression over the elements of the spec. A false claim stays in the document, with this finding beside it, until the
sentence or the system changes.

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

## What an expression may use

Only what is current counts. A fact that nobody has stated makes the answer unknown, and the finding names it;
`has(databases.orders.encrypted)` asks whether it is stated.

| write | it is |
|---|---|
| `databases.orders.multi_az` | a key of one element; `databases['user-data']` where the id has a hyphen |
| `services.all(s, size(s.azs) >= 2)` | a question to each element of a kind; `s.id` is its id |
| `exists`, `exists_one`, `filter`, `map` | in the same way as `all` |
| `size(vpcs)` | how many there are |
| `azs(services)`, `azs(services.filter(s, s.port == 443))` | the zones that elements stand in, sorted, each once |
| `sum(services, 'desired')` | a key of all elements, added up |
| `sum(cost.lines.map(l, l.amount))` | numbers, added up |
| `round(sum(cost.lines.map(l, l.amount)), 2)` | a number with so many decimals |
| `reaches('api', 'orders')`, `reaches('api', 'orders', 5432)` | whether one may connect to the other at once |
| `exposed('orders')` | whether the internet reaches it at once |
| `gets_to('internet', 'orders')` | whether one gets to the other, at once or step by step through others |
| `path_length('internet', 'orders')` | in how many steps; -1 where none lead |
| `members('ecs')`, `named_by('api')` | a cluster's services; the elements that name it |
| `flows_to('api')`, `flows_from('api')` | flows, its cluster's among them |
| `azs('api')`, `element('api')` | one element's zones; the element. In an environment its id is `'staging/api'` |
| `==`, `!=`, `<`, `in`, `&&`, <code>&#124;&#124;</code>, `!`, `? :` | as in [CEL](https://cel.dev) |

Kinds are the keys of a spec: `vpcs`, `subnets`, `internet_gateways`, `nat_gateways`, `route_tables`, `security_groups`,
`load_balancers`, `target_groups`, `elastic_ips`, `nacls`, `peerings`, `prefix_lists`, `endpoints`, `namespaces`,
`clusters`, `services`, `databases`, `caches`, `proxies`, `buckets`, `topics`, `queues`, `distributions`, `zones`,
`web_acls`, `certificates`, `keys`, `secret_stores`, `secrets`, `roles`, `detectors`, `monitors`, `log_groups`,
`flow_logs`, `alarms`, `dashboards`, `budgets`, `anomaly_monitors`, `registries`, `repositories`, `builds`, `pipelines`,
`actors`, `systems`. Beside them, `cost`, `recovery`, `operations`, `flows` and `journeys` are the sections of a spec as
they are written: `recovery.steps.all(s, has(s.takes))`.

| key of an element | it is |
|---|---|
| any key of the spec | as written, or AWS's default; `s.load_balancer`, `d.backups.retention` |
| `id`, `kind` | `'orders'`, `'database'` |
| `environment` | `'staging'`, of `staging/web`; empty for what stands once |
| `azs` | the zones that it stands in |
| `subnet_azs` | the zones of its subnets |
| a duration, as in `backups.every` | seconds: `d.backups.retention >= 7 * 86400` |
| an amount of money | dollars |
| `port` of a security group's rule | a list of ranges: `[[80, 80], [4000, 4003]]` |
"""

from collections.abc import Iterable, Iterator

from archspec.expressions import Expression, ExpressionError, Missing, attributes, compile_expression
from archspec.expressions.checking import check as mistakes
from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.fact_shapes import of_claims
from archspec.graph.functions import NO_ELEMENT
from archspec.graph.graph import Graph
from archspec.graph.querying import EVERYTHING, SEE, judged, misspelt, near, told
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
    wrong = next(filter(None, (misspelt(graph, word) for word in attributes(claim.assertion))), None)
    if wrong:
        yield Violation(claim.id, place, f"the assert of '{claim.says}' does not work: {wrong[0]}", wrong[1])
        return
    try:
        answer = _answer(graph, compile_expression(claim.assertion, EVERYTHING))
    except ExpressionError as error:
        column = f" at column {error.column}" if error.column else ""
        message = f"the assert of '{claim.says}' does not work{column}: {error}"
        hint = error.hint if "did you mean" in error.hint else SEE
        yield Violation(claim.id, place, message, hint)
        return
    match answer:
        case Missing(fact) if fact.startswith(NO_ELEMENT):
            asked = fact.removeprefix(NO_ELEMENT).split("'")[1]
            hint = near(asked, graph.architecture.elements)
            yield Violation(claim.id, place, f"the assert of '{claim.says}' does not work: {fact}", hint)
        case Missing(fact):
            wrong = None if " " in fact else misspelt(graph, fact.rpartition(".")[2])
            if wrong:
                yield Violation(claim.id, place, f"the assert of '{claim.says}' does not work: {wrong[0]}", wrong[1])
            else:
                yield Unknown(claim.id, place, told(graph, fact))
        case False:
            message = f"it is claimed that '{claim.says}', and it is not so: {claim.assertion}"
            reason = (Hop("note", claim.because, (*claim.path, "because")),) if claim.because else ()
            yield Violation(claim.id, claim.path, message, "change the sentence, or the architecture", reason)
        case True:
            return


def _answer(graph: Graph, expression: Expression) -> bool | Missing:
    """Answer a claim. Raises `ExpressionError` also where it asks for what nothing has, before anything is asked."""
    for wrong in mistakes(expression, of_claims())[:1]:
        raise ExpressionError(wrong.message, wrong.at + 1, wrong.hint)
    return judged(graph, expression)
