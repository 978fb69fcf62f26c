"""VPC endpoints."""

from collections.abc import Iterator

from archspec.artifacts import Omission
from archspec.exporters.terraform.hcl import Body, Reference
from archspec.exporters.terraform.network import dns_hostnames
from archspec.exporters.terraform.resource import Part, Resource, named, named_part, origin, reasons, refer, slug
from archspec.model.architecture import Architecture
from archspec.model.network import Endpoint

_GROUP = "endpoints"
_WITHOUT_PRIVATE_DNS = frozenset({"s3", "dynamodb"})
"""Services whose interface endpoints take over their name only together with a gateway endpoint, or not at all.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html
"""


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield the endpoints, and a security group a VPC for those that name none."""
    for vpc in architecture.network.vpcs:
        for endpoint in _without_groups(vpc, architecture)[:1]:
            yield from _group(endpoint, architecture)
    for endpoint in architecture.network.endpoints.values():
        yield from _endpoint(endpoint, architecture)


def _without_groups(vpc: str, architecture: Architecture) -> list[Endpoint]:
    found = (one for one in architecture.network.endpoints.values() if one.vpc == vpc)
    return [one for one in found if one.type == "interface" and not one.security_groups]


def _group(endpoint: Endpoint, architecture: Architecture) -> Iterator[Resource]:
    """Let the VPC in, and nothing out: endpoints only answer. Without a group they get the closed one of the VPC."""
    vpc = architecture.network.vpcs[endpoint.vpc]
    name = named_part(architecture, vpc.id, _GROUP)
    users = ", ".join(one.id for one in _without_groups(vpc.id, architecture))
    reason = f"derived: no security group is stated for {users}"
    group: Body = {
        "name": name,
        "description": f"Endpoints of {vpc.id} of {architecture.name}",
        "vpc_id": refer("aws_vpc", vpc.id),
        "tags": {"Name": name},
    }
    yield Resource("aws_security_group", slug(vpc.id, _GROUP), origin(endpoint), group, (reason,))
    rule: Body = {
        "security_group_id": refer("aws_security_group", (vpc.id, _GROUP)),
        "description": f"443 from {vpc.id}",
        "cidr_ipv4": str(vpc.cidr),
        "ip_protocol": "tcp",
        "from_port": 443,
        "to_port": 443,
    }
    yield Resource("aws_vpc_security_group_ingress_rule", slug(vpc.id, _GROUP), origin(endpoint), rule, (reason,))


def _endpoint(endpoint: Endpoint, architecture: Architecture) -> Iterator[Part]:
    place, why = _gateway(endpoint, architecture) if endpoint.type == "gateway" else _interface(endpoint, architecture)
    if endpoint.policy:
        yield Omission((*endpoint.path, "policy"), "it is in words; the endpoint lets everything through")
    body: Body = {
        "vpc_id": refer("aws_vpc", endpoint.vpc),
        "service_name": _service(endpoint.service, architecture.region),
        "vpc_endpoint_type": endpoint.type.capitalize(),
        **place,
        "tags": {"Name": named(architecture, endpoint.id)},
    }
    policy = f"Not exported: policy: {endpoint.policy}" if endpoint.policy else ""
    yield Resource("aws_vpc_endpoint", slug(endpoint.id), origin(endpoint), body, reasons(endpoint, why, policy))


def _service(name: str, region: str) -> str:
    """Return AWS's whole name of a service; `com.amazonaws.vpce...`, somebody's own, is whole already."""
    return name if name.startswith(("com.", "aws.", "cn.")) else f"com.amazonaws.{region}.{name}"


def _gateway(endpoint: Endpoint, architecture: Architecture) -> tuple[Body, str]:
    tables = [one.id for one in architecture.network.route_tables.values() if one.vpc == endpoint.vpc]
    why = "" if endpoint.route_tables else "derived: no route table is stated, so it stands in all of its VPC"
    return {"route_table_ids": [refer("aws_route_table", id_) for id_ in endpoint.route_tables or tables]}, why


def _interface(endpoint: Endpoint, architecture: Architecture) -> tuple[Body, str]:
    subnets = endpoint.subnets or _one_a_zone(endpoint.vpc, architecture)
    groups: list[Reference] = [refer("aws_security_group", group) for group in endpoint.security_groups]
    why = "" if endpoint.subnets else "derived: no subnet is stated, so it stands in one a zone"
    return {
        "subnet_ids": [refer("aws_subnet", subnet) for subnet in subnets],
        "security_group_ids": groups or [refer("aws_security_group", (endpoint.vpc, _GROUP))],
        "private_dns_enabled": _private_dns(endpoint, architecture),
    }, why


def _one_a_zone(vpc: str, architecture: Architecture) -> tuple[str, ...]:
    """Return one subnet in each zone, a private one where there is one: AWS takes no two in a zone."""
    tiers = ("private", "data", "public")
    inside = [one for one in architecture.network.subnets.values() if one.vpc == vpc]
    found: dict[str, str] = {}
    for subnet in sorted(inside, key=lambda one: (one.az, tiers.index(one.tier), one.id)):
        found.setdefault(subnet.az, subnet.id)
    return tuple(found.values())


def _private_dns(endpoint: Endpoint, architecture: Architecture) -> bool:
    """Whether the service's usual name leads here; where that is not stated, it does wherever AWS lets it."""
    if endpoint.private_dns is not None:
        return endpoint.private_dns
    vpc = architecture.network.vpcs[endpoint.vpc]
    able = vpc.dns_support is not False and dns_hostnames(vpc)
    return able and endpoint.service not in _WITHOUT_PRIVATE_DNS
