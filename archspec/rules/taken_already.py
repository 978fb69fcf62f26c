"""Something is declared a second time that AWS has once.

## Why

A VPC has one internet gateway, a load balancer or distribution one web ACL, an alias one distribution, a domain one
private zone and one namespace in a VPC, a route table one gateway endpoint of a service, a Region one detector of a
kind. Names are given once, and a security group has a rule once. AWS refuses the second.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  internet_gateways:
    igw: {vpc: main}
    spare-igw: {vpc: main}  # expect: DEP033
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}, other: {cidr: 10.1.0.0/16}}
  internet_gateways:
    igw: {vpc: main}
    spare-igw: {vpc: other}
```
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from archspec.errors import KeyPath
from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.real_names import is_real
from archspec.model.element import Element
from archspec.model.network import EgressRule, IngressRule, SecurityGroup
from archspec.model.ports import spell_ports
from archspec.model.status import current

ID = "DEP033"
NAME = "taken-already"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachInternetGateway.html",
    "https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html",
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html",
    "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html",
)

_ONCE = frozenset({"guardduty", "config", "security-hub", "macie"})
"""Detectors of which a Region has one."""
_NAMED = frozenset(
    {"load_balancer", "target_group", "bucket", "queue", "topic", "role", "database", "cache", "registry", "log_group"}
)


class _Claim(NamedTuple):
    """What an element takes for itself: what it is, in words, of whose, and where that is stated."""

    what: str
    of: str
    element: Element
    path: KeyPath


def subjects(graph: Graph) -> Iterable[Element]:
    """Return the elements that take something which AWS gives once."""
    return {claim.element.id: claim.element for claim in _claims(graph)}.values()


def check(graph: Graph, element: Element) -> Iterator[Violation | Unknown]:
    """Fail each claim that another one came before."""
    for claim in _claims_of(graph).get(element.id, ()):
        first = _first(graph)[claim.what, claim.of]
        if first is not claim:
            message = f"{element.id} takes {claim.what} of {claim.of}, which {first.element.id} has"
            hop = Hop("note", f"{first.element.id} has it", first.path)
            yield Violation(element.id, claim.path, message, "remove one of the two", (hop,))


@lru_cache(maxsize=1)
def _claims(graph: Graph) -> tuple[_Claim, ...]:
    return (*_in_vpcs(graph), *_at_the_edge(graph), *_of_tables(graph), *_of_rules(graph), *_of_names(graph))


@lru_cache(maxsize=1)
def _claims_of(graph: Graph) -> Mapping[str, list[_Claim]]:
    found: dict[str, list[_Claim]] = {}
    for claim in _claims(graph):
        found.setdefault(claim.element.id, []).append(claim)
    return found


@lru_cache(maxsize=1)
def _first(graph: Graph) -> Mapping[tuple[str, str], _Claim]:
    found: dict[tuple[str, str], _Claim] = {}
    for claim in _claims(graph):
        found.setdefault((claim.what, claim.of), claim)
    return found


def _in_vpcs(graph: Graph) -> Iterator[_Claim]:
    network = graph.architecture.network
    for gateway in current(network.internet_gateways.values()):
        if gateway.vpc and not gateway.derived:
            yield _Claim("the internet gateway", gateway.vpc, gateway, gateway.path)
    for space in current(network.namespaces.values()):
        if space.vpc:
            yield _Claim(f"the namespace {space.domain}", space.vpc, space, (*space.path, "domain"))
    for zone in current(graph.architecture.edge.zones.values()):
        for i, vpc in enumerate(zone.vpcs if zone.private and zone.domain else ()):
            yield _Claim(f"the private zone {zone.domain}", vpc, zone, (*zone.path, "vpcs", i))


def _at_the_edge(graph: Graph) -> Iterator[_Claim]:
    edge = graph.architecture.edge
    for acl in current(edge.web_acls.values()):
        for i, protected in enumerate(dict.fromkeys(acl.protects)):
            yield _Claim("the web ACL", protected, acl, (*acl.path, "protects", i))
    for one in current(edge.distributions.values()):
        for i, alias in enumerate(dict.fromkeys(one.aliases)):
            yield _Claim("the alias", alias.lower(), one, (*one.path, "aliases", i))
    for detector in current(graph.architecture.security.detectors.values()):
        if detector.service in _ONCE:
            place = detector.environment or "the account"
            yield _Claim(f"the {detector.service}", place, detector, (*detector.path, "service"))


def _of_tables(graph: Graph) -> Iterator[_Claim]:
    for endpoint in current(graph.architecture.network.endpoints.values()):
        if endpoint.type == "gateway":
            for i, table in enumerate(dict.fromkeys(endpoint.route_tables)):
                path = (*endpoint.path, "route_tables", i)
                yield _Claim(f"the endpoint of {endpoint.service}", table, endpoint, path)


def _of_rules(graph: Graph) -> Iterator[_Claim]:
    for group in current(graph.architecture.network.security_groups.values()):
        yield from _rules(group)


def _rules(group: SecurityGroup) -> Iterator[_Claim]:
    sides: dict[str, Sequence[IngressRule | EgressRule]] = {"ingress": group.ingress, "egress": group.egress or ()}
    for direction, rules in sides.items():
        for i, rule in enumerate(rules):
            ports = f" {spell_ports(rule.port)}" if rule.protocol in {"tcp", "udp"} else ""
            what = f"the {direction} rule for {rule.peer} {rule.protocol}{ports}"
            yield _Claim(what, group.id, group, (*group.path, direction, i))


def _of_names(graph: Graph) -> Iterator[_Claim]:
    """Yield names without variables: environments may have accounts of their own, so each has its names."""
    for element in current(graph.architecture.elements.values()):
        if element.kind in _NAMED and is_real(element.name):
            where = f" in {element.environment}" if element.environment else ""
            what = f"the name of a {element.kind.replace('_', ' ')}{where}"
            yield _Claim(what, f"'{element.name[:80]}'", element, (*element.path, "name"))
