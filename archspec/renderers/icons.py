"""The icon of an element kind, as a data URI for an SVG.

The icons are AWS's architecture icons, https://aws.amazon.com/architecture/icons/, as the `diagrams` package
ships them (https://github.com/mingrammer/diagrams). The package itself is MIT and states no licence for
them; where AWS publishes them as a package, https://github.com/awslabs/aws-icons-for-plantuml, they are under
CC-BY-ND 2.0. So files are embedded byte for byte, never recoloured, cropped or redrawn.
"""

from base64 import b64encode
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Final

from archspec.errors import ToolError

GENERIC: Final = "aws/general/generic-sdk.png"

ICONS: Final = MappingProxyType(
    {
        "cloud": "aws/aws.png",
        "region": "aws/compute/local-zones.png",
        "vpc": "aws/network/vpc.png",
        "subnet": "aws/network/private-subnet.png",
        "public_subnet": "aws/network/public-subnet.png",
        "private_subnet": "aws/network/private-subnet.png",
        "account": "aws/management/organizations-account.png",
        "data_center": "aws/general/office-building.png",
        "internet_gateway": "aws/network/internet-gateway.png",
        "nat_gateway": "aws/network/nat-gateway.png",
        "transit_gateway": "aws/network/transit-gateway.png",
        "vpn_gateway": "aws/network/vpn-gateway.png",
        "vpn_connection": "aws/network/vpn-connection.png",
        "vpc_peering": "aws/network/vpc-peering.png",
        "vpc_endpoint": "aws/network/endpoint.png",
        "route_table": "aws/network/route-table.png",
        "security_group": "aws/general/generic-firewall.png",
        "network_acl": "aws/network/nacl.png",
        "network_interface": "aws/network/vpc-elastic-network-interface.png",
        "elastic_ip": "aws/compute/ec2-elastic-ip-address.png",
        "flow_log": "aws/network/vpc-flow-logs.png",
        "load_balancer": "aws/network/elastic-load-balancing.png",
        "application_load_balancer": "aws/network/elb-application-load-balancer.png",
        "network_load_balancer": "aws/network/elb-network-load-balancer.png",
        "target_group": "aws/compute/ec2-instances.png",
        "api_gateway": "aws/network/api-gateway.png",
        "cdn": "aws/network/cloudfront.png",
        "zone": "aws/network/route-53.png",
        "cluster": "aws/compute/elastic-container-service.png",
        "service": "aws/compute/fargate.png",
        "ecs_service": "aws/compute/elastic-container-service-service.png",
        "task": "aws/compute/elastic-container-service-task.png",
        "function": "aws/compute/lambda.png",
        "instance": "aws/compute/ec2.png",
        "auto_scaling_group": "aws/compute/ec2-auto-scaling.png",
        "scaling_policy": "aws/compute/application-auto-scaling.png",
        "registry": "aws/compute/ec2-container-registry.png",
        "schedule": "aws/integration/eventbridge-scheduler.png",
        "state_machine": "aws/integration/step-functions.png",
        "database": "aws/database/rds.png",
        "postgres": "aws/database/rds-postgresql-instance.png",
        "mysql": "aws/database/rds-mysql-instance.png",
        "mariadb": "aws/database/rds-mariadb-instance.png",
        "aurora": "aws/database/aurora.png",
        "document_database": "aws/database/documentdb-mongodb-compatibility.png",
        "table": "aws/database/dynamodb.png",
        "cache": "aws/database/elasticache.png",
        "redis": "aws/database/elasticache-for-redis.png",
        "memcached": "aws/database/elasticache-for-memcached.png",
        "bucket": "aws/storage/simple-storage-service-s3.png",
        "file_system": "aws/storage/elastic-file-system-efs.png",
        "volume": "aws/storage/elastic-block-store-ebs.png",
        "snapshot": "aws/storage/elastic-block-store-ebs-snapshot.png",
        "backup_vault": "aws/storage/backup.png",
        "queue": "aws/integration/simple-queue-service-sqs.png",
        "topic": "aws/integration/simple-notification-service-sns.png",
        "event_bus": "aws/integration/eventbridge.png",
        "stream": "aws/analytics/kinesis-data-streams.png",
        "broker": "aws/integration/mq.png",
        "email": "aws/engagement/simple-email-service-ses.png",
        "certificate": "aws/security/certificate-manager.png",
        "firewall": "aws/security/waf.png",
        "secret_store": "aws/security/secrets-manager.png",
        "secret": "aws/security/secrets-manager.png",
        "parameter": "aws/management/systems-manager-parameter-store.png",
        "key": "aws/security/key-management-service.png",
        "role": "aws/security/identity-and-access-management-iam-role.png",
        "policy": "aws/security/identity-and-access-management-iam-permissions.png",
        "user_pool": "aws/security/cognito.png",
        "monitor": "aws/management/cloudwatch.png",
        "log_group": "aws/management/cloudwatch-logs.png",
        "alarm": "aws/management/cloudwatch-alarm.png",
        "dashboard": "aws/management/cloudwatch.png",
        "trail": "aws/management/cloudtrail.png",
        "tracing": "aws/devtools/x-ray.png",
        "stack": "aws/management/cloudformation-stack.png",
        "pipeline": "aws/devtools/codepipeline.png",
        "build": "aws/devtools/codebuild.png",
        "deployment": "aws/devtools/codedeploy.png",
        "budget": "aws/cost/budgets.png",
        "internet": "aws/general/internet-alt2.png",
        "external": "aws/general/traditional-server.png",
        "client": "aws/general/client.png",
        "mobile": "aws/general/mobile-client.png",
        "user": "aws/general/user.png",
        "users": "aws/general/users.png",
    }
)


@cache
def data_uri(kind: str) -> str:
    """Return the PNG of an element kind as a `data:` URI; a kind without an icon gets a generic one."""
    encoded = b64encode(icon_file(kind).read_bytes()).decode("ascii")
    return f"data:image/png;base64,{encoded}"


def icon_file(kind: str) -> Path:
    """Return where the PNG of an element kind lies on this machine."""
    return _resources() / ICONS.get(kind, GENERIC)


@cache
def _resources() -> Path:
    # Importing diagrams would run Graphviz bindings and Jinja2; its files can be found without.
    spec = find_spec("diagrams")
    if spec is None or spec.origin is None:
        message = "icons need the package diagrams, which is not installed: pip install diagrams"
        raise ToolError(message)
    return Path(spec.origin).parent.parent / "resources"
