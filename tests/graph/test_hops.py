"""What the hops say of network ACLs, routes, peerings, gateways, endpoints, and load balancers."""

from collections.abc import Callable

import pytest

from archspec import api
from archspec.findings import Hop
from archspec.graph.intervals import Intervals, traffic
from archspec.graph.verdict import answers
from archspec.model.ports import PortRange

System = Callable[[str], api.System]

TEXT = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16, ipv6_cidr: "fd00::/56"}, office: {cidr: 10.1.0.0/16}, lab: {cidr: 10.2.0.0/16}}
  subnets:
    public-a:  {vpc: main, az: us-east-1a, tier: public,  cidr: 10.0.0.0/24}
    private-a: {vpc: main, az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {vpc: main, az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
    data-a:    {vpc: main, az: us-east-1a, tier: data,    cidr: 10.0.3.0/24}
    six-a:     {vpc: main, az: us-east-1a, tier: data,    cidr: "fd00::/64"}
    office-a:  {vpc: office, az: us-east-1a, tier: private, cidr: 10.1.1.0/24}
    lab-a:     {vpc: lab, az: us-east-1a, tier: private, cidr: 10.2.1.0/24}
  internet_gateways: {igw: {vpc: main}}
  nat_gateways: {nat: {subnet: public-a}}
  peerings: {office-main: {vpcs: [office, main]}, main-lab: {vpcs: [main, lab]}}
  route_tables:
    public-rt:  {vpc: main, subnets: [public-a], routes: [{destination: 0.0.0.0/0, target: igw}]}
    private-rt:
      vpc: main
      subnets: [private-a]
      routes: [{destination: 0.0.0.0/0, target: nat}, {destination: 10.1.0.0/16, target: office-main}]
    other-rt: {vpc: main, subnets: [private-b], routes: [{destination: 10.0.3.0/24, target: nat}]}
    office-rt:
      vpc: office
      subnets: [office-a]
      routes: [{destination: 10.0.0.0/16, target: office-main}, {destination: 10.2.0.0/16, target: office-main}]
    lab-rt: {vpc: lab, subnets: [lab-a], routes: [{destination: 10.0.0.0/16, target: main-lab}]}
  nacls:
    data-nacl:
      vpc: main
      subnets: [data-a]
      ingress: [{number: 100, peer: main, protocol: tcp, port: 5432}]
      egress: [{number: 50, allow: false, peer: 10.0.1.0/25}, {number: 100, peer: main}]
    public-nacl: {vpc: main, subnets: [public-a], ingress: [{number: 100, peer: main}, {number: 200}]}
  security_groups:
    sg: {vpc: main, ingress: [{from: internet, protocol: all}]}
    endpoint-sg: {vpc: main, ingress: [{from: 10.0.1.0/24, port: 443}]}
  endpoints:
    s3: {vpc: main, service: s3, type: gateway, route_tables: [private-rt]}
    ecr-api: {vpc: main, service: ecr.api, subnets: [private-b], security_groups: [endpoint-sg]}
    logs: {vpc: main, service: logs, subnets: [private-b], security_groups: [endpoint-sg], private_dns: false}
  load_balancers:
    alb:
      subnets: [public-a]
      security_groups: [sg]
      listeners: [{port: 443, protocol: HTTPS, forward: api-tg, certificate: cert}]
  target_groups: {api-tg: {target: api, port: 8080}}
compute:
  services:
    api: {port: 80, subnets: [private-a], security_groups: [sg]}
    both: {port: 80, subnets: [private-a, private-b], security_groups: [sg]}
    desk: {port: 80, subnets: [office-a], security_groups: [sg]}
    bench: {port: 80, subnets: [lab-a], security_groups: [sg]}
    six: {port: 80, subnets: [six-a], security_groups: [sg]}
data:
  databases: {db: {engine: postgres, subnets: [data-a], security_groups: [sg]}}
  buckets: {files: }
delivery: {registries: {ecr: }}
observability: {log_groups: {lines: }}
security: {certificates: {cert: {domain: shop.dev}}}
"""


def tcp(port: int) -> Intervals:
    return traffic((PortRange(port, port),))


def ask(system: System, source: str, target: str, port: int) -> tuple[Hop, ...]:
    (answer,) = answers(system(TEXT).graph, source, target, tcp(port))
    return answer.hops


def stopped(found: tuple[Hop, ...]) -> list[tuple[str, str]]:
    return [(hop.text, hop.code) for hop in found if hop.verdict == "blocked"]


def test_network_acls_are_asked_on_the_way_there_and_back(system: System) -> None:
    found = ask(system, "api", "db", 5432)

    assert [(hop.verdict, hop.text, hop.code) for hop in found if "nacl" in hop.text or "network ACL" in hop.text] == [
        (
            "note",
            "private-a is in no network ACL that is stated; AWS's own lets everything through",
            "ASSUMED_DEFAULT",
        ),
        ("open", "data-nacl around data-a lets tcp/5432 in from api: rule 100 allows tcp/5432 from main", ""),
        (
            "blocked",
            (
                "data-nacl around data-a does not let answers on tcp/1024-65535 out to api: "
                "rule 50 denies all traffic to 10.0.1.0/25"
            ),
            "SUBNET_ACL_RESTRICTION, REMAP_EPHEMERAL_PORT",
        ),
    ]


def test_what_no_entry_allows_is_denied_and_the_nearest_is_shown(system: System) -> None:
    assert stopped(ask(system, "six", "db", 5432))[0][1] == "NO_ROUTE_TO_DESTINATION"
    assert stopped(ask(system, "api", "db", 5433))[0] == (
        (
            "data-nacl around data-a does not let tcp/5433 in from api: "
            "no rule allows tcp/5433, the nearest is rule 100 allows tcp/5432 from main"
        ),
        "SUBNET_ACL_RESTRICTION",
    )


def test_a_direction_that_a_network_acl_leaves_out_is_noted(system: System) -> None:
    found = [hop for hop in ask(system, "api", "internet", 443) if hop.code == "FACT_MISSING"]

    assert [hop.text for hop in found] == [
        "public-nacl states no egress, so it is taken to let tcp/443 out to internet",
        "public-nacl states no egress, so it is taken to let answers on tcp/1024-65535 out to api",
    ]


def test_a_route_more_specific_than_the_local_one_takes_what_is_meant_for_a_neighbour(system: System) -> None:
    found = ask(system, "both", "db", 5432)

    assert stopped(found)[0] == (
        (
            "a route more specific than the local one sends what is for data-a to nat "
            "(1 of 2 pairs of subnets, first private-b to data-a)"
        ),
        "MORE_SPECIFIC_ROUTE",
    )


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("desk", "api", []),
        ("api", "desk", []),
        (
            "desk",
            "bench",
            [
                ("office-main joins office and main, and leads no further to lab: peering is not transitive",
                 "PEERING_NOT_TRANSITIVE"),
                ("the way back: desk is in office and bench is in lab: no route between them",
                 "NO_ROUTE_TO_DESTINATION"),
            ],
        ),
        (
            "bench",
            "api",
            [("the way back: bench is in lab and api is in main: no route between them", "NO_ROUTE_TO_DESTINATION")],
        ),
    ],
)  # fmt: skip
def test_a_peering_joins_two_vpcs_where_both_lead_to_it(
    system: System, source: str, target: str, expected: list[tuple[str, str]]
) -> None:
    assert stopped(ask(system, source, target, 80)) == expected


def test_a_peering_is_shown_both_ways(system: System) -> None:
    assert [hop.text for hop in ask(system, "desk", "api", 80) if "office-main" in hop.text] == [
        "office-main leads office-a to private-a, from office to main",
        "the way back: office-main leads private-a to office-a, from main to office",
    ]


def test_subnets_without_a_version_of_ip_in_common_are_told(system: System) -> None:
    assert stopped(ask(system, "six", "api", 80)) == [
        ("the subnets of six and api have no version of IP in common, neither IPv4 nor IPv6",
         "NO_ROUTE_TO_DESTINATION")
    ]  # fmt: skip


def test_a_gateway_endpoint_leads_where_the_route_table_has_it(system: System) -> None:
    assert [hop.text for hop in ask(system, "api", "files", 443) if "s3" in hop.text] == ["s3 leads private-a to s3"]
    assert stopped(ask(system, "db", "s3", 443))[1] == (
        "s3 is in no route table of data-a",
        "VPCE_NOT_ASSOCIATED_WITH_ROUTE_TABLE",
    )


def test_each_service_of_a_registry_is_reached_by_its_own_way(system: System) -> None:
    found = ask(system, "both", "ecr", 443)

    assert [hop.text for hop in found if "ecr-api" in hop.text][:2] == [
        "ecr.api is reached by ecr-api, an endpoint in the VPC of both",
        "both sends tcp/443 to ecr-api: sg allows all traffic to anywhere (AWS default)",
    ]
    assert stopped(found)[0] == (
        (
            "ecr-api receives tcp/443 from both: the nearest rule is endpoint-sg allows tcp/443 from 10.0.1.0/24; "
            "it means only some addresses of both"
        ),
        "ENI_SG_RULES_MISMATCH",
    )


def test_an_endpoint_without_private_dns_is_noted_and_not_used(system: System) -> None:
    assert [hop.text for hop in ask(system, "api", "lines", 443) if hop.code == "VPCE_PRIVATE_DNS_OFF"] == [
        "the private DNS of logs is off, so the service's own name does not lead to it"
    ]


def test_a_load_balancer_forwards_to_its_target_groups_on_their_ports(system: System) -> None:
    assert stopped(ask(system, "alb", "api", 80)) == [
        ("api-tg sends what alb forwards to api on tcp/8080 only", "TARGET_PORT_RESTRICTION")
    ]
    assert stopped(ask(system, "alb", "both", 80)) == [
        ("no listener of alb forwards to both, but to api", "ELBV2_LISTENER_HAS_NO_TG")
    ]
