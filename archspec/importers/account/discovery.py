"""Namespaces and the names in them, as Cloud Map answers.

https://docs.aws.amazon.com/cloud-map/latest/api/API_Operations.html
"""

from collections.abc import Iterator

from archspec.importers.account.answers import Answers, Item, at, made, picked
from archspec.resources.resource import Resource, Value

_TYPES = {
    "DNS_PRIVATE": "aws_service_discovery_private_dns_namespace",
    "DNS_PUBLIC": "aws_service_discovery_public_dns_namespace",
    "HTTP": "aws_service_discovery_http_namespace",
}


def zone_of(namespace: Item) -> str:
    """Return the id of the hosted zone that Cloud Map keeps for a namespace; nothing where it keeps none."""
    return str(at(namespace, "Properties.DnsProperties.HostedZoneId") or "").rpartition("/")[2]


def resources(answers: Answers) -> Iterator[Resource]:
    """Yield namespaces and their services."""
    named = answers.tags("servicediscovery.list_tags_for_resource", "ResourceARN")
    # A namespace itself does not say its VPC; the hosted zone that Cloud Map keeps for it does.
    vpcs = {
        str(asked.parameters.get("Id")).rpartition("/")[2]: at(asked.item, "VPCs[].VPCId")
        for asked in answers.asked("route53.get_hosted_zone")
    }
    for one in answers.items("servicediscovery.list_namespaces"):
        zone = zone_of(one)
        inside = vpcs.get(zone) or [None]
        values: dict[str, Value] = {
            **picked(one, {"name": "Name", "arn": "Arn"}),
            "hosted_zone": zone or None,
            "vpc": inside[0],
        }
        type_ = _TYPES.get(str(one.get("Type")), _TYPES["HTTP"])
        yield made(type_, one["Id"], values, named.get(one.get("Arn")))
    for one in answers.items("servicediscovery.get_service"):
        yield made("aws_service_discovery_service", one["Id"], _service(one), named.get(one.get("Arn")))


def _service(one: Item) -> dict[str, Value]:
    config: Item = one.get("DnsConfig") or {}
    records: list[Value] = [picked(record, {"type": "Type", "ttl": "TTL"}) for record in config.get("DnsRecords", [])]
    names = {"namespace_id": "NamespaceId", "routing_policy": "RoutingPolicy"}
    dns: list[Value] = [{**picked(config, names), "dns_records": records}] if config else []
    return {**picked(one, {"name": "Name", "arn": "Arn", "namespace_id": "NamespaceId"}), "dns_config": dns}
