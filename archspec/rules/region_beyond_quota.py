"""More of something is declared than AWS gives an account in a Region, or a zone, unless it is asked.

## Why

AWS creates 5 VPCs and 5 elastic IP addresses in a Region, 5 NAT gateways in a zone, 5 blocks of addresses and 50
interface endpoints in a VPC, and refuses the next one until the quota is raised. That takes a request and days.

## Fails

```yaml
network:
  vpcs:
    one: {cidr: 10.1.0.0/16}
    two: {cidr: 10.2.0.0/16}
    three: {cidr: 10.3.0.0/16}
    four: {cidr: 10.4.0.0/16}
    five: {cidr: 10.5.0.0/16}
    six: {cidr: 10.6.0.0/16}  # expect: DEP055
```

## Passes

```yaml
network:
  vpcs:
    one: {cidr: 10.1.0.0/16}
    two: {cidr: 10.2.0.0/16}
    three: {cidr: 10.3.0.0/16}
    four: {cidr: 10.4.0.0/16}
    five: {cidr: 10.5.0.0/16}
    six: {cidr: 10.6.0.0/16, status: planned}
```
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from archspec.findings import Severities, Severity, Unknown, Violation
from archspec.graph.dated_facts import dated
from archspec.graph.graph import Graph
from archspec.model.element import Element
from archspec.model.network import Vpc
from archspec.model.status import current

ID = "DEP055"
NAME = "region-beyond-quota"
SEVERITY = Severities(Severity.ERROR, Severity.WARNING, Severity.WARNING)
REFERENCES = ("https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html",)

_Counted = tuple[str, str]
"""What is counted, under its name among the quotas, and where."""


def subjects(graph: Graph) -> Iterable[Element]:
    """Return what AWS counts."""
    network = graph.architecture.network
    return current([one for _, one in _counted(graph)]) if network.vpcs else ()


def check(graph: Graph, element: Element) -> Iterator[Violation | Unknown]:
    """Fail what comes after the last that AWS creates by itself, and a VPC with too many blocks."""
    over = _over(graph).get(element.id)
    if over:
        (quota, where), most = over
        message = (
            f"{element.id} is one more of the {quota.replace('_', ' ')} in {where} than the {most} that AWS creates"
        )
        yield Violation(element.id, element.path, message, "do with fewer, or have the quota raised and waive this")
    if isinstance(element, Vpc):
        yield from _check_blocks(element)


def _check_blocks(vpc: Vpc) -> Iterator[Violation]:
    quotas = dated("quotas")
    count = 1 + len(vpc.secondary_cidrs)
    if count > quotas["vpc_blocks"]:
        most = f"{quotas['vpc_blocks']}, and {quotas['most_vpc_blocks']} at most where the quota is raised"
        message = f"{vpc.id} has {count} blocks of addresses, AWS allows {most}"
        yield Violation(vpc.id, (*vpc.path, "secondary_cidrs"), message, "use larger blocks")


@lru_cache(maxsize=1)
def _over(graph: Graph) -> Mapping[str, tuple[_Counted, int]]:
    """Return what is beyond a quota, by id, with the quota: what is declared first is created first."""
    seen: dict[_Counted, int] = {}
    found: dict[str, tuple[_Counted, int]] = {}
    for counted, element in _counted(graph):
        seen[counted] = seen.get(counted, 0) + 1
        most: int = dated("quotas")["of_an_account"][counted[0]]
        if seen[counted] > most:
            found[element.id] = (counted, most)
    return found


def _counted(graph: Graph) -> Iterator[tuple[_Counted, Element]]:
    """Yield what is counted. Environments may have accounts of their own, so each is counted for itself."""
    network = graph.architecture.network
    region = graph.architecture.region
    for vpc in current(network.vpcs.values()):
        yield ("VPCs", vpc.environment or region), vpc
    for address in current(network.elastic_ips.values()):
        yield ("elastic_IPs", address.environment or region), address
    for nat in current(network.nat_gateways.values()):
        yield ("NAT_gateways", f"{nat.environment} {network.subnets[nat.subnet].az}".strip()), nat
    for endpoint in current(network.endpoints.values()):
        if endpoint.type == "interface" and endpoint.vpc:
            yield ("interface_endpoints", endpoint.vpc), endpoint
