"""A web ACL lets through what it is there to turn away.

## Why

A web ACL without rules turns nothing away. AWS's managed groups know the common attacks and the inputs that are known
to be bad, a limit of requests stops floods and guessing, and logs say what was turned away.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    public-b: {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}
  load_balancers:
    alb: {subnets: [public-a, public-b]}
edge:
  web_acls:
    waf:
      protects: [alb]
      rules:  # expect: SEC008
        - {name: AWSManagedRulesCommonRuleSet, managed: true}
        - {name: AWSManagedRulesKnownBadInputsRuleSet, managed: true}
      log_group: waf-logs
observability:
  log_groups: {waf-logs: {}}
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    public-b: {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}
  load_balancers:
    alb: {subnets: [public-a, public-b]}
edge:
  web_acls:
    waf:
      protects: [alb]
      rules:
        - {name: AWSManagedRulesCommonRuleSet, managed: true}
        - {name: AWSManagedRulesKnownBadInputsRuleSet, managed: true}
        - {name: flood, limit: 2000, per: 5 minutes}
      log_group: waf-logs
observability:
  log_groups: {waf-logs: {}}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.edge import WebAcl
from archspec.model.status import current

ID = "SEC008"
NAME = "weak-web-acl"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.OFF)
REFERENCES = (
    "WAF.10",
    "sec_network_protection_inspection",
    "https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html",
    "https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html",
)

_BASELINE = {"commonruleset": "the common rule set", "badinputs": "the known bad inputs"}
"""Part of the name of a group of AWS's, lower case and without spaces → what it is called."""


def subjects(graph: Graph) -> Iterable[WebAcl]:
    """Return the web ACLs."""
    return current(graph.architecture.edge.web_acls.values())


def check(_graph: Graph, acl: WebAcl) -> Iterator[Violation | Unknown]:
    """Fail an ACL that lacks a kind of rule; unknown where rules or logs are not stated."""
    if not acl.rules:
        yield Unknown(acl.id, acl.path, f"{acl.id}.rules")
    elif lacking := list(_lacking(acl)):
        fix = "add AWS's managed groups (`managed: true`) and a limit (`limit: 2000, per: 5 minutes`)"
        yield Violation(acl.id, (*acl.path, "rules"), f"{acl.id} lacks {' and '.join(lacking)}", fix)
    if not acl.log_group:
        yield Unknown(acl.id, acl.path, f"{acl.id}.log_group")


def _lacking(acl: WebAcl) -> Iterator[str]:
    """Yield what an ACL lacks. Groups of another vendor may do what AWS's do, so beside those AWS's are not missed."""
    managed = ["".join(rule.name.lower().split()) for rule in acl.rules if rule.managed]
    if not managed:
        yield "managed rules"
    elif all(name.startswith("awsmanaged") for name in managed):
        yield from (title for part, title in _BASELINE.items() if not any(part in name for name in managed))
    if not any(rule.limit for rule in acl.rules):
        yield "a limit of requests"
