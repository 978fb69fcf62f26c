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
