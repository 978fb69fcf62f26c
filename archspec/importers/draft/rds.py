"""What RDS instances and clusters have in common."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from archspec.importers.draft import links
from archspec.importers.draft.attributes import blocks, switch, text, texts, whole
from archspec.importers.draft.backups import Copies
from archspec.importers.draft.logs import LogGroups
from archspec.importers.draft.naming import says
from archspec.importers.draft.piece import Given
from archspec.importers.draft.secret_stores import MANAGER, is_managed, stores
from archspec.importers.draft.spelling import counted
from archspec.model.data import DEFAULT_PORTS
from archspec.resources.resource import Resource

HOME = ("data", "databases")
_GROUPS = ("db_parameter_group_name", "parameter_group_name", "db_cluster_parameter_group_name")
_ENFORCED = {
    "rds.force_ssl": {"1": True, "0": False},
    "require_secure_transport": {"1": True, "on": True, "0": False, "off": False},
    "tls": {"enabled": True, "disabled": False},
}
"""Parameter → what it says of connections without TLS.

https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
https://docs.aws.amazon.com/documentdb/latest/developerguide/cluster_parameter_groups-describe.html
"""


class Around(NamedTuple):
    """What databases are read with."""

    given: Given
    copies: Copies
    logs: LogGroups
    members: Mapping[str, list[Resource]]
    replicas: Mapping[str, list[Resource]]
    architecture: str

    def unsaid(self, id_: str, one: Resource) -> str:
        """Return the name of an instance, unless its database and its number tell it."""
        name = text(one.values.get("identifier"))
        return "" if says(id_, name, self.architecture) else name


def place(given: Given, one: Resource) -> dict[str, Any]:
    """Return where a database stands: its subnets, its security groups, and its port where that is not the engine's."""
    group = links.resource(given, one.values.get("db_subnet_group_name"))
    port = whole(one.values.get("port"))
    return {
        "port": port if port != DEFAULT_PORTS.get(text(one.values.get("engine")) or "docdb") else None,
        "subnets": links.placed(given, group.values.get("subnet_ids")) if group else [],
        "security_groups": links.placed(given, one.values.get("vpc_security_group_ids")),
    }


def shared(around: Around, one: Resource) -> dict[str, Any]:
    """Return what an instance and a cluster say alike."""
    given, values = around.given, one.values
    skips = switch(values.get("skip_final_snapshot"))
    name = text(values.get("identifier")) or text(values.get("cluster_identifier"))
    return {
        "encrypted": switch(values.get("storage_encrypted")),
        "key": links.element(given, values.get("kms_key_id")),
        "tls": _tls(given, one),
        "iam_auth": switch(values.get("iam_database_authentication_enabled")),
        "credentials": _credentials(given, one),
        "deletion_protection": switch(values.get("deletion_protection")),
        "final_snapshot": None if skips is None else not skips,
        "logs": texts(values.get("enabled_cloudwatch_logs_exports")),
        "log_group": around.logs.under(*(f"/aws/{kind}/{name}/" for kind in _LOGS)) if name else "",
    }


def _credentials(given: Given, one: Resource) -> list[str]:
    """Return the secrets that hold the password: AWS keeps it in a secret of its own where it manages it."""
    stated = links.elements(given, [one.values.get("password"), one.values.get("master_password")])
    return stated or ([stores(given)[MANAGER]] if is_managed(one) else [])


_LOGS = ("rds/instance", "rds/cluster", "docdb")
"""https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html"""


def _tls(given: Given, one: Resource) -> bool | None:
    """Read from its parameter group whether a database refuses connections without TLS."""
    for attribute in _GROUPS:
        group = links.resource(given, one.values.get(attribute))
        for parameter in blocks(group.values.get("parameter")) if group else ():
            words = _ENFORCED.get(text(parameter.get("name")), {})
            value = parameter.get("value")
            found = words.get(text(value).lower() or str(whole(value)))
            if found is not None:
                return found
    return None


def backups(copies: Copies, one: Resource, retention: str, window: str) -> dict[str, Any]:
    """Read the automated backups. RDS makes them every day, and with them logs for any point in time.

    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html
    """
    days = whole(one.values.get(retention))
    if days is None:
        return copies.of(one.address)
    return {
        "every": "1 day" if days else "",
        "retention": counted(days, "day"),
        "window": text(one.values.get(window)) if days else "",
        "point_in_time": days > 0,
        **copies.of(one.address),
    }


def is_monitored(some: Sequence[Resource]) -> bool | None:
    """Whether enhanced monitoring is on: an interval of 0 seconds turns it off."""
    intervals = [found for one in some if (found := whole(one.values.get("monitoring_interval"))) is not None]
    return all(intervals) if intervals else None
