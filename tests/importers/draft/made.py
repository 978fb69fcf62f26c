"""Inventories made by hand: resources by address, `@address` where another one is meant."""

from typing import Any

from archspec.importers.draft import Draft, draft
from archspec.resources.resource import Inventory, Ref, Resource


def inventory(resources: dict[str, dict[str, Any]], source: str = "plan.json", region: str = "us-east-1") -> Inventory:
    """Return an inventory; a text that begins with `@` refers to the resource of that address."""
    found = [
        Resource(address, address.partition("[")[0].split(".")[-2], _referred(values))
        for address, values in sorted(resources.items())
    ]
    return Inventory(source, tuple(found), (), region)


def drafted(resources: dict[str, dict[str, Any]], **more: str) -> Draft:
    """Return the draft of resources."""
    return draft(inventory(resources, **more))


def _referred(value: Any) -> Any:  # noqa: ANN401 - JSON
    match value:
        case str() if value.startswith("@"):
            return Ref(value[1:])
        case dict():
            return {key: _referred(one) for key, one in value.items()}
        case list():
            return [_referred(one) for one in value]
        case _:
            return value


ANY = {"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}

SHOP: dict[str, dict[str, Any]] = {
    "aws_vpc.main": {"cidr_block": "10.0.0.0/16", "tags": {"Name": "shop-prod-vpc"}},
    "aws_internet_gateway.this": {"vpc_id": "@aws_vpc.main", "tags": {"Name": "shop-prod-igw"}},
    **{
        f"aws_subnet.{tier}[{i}]": {
            "vpc_id": "@aws_vpc.main",
            "availability_zone": f"us-east-1{az}",
            "cidr_block": f"10.0.{base + i}.0/24",
            "tags": {"Name": f"shop-prod-{tier}-us-east-1{az}"},
        }
        for tier, base in (("public", 0), ("private", 10), ("database", 20))
        for i, az in enumerate("ab")
    },
    "aws_eip.nat": {"domain": "vpc", "tags": {"Name": "shop-prod-nat"}},
    "aws_nat_gateway.this": {
        "subnet_id": "@aws_subnet.public[0]",
        "allocation_id": "@aws_eip.nat",
        "tags": {"Name": "shop-prod-nat"},
    },
    "aws_route_table.public": {
        "vpc_id": "@aws_vpc.main",
        "route": [{"cidr_block": "0.0.0.0/0", "gateway_id": "@aws_internet_gateway.this"}],
    },
    "aws_route_table.private": {"vpc_id": "@aws_vpc.main"},
    "aws_route.nat": {
        "route_table_id": "@aws_route_table.private",
        "destination_cidr_block": "0.0.0.0/0",
        "nat_gateway_id": "@aws_nat_gateway.this",
    },
    "aws_route_table.database": {"vpc_id": "@aws_vpc.main"},
    **{
        f"aws_route_table_association.{tier}[{i}]": {
            "subnet_id": f"@aws_subnet.{tier}[{i}]",
            "route_table_id": f"@aws_route_table.{tier}",
        }
        for tier in ("public", "private", "database")
        for i in range(2)
    },
    "aws_security_group.alb": {
        "name": "shop-prod-alb",
        "description": "Managed by Terraform",
        "vpc_id": "@aws_vpc.main",
        "ingress": [
            {"protocol": "tcp", "from_port": 443, "to_port": 443, "cidr_blocks": ["0.0.0.0/0"],
             "ipv6_cidr_blocks": ["::/0"]},
            {"protocol": "tcp", "from_port": 80, "to_port": 80, "cidr_blocks": ["0.0.0.0/0"]},
        ],
        "egress": [ANY],
    },
    "aws_security_group.web": {"name": "shop-prod-web", "vpc_id": "@aws_vpc.main", "egress": [ANY]},
    "aws_security_group_rule.web": {
        "type": "ingress", "protocol": "tcp", "from_port": 8080, "to_port": 8080,
        "security_group_id": "@aws_security_group.web", "source_security_group_id": "@aws_security_group.alb",
    },
    "aws_security_group.db": {"name": "shop-prod-db", "vpc_id": "@aws_vpc.main", "description": "orders"},
    "aws_vpc_security_group_ingress_rule.db": {
        "security_group_id": "@aws_security_group.db", "referenced_security_group_id": "@aws_security_group.web",
        "ip_protocol": "tcp", "from_port": 5432, "to_port": 5432,
    },
    "aws_lb.this": {
        "name": "shop-prod", "internal": False, "load_balancer_type": "application",
        "subnets": ["@aws_subnet.public[0]", "@aws_subnet.public[1]"], "security_groups": ["@aws_security_group.alb"],
    },
    "aws_lb_listener.https": {
        "load_balancer_arn": "@aws_lb.this", "port": 443, "protocol": "HTTPS",
        "certificate_arn": "@aws_acm_certificate_validation.this",
        "default_action": [{"type": "forward", "target_group_arn": "@aws_lb_target_group.web"}],
    },
    "aws_acm_certificate.this": {"domain_name": "shop.example"},
    "aws_acm_certificate_validation.this": {"certificate_arn": "@aws_acm_certificate.this"},
    "aws_lb_listener.http": {
        "load_balancer_arn": "@aws_lb.this", "port": 80, "protocol": "HTTP",
        "default_action": [{"type": "redirect", "redirect": [{"port": "443", "protocol": "HTTPS"}]}],
    },
    "aws_lb_target_group.web": {
        "name": "shop-prod-web", "port": 8080, "protocol": "HTTP", "vpc_id": "@aws_vpc.main",
        "health_check": [{"path": "/healthz"}],
    },
    "aws_ecs_cluster.this": {"name": "shop-prod"},
    "aws_ecs_task_definition.web": {
        "family": "shop-prod-web", "cpu": "512", "memory": "1024", "requires_compatibilities": ["FARGATE"],
        "container_definitions": [
            {"name": "web", "image": "nginx:1.27", "portMappings": [{"containerPort": 8080}],
             "environment": [{"name": "LOG_LEVEL", "value": "info"}, {"name": "API_TOKEN", "value": "hunter2"}]},
        ],
    },
    "aws_ecs_service.web": {
        "name": "web", "cluster": "@aws_ecs_cluster.this", "task_definition": "@aws_ecs_task_definition.web",
        "desired_count": 2, "launch_type": "FARGATE",
        "network_configuration": [{
            "subnets": ["@aws_subnet.private[0]", "@aws_subnet.private[1]"],
            "security_groups": ["@aws_security_group.web"],
        }],
        "load_balancer": [
            {"target_group_arn": "@aws_lb_target_group.web", "container_name": "web", "container_port": 8080}
        ],
    },
    "aws_appautoscaling_target.web": {
        "service_namespace": "ecs", "resource_id": "service/shop-prod/web", "min_capacity": 2, "max_capacity": 8,
    },
    "aws_appautoscaling_policy.cpu": {
        "resource_id": "service/shop-prod/web", "name": "cpu",
        "target_tracking_scaling_policy_configuration": [{
            "target_value": 70, "scale_in_cooldown": 300,
            "predefined_metric_specification": [{"predefined_metric_type": "ECSServiceAverageCPUUtilization"}],
        }],
    },
    "aws_db_subnet_group.this": {
        "name": "shop-prod", "subnet_ids": ["@aws_subnet.database[0]", "@aws_subnet.database[1]"],
    },
    "aws_db_instance.this": {
        "identifier": "shop-prod-orders", "engine": "postgres", "instance_class": "db.t4g.medium", "multi_az": True,
        "db_subnet_group_name": "@aws_db_subnet_group.this", "vpc_security_group_ids": ["@aws_security_group.db"],
    },
}  # fmt: skip
"""A system as people write it in Terraform: groups with rules in all three ways, names that repeat the system."""
