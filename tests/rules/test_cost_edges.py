"""What the samples on the pages of the cost rules leave open: how numbers are written, other Regions, zeros."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from archspec import api
from archspec.graph import prices

System = Callable[[str], api.System]
Found = list[tuple[str, str]]

SPEC = """\
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.2.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.3.0/24}
  security_groups: {sg: {}}
  nat_gateways: {nat: {subnet: public-a}}
  load_balancers: {alb: {subnets: [public-a]}}
  endpoints: {logs: {service: logs, subnets: [private-a, private-b], security_groups: [sg]}}
compute:
  clusters: {ecs: {}}
  services:
    api: {cluster: ecs, cpu: 256, memory: 512, desired: 2, subnets: [private-a], security_groups: [sg]}
    job: {cluster: ecs, cpu: 256, memory: 512, desired: 3, subnets: [private-a], security_groups: [sg]}
data:
  databases:
    db:
      engine: mysql
      class: db.t4g.medium
      subnets: [private-a]
      security_groups: [sg]
      instances: [{role: primary, az: us-east-1a}, {role: standby, az: us-east-1b}]
  proxies: {proxy: {target: db, family: mysql, subnets: [private-a], security_groups: [sg]}}
delivery:
  builds: {images: {compute: BUILD_GENERAL1_MEDIUM}}
security:
  keys: {one: {}, two: {}}
"""


def found(system: System, rule: str, text: str) -> Found:
    findings = api.check(system(text), select=(rule,)).findings
    return [(one.subject, f"{one.outcome}: {one.message}") for one in findings]


def messages(system: System, rule: str, text: str) -> list[str]:
    return [message for _, message in found(system, rule, text)]


def line(body: str) -> str:
    return f"{SPEC}cost:\n  lines:\n    - {{resource: it, amount: $500, {body}}}\n"


def test_cst003_a_line_that_does_not_say_what_it_covers_may_pay_for_anything(system: System) -> None:
    lines = "cost:\n  lines:\n    - {resource: some, amount: $5, covers: [nat]}\n    - {resource: rest, amount: $5}\n"

    assert sorted({message.split(": ", 1)[0] for message in messages(system, "CST003", SPEC + lines)}) == ["unknown"]


def test_cst003_a_line_for_a_cluster_pays_for_its_services(system: System) -> None:
    assert [subject for subject, _ in found(system, "CST003", line("covers: [ecs, nat, alb, logs]"))] == ["db", "proxy"]


def test_cst003_without_lines_that_say_what_they_cover_nothing_is_asked(system: System) -> None:
    assert found(system, "CST003", line("configuration: everything")) == []


@pytest.mark.parametrize(
    "body",
    [
        "covers: [api], configuration: 2 tasks",
        "covers: [ecs], configuration: ~5 tasks",
        "covers: [ecs], configuration: 2 services × 3 tasks".replace("3 tasks", "2.5 tasks"),
        "covers: [ecs], configuration: 20-50 tasks",
        "covers: [nat], configuration: 1 NAT gateway",
        "covers: [nat], configuration: 2 per AZ",
        "covers: [db], configuration: 1 instance (db.t4g.medium)",
        "covers: [db], configuration: 2 instances",
        "covers: [nat], configuration: 5 tasks",
        "covers: [api], configuration: 2M requests",
        "covers: [ecs], configuration: 3 small tasks and others",
        "covers: [one, two], unit_price: $1.00/key, quantity: 2",
        "covers: [nat], unit_price: $0.045/hr, quantity: 730 hrs × 1",
        "covers: [proxy], unit_price: $0.015/hr, quantity: 730 hrs × 2",
        "covers: [logs], unit_price: $0.01/hr, quantity: 0 hrs × 2",
        "covers: [nat], unit_price: $0.045/hr, quantity: 9000",
    ],
)
def test_cst005_what_is_so_or_is_not_about_what_is_covered_passes(system: System, body: str) -> None:
    assert found(system, "CST005", line(body)) == []


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("covers: [api], configuration: 3 tasks", "counts 3 tasks, and what it covers has 2 declared"),
        ("covers: [ecs], configuration: ~7 tasks", "counts 7 tasks, and what it covers has 5 declared"),
        ("covers: [ecs], configuration: 2 services × 1 task", "counts 2 tasks, and what it covers has 5 declared"),
        ("covers: [nat], configuration: 2 NAT gateways", "counts 2 NAT gateways, and what it covers has 1 declared"),
        ("covers: [db], configuration: 3 instances", "counts 3 instances, and what it covers has 1 to 2 declared"),
        (
            "covers: [db], configuration: db.r6g.large",
            "prices db.r6g.large, and what it covers has db.t4g.medium declared",
        ),
        ("covers: [one, two], unit_price: $1.00/key, quantity: 4", "counts 4 keys, and what it covers has 2 declared"),
        (
            "covers: [proxy], unit_price: $0.015/hr, quantity: 730 hrs",
            "pays for the hours of 1, and what it covers has 2 to 4 vCPUs of its database",
        ),
        (
            "covers: [logs], unit_price: $0.01/hr, quantity: 730 hrs × 1",
            "pays for the hours of 1, and what it covers has 2 endpoints in zones",
        ),
    ],
)
def test_cst005_what_is_counted_otherwise_is_found(system: System, body: str, says: str) -> None:
    assert messages(system, "CST005", line(body)) == [f"fail: the cost line it {says}"]


def test_cst005_a_line_that_counts_and_covers_nothing_is_unknown(system: System) -> None:
    assert messages(system, "CST005", line("configuration: 2 tasks")) == [
        "unknown: cost line it: 'covers' is not stated, so this cannot be told"
    ]


@pytest.mark.parametrize(
    "body",
    [
        "covers: [nat], unit_price: $0.045/GB, quantity: 10",
        "covers: [one], unit_price: $0.03/10K, quantity: 10K",
        "covers: [nat], unit_price: $0.03/hr, quantity: 730, note: reserved",
        "covers: [nat], unit_price: $0/hr, quantity: 730",
        "covers: [nat, alb], unit_price: $0.04/hr, quantity: 730",
        "covers: [nat], unit_price: $5/unicorn, quantity: 730",
    ],
)
def test_cst006_a_price_of_the_list_and_one_that_is_in_none_pass(system: System, body: str) -> None:
    assert found(system, "CST006", line(body)) == []


@pytest.mark.parametrize(
    ("covers", "stated", "listed"),
    [
        ("one", "$0.05/10K", "$0.03/10K"),
        ("nat", "$0.05-0.06/hr", "$0.045/hr"),
        ("images", "$0.005/min", "$0.01/min"),
    ],
)
def test_cst006_another_unit_price_is_found(system: System, covers: str, stated: str, listed: str) -> None:
    text = line(f"covers: [{covers}], unit_price: {stated}, quantity: 200")
    assumed = f"AWS's list is assumed to have {listed} (as of 2026-11-20)"

    assert messages(system, "CST006", text) == [f"fail: the cost line it has a price of {stated}, and {assumed}"]


def test_cst006_lines_that_pay_for_the_same_are_taken_together(system: System) -> None:
    lines = (
        "cost:\n  lines:\n"
        "    - {resource: Fargate vCPU, amount: $37, covers: [ecs]}\n"
        "    - {resource: Fargate memory, amount: $8, covers: [ecs]}\n"
    )

    assert found(system, "CST006", SPEC + lines) == []


def test_cst006_another_region_has_other_prices() -> None:
    text = line("covers: [nat]").replace("us-east-1", "eu-west-1")
    parsed = api.parse("archspec: 1\nname: sample\nregion: eu-west-1\n" + text, "sample.yaml")

    assert [one.message for one in api.check(parsed, select=("CST006",)).findings] == [
        "cost line it: archspec has no price list of eu-west-1, so this cannot be told"
    ]


def test_cst006_spot_and_ec2_are_not_priced_by_the_list_of_fargate(system: System) -> None:
    text = line("covers: [ecs]").replace("$500", "$1")

    assert found(system, "CST006", text.replace("{ecs: {}}", "{ecs: {capacity_providers: [FARGATE_SPOT]}}")) == []
    assert found(system, "CST006", text.replace("cpu: 256", "launch: ec2, cpu: 256")) == []


def stored(home: str, facts: str, amount: str, more: str = "") -> str:
    """Return a spec with a store and a line that pays for it."""
    store = f"    store: {{{facts}, subnets: [private-a], security_groups: [sg]}}\n"
    at = "data:\n  databases:\n"
    spec = SPEC.replace(at, at + store if home == "databases" else f"data:\n  {home}:\n{store}  databases:\n")
    return f"{spec}cost:\n  lines:\n    - {{resource: it, covers: [store], amount: {amount}{more}}}\n"


ASIDE = "traffic, logs, storage, backups, extended support and what is planned are not in it"
NODE = "engine: redis, class: cache.t3.micro, instances: [{role: primary, az: us-east-1a}]"
REPLICA = "{role: replica, az: us-east-1b}"


def says(amount: str, bound: str, counted: str) -> list[str]:
    listed = f"AWS's list is assumed to take {bound} a month of 730 hours (as of 2026-11-20) for {counted}"
    return [f"fail: the cost line it says {amount}, and {listed}"]


@pytest.mark.parametrize(
    ("amount", "found_"),
    [
        ("$58", []),
        ("$59", says("$59", "at most $45.05", f"5 Linux tasks; {ASIDE}")),
        ("~$60", says("~$60", "at most $45.05", f"5 Linux tasks; {ASIDE}")),
        ("$50-100", []),
        ("$60-100", says("$60-100", "at most $45.05", f"5 Linux tasks; {ASIDE}")),
        ('"> $60"', says("> $60", "at most $45.05", f"5 Linux tasks; {ASIDE}")),
        ('"< $60"', []),
        ("$25-40", []),
        ("$25-30", says("$25-30", "$45.05", "5 tasks, before anyone uses them")),
        ('"> $30"', []),
        ("$30+", []),
        ('"< $30"', says("< $30", "$45.05", "5 tasks, before anyone uses them")),
    ],
)
def test_cst006_an_amount_is_held_by_its_nearer_end(system: System, amount: str, found_: list[str]) -> None:
    assert messages(system, "CST006", line("covers: [ecs]").replace("$500", amount)) == found_


def test_cst006_tasks_cost_at_most_as_much_as_scaling_allows(system: System) -> None:
    text = line("covers: [api]").replace("desired: 2", "desired: 2, scaling: {min: 1, max: 4}")

    assert messages(system, "CST006", text.replace("$500", "$46")) == []
    assert messages(system, "CST006", text.replace("$500", "$47")) == says(
        "$47", "at most $36.04", f"4 Linux tasks; {ASIDE}"
    )


@pytest.mark.parametrize("key", ["desired: 2, ", "cpu: 256, ", "memory: 512, "])
def test_cst006_a_fact_without_which_the_most_cannot_be_told_is_asked_for(system: System, key: str) -> None:
    text = line("covers: [api]").replace(f"{key}", "", 1)

    asked = f"unknown: cost line it: 'api.{key.partition(':')[0]}' is not stated, so this cannot be told"
    assert messages(system, "CST006", text) == [asked]


def test_cst006_what_nobody_asks_for_is_not_missed(system: System) -> None:
    text = line("covers: [ecs]").replace("desired: 2, ", "", 1).replace("$500", "$30")

    assert messages(system, "CST006", text) == []


def test_cst006_a_number_of_tasks_that_nobody_states_is_taken_for_one_and_that_is_said(system: System) -> None:
    text = line("covers: [ecs]").replace("desired: 2, ", "", 1).replace("$500", "$10")
    counted = "1 task of services without a stated number (one each) and 3 tasks, before anyone uses them"

    assert messages(system, "CST006", text) == says("$10", "$36.04", counted)


@pytest.mark.parametrize(
    "body",
    [
        "covers: [ecs, nat]",
        "covers: [ecs, db]",
        "covers: [ecs], configuration: 5 tasks + traffic",
        "covers: [ecs], note: with logs",
        "covers: [ecs], note: includes what the agency takes",
    ],
)
def test_cst006_what_pays_for_more_than_tasks_has_no_bound(system: System, body: str) -> None:
    assert found(system, "CST006", line(body)) == []


def test_cst006_what_is_planned_may_be_in_an_amount(system: System) -> None:
    assert found(system, "CST006", line("covers: [ecs, job]").replace("job: {", "job: {status: planned, ")) == []


def test_cst006_windows_costs_more_than_the_list_has(system: System) -> None:
    text = line("covers: [api]").replace("desired: 2", "desired: 2, platform: Windows Server 2022")

    assert found(system, "CST006", text) == []


@pytest.mark.parametrize(
    ("facts", "amount", "found_"),
    [
        (NODE, "$16", []),
        (NODE, "$17", says("$17", "at most $12.41", f"1 cache node; {ASIDE}")),
        (NODE, "$9", says("$9", "$12.41", "1 cache node, before anyone uses them")),
        (NODE.replace("}]", f"}}, {REPLICA}]"), "$25", []),
        (NODE.replace("redis", "valkey"), "$13", says("$13", "at most $9.93", f"1 cache node; {ASIDE}")),
        (f"{NODE}, engine_version: 5.0.6", "$30", []),
        (NODE.replace("t3.micro", "x9.huge"), "$999", []),
        ("engine: valkey, serverless: true", "$999", []),
        ("engine: redis, class: cache.t3.micro", "$5", says("$5", "$12.41", "1 cache node, before anyone uses them")),
    ],
)
def test_cst006_nodes_of_a_cache_cost_what_their_class_costs(
    system: System, facts: str, amount: str, found_: list[str]
) -> None:
    assert messages(system, "CST006", stored("caches", facts, amount)) == found_


@pytest.mark.parametrize(
    ("facts", "key"),
    [("engine: redis, class: cache.t3.micro", "instances"), (NODE.replace("class: cache.t3.micro, ", ""), "class")],
)
def test_cst006_the_class_and_number_of_nodes_are_asked_for(system: System, facts: str, key: str) -> None:
    asked = f"unknown: cost line it: 'store.{key}' is not stated, so this cannot be told"

    assert messages(system, "CST006", stored("caches", facts, "$99")) == [asked]


def test_cst006_what_one_node_costs_is_no_reason_to_ask_for_their_number(system: System) -> None:
    assert messages(system, "CST006", stored("caches", "engine: redis, class: cache.t3.micro", "$16")) == []


def test_cst006_the_unit_price_of_a_node_is_that_of_its_class(system: System) -> None:
    more = ", unit_price: $0.034/hr, quantity: 730 hrs"
    assumed = "AWS's list is assumed to have $0.017/hr (as of 2026-11-20)"

    assert messages(system, "CST006", stored("caches", NODE, "$24.82", more)) == [
        f"fail: the cost line it has a price of $0.034/hr, and {assumed}"
    ]


AURORA = "engine: aurora-postgresql, class: db.serverless, capacity: {min: 0.5, max: 8}"
UNITS = "of Aurora Serverless v2 (`capacity.min`), before anyone uses them"


@pytest.mark.parametrize(
    ("facts", "amount", "found_"),
    [
        (AURORA, "$33", []),
        (AURORA, "$32", says("$32", "$43.80", f"0.5 ACUs {UNITS}")),
        (AURORA, "$9999", []),
        (AURORA.replace("0.5", "0"), "$1", []),
        (
            f"{AURORA}, instances: [{{role: primary, az: us-east-1a}}, {{role: reader, az: us-east-1b}}]",
            "$44",
            says("$44", "$87.60", f"1 ACU {UNITS}"),
        ),
        (f"{AURORA}, instances: [{{role: primary, az: us-east-1a, class: db.r6g.large}}]", "$1", []),
    ],
)
def test_cst006_aurora_serverless_takes_its_least_capacity(
    system: System, facts: str, amount: str, found_: list[str]
) -> None:
    assert messages(system, "CST006", stored("databases", facts, amount)) == found_


ADDRESSES = "public IPv4 addresses (of elastic IPs, of balancers one a zone, of tasks one each)"


@pytest.mark.parametrize(
    ("body", "amount", "found_"),
    [
        ("covers: [main], configuration: public IPv4", "$8", says("$8", "$14.60", f"4 {ADDRESSES}")),
        ("covers: [main], configuration: public IPv4", "$11", []),
        ("covers: [main], configuration: public IPv4", "$500", []),
        ("covers: [main], configuration: endpoints", "$1", []),
        ("covers: [api], configuration: public IPs", "$5", says("$5", "$7.30", f"2 {ADDRESSES}")),
        ("covers: [job], configuration: public IPs", "$1", []),
        ("covers: [spare, ip], configuration: Elastic IPs", "$5", says("$5", "$7.30", f"2 {ADDRESSES}")),
    ],
)
def test_cst006_public_addresses_are_counted_where_a_line_names_them(
    system: System, body: str, amount: str, found_: list[str]
) -> None:
    text = line(body).replace("$500", amount).replace("cpu: 256", "public_ip: true, cpu: 256", 1)
    text = text.replace("  nat_gateways:", "  elastic_ips: {ip: {gateway: nat}, spare: {}}\n  nat_gateways:")

    assert messages(system, "CST006", text) == found_


def test_cst006_a_spare_address_may_be_that_of_a_network_load_balancer(system: System) -> None:
    text = line("covers: [alb, spare], configuration: public IPv4").replace("$500", "$3")
    text = text.replace("{alb: {", "{alb: {type: network, ")
    text = text.replace("  nat_gateways:", "  elastic_ips: {spare: {}}\n  nat_gateways:")

    assert messages(system, "CST006", text) == []


def test_cst006_lines_that_pay_for_the_same_addresses_are_taken_together(system: System) -> None:
    text = line("covers: [api], configuration: public IPs").replace("$500", "$4")
    text = text.replace("cpu: 256", "public_ip: true, cpu: 256", 1)
    text += "    - {resource: IPv4, amount: $5, covers: [main]}\n    - {resource: tasks, amount: $18, covers: [api]}\n"

    assert messages(system, "CST006", text) == []


def budget(scaling: str, more: str = "") -> str:
    spec = SPEC.replace("desired: 2,", f"desired: 2, scaling: {scaling},")
    return f"{spec}cost: {{total: $100}}\nobservability: {{budgets: {{monthly: {{limit: $150}}}}}}\n{more}"


def test_cst008_what_scaling_allows_has_to_fit_into_the_budget(system: System) -> None:
    assert messages(system, "CST008", budget("{min: 1, max: 9}")) == [
        (
            "fail: $100 a month is estimated, and the 7 more tasks that scaling allows cost $63: "
            "monthly allows $150; most of it is for api"
        )
    ]
    assert found(system, "CST008", budget("{min: 1, max: 7}")) == []


def test_cst008_a_budget_that_the_estimate_exceeds_is_another_rules(system: System) -> None:
    assert found(system, "CST008", budget("{min: 1, max: 9}").replace("$150", "$90")) == []


def test_cst008_without_an_estimate_it_is_unknown(system: System) -> None:
    assert messages(system, "CST008", budget("{min: 1, max: 9}").replace("cost: {total: $100}\n", "")) == [
        "unknown: monthly: 'cost.total' is not stated, so this cannot be told"
    ]


def test_cst007_who_has_a_way_out_of_their_own_pays_no_gateway(system: System) -> None:
    text = SPEC + "flows: [{from: api, to: kept, port: 443}]\n"
    text = text.replace("data:\n", "data:\n  buckets: {kept: {}}\n")

    assert messages(system, "CST007", text) == [
        "fail: api of main fetches from S3 or ECR through a NAT gateway, which is paid for by the gigabyte"
    ]
    assert found(system, "CST007", text.replace("subnets: [private-a], sec", "subnets: [public-a], sec")) == []


def cost(body: str) -> str:
    return (
        f"cost:\n  lines: [{{resource: it, amount: $100, covers: [kept]}}]\n{body}data: {{buckets: {{kept: {{}}}}}}\n"
    )


@pytest.mark.parametrize(
    ("body", "answers"),
    [
        ("  total: $300\n  groups: [{name: g, subtotal: $100, share: 33.3%}]\n", []),
        (
            "  total: $300\n  groups: [{name: g, subtotal: $100, share: 33.4%}]\n",
            ["fail: the cost group g says 33.4%, and $100 of $300 is 33.3%"],
        ),
        ("  total: $400-500\n  groups: [{name: g, subtotal: $100, share: 21%}]\n", []),
        ("  total: $0\n  groups: [{name: g, subtotal: $100, share: 21%}]\n", []),
        ("  savings: [{does: less, before: $10, after: $7, saves: $3, share: 30%}]\n", []),
        (
            "  savings: [{does: less, before: $10, after: $7, saves: $2.50}]\n",
            ["fail: the saving less says $2.50, and $10 less $7 is $3"],
        ),
        (
            "  savings: [{does: less, before: $10, after: $7-8, share: 50%}]\n",
            ["fail: the saving less says 50%, and from $10 to $7-8 is 20.0-30.0%"],
        ),
        ("  savings: [{does: less, before: $0, after: $0, share: 50%}]\n", []),
        (
            "  saving_totals: [{horizon: h, monthly: $10, yearly: $100}]\n",
            ["fail: the savings h says $100, and 12 × $10 is $120"],
        ),
        ("  saving_totals: [{horizon: h, monthly: ~$10, yearly: ~$118}]\n", []),
        ("  total: $300\n  daily: $9.50\n", []),
        ("  total: $300\n  daily: $20\n", ["fail: the cost total says $300, and 30 × $20 a day is $600"]),
        (
            "  savings: [{does: less, before: $100, after: $60, covers: [kept], status: Done}]\n",
            ["fail: the saving less is said to be done, and the cost lines still say $100"],
        ),
        ("  savings: [{does: less, before: $100, after: $60, covers: [kept], status: planned}]\n", []),
        (
            (
                "  savings:\n    - {does: a, before: $100, saves: $60, covers: [kept]}\n"
                "    - {does: b, before: $100, saves: $50, covers: [kept]}\n"
            ),
            ["fail: 2 savings on kept take $110 together, of $100 that it costs"],
        ),
        (
            (
                "  periods: [{period: a, scenario: before, amount: $9}, {period: b, scenario: After, amount: $5-6}]\n"
                "  saving_totals: [{horizon: h, monthly: $2-4}]\n"
            ),
            ["fail: the savings h says $2-4, and $9 less $5-6 is $3-4"],
        ),
    ],
)
def test_cst009_a_figure_follows_from_the_others(system: System, body: str, answers: list[str]) -> None:
    assert messages(system, "CST009", cost(body)) == answers


def test_cst009_two_environments_alike_do_not_cost_differently(system: System) -> None:
    text = """\
cost:
  environments:
    - {environment: a, lines: [{resource: NAT, configuration: 2 gateways, amount: $60}, {resource: rest, amount: $1}]}
    - {environment: b, lines: [{resource: NAT, configuration: 2 gateways, amount: $70}, {resource: rest, amount: $2}]}
"""

    assert found(system, "CST009", text) == [
        ("cost of b", "fail: NAT costs $70 in b and $60 in a, and is the same in both: 2 gateways")
    ]


def test_cst010_a_budget_that_states_no_alerts_is_not_asked(system: System) -> None:
    assert found(system, "CST010", "observability: {budgets: {monthly: {limit: $5}}}\n") == []


def test_every_price_is_that_of_a_page_of_aws_and_positive() -> None:
    file = Path(prices.__file__).parents[1] / "data" / "prices.json"
    read = json.loads(file.read_text(encoding="utf-8"))

    assert read["hours_of_a_month"] == prices.HOURS
    assert [
        one["of"]
        for one in read["prices"]
        if not one["source"].startswith("https://aws.amazon.com/") or float(one["price"]) <= 0
    ] == []


OTHERS = SPEC.replace(
    "security:\n",
    "observability: {log_groups: {app: {}}, monitors: {cloudwatch: {}}}\n"
    "security:\n"
    "  secret_stores: {manager: {}, parameters: {service: parameter-store}}\n"
    "  secrets: {free: {store: parameters}}\n"
    "  detectors: {trail: {service: cloudtrail}, shield: {service: shield}}\n",
)


def others(covers: str) -> str:
    return f"{OTHERS}cost:\n  lines:\n    - {{resource: it, amount: $500, covers: {covers}}}\n"


def test_cst011_tells_each_kind_once_and_asks_nothing_of_what_may_be_free(system: System) -> None:
    assert found(system, "CST011", others("[nat]")) == [
        ("cost of a log group", "fail: no cost line covers a log group, and AWS bills them: app, cloudwatch"),
        ("cost of a secret", "fail: no cost line covers a secret, and AWS bills them: manager"),
        ("cost of a KMS key", "fail: no cost line covers a KMS key, and AWS bills them: one, two"),
    ]


def test_cst011_one_line_for_any_of_a_kind_is_enough(system: System) -> None:
    assert found(system, "CST011", others("[cloudwatch, manager, two]")) == []


def test_cst011_a_line_that_does_not_say_what_it_covers_is_one_question(system: System) -> None:
    text = others("[nat]") + "    - {resource: rest, amount: $5}\n"

    said = "'covers_of_the_cost_line_rest' is not stated, so this cannot be told"
    whole = "cost of what is billed by use"

    assert found(system, "CST011", text) == [(whole, f"unknown: {whole}: {said}")]


def test_cst011_without_lines_that_say_what_they_cover_nothing_is_asked(system: System) -> None:
    assert found(system, "CST011", OTHERS + "cost: {lines: [{resource: rest, amount: $5}]}\n") == []
