"""Flows between drafted elements."""

from typing import Any

from archspec.importers.draft.flows import flows
from archspec.importers.draft.piece import Piece

HOMES = {
    "subnets": "network", "security_groups": "network", "load_balancers": "network", "target_groups": "network",
    "endpoints": "network", "namespaces": "network", "services": "compute", "databases": "data", "caches": "data",
    "proxies": "data", "distributions": "edge", "buckets": "data", "topics": "messaging", "queues": "messaging",
}  # fmt: skip


def found(**kinds: dict[str, dict[str, Any]]) -> list[dict[str, str | int]]:
    """Return the flows between elements by kind and id, as a spec has them."""
    pieces = [Piece((HOMES[kind], kind), id_, data, id_) for kind, some in kinds.items() for id_, data in some.items()]
    return [one.written for one in flows(pieces)]


def service(port: int, *groups: str, **more: object) -> dict[str, Any]:
    return {"cluster": "ecs", "port": port, "subnets": [], "security_groups": [*groups], **more}


PUBLIC = {"a": {"tier": "public"}}
ALB = {"subnets": ["a"], "security_groups": ["alb-sg"], "listeners": [
    {"port": 443, "protocol": "HTTPS"}, {"port": 80, "protocol": "HTTP", "redirect": 443},
    {"port": 9000, "protocol": "HTTP"}]}  # fmt: skip
ALB_SG = {"ingress": [{"from": "internet", "port": 443}, {"from": "0.0.0.0/0", "port": "80"},
                      {"from": "10.0.0.0/8", "port": 9000}]}  # fmt: skip
DB = {"engine": "postgres", "security_groups": ["db-sg"]}
DB_SG = {"ingress": [{"from": "web-sg", "port": "5000-6000"}]}


def test_the_internet_reaches_the_listeners_that_groups_open_to_it() -> None:
    assert found(subnets=PUBLIC, load_balancers={"alb": ALB}, security_groups={"alb-sg": ALB_SG}) == [
        {"internet -> alb": "443 HTTPS"},
        {"internet -> alb": "80 HTTP (redirect)"},
    ]


def test_the_internet_does_not_reach_what_is_internal() -> None:
    assert found(load_balancers={"alb": {**ALB, "scheme": "internal"}}, security_groups={"alb-sg": ALB_SG}) == []


def test_a_load_balancer_leads_to_the_services_behind_it_and_no_others() -> None:
    balancers = {"alb": {**ALB, "listeners": []}}
    services = {"web": service(8080, "web-sg", load_balancer="alb"), "job": service(8081, "web-sg")}
    groups: dict[str, dict[str, Any]] = {"web-sg": {"ingress": [{"from": "alb-sg", "port": "all"}]}}
    assert found(load_balancers=balancers, services=services, security_groups=groups) == [{"alb -> web": "8080 HTTP"}]


def test_a_load_balancer_that_leads_nowhere_is_joined_by_groups() -> None:
    groups: dict[str, dict[str, Any]] = {"alb-sg": {}, "web-sg": {"ingress": [{"from": "alb-sg", "port": "all"}]}}
    made = found(load_balancers={"alb": {**ALB, "listeners": []}}, services={"web": service(8080, "web-sg")},
                 security_groups=groups)  # fmt: skip
    assert made == [{"alb -> web": "8080 HTTP"}]


def test_a_load_balancer_does_not_call_databases_that_its_group_may_reach() -> None:
    group: dict[str, Any] = {"ingress": [{"from": "alb-sg", "port": 5432}]}
    made = found(load_balancers={"alb": {**ALB, "listeners": []}}, databases={"db": DB},
                 security_groups={"alb-sg": {}, "db-sg": group})  # fmt: skip
    assert made == []


def test_a_rule_that_names_a_group_is_a_flow_on_the_port_that_is_heard() -> None:
    made = found(services={"web": service(80, "web-sg")}, databases={"db": DB},
                 security_groups={"web-sg": {}, "db-sg": DB_SG})  # fmt: skip
    assert made == [{"web -> db": "5432 PostgreSQL"}]


def test_all_services_of_a_cluster_are_the_cluster() -> None:
    services = {
        "web": service(4000, "web-sg", load_balancer="alb"),
        "job": service(4001, "web-sg", load_balancer="alb"),
    }
    made = found(load_balancers={"alb": {**ALB, "listeners": []}}, services=services, databases={"db": DB},
                 security_groups={"web-sg": {}, "db-sg": DB_SG})  # fmt: skip
    assert made == [{"alb -> ecs": "4000-4001 HTTP"}, {"ecs -> db": "5432 PostgreSQL"}]


def test_one_service_of_two_stays_one() -> None:
    services = {"web": service(4000, "web-sg"), "job": service(4001)}
    made = found(services=services, databases={"db": DB}, security_groups={"web-sg": {}, "db-sg": DB_SG})
    assert made == [{"web -> db": "5432 PostgreSQL"}]


def test_services_that_stated_paths_lead_to_are_told_apart() -> None:
    rules = [{"path": "/a/*", "forward": "web"}, {"path": "/b/*", "forward": "job"}]
    listeners = [{"port": 443, "protocol": "HTTPS", "rules": rules}]
    services = {"web": service(4000, load_balancer="alb"), "job": service(4001, load_balancer="alb")}
    assert found(load_balancers={"alb": {"subnets": [], "listeners": listeners}}, services=services) == [
        {"alb -> web": "4000 HTTP (/a/*)"},
        {"alb -> job": "4001 HTTP (/b/*)"},
    ]


def test_a_group_that_lets_in_itself_joins_a_cluster_with_itself() -> None:
    services = {"web": service(4000, "sg"), "job": service(4001, "sg")}
    made = found(services=services, security_groups={"sg": {"ingress": [{"from": "sg", "protocol": "all"}]}})
    assert made == [{"ecs -> ecs": "4000-4001 HTTP"}]


def test_a_proxy_stands_between_services_and_its_database() -> None:
    proxy = {"target": "db", "family": "mysql", "tls": True, "security_groups": ["db-sg"]}
    database = {"engine": "aurora-mysql", "security_groups": ["db-sg"]}
    group = {"ingress": [{"from": "web-sg", "port": 3306}]}
    made = found(services={"web": service(80, "web-sg")}, proxies={"proxy": proxy}, databases={"db": database},
                 security_groups={"web-sg": {}, "db-sg": group})  # fmt: skip
    assert made == [{"web -> proxy": "3306 MySQL over TLS"}, {"proxy -> db": "3306 MySQL over TLS"}]


def test_stores_open_no_connections() -> None:
    made = found(databases={"db": DB}, caches={"cache": {"engine": "redis", "security_groups": ["cache-sg"]}},
                 security_groups={"db-sg": {}, "cache-sg": {"ingress": [{"from": "db-sg", "port": 6379}]}})  # fmt: skip
    assert made == []


def test_limited_egress_to_the_internet_is_meant() -> None:
    group: dict[str, Any] = {"egress": [{"to": "internet", "port": 443}, {"to": "10.0.0.0/8", "port": 5432}]}
    assert found(services={"web": service(80, "sg")}, security_groups={"sg": group}) == [
        {"web -> internet": "443 HTTPS"}
    ]


def test_icmp_is_no_flow() -> None:
    group: dict[str, Any] = {"ingress": [{"from": "web-sg", "protocol": "icmp"}]}
    made = found(services={"web": service(80, "web-sg")}, databases={"db": DB},
                 security_groups={"web-sg": {}, "db-sg": group})  # fmt: skip
    assert made == []


def test_a_distribution_stands_before_its_origins() -> None:
    assert found(distributions={"cdn": {"origins": ["files"]}}, buckets={"files": {}}) == [
        {"internet -> cdn": "443 HTTPS"},
        {"cdn -> files": "443 HTTPS"},
    ]


def test_a_service_asks_its_namespace() -> None:
    assert found(services={"web": service(80, namespace="names")}, namespaces={"names": {}}) == [
        {"web -> names": "53/udp DNS"}
    ]


def test_services_send_and_receive() -> None:
    made = found(
        services={"web": service(80), "job": service(81)},
        queues={"jobs": {"producers": ["web"], "consumers": ["job"]}},
        topics={"news": {"publishers": ["web"]}},
    )
    assert made == [
        {"web -> news": "443 HTTPS (publish)"},
        {"web -> jobs": "443 HTTPS (send)"},
        {"job -> jobs": "443 HTTPS (receive)"},
    ]


def test_a_number_alone_is_a_number() -> None:
    group: dict[str, Any] = {"ingress": [{"from": "web-sg", "port": 7777}]}
    endpoint = {"security_groups": ["e-sg"]}
    made = found(services={"web": service(80, "web-sg")}, endpoints={"e": endpoint},
                 security_groups={"web-sg": {}, "e-sg": group})  # fmt: skip
    assert made == [{"web -> e": 7777}]
