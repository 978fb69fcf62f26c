"""draw.io's shapes for kinds of node and group, by the names of its stencils for AWS.

https://github.com/jgraph/drawio/blob/dev/src/main/webapp/stencils/aws4.xml. The colours are those of AWS's categories,
https://aws.amazon.com/architecture/icons/.
"""

from typing import Final, NamedTuple


class Icon(NamedTuple):
    """A shape of draw.io's: its name after `mxgraph.aws4.`, AWS's colour for its category, a tile or a bare glyph."""

    name: str
    colour: str
    tile: bool = True


_GENERAL: Final = "#232F3D"
_COMPUTE: Final = "#ED7100"
_DATABASE: Final = "#C925D1"
_NETWORK: Final = "#8C4FFF"
_SECURITY: Final = "#DD344C"
_STORAGE: Final = "#7AA116"
_INTEGRATION: Final = "#E7157B"

GENERIC: Final = Icon("general", _GENERAL)
"""What a kind without an icon of its own is drawn as."""

ICONS: Final[dict[str, Icon]] = {
    "account": Icon("organizations_account", _INTEGRATION, tile=False),
    "actor": Icon("users", _GENERAL, tile=False),
    "alarm": Icon("alarm", _INTEGRATION, tile=False),
    "anomaly_monitor": Icon("cost_explorer", _STORAGE),
    "application_load_balancer": Icon("application_load_balancer", _NETWORK, tile=False),
    "aurora": Icon("aurora", _DATABASE),
    "backup": Icon("backup", _STORAGE),
    "bucket": Icon("bucket", _STORAGE, tile=False),
    "budget": Icon("budgets_2", _STORAGE),
    "build": Icon("codebuild", _DATABASE),
    "certificate": Icon("certificate_manager_3", _SECURITY),
    "cluster": Icon("ecs", _COMPUTE),
    "cost": Icon("cost_and_usage_report", _STORAGE),
    "dashboard": Icon("cloudwatch_2", _INTEGRATION),
    "detector": Icon("security_hub", _SECURITY),
    "distribution": Icon("cloudfront", _NETWORK),
    "document_database": Icon("documentdb_with_mongodb_compatibility", _DATABASE),
    "elastic_ip": Icon("elastic_ip_address", _COMPUTE, tile=False),
    "endpoint": Icon("endpoints", _NETWORK, tile=False),
    "external": Icon("traditional_server", _GENERAL, tile=False),
    "flow_log": Icon("flow_logs", _NETWORK, tile=False),
    "internet": Icon("internet_alt2", _GENERAL, tile=False),
    "internet_gateway": Icon("internet_gateway", _NETWORK, tile=False),
    "key": Icon("key_management_service", _SECURITY),
    "log_group": Icon("logs", _INTEGRATION, tile=False),
    "mariadb": Icon("rds_mariadb_instance", _DATABASE, tile=False),
    "memcached": Icon("elasticache_for_memcached", _DATABASE, tile=False),
    "monitor": Icon("cloudwatch_2", _INTEGRATION),
    "mysql": Icon("rds_mysql_instance", _DATABASE, tile=False),
    "nacl": Icon("network_access_control_list", _NETWORK, tile=False),
    "namespace": Icon("cloud_map", _NETWORK),
    "nat_gateway": Icon("nat_gateway", _NETWORK, tile=False),
    "network_load_balancer": Icon("network_load_balancer", _NETWORK, tile=False),
    "peering": Icon("peering", _NETWORK, tile=False),
    "pipeline": Icon("codepipeline", _DATABASE),
    "postgres": Icon("rds_postgresql_instance", _DATABASE, tile=False),
    "prefix_list": Icon("router", _NETWORK, tile=False),
    "proxy": Icon("rds", _DATABASE),
    "queue": Icon("queue", _INTEGRATION, tile=False),
    "recovered": Icon("systems_manager_opscenter", _INTEGRATION, tile=False),
    "redis": Icon("elasticache_for_redis", _DATABASE, tile=False),
    "registry": Icon("ecr", _COMPUTE),
    "repository": Icon("codecommit", _DATABASE),
    "role": Icon("role", _SECURITY, tile=False),
    "route_table": Icon("route_table", _NETWORK, tile=False),
    "secret": Icon("secrets_manager", _SECURITY),
    "secret_store": Icon("secrets_manager", _SECURITY),
    "security_group": Icon("generic_firewall", _SECURITY, tile=False),
    "service": Icon("fargate", _COMPUTE),
    "step": Icon("run_command", _INTEGRATION, tile=False),
    "strategy": Icon("cloudendure_disaster_recovery", _STORAGE),
    "subnet": Icon("vpc", _NETWORK),
    "system": Icon("tools_and_sdks", _GENERAL),
    "target": Icon("checklist_fault_tolerant", _INTEGRATION, tile=False),
    "target_group": Icon("instances", _COMPUTE, tile=False),
    "topic": Icon("sns", _INTEGRATION),
    "vpc": Icon("vpc", _NETWORK),
    "web_acl": Icon("waf", _SECURITY),
    "zone": Icon("hosted_zone", _NETWORK, tile=False),
}
"""Kind of node → its icon."""

GROUP_ICONS: Final = {
    "cloud": "group_aws_cloud_alt",
    "region": "group_region",
    "vpc": "group_vpc",
    "public": "group_security_group",
    "private": "group_security_group",
    "data": "group_security_group",
}
"""Kind of group → the tile in its corner."""
