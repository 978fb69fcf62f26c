"""A load balancer or a distribution still takes connections with outdated encryption.

## Why

TLS 1.0 and 1.1 have been withdrawn, and an attacker on the way can talk both ends down to the oldest version that both
take. A security policy says what the oldest is. Where none is named, AWS's choice depends on how the listener was
made, so this cannot be told.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    public-b: {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}
  load_balancers:
    alb:
      subnets: [public-a, public-b]
      listeners:
        - port: 443
          protocol: HTTPS
          certificate: cert
          tls_policy: ELBSecurityPolicy-2016-08  # expect: SEC005
security: {certificates: {cert: {}}}
edge:
  distributions:
    cdn:
      certificate: cert
      tls_policy: TLSv1.1_2016  # expect: SEC005
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    public-b: {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}
  load_balancers:
    alb:
      subnets: [public-a, public-b]
      listeners:
        - {port: 443, protocol: HTTPS, certificate: cert, tls_policy: ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09}
security: {certificates: {cert: {}}}
edge:
  distributions:
    cdn: {certificate: cert, tls_policy: TLSv1.2_2021}
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from archspec.errors import KeyPath
from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.graph.tls_policies import known_as_of, weakness
from archspec.model.edge import Distribution
from archspec.model.network import LoadBalancer

ID = "SEC005"
NAME = "outdated-tls-policy"
SEVERITY = Severities(Severity.WARNING, Severity.WARNING, Severity.INFO)
REFERENCES = (
    "ELB.17",
    "CloudFront.15",
    "SC-8",
    "sec_protect_data_transit_encrypt",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html",
)

_EXAMPLES = {"load_balancer": "ELBSecurityPolicy-TLS13-1-2-2021-06", "distribution": "TLSv1.2_2021"}


class _Policy(NamedTuple):
    path: KeyPath
    name: str
    key: str


def subjects(graph: Graph) -> Iterator[LoadBalancer | Distribution]:
    """Yield what ends TLS: load balancers with such listeners, distributions with a certificate of their own."""
    architecture = graph.architecture
    for balancer in architecture.network.load_balancers.values():
        if balancer.status == "current" and any(True for _ in _policies(balancer)):
            yield balancer
    for one in architecture.edge.distributions.values():
        if one.status == "current" and one.certificate:
            yield one


def check(_graph: Graph, front: LoadBalancer | Distribution) -> Iterator[Violation | Unknown]:
    """Fail each policy that is outdated; unknown where none is named, or one that archspec does not know."""
    for policy in _policies(front):
        if not policy.name:
            yield Unknown(front.id, policy.path, policy.key)
            continue
        found = weakness(policy.name)
        if found is None:
            fact = f"the policy {policy.name} is none of those known in {known_as_of()}"
            yield Unknown(front.id, policy.path, fact)
        elif found:
            message = f"{front.id} takes connections by {policy.name}, which lets in {found}"
            yield Violation(front.id, policy.path, message, f"state `tls_policy: {_EXAMPLES[front.kind]}`, or stronger")


def _policies(front: LoadBalancer | Distribution) -> Iterator[_Policy]:
    if isinstance(front, Distribution):
        yield _Policy((*front.path, "tls_policy"), front.tls_policy, f"{front.id}.tls_policy")
        return
    for i, listener in enumerate(front.listeners):
        if listener.protocol in {"HTTPS", "TLS"}:
            path = (*front.path, "listeners", i, "tls_policy")
            yield _Policy(path, listener.tls_policy, f"{front.id}.listeners.{i}.tls_policy")
