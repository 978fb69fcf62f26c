"""Private DNS names under which services find each other (AWS Cloud Map)."""

from collections.abc import Iterator

from archspec.artifacts import Omission
from archspec.exporters.terraform.amounts import seconds
from archspec.exporters.terraform.hcl import Block, Body
from archspec.exporters.terraform.resource import Part, Resource, named, origin, reasons, refer, slug
from archspec.model.architecture import Architecture
from archspec.model.compute import Service
from archspec.model.network import Namespace

_TTL_SECONDS = 60


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield the namespaces, and an entry for each service in one.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html
    """
    for namespace in architecture.network.namespaces.values():
        yield _namespace(namespace, architecture)
    for service in architecture.compute.services.values():
        if service.namespace:
            yield from _entry(service, architecture.network.namespaces[service.namespace])


def _namespace(namespace: Namespace, architecture: Architecture) -> Resource:
    body: Body = {
        "name": namespace.domain,
        "description": f"Services of {architecture.name}",
        "vpc": refer("aws_vpc", namespace.vpc),
        "tags": {"Name": named(architecture, namespace.id)},
    }
    return Resource(
        "aws_service_discovery_private_dns_namespace", slug(namespace.id), origin(namespace), body, reasons(namespace)
    )


def _entry(service: Service, namespace: Namespace) -> Iterator[Part]:
    own = service.id.rpartition("/")[2]
    name = service.domain.removesuffix(f".{namespace.domain}") if service.domain else own
    if service.domain and name == service.domain:
        yield Omission((*service.path, "domain"), f"is no name in {namespace.domain}, so it is found as {own}")
        name = own
    record = {"ttl": _TTL_SECONDS if namespace.ttl is None else seconds(namespace.ttl), "type": "A"}
    yield Resource(
        "aws_service_discovery_service",
        slug(service.id),
        origin(service, "namespace"),
        {
            "name": name,
            "dns_config": Block(
                {
                    "namespace_id": refer("aws_service_discovery_private_dns_namespace", namespace.id),
                    "routing_policy": "MULTIVALUE",
                    "dns_records": Block(record),
                }
            ),
            # ECS reports the health of its tasks itself.
            "health_check_custom_config": Block({"failure_threshold": 1}),
        },
        (f"ECS enters the addresses of {service.id} here.",),
    )


def registration(service: Service) -> Block | None:
    """Return the block by which a service enters its tasks into its namespace."""
    if not service.namespace:
        return None
    return Block({"registry_arn": refer("aws_service_discovery_service", service.id, "arn")})
