"""Clusters of Aurora and DocumentDB with their instances."""

from collections.abc import Sequence
from typing import Any

from archspec.errors import KeyPath
from archspec.importers.draft.attributes import Values, block, number, switch, text, whole
from archspec.importers.draft.piece import Piece, unplaced
from archspec.importers.draft.rds import HOME, Around, backups, is_monitored, place, shared
from archspec.importers.draft.spelling import gigabytes
from archspec.resources.kinds import ELEMENT_TAG
from archspec.resources.resource import Resource


def cluster(around: Around, id_: str, one: Resource) -> Piece:
    """Read a cluster with its instances: the first is its writer."""
    values, given = one.values, around.given
    members = sorted(around.members.get(one.address, []), key=_rank)
    classes = {text(member.values.get("instance_class")) for member in members} - {""}
    instances = [_member(around, f"{id_}-{i + 1}", member, classes) for i, member in enumerate(members)]
    for instance in instances[:1]:
        instance["role"] = "primary"
    if len(instances) == 1:
        del instances[0]["promotion_tier"]
    own_class = text(values.get("db_cluster_instance_class"))
    zones = {instance["az"] for instance in instances} - {""}
    is_open = len(instances) > 1 and not all(instance["az"] for instance in instances)
    # An export of a spec leaves the AZs of several instances to AWS; of others nobody knows what they meant.
    is_own = is_open and not zones and ELEMENT_TAG in one.tags and switch(values.get("multi_az")) is None
    data = {
        "name": text(values.get("cluster_identifier")),
        "engine": "docdb" if one.type == "aws_docdb_cluster" else text(values.get("engine")),
        "engine_version": text(values.get("engine_version")),
        "class": next(iter(classes)) if len(classes) == 1 else own_class,
        "domain": text(values.get("endpoint")),
        **place(given, one),
        # A cluster with a class of its own has instances in three AZs, which no resource names.
        # https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.html
        "multi_az": bool(own_class) or switch(values.get("multi_az")) or len(zones) > 1 or is_own or None,
        "instances": instances,
        "storage": gigabytes(values.get("allocated_storage")) if own_class else "",
        "capacity": _capacity(block(values, "serverlessv2_scaling_configuration")),
        **shared(around, one),
        "backups": backups(around.copies, one, "backup_retention_period", "preferred_backup_window"),
        "maintenance_window": text(values.get("preferred_maintenance_window")),
        "performance_insights": _all(members or [one], "performance_insights_enabled", "enable_performance_insights"),
        "enhanced_monitoring": is_monitored(members or [one]),
        "public": any(switch(member.values.get("publicly_accessible")) for member in members) or None,
    }
    unsaid = "the source does not say whether its instances stand in different AZs"
    taken = "its instances are taken to stand in different AZs"
    spread = (taken,) if is_own else (unsaid,) if is_open and not data["multi_az"] else ()
    places: dict[KeyPath, str] = {("instances", i): member.address for i, member in enumerate(members)}
    return Piece(HOME, id_, data, one.address, (*spread, *unplaced(data)), places)


def _rank(one: Resource) -> tuple[bool, int, str]:
    """Sort the writer first: the source says so, or it is the first to be promoted."""
    tier = whole(one.values.get("promotion_tier"))
    return switch(one.values.get("writer")) is not True, tier or 0, one.address


def _member(around: Around, id_: str, one: Resource, classes: set[str]) -> dict[str, Any]:
    return {
        "role": "reader",
        "az": text(one.values.get("availability_zone")),
        "name": around.unsaid(id_, one),
        "class": text(one.values.get("instance_class")) if len(classes) > 1 else "",
        "promotion_tier": whole(one.values.get("promotion_tier")),
    }


def _capacity(bounds: Values) -> dict[str, float]:
    found = {key: number(bounds.get(f"{key}_capacity")) for key in ("min", "max")}
    return {
        key: int(value) if value == value.to_integral_value() else float(value)
        for key, value in found.items()
        if value is not None
    }


def _all(some: Sequence[Resource], *attributes: str) -> bool | None:
    said = [switch(one.values.get(attribute)) for one in some for attribute in attributes]
    known = [value for value in said if value is not None]
    return all(known) if known else None
