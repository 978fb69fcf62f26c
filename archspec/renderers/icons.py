"""The icon of an element kind, as a data URI for an SVG: of each that a view can ask for today, and one for the rest.

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
        "vpc": "aws/network/vpc.png",
        "subnet": "aws/network/private-subnet.png",
        "internet_gateway": "aws/network/internet-gateway.png",
        "nat_gateway": "aws/network/nat-gateway.png",
        "route_table": "aws/network/route-table.png",
        "security_group": "aws/general/generic-firewall.png",
        "application_load_balancer": "aws/network/elb-application-load-balancer.png",
        "network_load_balancer": "aws/network/elb-network-load-balancer.png",
        "target_group": "aws/compute/ec2-instances.png",
        "cluster": "aws/compute/elastic-container-service.png",
        "service": "aws/compute/fargate.png",
        "registry": "aws/compute/ec2-container-registry.png",
        "postgres": "aws/database/rds-postgresql-instance.png",
        "mysql": "aws/database/rds-mysql-instance.png",
        "mariadb": "aws/database/rds-mariadb-instance.png",
        "aurora": "aws/database/aurora.png",
        "document_database": "aws/database/documentdb-mongodb-compatibility.png",
        "redis": "aws/database/elasticache-for-redis.png",
        "memcached": "aws/database/elasticache-for-memcached.png",
        "certificate": "aws/security/certificate-manager.png",
        "secret_store": "aws/security/secrets-manager.png",
        "monitor": "aws/management/cloudwatch.png",
        "elastic_ip": "aws/compute/ec2-elastic-ip-address.png",
        "nacl": "aws/network/nacl.png",
        "peering": "aws/network/vpc-peering.png",
        "prefix_list": "aws/network/vpc-router.png",
        "endpoint": "aws/network/endpoint.png",
        "namespace": "aws/network/cloud-map.png",
        "proxy": "aws/database/rds.png",
        "bucket": "aws/storage/simple-storage-service-s3-bucket.png",
        "topic": "aws/integration/simple-notification-service-sns-topic.png",
        "queue": "aws/integration/simple-queue-service-sqs-queue.png",
        "distribution": "aws/network/cloudfront.png",
        "zone": "aws/network/route-53-hosted-zone.png",
        "web_acl": "aws/security/waf.png",
        "key": "aws/security/key-management-service.png",
        "secret": "aws/security/secrets-manager.png",
        "role": "aws/security/identity-and-access-management-iam-role.png",
        "detector": "aws/security/security-hub.png",
        "log_group": "aws/management/cloudwatch-logs.png",
        "flow_log": "aws/network/vpc-flow-logs.png",
        "alarm": "aws/management/cloudwatch-alarm.png",
        "dashboard": "aws/management/cloudwatch.png",
        "budget": "aws/cost/budgets.png",
        "anomaly_monitor": "aws/cost/cost-explorer.png",
        "repository": "aws/devtools/codecommit.png",
        "build": "aws/devtools/codebuild.png",
        "pipeline": "aws/devtools/codepipeline.png",
        "actor": "aws/general/users.png",
        "system": "aws/general/sdk.png",
        "internet": "aws/general/internet-alt2.png",
        "external": "aws/general/traditional-server.png",
        "account": "aws/management/organizations-account.png",
        "backup": "aws/storage/backup.png",
        "cost": "aws/cost/cost-and-usage-report.png",
        "recovered": "aws/management/systems-manager-opscenter.png",
        "step": "aws/management/systems-manager-run-command.png",
        "strategy": "aws/storage/cloudendure-disaster-recovery.png",
        "target": "aws/management/trusted-advisor-checklist-fault-tolerant.png",
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
