"""What AWS would refuse, beyond the samples on the rules' pages: limits, silence, hostile and contradictory input."""

from collections.abc import Callable

import pytest

from archspec import api

System = Callable[[str], api.System]
Found = list[tuple[str, str]]

SUBNETS = """\
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
"""


def found(system: System, rule: str, text: str) -> Found:
    checked = api.check(system(text), select=(rule,))
    return [
        (one.subject, one.message if one.outcome == "fail" else f"unknown: {one.message}") for one in checked.findings
    ]


def unsaid(subject: str, fact: str) -> Found:
    return [(subject, f"unknown: {subject}: '{fact}' is not stated, so this cannot be told")]


def group(rules: str, more: str = "") -> str:
    return f"network:\n{SUBNETS}{more}  security_groups: {{sg: {{ingress: [{rules}]}}}}\n"


def cache(**stated: str) -> str:
    keys = {"engine": "redis", "subnets": "[a, b]", "security_groups": "[]"} | stated
    body = ", ".join(f"{key}: {value}" for key, value in keys.items())
    return f"network:\n{SUBNETS}data:\n  caches: {{c: {{{body}}}}}\n"


def database(**stated: str) -> str:
    keys = {"engine": "postgres", "subnets": "[a, b]", "security_groups": "[]"} | stated
    body = ", ".join(f"{key}: {value}" for key, value in keys.items())
    return f"network:\n{SUBNETS}data:\n  databases: {{db: {{{body}}}}}\n"


# DEP002


@pytest.mark.parametrize(
    ("vpc", "expected"),
    [
        (
            "cidr: 10.0.0.0/16, secondary_cidrs: [10.0.0.0/16]",
            "main has the blocks 10.0.0.0/16 and 10.0.0.0/16, which overlap",
        ),
        (
            "cidr: 10.0.0.0/16, secondary_cidrs: [10.0.9.0/24]",
            "main has the blocks 10.0.0.0/16 and 10.0.9.0/24, which overlap",
        ),
        ("cidr: 10.0.0.0/16, secondary_cidrs: [10.8.0.0/13]", "main 10.8.0.0/13 has a size that AWS refuses"),
        ("cidr: 10.0.0.0/8", "main 10.0.0.0/8 has a size that AWS refuses"),
        ('cidr: 10.0.0.0/16, ipv6_cidr: "2001:db8::/57"', "main 2001:db8::/57 has a size that AWS refuses"),
        ('cidr: 10.0.0.0/16, ipv6_cidr: "2001:db8::/56"', ""),
        ("cidr: 10.0.0.0/16, secondary_cidrs: [10.1.0.0/16]", ""),
    ],
)
def test_dep002_the_blocks_of_a_vpc_have_a_size_and_do_not_overlap(system: System, vpc: str, expected: str) -> None:
    assert found(system, "DEP002", f"network: {{vpcs: {{main: {{{vpc}}}}}}}\n") == (
        [("main", expected)] if expected else []
    )


def test_dep002_every_overlap_is_found_although_one_block_holds_all_others(system: System) -> None:
    text = """\
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    all: {az: us-east-1a, tier: private, cidr: 10.0.0.0/16}
    one: {az: us-east-1a, tier: private, cidr: 10.0.0.0/28}
    far: {az: us-east-1a, tier: private, cidr: 10.0.255.0/24}
    twin: {az: us-east-1a, tier: private, cidr: 10.0.255.0/24}
"""

    assert found(system, "DEP002", text) == [
        ("one", "one 10.0.0.0/28 overlaps all 10.0.0.0/16"),
        ("far", "far 10.0.255.0/24 overlaps all 10.0.0.0/16"),
        ("twin", "twin 10.0.255.0/24 overlaps all 10.0.0.0/16"),
    ]


def test_dep002_the_same_block_in_two_vpcs_is_no_overlap(system: System) -> None:
    text = """\
network:
  vpcs: {one: {cidr: 10.0.0.0/16}, two: {cidr: 10.0.0.0/16}}
  subnets:
    a: {vpc: one, az: us-east-1a, tier: private, cidr: 10.0.0.0/24}
    b: {vpc: two, az: us-east-1a, tier: private, cidr: 10.0.0.0/24}
"""

    assert found(system, "DEP002", text) == []


@pytest.mark.parametrize(
    ("vpc", "subnet", "expected"),
    [
        ("", "2001:db8::/64", unsaid("a", "main.ipv6_cidr")),
        (', ipv6_cidr: "2001:db8::/56"', "2001:db8::/64", []),
        (
            ', ipv6_cidr: "2001:db8::/56"',
            "2001:db9::/64",
            [("a", "a 2001:db9::/64 is not part of main (10.0.0.0/16, 2001:db8::/56)")],
        ),
        (', ipv6_cidr: "2001:db8::/56"', "2001:db8::/62", [("a", "a 2001:db8::/62 has a size that AWS refuses")]),
    ],
)
def test_dep002_a_block_for_ipv6_is_part_of_that_of_its_vpc(
    system: System, vpc: str, subnet: str, expected: Found
) -> None:
    text = f"""\
network:
  vpcs: {{main: {{cidr: 10.0.0.0/16{vpc}}}}}
  subnets: {{a: {{az: us-east-1a, tier: private, cidr: 10.0.1.0/24, ipv6_cidr: "{subnet}"}}}}
"""

    assert found(system, "DEP002", text) == expected


def test_dep002_blocks_for_ipv6_overlap_like_others(system: System) -> None:
    text = """\
network:
  vpcs: {main: {cidr: 10.0.0.0/16, ipv6_cidr: "2001:db8::/56"}}
  subnets:
    a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24, ipv6_cidr: "2001:db8::/60"}
    b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24, ipv6_cidr: "2001:db8:0:1::/64"}
"""

    assert found(system, "DEP002", text) == [("b", "b 2001:db8:0:1::/64 overlaps a 2001:db8::/60")]


# DEP004


def many(count: int, peer: str = "10.1.{}.0/24") -> str:
    return ", ".join(f'{{from: "{peer.format(i)}", port: 443}}' for i in range(count))


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (many(60), []),
        (many(61), [("sg", "sg has 61 ingress rules for IPv4, AWS allows 60")]),
        (many(60) + ", " + many(60, "2001:db8:{:x}::/64"), []),
        (many(60) + ", {from: sg, port: 443}", [("sg", "sg has 61 ingress rules for IPv4, AWS allows 60")]),
        (many(61, "2001:db8:{:x}::/64"), [("sg", "sg has 61 ingress rules for IPv6, AWS allows 60")]),
        (many(59) + ", {from: internet, protocol: all}", []),
        (many(59) + ', {from: internet, protocol: icmp, port: "0, 8"}', []),
        (
            many(59) + ', {from: internet, protocol: udp, port: "53, 123"}',
            [("sg", "sg has 61 ingress rules for IPv4, AWS allows 60")],
        ),
        (
            '{from: internet, port: "' + ", ".join(str(port) for port in range(1, 2003, 2)) + '"}',
            [("sg", "sg has 1001 ingress rules for IPv4, AWS allows 60, and never more than 1000")],
        ),
        ("", []),
    ],
)
def test_dep004_every_range_of_ports_is_a_rule_and_each_version_of_ip_counts_for_itself(
    system: System, rules: str, expected: Found
) -> None:
    assert found(system, "DEP004", group(rules)) == expected


@pytest.mark.parametrize(
    ("held", "rules", "expected"),
    [
        ("managed: cloudfront", "{from: l, port: 443}", []),
        (
            "managed: cloudfront",
            '{from: l, port: "80, 443"}',
            [("sg", "sg has 110 ingress rules for IPv4, AWS allows 60")],
        ),
        ("managed: s3", '{from: l, port: "80, 443"}', []),
        ("max_entries: 61", "{from: l, port: 443}", [("sg", "sg has 61 ingress rules for IPv4, AWS allows 60")]),
        ("entries: [192.0.2.0/24], max_entries: 20", '{from: l, port: "1,3,5"}', []),
        ("entries: [192.0.2.0/24]", "{from: l, port: 443}", []),
        ("", "{from: l, port: 443}", unsaid("sg", "l.max_entries")),
    ],
)
def test_dep004_a_prefix_list_counts_as_many_rules_as_it_may_have_entries(
    system: System, held: str, rules: str, expected: Found
) -> None:
    assert found(system, "DEP004", group(rules, f"  prefix_lists: {{l: {{{held}}}}}\n")) == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (5, []),
        (6, [("api", "api has 6 security groups, AWS allows 5, and 16 when asked")]),
        (1000, [("api", "api has 1000 security groups, AWS allows 5, and 16 when asked")]),
    ],
)
def test_dep004_an_element_has_five_groups_at_most(system: System, count: int, expected: Found) -> None:
    ids = [f"sg-{i}" for i in range(count)]
    groups = "".join(f"    {id_}: {{}}\n" for id_ in ids)
    text = (
        f"network:\n{SUBNETS}  security_groups:\n{groups}"
        f"compute: {{services: {{api: {{subnets: [a], security_groups: [{', '.join(ids)}]}}}}}}\n"
    )

    assert found(system, "DEP004", text) == expected


def test_dep004_an_empty_group_that_lets_nothing_out_is_no_defect(system: System) -> None:
    assert found(system, "DEP004", f"network:\n{SUBNETS}  security_groups: {{sg: {{ingress: [], egress: []}}}}\n") == []


# DEP005

TOO_MANY = (
    "n has 21 ingress entries for IPv4, the last one included; AWS allows 20, and 40 at most where the quota is raised"
)


def nacl(ingress: str) -> str:
    return f"network:\n{SUBNETS}  nacls: {{n: {{subnets: [a], ingress: [{ingress}]}}}}\n"


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("{number: 32766}", []),
        ("{number: 32767}", [("n", "n has an ingress rule with number 32767, and numbers end at 32766")]),
        ("{number: 1}, {number: 1, allow: false}", [("n", "n has two ingress rules with number 1")]),
        ("{peer: internet}, {peer: internet}", []),
        (", ".join(f"{{number: {i}}}" for i in range(1, 20)), []),
        (
            ", ".join(f"{{number: {i}}}" for i in range(1, 21)),
            [
                (
                    "n",
                    TOO_MANY,
                )
            ],
        ),
        ("", []),
    ],
)
def test_dep005_numbers_differ_and_there_are_twenty_at_most(system: System, rules: str, expected: Found) -> None:
    assert found(system, "DEP005", nacl(rules)) == expected


def test_dep005_the_same_number_in_both_directions_is_fine(system: System) -> None:
    text = f"network:\n{SUBNETS}  nacls: {{n: {{ingress: [{{number: 1}}], egress: [{{number: 1}}]}}}}\n"

    assert found(system, "DEP005", text) == []


# DEP007


def test_dep007_an_instance_group_before_a_service_on_machines_is_fine(system: System) -> None:
    text = f"""\
network:
{SUBNETS}  target_groups: {{tg: {{target: api, port: 80, target_type: instance}}}}
compute: {{services: {{api: {{launch: ec2, port: 80, subnets: [], security_groups: []}}}}}}
"""

    assert found(system, "DEP007", text) == []


def test_dep007_a_target_group_that_does_not_say_its_type_is_not_judged(system: System) -> None:
    text = f"""\
network:
{SUBNETS}  target_groups: {{tg: {{target: api, port: 80}}}}
compute: {{services: {{api: {{port: 80, subnets: [a], security_groups: []}}}}}}
"""

    assert found(system, "DEP007", text) == []


# DEP008


def test_dep008_a_thousand_groups_of_another_vpc_are_one_finding(system: System) -> None:
    ids = [f"sg-{i}" for i in range(1000)]
    groups = "".join(f"    {id_}: {{vpc: other}}\n" for id_ in ids)
    text = (
        "network:\n  vpcs: {main: {cidr: 10.0.0.0/16}, other: {cidr: 10.1.0.0/16}}\n"
        "  subnets: {a: {vpc: main, az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}\n"
        f"  security_groups:\n{groups}"
        f"compute: {{services: {{api: {{subnets: [a], security_groups: [{', '.join(ids)}]}}}}}}\n"
    )

    assert found(system, "DEP008", text) == [
        ("api", "api belongs to main, and sg-0, sg-1, sg-2, … of its security_groups to other")
    ]


# DEP009


def distribution(certificate: str, aliases: str) -> str:
    return f"""\
security: {{certificates: {{cert: {{{certificate}}}}}}}
edge: {{distributions: {{cdn: {{aliases: [{aliases}], certificate: cert}}}}}}
"""


@pytest.mark.parametrize(
    ("domain", "alias", "is_covered"),
    [
        ("example.com", "example.com", True),
        ('"*.example.com"', "www.example.com", True),
        ('"*.example.com"', "a.b.example.com", False),
        ('"*.example.com"', "example.com", False),
        ('"*.example.com"', '"*.example.com"', True),
        ('"example.com, *.example.com"', "example.com", True),
        ("WWW.Example.com", "www.example.com", True),
        ("notexample.com", "example.com", False),
    ],
)
def test_dep009_a_star_stands_for_one_label(system: System, domain: str, alias: str, is_covered: bool) -> None:
    assert (found(system, "DEP009", distribution(f"domain: {domain}", alias)) == []) is is_covered


def test_dep009_a_certificate_that_does_not_say_its_names_is_unknown(system: System) -> None:
    assert found(system, "DEP009", distribution("", "example.com")) == unsaid("cdn", "cert.domain")


def test_dep009_the_spec_s_own_region_counts_where_a_certificate_names_none(system: System) -> None:
    text = distribution("domain: example.com", "example.com")

    assert found(system, "DEP009", text) == []


def test_dep009_a_distribution_with_cloudfront_s_own_name_needs_no_certificate(system: System) -> None:
    assert found(system, "DEP009", "edge: {distributions: {cdn: {}}}\n") == []


# DEP013

PAIR = "[{role: primary, az: us-east-1a}, {role: replica, az: us-east-1b}]"
PLANNED = "[{role: primary, az: us-east-1a}, {role: replica, az: us-east-1b, status: planned}]"


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"multi_az": "true"}, unsaid("c", "instances")),
        ({"multi_az": "true", "serverless": "true"}, []),
        ({"multi_az": "false", "instances": "[{role: primary, az: us-east-1a}]"}, []),
        (
            {"multi_az": "true", "instances": PLANNED},
            [("c", "c is Multi-AZ and has no replica that could take over")],
        ),
        (
            {"engine": "memcached", "multi_az": "true"},
            [("c", "c is Memcached, which has no replicas and does not fail over")],
        ),
        ({"engine": "memcached"}, []),
        (
            {"class": "cache.t1.micro", "multi_az": "true", "instances": PAIR},
            [("c", "c is to fail over, which cache.t1.micro cannot")],
        ),
    ],
)
def test_dep013_only_a_cache_with_a_replica_fails_over(system: System, stated: dict[str, str], expected: Found) -> None:
    assert found(system, "DEP013", cache(**stated)) == expected


# DEP014


@pytest.mark.parametrize(
    ("engine", "class_", "expected"),
    [
        ("postgres", "db.t4g.micro", []),
        ("aurora-postgresql", "db.serverless", []),
        ("postgres", "db.serverless", [("db", "db is postgres, which does not run on db.serverless")]),
        ("postgres", "db.t4g.metal", [("db", "db is postgres, which does not run on db.t4g.metal")]),
        ("docdb", "db.m5.large", [("db", "db is docdb, which does not run on db.m5.large")]),
        (
            "postgres",
            "db.z99g.large",
            [("db", "unknown: db: db.z99g.large is of a family that archspec does not know, so this cannot be told")],
        ),
    ],
)
def test_dep014_what_is_newer_than_the_list_is_unknown_and_not_wrong(
    system: System, engine: str, class_: str, expected: Found
) -> None:
    assert found(system, "DEP014", database(engine=engine, class_=class_).replace("class_", "class")) == expected


@pytest.mark.parametrize(
    ("engine", "version", "outcome"),
    [
        ("postgres", "16", "pass"),
        ("postgres", "16.9", "pass"),
        ("postgres", "16.3", "fail"),
        ("postgres", "16.999", "unknown"),
        ("postgres", "99.9", "fail"),
        ("postgres", "8.4", "fail"),
        ("mysql", "8.0", "pass"),
        ("mysql", "8.0.39", "fail"),
        ("mysql", "6.0", "fail"),
        ("aurora-mysql", "8.0.mysql_aurora.3.04.0", "pass"),
        ("aurora-mysql", "8.0.mysql_aurora.3.03.3", "fail"),
        ("docdb", "5.0", "unknown"),
        ("postgres", "latest", "unknown"),
    ],
)
def test_dep014_a_version_is_offered_retired_or_newer_than_the_list(
    system: System, engine: str, version: str, outcome: str
) -> None:
    text = database(engine=engine, engine_version=f'"{version}"')
    findings = api.check(system(text), select=("DEP014",)).findings

    assert [one.outcome for one in findings] == ([] if outcome == "pass" else [outcome])


def test_dep014_an_instance_of_another_class_is_judged_for_itself(system: System) -> None:
    text = database(engine="aurora-mysql", instances="[{role: primary, az: us-east-1a, class: db.t3.micro}]")

    assert found(system, "DEP014", text) == [("db", "db is aurora-mysql, which does not run on db.t3.micro")]


# DEP015


def endpoints(vpc: str, *bodies: str) -> str:
    held = ", ".join(
        f"e{i}: {{service: logs, subnets: [a], security_groups: []{body}}}" for i, body in enumerate(bodies)
    )
    return f"network:\n{SUBNETS}  endpoints: {{{held}}}\n".replace("10.0.0.0/16", f"10.0.0.0/16{vpc}")


@pytest.mark.parametrize(
    ("vpc", "bodies", "expected"),
    [
        (", dns_hostnames: true", (", private_dns: true",), []),
        ("", (", private_dns: true",), unsaid("e0", "main.dns_hostnames")),
        ("", ("",), []),
        ("", ("", ", private_dns: false"), unsaid("e0", "e0.private_dns")),
        (
            ", dns_hostnames: true",
            (", private_dns: true", ", private_dns: true"),
            [("e1", "e1 and e0 are both to have the names of logs in main")],
        ),
        (", dns_hostnames: true", (", private_dns: true", ", private_dns: true, status: planned"), []),
        (
            ", dns_hostnames: true, dns_support: false",
            (", private_dns: true",),
            [("e0", "e0 is to have private names in main, where `dns_support` is off")],
        ),
    ],
)
def test_dep015_names_lead_to_one_endpoint_in_a_vpc_with_dns(
    system: System, vpc: str, bodies: tuple[str, ...], expected: Found
) -> None:
    assert found(system, "DEP015", endpoints(vpc, *bodies)) == expected


# DEP016


def test_dep016_a_planned_peering_lets_no_rule_name_the_other_group(system: System) -> None:
    text = """\
network:
  vpcs: {one: {cidr: 10.0.0.0/16}, two: {cidr: 10.1.0.0/16}}
  peerings: {p: {vpcs: [one, two], status: planned}}
  security_groups:
    a: {vpc: one, ingress: [{from: b, port: 1}]}
    b: {vpc: two}
"""

    assert found(system, "DEP016", text) == [("a", "a in one names b in two, and the two are not peered")]


def test_dep016_a_vpc_is_not_peered_with_itself_and_none_twice(system: System) -> None:
    text = """\
network:
  vpcs: {one: {cidr: 10.0.0.0/16}, two: {cidr: 10.1.0.0/16}}
  peerings: {p: {vpcs: [one, one]}, q: {vpcs: [one, two]}, r: {vpcs: [two, one]}}
"""

    assert found(system, "DEP016", text) == [
        ("p", "p joins one with itself"),
        ("r", "r joins two and one, as q does"),
    ]


def test_dep016_a_secondary_block_counts(system: System) -> None:
    text = """\
network:
  vpcs: {one: {cidr: 10.0.0.0/16, secondary_cidrs: [10.1.0.0/16]}, two: {cidr: 10.1.0.0/24}}
  peerings: {p: {vpcs: [one, two]}}
"""

    assert found(system, "DEP016", text) == [
        ("p", "p joins one (10.0.0.0/16, 10.1.0.0/16) and two (10.1.0.0/24), which share addresses")
    ]


# DEP017 and what else one element tells


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("DEP017", "data: {buckets: {b: {replication: true}}}\n", unsaid("b", "versioning")),
        ("DEP017", "data: {buckets: {b: {replication: planned}}}\n", []),
        ("DEP017", "data: {buckets: {b: {}}}\n", []),
        ("DEP022", database(engine="mysql", performance_insights="true"), unsaid("db", "class")),
        ("DEP022", database(engine="postgres", performance_insights="true"), []),
        ("DEP023", database(storage="20 GB gp3"), []),
        ("DEP023", database(storage="120 GiB gp2"), []),
        ("DEP023", database(storage="0019 GB gp3"), [("db", "db has a volume of a size that RDS does not offer")]),
        ("DEP023", database(storage="5 GB magnetic"), []),
        ("DEP023", database(engine="docdb", storage="10 GB gp3"), []),
        ("DEP024", "observability: {log_groups: {l: {retention: 1 year}}}\n", []),
        ("DEP024", "observability: {log_groups: {l: {retention: 18 months}}}\n", []),
        ("DEP024", "observability: {log_groups: {l: {}}}\n", []),
        (
            "DEP025",
            "messaging: {queues: {q: {retention: 59 seconds}}}\n",
            [("q", "q keeps or hides messages for a time that SQS does not offer")],
        ),
        (
            "DEP025",
            "messaging: {queues: {q: {visibility_timeout: 13 hours}}}\n",
            [("q", "q keeps or hides messages for a time that SQS does not offer")],
        ),
        ("DEP025", "messaging: {queues: {q: {}}}\n", []),
        (
            "DEP026",
            "edge: {web_acls: {w: {rules: [{name: r, limit: 10, per: 3 minutes}]}}}\n",
            [("w", "w has a limit of requests that WAF does not offer")],
        ),
        ("DEP026", "edge: {web_acls: {w: {rules: [{name: r, managed: true}]}}}\n", []),
    ],
)
def test_what_one_element_says_is_offered_refused_or_unknown(
    system: System, rule: str, text: str, expected: Found
) -> None:
    assert found(system, rule, text) == expected


def test_dep027_a_network_load_balancer_does_not_redirect(system: System) -> None:
    text = f"""\
network:
{SUBNETS}  load_balancers:
    nlb: {{type: network, subnets: [a], listeners: [{{port: 80, protocol: TCP, redirect: 443}}]}}
"""

    assert found(system, "DEP027", text) == [
        ("nlb", "nlb has a listener that a load balancer of its type does not have")
    ]


# DEP018


def test_dep018_a_planned_instance_is_not_judged(system: System) -> None:
    text = database(instances="[{role: primary, az: us-east-1a}, {role: reader, az: us-east-1c, status: planned}]")

    assert found(system, "DEP018", text) == []


# DEP019


@pytest.mark.parametrize(
    ("kind", "name", "is_fine"),
    [
        ("buckets", "shop-uploads", True),
        ("buckets", "192.168.0.1", False),
        ("buckets", "a..b", False),
        ("buckets", "ab", False),
        ("buckets", "shop-", False),
        ("buckets", "a" * 64, False),
        ("buckets", "uploads of the shop", True),  # words, no name
        ("buckets", "shop-...-bucket", True),  # shortened by whoever wrote it
    ],
)
def test_dep019_a_name_has_the_form_of_its_kind(system: System, kind: str, name: str, is_fine: bool) -> None:
    assert (found(system, "DEP019", f'data: {{{kind}: {{x: {{name: "{name}"}}}}}}\n') == []) is is_fine


@pytest.mark.parametrize(("value", "is_fine"), [("a" * 28, True), ("a" * 29, False)])
def test_dep019_variables_count_with_their_values(system: System, value: str, is_fine: bool) -> None:
    text = f"variables: {{p: {{value: {value}}}}}\nnetwork:\n{SUBNETS}"
    text += '  load_balancers: {lb: {name: "{p}-alb", subnets: [a, b]}}\n'

    assert (found(system, "DEP019", text) == []) is is_fine


def test_dep019_a_variable_without_a_value_leaves_the_name_unknown(system: System) -> None:
    text = 'variables: {p: {}}\ndata: {buckets: {b: {name: "{p}-b"}}}\n'

    assert found(system, "DEP019", text) == unsaid("b", "variables.p.value")


def test_dep019_the_logs_of_a_web_acl_have_their_own_beginning(system: System) -> None:
    text = """\
edge: {web_acls: {w: {log_group: l}}}
observability: {log_groups: {l: {name: /waf/logs}, other: {name: /ecs/logs}}}
"""

    assert found(system, "DEP019", text) == [("l", "AWS refuses '/waf/logs' (9 characters) as the name of a log group")]


# DEP020


@pytest.mark.parametrize(
    ("bucket", "count"), [("{}", 0), ("{encryption: sse-s3}", 0), ("{key: k}", 1), ("{encryption: sse-kms}", 1)]
)
def test_dep020_only_a_bucket_under_a_key_takes_no_logs(system: System, bucket: str, count: int) -> None:
    text = f"""\
network:
{SUBNETS}  load_balancers:
    alb: {{subnets: [a, b], access_logs: logs}}
    nlb: {{type: network, subnets: [a], access_logs: logs}}
data: {{buckets: {{logs: {bucket}}}}}
security: {{keys: {{k: {{}}}}}}
"""

    assert len(found(system, "DEP020", text)) == count


# DEP028


@pytest.mark.parametrize(
    ("certificate", "expected"),
    [
        ("", []),
        ("region: us-east-1", []),
        ("region: eu-west-1", [("alb", "alb is in us-east-1, and cert in eu-west-1")]),
        ("status: planned", [("alb", "alb answers with cert, which is planned")]),
    ],
)
def test_dep028_a_certificate_is_there_and_in_the_region(system: System, certificate: str, expected: Found) -> None:
    text = f"""\
network:
{SUBNETS}  load_balancers:
    alb: {{subnets: [a, b], listeners: [{{port: 443, protocol: HTTPS, certificate: cert}}]}}
security: {{certificates: {{cert: {{{certificate}}}}}}}
"""

    assert found(system, "DEP028", text) == expected


# DEP029

UNREAD = "unknown: db: '3 AM UTC' is no window such as 03:00-04:00 in UTC, so this cannot be told"


@pytest.mark.parametrize(
    ("backup", "maintenance", "expected"),
    [
        ("03:00-04:00", "sun:04:00-sun:05:00", []),
        ("03:00-04:00", "Sunday 02:00-03:00 UTC", []),
        (
            "03:00-04:00",
            "mon:03:59-mon:04:29",
            [("db", "db is backed up from 03:00-04:00 and maintained from mon:03:59-mon:04:29")],
        ),
        (
            "23:30-00:30",
            "sun:00:00-sun:01:00",
            [("db", "db is backed up from 23:30-00:30 and maintained from sun:00:00-sun:01:00")],
        ),
        ("03:00-03:29", "sun:05:00-sun:06:00", [("db", "db has a backup window of 29 minutes, AWS asks for 30")]),
        ("3 AM UTC", "sun:05:00-sun:06:00", [("db", UNREAD)]),
        ("03:00-04:00", "sun:03:00-sun:04:00 CET", [("db", UNREAD.replace("3 AM UTC", "sun:03:00-sun:04:00 CET"))]),
    ],
)
def test_dep029_windows_do_not_overlap_also_past_midnight(
    system: System, backup: str, maintenance: str, expected: Found
) -> None:
    text = database(backups=f'{{window: "{backup}"}}', maintenance_window=f'"{maintenance}"')

    assert found(system, "DEP029", text) == expected


def test_dep029_one_window_alone_is_not_judged(system: System) -> None:
    assert found(system, "DEP029", database(maintenance_window="sun:05:00-sun:06:00")) == []


# DEP003


def test_dep003_asks_documentdb_and_no_cache_for_two_zones(system: System) -> None:
    one_zone = [database(engine="docdb", subnets="[a]"), cache(subnets="[a]")]

    assert [found(system, "DEP003", text) for text in one_zone] == [
        [("db", "the subnets of db cover fewer than two Availability Zones")],
        [],
    ]


# DEP030


NO_POINT = [("db", "db keeps automated backups without a point in time to restore to, which AWS does not offer")]


@pytest.mark.parametrize(
    ("engine", "backups", "expected"),
    [
        ("postgres", "{retention: 7 days, point_in_time: false}", NO_POINT),
        ("mysql", "{every: 24 hours, retention: 1 day, point_in_time: false}", NO_POINT),
        ("postgres", "{retention: 0 days, point_in_time: false}", []),
        ("postgres", "{every: 6 hours, retention: 7 days, point_in_time: false}", []),
        ("postgres", "{retention: 7 days}", []),
        ("postgres", "{point_in_time: false}", unsaid("db", "backups.retention")),
        ("aurora-mysql", "{retention: 0 days, point_in_time: false}", NO_POINT),
        ("docdb", "{every: 1 week, point_in_time: false}", NO_POINT),
        ("docdb", "{every: 1 day, retention: 7 days}", []),
    ],
)
def test_dep030_a_point_in_time_comes_with_automated_backups(
    system: System, engine: str, backups: str, expected: Found
) -> None:
    assert found(system, "DEP030", database(engine=engine, backups=backups)) == expected


# DEP031


COPIED = [("c", "c copies its snapshots to another Region, which ElastiCache does not do")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (cache(backups="{cross_region: true}"), COPIED),
        (cache(backups="{cross_region: true}", serverless="true"), COPIED),
        (cache(backups="{cross_region: planned}"), []),
        (cache(backups="{cross_region: false}"), []),
        (cache(backups="{every: 1 day}"), []),
        (cache(backups="{cross_region: true}") + "  buckets: {exports: {writers: [c]}}\n", []),
        (cache(backups="{cross_region: true}") + "  buckets: {exports: {readers: [c]}}\n", COPIED),
        (cache(backups="{cross_region: true}") + "  buckets: {exports: {writers: [c], status: planned}}\n", COPIED),
    ],
)
def test_dep031_snapshots_of_a_cache_leave_the_region_by_a_bucket(system: System, text: str, expected: Found) -> None:
    assert found(system, "DEP031", text) == expected


# DEP032


@pytest.mark.parametrize(
    ("storage", "grows_by", "expected"),
    [
        ("20 GB gp3", "10%", [("db", "db is to grow by 10% of 20 GB gp3, 2 GB, and RDS adds 10 GB at least")]),
        ("99 GiB", "10%", [("db", "db is to grow by 10% of 99 GiB, 9.9 GB, and RDS adds 10 GB at least")]),
        ("20 GB", "50%", []),
        ("100 GB", "10%", []),
        ("1 TB io1", "5%", []),
        ("1,000 GB", "1%", []),
        ("20 GB", "10-60%", []),
        ("auto-scaling", "10%", unsaid("db", "db.storage")),
        ("0 GB", "10%", [("db", "db is to grow by 10% of 0 GB, 0 GB, and RDS adds 10 GB at least")]),
        ("1,0 GB" + " " * 50 + "9" * 200, "10%", unsaid("db", "db.storage")),
    ],
)
def test_dep032_rds_grows_by_ten_gibibytes_at_least(
    system: System, storage: str, grows_by: str, expected: Found
) -> None:
    text = database(storage=f'"{storage}"', grows_by=grows_by)

    assert found(system, "DEP032", text) == expected


def test_dep032_is_about_instances_that_say_by_how_much_they_grow(system: System) -> None:
    texts = [database(engine="docdb", storage="10 GB", grows_by="10%"), database(storage="20 GB", max_storage="50 GB")]

    assert [found(system, "DEP032", text) for text in texts] == [[], []]
    assert found(system, "DEP032", database(grows_by="10%")) == unsaid("db", "db.storage")


def test_dep009_a_certificate_that_a_load_balancer_needs_is_not_to_be_moved() -> None:
    text = (
        f"network:\n{SUBNETS}  security_groups: {{sg: {{}}}}\n"
        "  load_balancers: {alb: {subnets: [a, b], security_groups: [sg],\n"
        "    listeners: [{port: 443, protocol: HTTPS, certificate: cert}]}}\n"
        "security: {certificates: {cert: {domain: www.example.com}}}\n"
        "edge: {distributions: {cdn: {aliases: [www.example.com], certificate: cert}}}\n"
    )
    elsewhere = f"archspec: 1\nname: s\nregion: eu-central-1\n{text.replace('us-east', 'eu-central')}"

    assert [one.fix for one in api.check(api.parse(elsewhere), select=("DEP009",)).findings] == [
        "name a second certificate, with `region: us-east-1`: a load balancer needs cert where it is"
    ]
