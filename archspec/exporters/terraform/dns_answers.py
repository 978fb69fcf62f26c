"""What a DNS record for an element says."""

from archspec.exporters.terraform.hcl import Block, Body, Reference
from archspec.exporters.terraform.resource import refer
from archspec.model.data import Cache, Database
from archspec.model.element import Element, spell_kind, with_article
from archspec.model.network import Endpoint

_TTL = 300
_ADDRESSES = {"elastic_ip": "aws_eip", "nat_gateway": "aws_nat_gateway"}


def answer(element: Element) -> Body | str:
    """Return the type of a record that leads to an element with its contents, or why there can be none.

    https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html
    """
    if element.kind == "load_balancer":
        return _alias("aws_lb", element.id, ("dns_name", "zone_id"), healthy=True)
    if element.kind == "distribution":
        # Whether CloudFront is healthy cannot be asked.
        return _alias("aws_cloudfront_distribution", element.id, ("domain_name", "hosted_zone_id"), healthy=False)
    if element.kind in _ADDRESSES:
        return _record("A", refer(_ADDRESSES[element.kind], element.id, "public_ip"))
    name = _name(element)
    return _record("CNAME", name) if name else f"{with_article(spell_kind(element.kind))} has no DNS name to lead to"


def _alias(kind: str, id_: str, attributes: tuple[str, str], *, healthy: bool) -> Body:
    name, zone = (refer(kind, id_, attribute) for attribute in attributes)
    return {"type": "A", "alias": Block({"name": name, "zone_id": zone, "evaluate_target_health": healthy})}


def _record(kind: str, value: Reference) -> Body:
    return {"type": kind, "ttl": _TTL, "records": [value]}


def _name(element: Element) -> Reference | None:
    match element:
        case Endpoint(type="interface"):
            return refer("aws_vpc_endpoint", element.id, "dns_entry[0].dns_name")
        case Database():
            return _database(element)
        case Cache():
            return _cache(element)
        case _:
            return refer("aws_db_proxy", element.id, "endpoint") if element.kind == "proxy" else None


def _database(database: Database) -> Reference:
    match database.engine:
        case "aurora-postgresql" | "aurora-mysql":
            return refer("aws_rds_cluster", database.id, "endpoint")
        case "docdb":
            return refer("aws_docdb_cluster", database.id, "endpoint")
        case _:
            return refer("aws_db_instance", database.id, "address")


def _cache(cache: Cache) -> Reference:
    if cache.serverless:
        return refer("aws_elasticache_serverless_cache", cache.id, "endpoint[0].address")
    if cache.engine == "memcached":
        return refer("aws_elasticache_cluster", cache.id, "cluster_address")
    attribute = "configuration_endpoint_address" if cache.cluster_mode else "primary_endpoint_address"
    return refer("aws_elasticache_replication_group", cache.id, attribute)
