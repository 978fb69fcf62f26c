"""What watches over databases: enhanced monitoring and Performance Insights."""

import re
from collections.abc import Iterator

from archspec.exporters.terraform import identity
from archspec.exporters.terraform.hcl import Body, Reference
from archspec.exporters.terraform.resource import Part, partition, slug
from archspec.exporters.terraform.stores import data_key
from archspec.model.architecture import Architecture
from archspec.model.data import Database

_SMALL = r"db\.(t2|t3|t4g)\.(micro|small)"
_NO_INSIGHTS = {
    "mysql": re.compile(_SMALL),
    "mariadb": re.compile(_SMALL),
    "aurora-mysql": re.compile(r"db\.(t[23]\..*|t4g\.(micro|small))"),
}
"""Engine → the classes that cannot have Performance Insights.

https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Overview.Engines.html
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_PerfInsights.Overview.Engines.html
"""


def monitoring_role(database: Database, architecture: Architecture) -> Iterator[Part]:
    """Yield the role that enhanced monitoring takes on, where there is any."""
    if is_monitored(database):
        yield identity.role(database, "monitoring", "monitoring.rds", architecture)
        policy = "service-role/AmazonRDSEnhancedMonitoringRole"
        yield from identity.managed(database, "monitoring", policy, architecture)


def is_monitored(database: Database) -> bool:
    """Whether a database has enhanced monitoring: unless the spec says no. DocumentDB has none."""
    return database.enhanced_monitoring is not False and database.engine != "docdb"


def monitoring(database: Database) -> Body:
    """Return the arguments of an instance for enhanced monitoring, once a minute."""
    if not is_monitored(database):
        return {"monitoring_interval": 0}
    return {"monitoring_interval": 60, "monitoring_role_arn": identity.role_arn(database, "monitoring")}


def monitoring_policy(database: Database) -> list[Reference]:
    """Refer to what lets the role of enhanced monitoring do its work, which instances have to wait for."""
    attachment = Reference(f"aws_iam_role_policy_attachment.{slug(database.id, 'monitoring')}")
    return [attachment] if is_monitored(database) else []


def insights(database: Database, class_: str, argument: str, architecture: Architecture) -> Body:
    """Return the arguments of an instance of `class_` for Performance Insights, with which `argument` turns it on."""
    has = database.performance_insights is not False and can_have_insights(database, class_, architecture)
    has_key = has and database.encrypted is not False
    return {argument: has, "performance_insights_kms_key_id": data_key(database) if has_key else None}


def can_have_insights(database: Database, class_: str, architecture: Architecture) -> bool:
    """Whether AWS offers Performance Insights for an instance.

    For DocumentDB not in GovCloud: https://docs.aws.amazon.com/documentdb/latest/developerguide/performance-insights.html
    """
    without = _NO_INSIGHTS.get(database.engine)
    in_govcloud = partition(architecture.region) == "aws-us-gov"
    return not (without and without.fullmatch(class_)) and not (database.engine == "docdb" and in_govcloud)
