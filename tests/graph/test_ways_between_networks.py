"""Ways out of a subnet, and ways between VPCs."""

from collections.abc import Callable

from archspec import api
from archspec.graph.hops import hops
from archspec.graph.intervals import traffic
from archspec.graph.permits import permitted
from archspec.graph.verdict import answers
from archspec.model.ports import PortRange

System = Callable[[str], api.System]
HTTPS = traffic((PortRange(443, 443),))

ONE_WAY = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a:  {az: us-east-1a, tier: public,  cidr: 10.0.1.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.2.0/24}
  nat_gateways: {nat: {subnet: public-a}}
  internet_gateways: {igw: {}}
  route_tables:
    front: {subnets: [public-a], routes: [{destination: 0.0.0.0/0, target: igw}]}
    out: {subnets: [private-a], routes: [{destination: DESTINATION, target: nat}]}
  security_groups: {sg: {}}
compute:
  services: {api: {port: 80, subnets: [private-a], security_groups: [sg]}}
"""

TWO_VPCS = """
network:
  vpcs: {shop: {cidr: 10.0.0.0/16}, office: {cidr: 10.1.0.0/16}}
  subnets:
    shop-a:   {vpc: shop,   az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    office-a: {vpc: office, az: us-east-1a, tier: private, cidr: 10.1.1.0/24}
  security_groups:
    shop-sg:   {vpc: shop, ingress: [{from: 10.0.0.0/8, port: 443}]}
    office-sg: {vpc: office}
compute:
  services:
    orders: {port: 443, subnets: [shop-a],   security_groups: [shop-sg]}
    desk:   {port: 80,  subnets: [office-a], security_groups: [office-sg]}
flows:
  - desk -> orders: 443 HTTPS
"""


def way_out(system: api.System) -> list[tuple[str, str]]:
    (answer,) = answers(system.graph, "api", "internet", HTTPS)
    return [(hop.verdict, hop.text) for hop in answer.hops]


def test_only_a_default_route_leads_to_the_internet(system: System) -> None:
    sends = ("open", "api sends tcp/443 to internet: sg allows all traffic to anywhere (AWS default)")

    assert way_out(system(ONE_WAY.replace("DESTINATION", "0.0.0.0/0"))) == [
        sends,
        ("open", "nat leads private-a to the internet"),
    ]
    assert way_out(system(ONE_WAY.replace("DESTINATION", "192.0.2.0/24"))) == [
        sends,
        ("blocked", "no default route leads private-a out of its VPC"),
    ]


def test_nothing_joins_two_vpcs(system: System) -> None:
    graph = system(TWO_VPCS).graph
    desk, orders = graph.ends("desk")[0], graph.ends("orders")[0]

    assert permitted(graph, desk, orders) == ()
    assert [(hop.verdict, hop.text) for hop in hops(graph, desk, orders, HTTPS)][1] == (
        "blocked",
        "desk is in office and orders is in shop: no route between them",
    )


def test_a_flow_between_two_vpcs_is_found(system: System) -> None:
    checked = api.check(system(TWO_VPCS), select=("NET001", "NET002", "NET003", "NET004"))

    assert [(finding.rule, finding.message, finding.fix) for finding in checked.findings] == [
        (
            "NET003",
            "there is no way from desk to orders: desk is in office and orders is in shop: no route between them",
            (
                "add to the peerings of network: office-shop: {vpcs: [office, shop]}, and "
                "state the route tables of office, and add to the routes of office-private-us-east-1a-rt: "
                "{destination: 10.0.0.0/16, target: office-shop}, and "
                "state the route tables of shop, and add to the routes of shop-private-us-east-1a-rt: "
                "{destination: 10.1.0.0/16, target: office-shop}"
            ),
        )
    ]
