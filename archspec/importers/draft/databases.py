"""Databases: RDS instances, Aurora and DocumentDB clusters → `data.databases`."""

from collections.abc import Iterator

from archspec.importers.draft import links
from archspec.importers.draft.backups import Copies
from archspec.importers.draft.clusters import cluster
from archspec.importers.draft.instances import instance
from archspec.importers.draft.logs import LogGroups
from archspec.importers.draft.naming import architecture_name
from archspec.importers.draft.piece import Given, Piece
from archspec.importers.draft.rds import Around

_CLUSTERS = {"aws_rds_cluster": "aws_rds_cluster_instance", "aws_docdb_cluster": "aws_docdb_cluster_instance"}
TYPES = frozenset({
    "aws_db_instance", "aws_rds_cluster", "aws_rds_cluster_instance", "aws_docdb_cluster", "aws_docdb_cluster_instance",
    "aws_db_subnet_group", "aws_docdb_subnet_group", "aws_db_parameter_group", "aws_rds_cluster_parameter_group",
    "aws_docdb_cluster_parameter_group", "aws_db_instance_automated_backups_replication",
    "aws_backup_plan", "aws_backup_selection", "aws_backup_vault", "aws_backup_vault_lock_configuration",
})  # fmt: skip


def pieces(given: Given) -> Iterator[Piece]:
    """Yield the databases."""
    members = {
        address: found
        for type_ in _CLUSTERS.values()
        for address, found in links.parts(given, type_, "cluster_identifier").items()
    }
    replicas = links.parts(given, "aws_db_instance", "replicate_source_db")
    name = architecture_name(given.inventory)
    around = Around(given, Copies(given), LogGroups(given), members, replicas, name)
    for id_, found in links.by_id(given, "aws_db_instance").items():
        yield instance(around, id_, found)
    for id_, found in links.by_id(given, *_CLUSTERS).items():
        yield cluster(around, id_, found[0])
