"""A flow on a way between people and classified data is not encrypted as that class asks.

## Why

Encryption that ends at the load balancer leaves the rest of the way open to whoever gets into the network. What is
`confidential` or above has to be encrypted on every step between people and the store; what is `internal` may be read
inside its VPC only. Stores without a `classification` ask for nothing here.

## Fails

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a:  {az: us-east-1a, tier: public,  cidr: 10.0.1.0/24}
    public-b:  {az: us-east-1b, tier: public,  cidr: 10.0.2.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.3.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.4.0/24}
  security_groups: {sg: {}}
  load_balancers:
    alb:
      subnets: [public-a, public-b]
      listeners: [{port: 443, protocol: HTTPS, certificate: cert, forward: api}]
compute:
  services:
    api: {port: 8080, desired: 2, subnets: [private-a, private-b], security_groups: [sg]}
data:
  databases:
    db:
      engine: postgres
      tls: true
      classification: confidential
      subnets: [private-a, private-b]
      security_groups: [sg]
security: {certificates: {cert: {}}}
flows:
  - internet -> alb: 443 HTTPS
  - alb -> api: 8080 HTTP  # expect: SEC006
  - api -> db: 5432 PostgreSQL
```

## Passes

```yaml
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a:  {az: us-east-1a, tier: public,  cidr: 10.0.1.0/24}
    public-b:  {az: us-east-1b, tier: public,  cidr: 10.0.2.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.3.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.4.0/24}
  security_groups: {sg: {}}
  load_balancers:
    alb:
      subnets: [public-a, public-b]
      listeners: [{port: 443, protocol: HTTPS, certificate: cert, forward: api}]
compute:
  services:
    api: {port: 8443, desired: 2, subnets: [private-a, private-b], security_groups: [sg]}
data:
  databases:
    db:
      engine: postgres
      tls: true
      classification: confidential
      subnets: [private-a, private-b]
      security_groups: [sg]
security: {certificates: {cert: {}}}
flows:
  - internet -> alb: 443 HTTPS
  - alb -> api: 8443 HTTPS
  - api -> db: 5432 PostgreSQL
```
"""

from collections.abc import Iterable, Iterator

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.encryption_in_transit import is_encrypted
from archspec.graph.graph import Graph, is_attached
from archspec.graph.sensitive import needs
from archspec.model.classification import is_sensitive
from archspec.model.flow import Flow

ID = "SEC006"
NAME = "plain-on-the-way-to-data"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.INFO)
REFERENCES = ("ELB.18", "SC-8", "sec_protect_data_transit_encrypt")


def subjects(graph: Graph) -> Iterable[Flow]:
    """Return the flows on ways between people and stores that state a class above `public`."""
    found = needs(graph)
    return [
        flow for flow in graph.architecture.flows if (need := found.get(flow.index)) and need.classification != "public"
    ]


def check(graph: Graph, flow: Flow) -> Iterator[Violation | Unknown]:
    """Fail a flow that can be read where its data may not be."""
    need = needs(graph)[flow.index]
    if not is_sensitive(need.classification) and _stays_inside(graph, flow):
        return
    encrypted = is_encrypted(graph, flow)
    if encrypted is None:
        yield Unknown(flow.id, flow.path, "tls")
    elif not encrypted:
        message = f"{flow.source} and {flow.target} talk in plain text, on the way to {need.store}"
        message = f"{message}, which is {need.classification}"
        yield Violation(flow.id, flow.path, message, "encrypt this step too, and say so: HTTPS, or `tls: true`")


def _stays_inside(graph: Graph, flow: Flow) -> bool:
    """Whether both ends stand in one VPC."""
    connections = graph.connections_of(flow)
    return bool(connections) and all(
        is_attached(one.source) and is_attached(one.target) and graph.vpc(one.source) == graph.vpc(one.target) != ""
        for one in connections
    )
