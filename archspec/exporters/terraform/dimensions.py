"""Whose a metric is: the dimensions by which CloudWatch tells apart what an element consists of."""

from collections.abc import Iterator
from typing import NamedTuple

from archspec.exporters.terraform.compute import cluster_name
from archspec.exporters.terraform.containers import target_groups
from archspec.exporters.terraform.hcl import Template, Value
from archspec.exporters.terraform.listeners import accepted, forwards
from archspec.exporters.terraform.metrics import INSIGHTS, Metric, form
from archspec.exporters.terraform.resource import refer
from archspec.exporters.terraform.seats import replicas
from archspec.model.architecture import Architecture
from archspec.model.compute import Service
from archspec.model.data import Cache, Database
from archspec.model.edge import WebAcl
from archspec.model.element import Element
from archspec.model.network import LoadBalancer, TargetGroup

_NAMES = {
    "cluster": ("ClusterName", "aws_ecs_cluster", "name"),
    "instance": ("DBInstanceIdentifier", "aws_db_instance", "identifier"),
    "aurora": ("DBClusterIdentifier", "aws_rds_cluster", "cluster_identifier"),
    "docdb": ("DBClusterIdentifier", "aws_docdb_cluster", "cluster_identifier"),
    "memcached": ("CacheClusterId", "aws_elasticache_cluster", "cluster_id"),
    "serverless": ("clusterId", "aws_elasticache_serverless_cache", "name"),
    "queue": ("QueueName", "aws_sqs_queue", "name"),
    "topic": ("TopicName", "aws_sns_topic", "name"),
    "distribution": ("DistributionId", "aws_cloudfront_distribution", "id"),
    "nat_gateway": ("NatGatewayId", "aws_nat_gateway", "id"),
    "application": ("LoadBalancer", "aws_lb", "arn_suffix"),
    "network": ("LoadBalancer", "aws_lb", "arn_suffix"),
}
"""What an element is → the dimension that names it, and the type and the attribute whose value that is."""


class Subject(NamedTuple):
    """What is measured by itself: what its alarm's name ends in, made of an id or a number, and its dimensions."""

    name: str
    dimensions: dict[str, Value]


def subjects(element: Element, metric: Metric, architecture: Architecture) -> list[Subject]:
    """Return what a metric of an element is measured of: mostly the element, but each node of a cache by itself."""
    match element:
        case LoadBalancer() if metric.name in {"HealthyHostCount", "UnHealthyHostCount"}:
            return [*_targets(element, architecture)]
        case Service():
            return [*_of_service(element, metric, architecture)]
        case TargetGroup():
            return [*_in_balancer(element, architecture)]
        case Database() if metric.name == "ReplicaLag":
            return [*_replicas(element)]
        case Cache() if form(element) == "cache":
            return [*_nodes(element)]
        case _:
            return [Subject("", _own(element, architecture))]


def _own(element: Element, architecture: Architecture) -> dict[str, Value]:
    if isinstance(element, WebAcl):
        region = {"Region": architecture.region} if element.scope == "regional" else {}
        return {"WebACL": refer("aws_wafv2_web_acl", element.id, "name"), "Rule": "ALL", **region}
    name, kind, attribute = _NAMES[form(element)]
    region = {"Region": "Global"} if element.kind == "distribution" else {}
    return {name: refer(kind, element.id, attribute), **region}


def _of_service(service: Service, metric: Metric, architecture: Architecture) -> Iterator[Subject]:
    if metric.namespace in {"AWS/ECS", INSIGHTS}:
        name = refer("aws_ecs_service", service.id, "name")
        yield Subject("", {"ClusterName": cluster_name(service), "ServiceName": name})
    else:
        for group in target_groups(service, architecture):
            yield from _in_balancer(group, architecture)


def _replicas(database: Database) -> Iterator[Subject]:
    name, kind, attribute = _NAMES["instance"]
    for seat in replicas(database):
        number = str(seat.number)
        yield Subject(number, {name: refer(kind, (database.id, number), attribute)})


def _balancers(group: TargetGroup, architecture: Architecture) -> list[LoadBalancer]:
    balancers = architecture.network.load_balancers.values()
    return [one for one in balancers if any(group.id in forwards(listener) for _, listener in accepted(one))]


def _in_balancer(group: TargetGroup, architecture: Architecture) -> Iterator[Subject]:
    found = [one for one in _balancers(group, architecture) if one.type == "application"]
    for balancer in found:
        yield Subject(group.id if len(found) == 1 else f"{group.id}-{balancer.id}", _hosts(group, balancer))


def _targets(balancer: LoadBalancer, architecture: Architecture) -> Iterator[Subject]:
    for group in architecture.network.target_groups.values():
        if balancer in _balancers(group, architecture):
            yield Subject(group.id, _hosts(group, balancer))


def _hosts(group: TargetGroup, balancer: LoadBalancer) -> dict[str, Value]:
    return {
        "LoadBalancer": refer("aws_lb", balancer.id, "arn_suffix"),
        "TargetGroup": refer("aws_lb_target_group", group.id, "arn_suffix"),
    }


def _nodes(cache: Cache) -> Iterator[Subject]:
    """Count the nodes as the cache itself does: ElastiCache measures each, and numbers them from 001.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.html
    """
    group = refer("aws_elasticache_replication_group", cache.id, "replication_group_id")
    shards = sum(one.role == "primary" for one in cache.members) or 1 if cache.cluster_mode else 1
    nodes = (len(cache.members) or (2 if cache.multi_az else 1)) // shards
    for shard in range(1, shards + 1):
        for node in range(1, nodes + 1):
            end = f"{shard:04}-{node:03}" if cache.cluster_mode else f"{node:03}"
            yield Subject(end, {"CacheClusterId": Template((group, f"-{end}"))})
