"""Specs of a wanted size for measuring: cells of 50 elements, each a VPC with everything a small system has."""

ELEMENTS_A_CELL = 50
SERVICES_A_CELL = 30


def generate(elements: int) -> str:
    """Return a spec with about that many elements; one service in thirty has a finding."""
    cells = range(max(1, elements // ELEMENTS_A_CELL))
    parts = [
        "archspec: 1\nname: generated\nregion: us-east-1\nnetwork:",
        "  vpcs:",
        *(f"    v{i}: {{cidr: 10.{i % 256}.0.0/16}}" for i in cells),
        "  subnets:",
        *(line for i in cells for line in _subnets(i)),
        "  nat_gateways:",
        *(f"    nat-{zone}{i}: {{subnet: public-{zone}{i}}}" for i in cells for zone in "ab"),
        "  security_groups:",
        *(line for i in cells for line in _security_groups(i)),
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
        "security:",
        "  certificates:",
        *(f"    cert{i}: {{domain: shop{i}.dev}}" for i in cells),
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
        f"    alb-sg{i}: {{vpc: v{i}, ingress: [{{from: internet, port: 443}}]}}",
        f"    ecs-sg{i}: {{vpc: v{i}, ingress: [{{from: alb-sg{i}, port: 4000-4029}}]}}",
        f"    db-sg{i}: {{vpc: v{i}, ingress: [{{from: ecs-sg{i}, port: 5432}}]}}",
        f"    redis-sg{i}: {{vpc: v{i}, ingress: [{{from: ecs-sg{i}, port: 6379}}]}}",
    ]


def _load_balancer(i: int) -> str:
    return (
        f"    alb{i}: {{subnets: [public-a{i}, public-b{i}], security_groups: [alb-sg{i}], "
        f"listeners: [{{port: 443, protocol: HTTPS, certificate: cert{i}}}]}}"
    )


def _service(i: int, number: int) -> str:
    subnets = f"private-a{i}" if number == 0 else f"private-a{i}, private-b{i}"
    return (
        f"    api-{number}-{i}: {{cluster: ecs{i}, port: {4000 + number}, desired: 2, cpu: 512, memory: 1024, "
        f"health_check: /health, subnets: [{subnets}], security_groups: [ecs-sg{i}], load_balancer: alb{i}}}"
    )


def _database(i: int, number: int) -> str:
    return (
        f"    db-{number}-{i}: {{engine: postgres, class: db.t3.medium, multi_az: true, "
        f"subnets: [data-a{i}, data-b{i}], security_groups: [db-sg{i}], "
        f"backups: {{every: 1 day, retention: 30 days, point_in_time: true}}}}"
    )


def _cache(i: int, number: int) -> str:
    return (
        f"    redis-{number}-{i}: {{engine: redis, class: cache.t3.micro, subnets: [data-a{i}, data-b{i}], "
        f"security_groups: [redis-sg{i}]}}"
    )


def _flows(i: int) -> list[str]:
    return [
        f"  - internet -> alb{i}: 443 HTTPS",
        f"  - alb{i} -> ecs{i}: 4000-4029 HTTP",
        *(f"  - ecs{i} -> db-{number}-{i}: 5432 PostgreSQL" for number in range(3)),
        *(f"  - ecs{i} -> redis-{number}-{i}: 6379 Redis" for number in range(2)),
    ]
