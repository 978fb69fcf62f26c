"""What differs between the engines of databases: versions, families of parameters, and the parameters themselves."""

from collections.abc import Mapping

from archspec.exporters.terraform.database_logs import CLUSTERS, database_logs
from archspec.exporters.terraform.hcl import Block, Body, Repeated
from archspec.exporters.terraform.resource import Resource, named, origin, slug
from archspec.model.architecture import Architecture
from archspec.model.data import Database

_VERSIONS: Mapping[str, str] = {
    "postgres": "17",
    "mysql": "8.4",
    "mariadb": "11.4",
    "aurora-postgresql": "16",
    "aurora-mysql": "8.0",
    "docdb": "5.0.0",
}
"""Engine → the version where a spec names none.

A version stands in a parameter group's family, so one has to be named. These are archspec's own choice: majors that AWS
supports, the same in every export whatever AWS's own default is that day. RDS completes a major with its latest minor.
https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MariaDB.Concepts.VersionMgmt.html
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/aurorapostgresql-release-calendar.html
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraMySQLReleaseNotes/AuroraMySQL.release-calendars.html
https://docs.aws.amazon.com/documentdb/latest/developerguide/release-notes.html
"""

_MAJOR_ONLY = frozenset({"postgres", "aurora-postgresql"})
_GROUPS = {"docdb": "aws_docdb_cluster_parameter_group"}


def version(database: Database) -> str:
    """Return the version of a database's engine, as the API wants it: Aurora MySQL 3.04.0 is one of MySQL 8.0."""
    stated = database.engine_version or _VERSIONS[database.engine]
    if database.engine == "aurora-mysql" and stated.split(".")[0] == "3":
        return f"8.0.mysql_aurora.{stated}" if stated.count(".") >= 2 else "8.0"
    return stated


def assumed_version(database: Database) -> str:
    """Say which version is taken where none is stated."""
    stated = database.engine_version
    return "" if stated else f"derived: no engine version is stated, so it is {version(database)}"


def family(database: Database) -> str:
    """Return the family of a database's parameters: `postgres17`, `aurora-mysql8.0`."""
    parts = version(database).split(".")
    return f"{database.engine}{'.'.join(parts[: 1 if database.engine in _MAJOR_ONLY else 2])}"


def parameter_group_type(database: Database) -> str:
    """Return the type of the resource that holds a database's parameters."""
    cluster = "aws_rds_cluster_parameter_group" if database.engine in CLUSTERS else "aws_db_parameter_group"
    return _GROUPS.get(database.engine, cluster)


def parameter_group(database: Database, architecture: Architecture) -> Resource:
    """Return the parameters of a database: connections are encrypted unless the spec says no, and logs are written."""
    chosen = family(database)
    parameters = [Block({"name": name, "value": value}) for name, value in sorted(_parameters(database).items())]
    body: Body = {
        # A new major version wants a group of its own while the old one is still in use.
        "name": named(architecture, f"{database.id}-{chosen.replace('.', '-')}"),
        "description": f"{database.id} of {architecture.name}",
        "family": chosen,
        "parameter": Repeated(tuple(parameters)),
        "lifecycle": Block({"create_before_destroy": True}),
    }
    what = "changes and slow queries are logged"
    encrypted = "not always encrypted" if database.tls is False else "encrypted"
    reason = f"Connections are {encrypted}; {what if _is_logged(database) else 'what is not stated is not logged'}."
    return Resource(parameter_group_type(database), slug(database.id), origin(database), body, (reason,))


def _is_logged(database: Database) -> bool:
    return bool({"postgresql", "slowquery", "profiler"} & {*database_logs(database)})


def _parameters(database: Database) -> Mapping[str, str]:
    """Return the parameters of a database by name.

    Encrypted connections: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html,
    https://docs.aws.amazon.com/documentdb/latest/developerguide/security.encryption.ssl.html
    """
    tls = database.tls is not False
    match database.engine:
        case "docdb":
            logs = database_logs(database)
            named_logs = {"audit_logs": "audit" in logs, "profiler": "profiler" in logs, "tls": tls}
            return {name: "enabled" if on else "disabled" for name, on in named_logs.items()}
        case "postgres" | "aurora-postgresql":
            logged = {"log_min_duration_statement": "1000", "log_statement": "ddl"} if _is_logged(database) else {}
            return {"rds.force_ssl": str(int(tls)), **logged}
        case "aurora-mysql":
            return {**_mysql_logs(database), "require_secure_transport": "ON" if tls else "OFF"}
        case _:
            return {**_mysql_logs(database), "require_secure_transport": str(int(tls))}


def _mysql_logs(database: Database) -> Mapping[str, str]:
    """https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Auditing.html"""
    logs = database_logs(database)
    slow = {"slow_query_log": "1", "long_query_time": "1"} if "slowquery" in logs else {}
    general = {"general_log": "1"} if "general" in logs else {}
    files = {"log_output": "FILE"} if slow or general else {}
    # Aurora audits by itself; MySQL and MariaDB in RDS take a plug-in.
    is_audited = "audit" in logs and database.engine == "aurora-mysql"
    audit = {"server_audit_logging": "1", "server_audit_events": "CONNECT,QUERY_DCL,QUERY_DDL"} if is_audited else {}
    return {**files, **slow, **general, **audit}
