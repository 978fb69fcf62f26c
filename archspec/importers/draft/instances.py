"""RDS instances with their standbys and their read replicas."""

from collections.abc import Sequence
from typing import Any

from archspec.importers.draft import links
from archspec.importers.draft.attributes import Values, items, switch, text
from archspec.importers.draft.piece import Given, Piece, unplaced
from archspec.importers.draft.rds import HOME, Around, backups, is_monitored, place, shared
from archspec.importers.draft.spelling import gigabytes
from archspec.resources.resource import Resource

_PROVISIONED = ("io1", "io2")


def instance(around: Around, id_: str, found: Sequence[Resource]) -> Piece:
    """Read an instance. Its read replicas are readers of it where they go by its id, else databases of their own."""
    one = next((each for each in found if not each.values.get("replicate_source_db")), found[0])
    readers = [each for each in around.replicas.get(one.address, []) if around.given.ids.get(each.address) == id_]
    values, followed = one.values, _followed(around.given, one)
    data = {
        "name": text(values.get("identifier")),
        "engine": text(values.get("engine")) or text(followed.get("engine")),
        "engine_version": text(values.get("engine_version")),
        "class": text(values.get("instance_class")) or text(followed.get("instance_class")),
        "domain": text(values.get("address")),
        **place(around.given, one),
        "multi_az": switch(values.get("multi_az")) or None,
        "instances": [] if values.get("replicate_source_db") else _pair(around, id_, one, readers),
        **_storage(values),
        **shared(around, one),
        "backups": backups(around.copies, one, "backup_retention_period", "backup_window"),
        "maintenance_window": text(values.get("maintenance_window")),
        "performance_insights": switch(values.get("performance_insights_enabled")),
        "enhanced_monitoring": is_monitored([one]),
        "public": switch(values.get("publicly_accessible")) or None,
    }
    source = around.given.id(values.get("replicate_source_db"))
    az = text(values.get("availability_zone"))
    where = f", in {az}" if az else ""
    replica = (f"it is a read replica of {source}{where}",) if source and source != id_ else ()
    chosen = data["instances"] and not values.get("availability_zone") and data["multi_az"]
    sides = ("which of the AZs its primary is in is AWS's choice",) if chosen else ()
    return Piece(HOME, id_, data, one.address, (*replica, *sides, *unplaced(data)))


def _followed(given: Given, one: Resource) -> Values:
    """Return the values of what a read replica follows, at the start of the chain: all of it have its engine.

    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.html
    """
    seen: dict[str, Resource] = {}
    while (source := links.resource(given, one.values.get("replicate_source_db"))) and source.address not in seen:
        seen[source.address] = one = source
        if text(one.values.get("engine")):
            break
    return one.values


def _pair(around: Around, id_: str, one: Resource, readers: Sequence[Resource]) -> list[dict[str, Any]]:
    """Return an instance, its standby in the only other AZ there is, and its readers."""
    az, doubled = text(one.values.get("availability_zone")), switch(one.values.get("multi_az")) is True
    zones = _zones(around.given, one)
    if doubled and not az and len(zones) == 2:
        az = zones[0]
    found = [{"role": "primary", "az": az}] if az or readers else []
    if doubled and found:
        others = [zone for zone in zones if zone != az]
        found.append({"role": "standby", "az": others[0] if len(others) == 1 else ""})
    return found + [_reader(around, f"{id_}-{i + 2}", reader, one) for i, reader in enumerate(readers)]


def _zones(given: Given, one: Resource) -> list[str]:
    group = links.resource(given, one.values.get("db_subnet_group_name"))
    subnets = [links.resource(given, value) for value in items(group.values.get("subnet_ids") if group else None)]
    found = {text(subnet.values.get("availability_zone")) for subnet in subnets if subnet}
    return sorted(found - {""})


def _reader(around: Around, id_: str, one: Resource, of: Resource) -> dict[str, Any]:
    class_ = text(one.values.get("instance_class"))
    return {
        "role": "reader",
        "az": text(one.values.get("availability_zone")),
        "name": around.unsaid(id_, one),
        "class": class_ if class_ != of.values.get("instance_class") else "",
    }


def _storage(values: Values) -> dict[str, Any]:
    kind = text(values.get("storage_type"))
    return {
        "storage": f"{gigabytes(values.get('allocated_storage'))} {kind}".strip(),
        "max_storage": gigabytes(values.get("max_allocated_storage")),
        "provisioned_iops": kind in _PROVISIONED if kind else None,
    }
