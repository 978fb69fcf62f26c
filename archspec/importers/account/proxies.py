"""Database proxies, as RDS answers.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBProxies.html
"""

from collections.abc import Iterator

from archspec.importers.account.answers import Answers, made, picked
from archspec.resources.resource import Resource, Value

_PROXY = {
    "arn": "DBProxyArn",
    "name": "DBProxyName",
    "engine_family": "EngineFamily",
    "require_tls": "RequireTLS",
    "role_arn": "RoleArn",
    "endpoint": "Endpoint",
    "idle_client_timeout": "IdleClientTimeout",
    "vpc_subnet_ids": "VpcSubnetIds",
    "vpc_security_group_ids": "VpcSecurityGroupIds",
}


def resources(answers: Answers) -> Iterator[Resource]:
    """Yield proxies with their pools and targets."""
    named = answers.tags("rds.list_tags_for_resource", "ResourceName", "TagList")
    for one in answers.items("rds.describe_db_proxies"):
        auth = [
            picked(entry, {"secret_arn": "SecretArn", "iam_auth": "IAMAuth", "auth_scheme": "AuthScheme"})
            for entry in one.get("Auth", [])
        ]
        yield made(
            "aws_db_proxy", one["DBProxyName"], {**picked(one, _PROXY), "auth": auth}, named.get(one.get("DBProxyArn"))
        )
    for asked in answers.asked("rds.describe_db_proxy_target_groups"):
        pool = picked(
            asked.item.get("ConnectionPoolConfig") or {},
            {
                "max_connections_percent": "MaxConnectionsPercent",
                "max_idle_connections_percent": "MaxIdleConnectionsPercent",
                "connection_borrow_timeout": "ConnectionBorrowTimeout",
            },
        )
        values: dict[str, Value] = {"db_proxy_name": asked.item.get("DBProxyName"), "connection_pool_config": [pool]}
        yield made("aws_db_proxy_default_target_group", str(asked.item.get("DBProxyName")), values)
    for asked in answers.asked("rds.describe_db_proxy_targets"):
        proxy = asked.parameters.get("DBProxyName")
        is_cluster = asked.item.get("Type") == "TRACKED_CLUSTER"
        name = "db_cluster_identifier" if is_cluster else "db_instance_identifier"
        id_ = asked.item.get("TrackedClusterId") or asked.item.get("RdsResourceId")
        yield made("aws_db_proxy_target", f"{proxy}/{id_}", {"db_proxy_name": proxy, name: id_})
