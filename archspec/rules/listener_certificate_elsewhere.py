"""A listener's certificate is in another Region, or is not there yet.

## Why

A load balancer takes certificates of its own Region alone. AWS refuses a listener with one of another Region, and one
with a certificate that does not exist.

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
        - {port: 443, protocol: HTTPS, certificate: site-cert}  # expect: DEP028
security:
  certificates: {site-cert: {region: eu-west-1}}
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
      listeners: [{port: 443, protocol: HTTPS, certificate: site-cert}]
security:
  certificates: {site-cert: {}}
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Hop, Severities, Severity, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.network import LoadBalancer

ID = "DEP028"
NAME = "listener-certificate-elsewhere"
SEVERITY = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)
REFERENCES = (
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html",
    "https://docs.aws.amazon.com/acm/latest/userguide/acm-regions.html",
)


def subjects(graph: Graph) -> Iterable[LoadBalancer]:
    """Return the load balancers that have a listener with a certificate."""
    balancers = graph.architecture.network.load_balancers.values()
    return [one for one in balancers if one.status == "current" and any(each.certificate for each in one.listeners)]


def check(graph: Graph, balancer: LoadBalancer) -> Iterator[Violation | Unknown]:
    """Fail a certificate of another Region than the spec's, and one that is only planned."""
    region = graph.architecture.region
    for i, listener in enumerate(balancer.listeners):
        certificate = graph.architecture.security.certificates.get(listener.certificate)
        if certificate is None:
            continue
        path = (*balancer.path, "listeners", i, "certificate")
        if certificate.status != "current":
            message = f"{balancer.id} answers with {certificate.id}, which is {certificate.status}"
            yield Violation(balancer.id, path, message, "name a certificate that is there today")
        if certificate.region not in {"", region}:
            message = f"{balancer.id} is in {region}, and {certificate.id} in {certificate.region}"
            hop = Hop("note", f"{certificate.id} is in {certificate.region}", (*certificate.path, "region"))
            yield Violation(balancer.id, path, message, f"name a certificate in {region}", (hop,))
