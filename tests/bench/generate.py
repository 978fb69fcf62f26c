"""Specs of a wanted size for measuring: cells of 50 elements, each a VPC with everything a small system has.

They are as dense as ecs-production, the real system: 27 YAML events an element, titles and costs included.
"""

ELEMENTS_A_CELL = 50
SERVICES_A_CELL = 20


def generate(elements: int) -> str:
    """Return a spec with about that many elements; one service in twenty has a finding."""
    cells = range(max(1, elements // ELEMENTS_A_CELL))
    parts = [
        "archspec: 1\nname: generated\nregion: us-east-1\nnetwork:",
        "  vpcs:",
        *(f"    v{i}: {{cidr: 10.{i % 256}.0.0/16}}" for i in cells),
        "  subnets:",
        *(line for i in cells for line in _subnets(i)),
        "  nat_gateways:",
        *(f"    nat-{zone}{i}: {{title: NAT Gateway, subnet: public-{zone}{i}}}" for i in cells for zone in "ab"),
        "  security_groups:",
        *(line for i in cells for line in _security_groups(i)),
        "  nacls:",
        *(_nacl(i) for i in cells),
        "  load_balancers:",
        *(_load_balancer(i) for i in cells),
        "compute:",
        "  clusters:",
        *(f"    ecs{i}: {{title: Cluster {i}}}" for i in cells),
        "  services:",
        *(_service(i, number) for i in cells for number in range(SERVICES_A_CELL)),
        "data:",
        "  databases:",
        *(_database(i, number) for i in cells for number in range(3)),
        "  caches:",
        *(_cache(i, number) for i in cells for number in range(2)),
        "  buckets:",
        *(f"    files{i}: {{title: Files, encryption: sse-s3, versioning: true, public: false}}" for i in cells),
        "messaging:",
        "  topics:",
        *(f"    told{i}: {{title: Alerts, subscribers: [{{protocol: email, to: ops@example.com}}]}}" for i in cells),
        "  queues:",
        *(line for i in cells for line in _queues(i)),
        "security:",
        "  certificates:",
        *(f"    cert{i}: {{domain: shop{i}.dev}}" for i in cells),
        "  secrets:",
        *(f"    password{i}: {{title: Password, holds: of the databases, rotation: true}}" for i in cells),
        "  roles:",
        *(f"    task{i}: {{title: Task, may: [{{does: 's3:GetObject', on: [files{i}]}}]}}" for i in cells),
        "observability:",
        "  alarms:",
        *(line for i in cells for line in _alarms(i)),
        "recovery:",
        "  objectives: {rto: < 1 hour, rpo: < 5 minutes}",
        "  failover:",
        *(line for i in cells for line in _failovers(i)),
        "cost:",
        "  lines:",
        *(line for i in cells for line in _cost_lines(i)),
        "flows:",
        *(line for i in cells for line in _flows(i)),
    ]
    return "\n".join(parts) + "\n"


def _subnets(i: int) -> list[str]:
    tiers = {"public": 0, "private": 10, "data": 100}
    return [
        f"    {tier}-{zone}{i}: {{vpc: v{i}, az: us-east-1{zone}, tier: {tier}, cidr: 10.{i % 256}.{start + n}.0/24}}"
        for tier, start in tiers.items()
        for n, zone in enumerate("ab")
    ]


def _security_groups(i: int) -> list[str]:
    return [
        f"    alb-sg{i}: {{title: ALB SG, vpc: v{i}, ingress: [{{from: internet, port: 443}}]}}",
        f"    ecs-sg{i}: {{title: ECS SG, vpc: v{i}, ingress: [{{from: alb-sg{i}, port: 4000-4029}}]}}",
        f"    db-sg{i}: {{title: RDS SG, vpc: v{i}, ingress: [{{from: ecs-sg{i}, port: 5432}}]}}",
        f"    redis-sg{i}: {{title: Redis SG, vpc: v{i}, ingress: [{{from: ecs-sg{i}, port: 6379}}]}}",
    ]


def _nacl(i: int) -> str:
    entry = "{number: 100, peer: internet}"
    return f"    data-acl{i}: {{vpc: v{i}, subnets: [data-a{i}, data-b{i}], ingress: [{entry}], egress: [{entry}]}}"


def _queues(i: int) -> list[str]:
    ends = f"producers: [api-0-{i}], consumers: [api-1-{i}]"
    kept = f"retention: 4 days, visibility_timeout: 30 seconds, dead_letter: dead-jobs{i}, max_receives: 5"
    return [
        f"    jobs{i}: {{title: Jobs, {ends}, {kept}}}",
        f"    dead-jobs{i}: {{title: Jobs that failed, retention: 14 days}}",
    ]


def _alarms(i: int) -> list[str]:
    return [
        f"    cpu{i}: {{metric: CPUUtilization, watches: [db-0-{i}], threshold: '> 80%', notifies: [told{i}]}}",
        f"    errors{i}: {{metric: HTTPCode_ELB_5XX_Count, watches: [alb{i}], threshold: '> 10', notifies: [told{i}]}}",
    ]


def _load_balancer(i: int) -> str:
    return (
        f"    alb{i}: {{title: Application Load Balancer, subnets: [public-a{i}, public-b{i}], "
        f"security_groups: [alb-sg{i}], listeners: [{{port: 443, protocol: HTTPS, certificate: cert{i}}}]}}"
    )


def _service(i: int, number: int) -> str:
    subnets = f"private-a{i}" if number == 0 else f"private-a{i}, private-b{i}"
    return (
        f"    api-{number}-{i}: {{title: API {number}, cluster: ecs{i}, port: {4000 + number}, desired: 2, "
        f"cpu: 512, memory: 1024, health_check: /health, "
        f"subnets: [{subnets}], security_groups: [ecs-sg{i}], load_balancer: alb{i}}}"
    )


def _database(i: int, number: int) -> str:
    return (
        f"    db-{number}-{i}: {{title: RDS PostgreSQL, engine: postgres, class: db.t3.medium, multi_az: true, "
        f"instances: [{{role: primary, az: us-east-1a}}, {{role: standby, az: us-east-1b}}], "
        f"subnets: [data-a{i}, data-b{i}], security_groups: [db-sg{i}], "
        f"backups: {{every: 1 day, retention: 30 days, point_in_time: true}}}}"
    )


def _cache(i: int, number: int) -> str:
    return (
        f"    redis-{number}-{i}: {{title: ElastiCache, engine: redis, class: cache.t3.micro, "
        f"instances: [{{role: primary, az: us-east-1a}}, {{role: replica, az: us-east-1b, status: planned}}], "
        f"subnets: [data-a{i}, data-b{i}], security_groups: [redis-sg{i}]}}"
    )


def _flows(i: int) -> list[str]:
    return [
        f"  - internet -> alb{i}: 443 HTTPS",
        f"  - alb{i} -> ecs{i}: 4000-4029 HTTP",
        *(f"  - ecs{i} -> db-{number}-{i}: 5432 PostgreSQL" for number in range(3)),
        *(f"  - ecs{i} -> redis-{number}-{i}: 6379 Redis" for number in range(2)),
    ]


def _failovers(i: int) -> list[str]:
    return [
        f"    - {{subject: db-0-{i}, does: promotes the standby, automatic: true}}",
        f"    - {{subject: alb{i}, does: stops routing to a task that fails, automatic: true}}",
    ]


def _cost_lines(i: int) -> list[str]:
    services = ", ".join(f"api-{number}-{i}" for number in range(SERVICES_A_CELL))
    return [
        f"    - {{resource: ECS Fargate {i}, covers: [{services}], configuration: ~60 tasks, amount: ~$150}}",
        f"    - {{resource: RDS {i}, covers: [db-0-{i}, db-1-{i}, db-2-{i}], configuration: Multi-AZ, amount: ~$390}}",
        f"    - {{resource: ElastiCache {i}, covers: [redis-0-{i}, redis-1-{i}], configuration: t3, amount: ~$50}}",
        f"    - {{resource: ALB {i}, covers: [alb{i}], configuration: 1 ALB, amount: ~$25}}",
        f"    - {{resource: NAT {i}, covers: [nat-a{i}, nat-b{i}], configuration: 2 (per AZ), amount: ~$65}}",
        f"    - {{resource: Data Transfer {i}, configuration: ~100GB, amount: ~$10}}",
    ]
