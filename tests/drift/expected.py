"""What comes back of a spec that is exported and imported, and what does not: kinds, fields, edges, with reasons."""

FIELDS = {
    "vpc": "cidr secondary_cidrs dns_support dns_hostnames",
    "subnet": "vpc az tier cidr auto_public_ip",
    "internet_gateway": "vpc",
    "nat_gateway": "subnet",
    "elastic_ip": "gateway",
    "route_table": "vpc subnets routes",
    "nacl": "vpc subnets ingress egress",
    "peering": "vpcs dns",
    "security_group": "vpc ingress egress",
    "endpoint": "service type vpc subnets security_groups route_tables private_dns",
    "namespace": "domain vpc ttl",
    "load_balancer": "type scheme subnets security_groups listeners cross_zone access_logs idle_timeout stickiness",
    "target_group": "target port protocol health_check health_port interval timeout healthy_after unhealthy_after"
    " deregistration_delay algorithm",
    "cluster": "capacity_providers container_insights",
    "service": "cluster launch image registry port cpu memory desired scaling.min scaling.max scaling.policies"
    " health_check subnets security_groups load_balancer public_ip namespace domain execution_role task_role secrets"
    " user privileged read_only_root log_group deployment.circuit_breaker deployment.rollback"
    " deployment.minimum_healthy deployment.maximum deployment.grace_period",
    "database": "engine engine_version class port multi_az encrypted key tls subnets security_groups public iam_auth"
    " performance_insights enhanced_monitoring deletion_protection final_snapshot logs capacity max_storage storage"
    " backups.retention backups.window backups.point_in_time maintenance_window instances",
    "cache": "engine engine_version class port serverless subnets security_groups encrypted tls auth cluster_mode key"
    " multi_az backups.retention instances",
    "proxy": "target family subnets security_groups pool tls iam_auth credentials role",
    "bucket": "encryption key versioning replication public public_access_block tls_only",
    "topic": "fifo key encryption subscribers",
    "queue": "topic dead_letter max_receives retention visibility_timeout fifo key encryption",
    "distribution": "aliases origins certificate tls_policy origin_access",
    "zone": "domain private vpcs records",
    "web_acl": "scope protects rules log_group",
    "certificate": "domain region",
    "key": "rotation alias",
    "secret_store": "service",
    "secret": "store key recovery_window",
    "role": "managed_policies",
    "detector": "service multi_region file_validation",
    "log_group": "retention key",
    "flow_log": "vpc traffic log_group bucket role",
    "alarm": "watches threshold period datapoints severity notifies",
    "budget": "limit alerts forecast_alerts notifies",
    "anomaly_monitor": "level threshold notifies",
    "registry": "scan_on_push immutable_tags keeps encrypted key",
    "build": "spec privileged role log_group variables compute",
    "pipeline": "artifacts role",
}
"""Kind → the fields that AWS has an attribute for: as they are stated they come back."""

EDGES = {
    "subnet": "vpc",
    "internet_gateway": "vpc",
    "nat_gateway": "subnet",
    "elastic_ip": "gateway",
    "route_table": "vpc subnets routes",
    "nacl": "vpc subnets",
    "peering": "vpcs",
    "security_group": "vpc ingress egress",
    "endpoint": "vpc subnets security_groups route_tables",
    "namespace": "vpc",
    "load_balancer": "subnets security_groups listeners access_logs",
    "target_group": "target",
    "service": "cluster registry subnets security_groups load_balancer namespace execution_role task_role secrets"
    " log_group",
    "database": "subnets security_groups key",
    "cache": "subnets security_groups key",
    "proxy": "target subnets security_groups credentials role",
    "bucket": "key",
    "topic": "key",
    "queue": "topic dead_letter key",
    "distribution": "origins certificate",
    "zone": "vpcs records",
    "web_acl": "protects log_group",
    "secret": "store key",
    "log_group": "key",
    "flow_log": "vpc log_group bucket role",
    "alarm": "watches notifies",
    "budget": "notifies",
    "anomaly_monitor": "notifies",
    "registry": "key",
    "build": "role log_group",
    "pipeline": "artifacts role",
}
"""Kind → the fields in which AWS itself names another element."""

LOST = {
    "apexai-crm": {
        "not there yet": "alb-cert cloudfront route-53 waf x-ray",
        "people and services of others, no resources of AWS": "developer firebase gemini github openai users",
        "CloudWatch is there without a resource": "cloudwatch-logs cloudwatch-metrics container-insights",
        "it runs at GitHub: CodePipeline can do none of its stages": "github-actions",
    },
    "ecs-production": {"CloudWatch is there without a resource": "cloudwatch"},
    "event-planner": {
        "not there yet, or not any more": "waf x-ray",
        "people and services of others, no resources of AWS": "pagerduty slack users",
        "CloudWatch is there without a resource": "alb-metrics cloudwatch custom-metrics ecs-metrics"
        " elasticache-metrics rds-metrics sqs-metrics",
        "Parameter Store is there without a resource, and none of the secrets is in it": "parameter-store",
        "Shield Standard is there without a resource": "shield",
        "the spec names no domain": "route53",
        "CloudWatch has no metric of that name, or nothing to watch is named": "business-dashboard cost-dashboard"
        " cpu-warning disk-space memory-warning payment-failures replication-lag",
    },
    "pge": {
        "not there yet": "dns",
        "people and services of others, no resources of AWS": "github",
        "CloudWatch is there without a resource": "cloudwatch",
        "billing alarms are in us-east-1 only, and a budget tells the same": "estimated-charges",
    },
    "z360": {
        "people and services of others, no resources of AWS": "bedrock browser client-app livekit ses sns-sms",
        "CloudWatch is there without a resource": "cloudwatch",
        "Amplify makes and changes them": "amplify-acl-1 amplify-acl-2 amplify-acl-3 amplify-acl-4 amplify-acl-5",
        "the spec names no domain": "beta/agent-private-zone beta/core-private-zone staging/agent-private-zone"
        " staging/core-private-zone",
    },
}
"""System → why elements do not come back → which. Planned ones, and what is no resource of AWS, cannot."""

ADDED = {"pge": {"alb-cert"}, "hello": {"secrets-manager"}}
"""System → elements that come back and that nobody stated: a listener for HTTPS needs a certificate, and the password
of a database is in Secrets Manager.
"""

MISSED: dict[str, dict[str, set[tuple[str, str, str]]]] = {
    "apexai-crm": {
        "both have one group, and it lets in no traffic of its own": {("studio", "3000", "server")},
    },
    "ecs-production": {},
    "event-planner": {
        "CloudWatch measures a lag of read replicas only, and there are none": {
            ("replication-lag", "watches", f"{name}-db") for name in ("auth", "booking", "event", "payment")
        },
        "healthy hosts are counted by target group: the alarm watches those behind the load balancer": {
            ("service-down", "watches", "alb"),
        },
    },
    "pge": {},
    "z360": {
        "the spec states no ports of these services, so nothing can forward to them": {
            (f"{stage}/{source}", "listeners", f"{stage}/{target}")
            for stage in ("beta", "staging")
            for source, target in (("agent-alb", "gateway"), ("core-alb", "web"))
        },
        "both have one group, and it lets in no traffic of its own": {
            (f"{stage}/{source}", "all", f"{stage}/{target}")
            for stage in ("beta", "staging")
            for source, target in (("gateway", "aegra"), ("aegra", "voice"))
        },
    },
}  # fmt: skip
"""System → why edges that are exported do not come back → which."""

_SERVICES = ["auth-service", "booking-service", "event-service", "notification-service", "payment-service"]
_DATABASES = ["auth-db", "booking-db", "event-db", "payment-db"]
_Z360 = [f"{stage}/{name}" for stage in ("beta", "staging") for name in ("agent", "core")]
_FRONTS = [f"{stage}/{name}" for stage in ("beta", "staging") for name in ("gateway", "reverb", "web")]

_DEFAULT = "it is what AWS does where nothing is said, so nobody has to say it"
_WORDS = "the spec says in words what AWS has as a number, or leaves to itself"
_STORE = "the spec names the store, and AWS knows the secrets in it"

CHANGED: dict[str, dict[str, list[str]]] = {
    "apexai-crm": {_STORE: ["server.secrets", "studio.secrets"], _WORDS: ["rds.storage"]},
    "ecs-production": {},
    "event-planner": {
        _STORE: [f"{one}.secrets" for one in _SERVICES],
        _WORDS: ["docdb.storage", *(f"{one}.backups.window" for one in _DATABASES)],
        "automated backups always come with point-in-time recovery": [
            f"{one}.backups.point_in_time" for one in ("docdb", *_DATABASES)
        ],
        "CloudWatch counts in a period and in seconds: 10 a minute are 50 in 5 minutes": [
            "api-latency.threshold",
            "errors-5xx.threshold",
        ],
        "see what is missed of edges": ["service-down.watches"],
    },
    "pge": {
        _DEFAULT: ["app-tg.algorithm", "app.deployment.minimum_healthy", "aurora.instances", "aurora.port"],
        _WORDS: ["aurora.backups.window", "aurora.storage"],
        "names and addresses with variables in them are not exported": [
            "alerts.subscribers",
            "cicd-key.alias",
            "main-key.alias",
        ],
    },
    "z360": {
        _DEFAULT: [f"{one}-alb.cross_zone" for one in _Z360],
        _WORDS: [f"{one}-db.storage" for one in _Z360],
        "names and addresses with variables in them are not exported": ["alerts.subscribers"],
        "the spec states no ports of these services, so nothing can forward to them": [
            *(f"{one}-alb.listeners" for one in _Z360),
            *(f"{one}.load_balancer" for one in _FRONTS),
        ],
    },
}
"""System → why checked fields come back as something else → which."""
