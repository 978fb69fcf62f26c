"""What the pages of the rules about flows and gateways leave open."""

from collections.abc import Callable

import pytest

from archspec import api

System = Callable[[str], api.System]
Found = list[tuple[str, str]]

NETWORK = """\
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a:  {az: us-east-1a, tier: public,  cidr: 10.0.1.0/24}
    public-b:  {az: us-east-1b, tier: public,  cidr: 10.0.2.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.3.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.4.0/24}
  security_groups: {sg: {ingress: [{from: internet, protocol: all}]}}
"""
SERVICES = """\
compute:
  clusters: {ecs: }
  services:
    web:  {cluster: ecs, port: 80, desired: 2, subnets: [private-a, private-b], security_groups: [sg]}
    mute: {desired: 2, subnets: [private-a, private-b], security_groups: [sg]}
"""


def found(system: System, rule: str, text: str) -> Found:
    return [(one.subject, one.message) for one in api.check(system(NETWORK + text), select=(rule,)).findings]


def test_net003_the_internet_reaches_no_private_address(system: System) -> None:
    assert found(system, "NET003", SERVICES + "flows: [internet -> web: 80 HTTP]\n") == [
        ("internet -> web 80", "there is no way from internet to web: web has no public address")
    ]


def test_net003_a_nat_gateway_that_is_not_out_itself_is_no_way_out(system: System) -> None:
    nat = "  nat_gateways: {nat: {subnet: private-a}}\n"
    why = "nat stands in private-a, whose default route leads to no internet gateway"

    assert found(system, "NET003", nat + SERVICES + "flows: [web -> internet: 443 HTTPS]\n") == [
        ("web -> internet 443", f"there is no way from web to internet: {why}")
    ]


@pytest.mark.parametrize(
    ("flow", "expected"),
    [
        ("internet -> web: 80", []),
        ("internet -> web: 81", [("internet -> web 81", "internet -> web 81: web listens on tcp/80 only")]),
        (
            "internet -> ecs: 81",
            [("internet -> ecs 81", "internet -> ecs 81: no service of ecs listens there, but on tcp/80")],
        ),
        ("internet -> ecs: 80-90", []),
        (
            "internet -> mute: 80",
            [("internet -> mute 80", "internet -> mute 80: 'mute.port' is not stated, so this cannot be told")],
        ),
    ],
)
def test_net004_a_flow_leads_to_a_port_that_is_listened_on(system: System, flow: str, expected: Found) -> None:
    assert found(system, "NET004", SERVICES + f"flows: [{flow}]\n") == expected


def test_net013_a_load_balancer_that_faces_the_internet_stands_in_public_subnets(system: System) -> None:
    balancer = "  load_balancers: {alb: {scheme: internet-facing, subnets: [public-a, private-b]}}\n"

    assert found(system, "NET013", balancer) == [
        ("alb", "alb stands in private-b, whose default route leads to no internet gateway")
    ]


def test_net013_an_internal_load_balancer_may_stand_anywhere(system: System) -> None:
    balancer = "  load_balancers: {alb: {scheme: internal, subnets: [private-a, private-b]}}\n"

    assert found(system, "NET013", balancer) == []


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ("cpu: 256, memory: 512", []),
        ("cpu: 16384, memory: 122880", []),
        ("cpu: 300, memory: 512", [("api", "api has 300 CPU units, which Fargate does not offer")]),
        (
            "cpu: 512, memory: 1500",
            [("api", "api has 1500 MiB, which Fargate does not offer with 512 CPU units")],
        ),
        ("cpu: 256", [("api", "api: 'memory' is not stated, so this cannot be told")]),
        ("desired: 2", []),
        ("cpu: 300, memory: 512, launch: ec2", []),
    ],
)
def test_dep006_fargate_offers_certain_sizes(system: System, size: str, expected: Found) -> None:
    service = f"compute: {{services: {{api: {{{size}, subnets: [private-a], security_groups: [sg]}}}}}}\n"

    assert found(system, "DEP006", service) == expected


BALANCED = """\
  load_balancers:
    alb: {scheme: internal, subnets: [private-a, private-b], security_groups: [sg], listeners: LISTENERS}
compute:
  services:
    web: {port: 80, desired: 2, subnets: [private-a, private-b], security_groups: [GROUP], load_balancer: alb}
    api: {port: 81, desired: 2, subnets: [private-a, private-b], security_groups: [sg]}
"""


@pytest.mark.parametrize(
    ("flow", "listeners", "expected"),
    [
        ("alb -> web: 80", "[{port: 80, protocol: HTTP}]", []),
        ("alb -> web: 80", "[]", []),
        ("alb -> api: 81", "[{port: 80, protocol: HTTP, forward: api}]", []),
        (
            "alb -> api: 81",
            "[{port: 80, protocol: HTTP}]",
            [("alb -> api 81", "alb -> api 81: no listener of alb forwards to api, but to web")],
        ),
        (
            "alb -> web: 80",
            "[{port: 443, protocol: HTTPS, redirect: 80}]",
            [("alb -> web 80", "alb -> web 80: 'alb.listeners' is not stated, so this cannot be told")],
        ),
    ],
)
def test_net004_a_load_balancer_forwards_to_what_its_flows_lead_to(
    system: System, flow: str, listeners: str, expected: Found
) -> None:
    text = BALANCED.replace("LISTENERS", listeners).replace("GROUP", "sg")
    needed = "  - internet -> alb: 80\n" if listeners == "[]" else ""

    assert found(system, "NET004", f"{text}flows:\n{needed}  - {flow}\n") == expected


def test_net022_a_health_check_that_a_flow_is_blocked_with_is_not_found_twice(system: System) -> None:
    text = NETWORK.replace("{sg:", "{closed: {}, sg:") + BALANCED.replace("LISTENERS", "[{port: 80, protocol: HTTP}]")
    text = text.replace("GROUP", "closed")
    rules = ("NET001", "NET022")

    def all_found(flows: str) -> list[tuple[str, str]]:
        return [(one.rule, one.subject) for one in api.check(system(text + flows), select=rules).findings]

    assert all_found("") == [("NET022", "web-tg")]
    assert all_found("flows: [alb -> web: 80]\n") == [("NET001", "alb -> web 80")]


TWO_VPCS = """\
network:
  vpcs: {main: {cidr: 10.0.0.0/16}, other: {cidr: OTHER}}
  subnets:
    a: {vpc: main, az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    b: {vpc: other, az: us-east-1a, tier: private, cidr: 10.1.1.0/24}
  internet_gateways: {igw: {vpc: main}, old: {vpc: main, status: removed}}
  nat_gateways: {nat: {subnet: a}}
  peerings: {peer: {vpcs: [main, other]}}
  route_tables:
    main-rt: {vpc: main, subnets: [a], routes: [MAIN]}
    other-rt: {vpc: other, subnets: [b], routes: [OF_OTHER]}
  security_groups:
    sg: {vpc: main, ingress: [{from: far-sg, port: 80}]}
    far-sg: {vpc: other}
compute:
  services:
    x: {port: 80, subnets: [a], security_groups: [sg]}
    y: {port: 80, subnets: [b], security_groups: [far-sg]}
"""


def in_two(system: System, rule: str, main: str, other: str, cidr: str = "10.1.0.0/16") -> list[str]:
    routes = {"MAIN": main, "OF_OTHER": other, "OTHER": cidr}
    text = TWO_VPCS.replace("OF_OTHER", routes.pop("OF_OTHER"))
    for name, value in routes.items():
        text = text.replace(name, value)
    return [one.message for one in api.check(system(text), select=(rule,)).findings]


HOME = "{destination: 10.0.0.0/16, target: peer}"
AWAY = "{destination: 10.1.0.0/16, target: peer}"


@pytest.mark.parametrize(
    ("main", "other", "expected"),
    [
        ("{destination: 0.0.0.0/0, target: igw}, " + AWAY, HOME, []),
        ("{destination: 0.0.0.0/0, target: old}", "", ["main-rt sends 0.0.0.0/0 to old, which is removed"]),
        ("", "{destination: 0.0.0.0/0, target: igw}",
         ["other-rt sends 0.0.0.0/0 to igw, which is the gateway of main, not of other"]),
        ("", "{destination: 0.0.0.0/0, target: nat}",
         ["other-rt sends 0.0.0.0/0 to nat, which stands in main, not in other"]),
        ("{destination: 10.0.1.0/24, target: nat}", "",
         ["main-rt sends 10.0.1.0/24 to nat, although it is a part of main itself"]),
        ("{destination: 10.9.0.0/16, target: peer}", "",
         ["main-rt sends 10.9.0.0/16 to peer, and no address of other is in it: peering leads no further"]),
        (f"{AWAY}, {AWAY}", "", ["main-rt sends 10.1.0.0/16 to peer, and a route before it has the same destination"]),
        (f"{AWAY}, {{destination: 10.1.0.0/17, target: nat}}, {{destination: 10.1.128.0/17, target: nat}}", "",
         ["main-rt sends 10.1.0.0/16 to peer, and more specific routes take all of it"]),
        ('{destination: "::/0", target: nat}', "", ["main-rt sends ::/0 to nat, which translates IPv4 only"]),
    ],
)  # fmt: skip
def test_net014_a_route_leads_somewhere(system: System, main: str, other: str, expected: list[str]) -> None:
    assert in_two(system, "NET014", main, other) == expected


@pytest.mark.parametrize(
    ("main", "other", "cidr", "expected"),
    [
        (AWAY, HOME, "10.1.0.0/16", []),
        (AWAY, "", "10.1.0.0/16",
         ["no route of other leads to peer, so nothing gets from there to main, and no answer"]),
        ("{destination: 10.0.0.0/8, target: peer}", HOME, "10.1.0.0/16",
         ["main-rt sends 10.0.0.0/8 to peer, which is wider than other"]),
        (AWAY, HOME, "10.0.0.0/8", ["peer joins main and other, whose addresses overlap: AWS does not peer them"]),
    ],
)  # fmt: skip
def test_net018_a_peering_is_led_to_from_both_sides(
    system: System, main: str, other: str, cidr: str, expected: list[str]
) -> None:
    assert in_two(system, "NET018", main, other, cidr) == expected


def test_net009_a_group_of_another_vpc_is_matched_over_a_peering_only(system: System) -> None:
    why = "whose members are all in other, and no peering leads there from main"
    joined = TWO_VPCS.replace("MAIN", AWAY).replace("OF_OTHER", HOME).replace("OTHER", "10.1.0.0/16")
    apart = joined.replace("[main, other]}", "[main, other], status: removed}")

    assert [one.message for one in api.check(system(joined), select=("NET009",)).findings] == []
    assert [one.message for one in api.check(system(apart), select=("NET009",)).findings] == [f"sg names far-sg, {why}"]


PULLING = """\
delivery: {registries: {ecr: }}
observability: {log_groups: {lines: }}
compute: {services: {api: {port: 80, desired: 2, subnets: [private-a], security_groups: [sg], HELD}}}
"""


@pytest.mark.parametrize(
    ("network", "held", "expected"),
    [
        ("  nat_gateways: {nat: {subnet: public-a}}\n", "registry: ecr, log_group: lines", []),
        ("", "desired: 2", [("api", "api: 'api.registry' is not stated, so this cannot be told")]),
        ("", "image: docker.io/nginx, launch: ec2", []),
        (
            "",
            "registry: ecr",
            [
                (
                    "api",
                    (
                        "api does not get to ecr.api to pull its image, from private-a; ecr.dkr to pull its image, "
                        "from private-a; s3 for the layers of its image, from private-a"
                    ),
                )
            ],
        ),
        (
            "  endpoints: {logs: {service: logs}}\n",
            "log_group: lines",
            [("api", "api: 'logs.subnets' is not stated, so this cannot be told")],
        ),
        (
            (
                "  nat_gateways: {nat: {subnet: public-a}}\n"
                "  endpoints: {logs: {service: logs, subnets: [private-a], security_groups: [shut]}}\n"
            ),
            "log_group: lines",
            [("api", "api does not get to logs to write to lines, from private-a")],
        ),
    ],
)
def test_net015_a_task_gets_to_what_it_needs_to_start(system: System, network: str, held: str, expected: Found) -> None:
    shut = NETWORK.replace("{sg:", "{shut: {}, sg:")
    text = PULLING.replace("desired: 2, subnets", "subnets").replace("HELD", held)
    checked = api.check(system(shut + network + text), select=("NET015",))

    assert [(one.subject, one.message) for one in checked.findings] == expected


def test_net016_private_dns_needs_the_dns_of_its_vpc(system: System) -> None:
    endpoint = "  endpoints: {logs: {service: logs, subnets: [private-a], security_groups: [sg]}}\n"
    text = NETWORK.replace("{cidr: 10.0.0.0/16}", "{cidr: 10.0.0.0/16, dns_hostnames: false}", 1)
    text += endpoint + PULLING.replace("HELD", "log_group: lines")
    checked = api.check(system(text), select=("NET016",))

    assert [(one.subject, one.message, one.fix) for one in checked.findings] == [
        (
            "logs",
            "api does not use logs: private DNS needs `dns_hostnames`, which is off in main",
            "write `dns_hostnames: true` on main",
        )
    ]
