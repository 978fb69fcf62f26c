"""What the samples on the rules' pages leave open: limits, statuses, and facts that nobody stated."""

from collections.abc import Callable

import pytest

from archspec import api

System = Callable[[str], api.System]

NETWORK = """\
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a:  {az: us-east-1a, tier: public,  cidr: 10.0.1.0/24}
    public-b:  {az: us-east-1b, tier: public,  cidr: 10.0.2.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.3.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.4.0/24}
    data-a:    {az: us-east-1a, tier: data,    cidr: 10.0.5.0/24}
    data-b:    {az: us-east-1b, tier: data,    cidr: 10.0.6.0/24}
    later-c:   {az: us-east-1c, tier: private, cidr: 10.0.7.0/24, status: planned}
"""
Found = list[tuple[str, str]]


def found(system: System, rule: str, text: str) -> Found:
    checked = api.check(system(text), select=(rule,))
    return [
        (one.subject, one.message if one.outcome == "fail" else f"unknown: {one.message}") for one in checked.findings
    ]


def fixes(system: System, rule: str, text: str) -> list[str]:
    return [one.fix for one in api.check(system(text), select=(rule,)).findings]


def database(**stated: str) -> str:
    keys = {"engine": "postgres", "multi_az": "true", "subnets": "[data-a, data-b]", "security_groups": "[]"} | stated
    body = ", ".join(f"{key}: {value}" for key, value in keys.items())
    return f"{NETWORK}data:\n  databases: {{db: {{{body}}}}}\n"


def services(*bodies: str) -> str:
    return f"{NETWORK}compute:\n  services:\n" + "".join(f"    {body}\n" for body in bodies)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("desired: 2, subnets: [private-a, public-a]", "api runs in one Availability Zone (us-east-1a)"),
        ("desired: 2, subnets: []", "api runs in one Availability Zone (none)"),
        ("desired: 2, subnets: [private-a, later-c]", "api runs in one Availability Zone (us-east-1a)"),
        ("desired: 1, subnets: [private-a, private-b]", "api runs one task, so one zone holds all of it"),
        ("desired: 0, subnets: [private-a, private-b]", "api runs no task, so no zone holds any of it"),
    ],
)
def test_avl001_a_service_needs_two_zones_and_two_tasks(system: System, body: str, message: str) -> None:
    assert found(system, "AVL001", services(f"api: {{{body}, security_groups: []}}")) == [("api", message)]


@pytest.mark.parametrize("status", ["planned", "disabled", "removed", "recommended"])
def test_avl001_what_is_not_there_today_is_not_judged(system: System, status: str) -> None:
    body = f"api: {{status: {status}, subnets: [private-a], security_groups: []}}"

    assert found(system, "AVL001", services(body)) == []


def test_avl002_a_multi_az_database_without_stated_instances_passes(system: System) -> None:
    assert found(system, "AVL002", database()) == []


def test_avl002_a_planned_standby_is_none(system: System) -> None:
    text = database(
        instances="[{role: primary, az: us-east-1a}, {role: standby, az: us-east-1b, status: planned}]",
    )

    assert found(system, "AVL002", text) == [
        ("db", "db is Multi-AZ, and no instance is a standby in another zone than the primary")
    ]


@pytest.mark.parametrize(
    ("engine", "expected"),
    [
        ("aurora-mysql", []),
        ("mysql", [("db", "db is Multi-AZ, and no instance is a standby in another zone than the primary")]),
    ],
)
def test_avl002_a_reader_takes_over_where_the_storage_is_shared(system: System, engine: str, expected: Found) -> None:
    instances = "[{role: primary, az: us-east-1a}, {role: reader, az: us-east-1b}]"

    assert found(system, "AVL002", database(engine=engine, instances=instances)) == expected


def test_avl002_a_planned_database_is_not_judged(system: System) -> None:
    assert found(system, "AVL002", database(multi_az="false", status="planned")) == []


TABLES = """\
  internet_gateways: {igw: {}}
  nat_gateways: {nat-a: {subnet: public-a}, nat-b: {subnet: public-b}}
  route_tables:
    public: {subnets: [public-a, public-b], routes: [{destination: 0.0.0.0/0, target: igw}]}
"""
CROSSED = [("private-b", "private-b in us-east-1b leaves through nat-a in us-east-1a")]


def test_avl003_a_stated_route_decides_although_a_nearer_gateway_exists(system: System) -> None:
    shared = "    out: {subnets: [private-a, private-b], routes: [{destination: 0.0.0.0/0, target: nat-a}]}\n"

    assert found(system, "AVL003", NETWORK + TABLES + shared) == CROSSED


def test_avl003_a_planned_route_table_is_not_judged(system: System) -> None:
    planned = "    out: {subnets: [private-b], routes: [{destination: 0.0.0.0/0, target: nat-a}], status: planned}\n"

    assert found(system, "AVL003", NETWORK + TABLES + planned) == []


def test_avl003_a_planned_subnet_is_not_judged(system: System) -> None:
    assert found(system, "AVL003", NETWORK + "  nat_gateways: {nat-a: {subnet: public-a}}\n") == CROSSED


@pytest.mark.parametrize(
    ("lines", "total", "message"),
    [
        (["$10", "$20.50"], "$30.50", ""),
        (["$0.10", "$0.20"], "$0.30", ""),
        (["$1,000", "$500"], "$1,500", ""),
        (["~$10-20", "$5"], "$15-25", ""),
        (["$10-20", "$5"], "$25", "the 2 cost lines add up to $15-25, the total says $25: $10 apart"),
        (["$10"], "$10.01", "the 1 cost lines add up to $10, the total says $10.01: $0.01 apart"),
        (["$10"], "$11, rounding: $1", ""),
        (["$10"], "$11.01, rounding: $1", "the 1 cost lines add up to $10, the total says $11.01: $1.01 apart"),
        (["$451"], "~$450-500", ""),
        (["$449"], "~$450-500", "the 1 cost lines add up to $449, the total says ~$450-500: $1 apart"),
        (["$10-12"], "$11-14, rounding: $1", "the 1 cost lines add up to $10-12, the total says $11-14: $2 apart"),
    ],
)
def test_cst001_low_and_high_each_add_up(system: System, lines: list[str], total: str, message: str) -> None:
    amounts = ", ".join(f'{{resource: one, amount: "{amount}"}}' for amount in lines)
    stated, _, rounding = total.partition(", rounding: ")
    text = f'cost:\n  lines: [{amounts}]\n  total: "{stated}"\n' + (f"  rounding: {rounding}\n" if rounding else "")

    assert found(system, "CST001", text) == ([("cost total", message)] if message else [])


def test_cst001_subtotals_estimates_and_savings_are_sums_as_well(system: System) -> None:
    text = """cost:
  lines: [{resource: a, group: g, amount: $10}, {resource: b, group: g, amount: $20}, {resource: c, amount: $1}]
  groups: [{name: g, subtotal: $31}, {name: none, subtotal: $5}]
  environments: [{environment: dev, total: $9, lines: [{resource: a, amount: $4}, {resource: b, amount: $4}]}]
  savings: [{does: x, horizon: soon, saves: $3}, {does: y, horizon: later, saves: $4}, {does: z, horizon: never}]
  saving_totals: [{horizon: soon, monthly: $2}, {horizon: later, monthly: $4}, {horizon: all, monthly: $100}]
"""
    assert found(system, "CST001", text) == [
        ("cost group g", "the 2 cost lines add up to $30, the subtotal of the cost group g says $31: $1 apart"),
        ("cost of dev", "the 2 cost lines add up to $8, the total of the cost of dev says $9: $1 apart"),
        ("savings soon", "the 1 savings add up to $3, the monthly sum of the savings soon says $2: $1 apart"),
    ]


@pytest.mark.parametrize("text", ["cost: {total: $5}", "cost: {lines: [{resource: one, amount: $5}]}", ""])
def test_cst001_a_total_without_lines_or_lines_without_a_total_are_not_judged(system: System, text: str) -> None:
    assert api.check(system(text), select=("CST001",)).tallies["CST001"].subjects == 0


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("quantity: 2, unit_price: $32.85, amount: $65.70", ""),
        ("quantity: 2, unit_price: $32.85, amount: $65.7", ""),
        ("quantity: 2, unit_price: $32.85, amount: $66", ""),
        ("quantity: 2, unit_price: $32.85, amount: $65", "one: 2 × $32.85 is $65.70, the line says $65"),
        ("quantity: 1, unit_price: $0.50, amount: $1", ""),
        ("quantity: 1, unit_price: $0.0225, hours: 730, amount: ~$16", ""),
        (
            "quantity: 1, unit_price: $0.0225, hours: 730, amount: $16.40",
            "one: 1 × $0.0225 × 730 hours is $16.42, the line says $16.40",
        ),
        ("unit_price: $5, amount: $5", "unknown: cost line one: 'quantity' is not stated, so this cannot be told"),
        ("quantity: 5, amount: $5", "unknown: cost line one: 'unit_price' is not stated, so this cannot be told"),
        ("amount: $5", ""),
    ],
)
def test_cst004_a_line_may_be_off_by_half_its_last_digit(system: System, line: str, message: str) -> None:
    text = f"cost:\n  lines: [{{resource: one, {line}}}]\n"

    assert found(system, "CST004", text) == ([("cost line one", message)] if message else [])


def test_cst004_rounding_accepts_more(system: System) -> None:
    line = "{resource: one, quantity: 3, unit_price: $10, amount: $35}"

    assert found(system, "CST004", f"cost:\n  lines: [{line}]\n  rounding: $5\n") == []


def test_dat001_a_route_to_an_internet_gateway_makes_any_subnet_public(system: System) -> None:
    table = "    open: {subnets: [data-a], routes: [{destination: 0.0.0.0/0, target: igw}]}\n"
    text = database().replace("data:\n", TABLES + table + "data:\n", 1)

    assert found(system, "DAT001", text) == [("db", "db stands in data-a, which is public: its routes lead to igw")]


def test_dat001_a_public_subnet_without_routes_is_public_by_its_tier(system: System) -> None:
    text = database(subnets="[public-a, data-b]").replace("data:\n", "  route_tables: {own: {}}\ndata:\n", 1)

    assert found(system, "DAT001", text) == [("db", "db stands in public-a, which is public: its tier is public")]


def conflicts(system: System, vpcs: str, *blocks: str) -> Found:
    subnets = "".join(f"    s{i}: {{az: us-east-1a, tier: data, {block}}}\n" for i, block in enumerate(blocks))
    return found(system, "DEP002", f"network:\n  vpcs: {{{vpcs}}}\n  subnets:\n{subnets}")


ONE = "one: {cidr: 10.0.0.0/16}"
TWO = "one: {cidr: 10.0.0.0/16}, two: {cidr: 10.0.0.0/16}"
SIX = 'one: {cidr: 10.0.0.0/16, secondary_cidrs: ["fd00::/56"]}'


@pytest.mark.parametrize(
    ("vpcs", "blocks", "expected"),
    [
        (ONE, ["cidr: 10.0.0.0/24", "cidr: 10.0.1.0/24"], []),
        (ONE, ["cidr: 10.0.1.0/24", "cidr: 10.0.1.0/24"], [("s1", "s1 10.0.1.0/24 overlaps s0 10.0.1.0/24")]),
        (
            ONE,
            ["cidr: 10.0.1.0/26", "cidr: 10.0.1.64/26", "cidr: 10.0.0.0/22"],
            [("s0", "s0 10.0.1.0/26 overlaps s2 10.0.0.0/22"), ("s1", "s1 10.0.1.64/26 overlaps s2 10.0.0.0/22")],
        ),
        (TWO, ["vpc: one, cidr: 10.0.1.0/24", "vpc: two, cidr: 10.0.1.0/24"], []),
        (SIX, ['cidr: "fd00::/64"', 'cidr: "fd00:0:0:1::/64"', "cidr: 10.0.1.0/24"], []),
        (SIX, ['cidr: "fd00::/64"', 'cidr: "fd00::/64"'], [("s1", "s1 fd00::/64 overlaps s0 fd00::/64")]),
        (SIX, ['cidr: "fd01::/64"'], [("s0", "s0 fd01::/64 is not part of one (10.0.0.0/16, fd00::/56)")]),
        (ONE, ["cidr: 10.0.0.0/28"], []),
        (ONE, ["cidr: 10.0.0.0/16"], []),
        (ONE, ["cidr: 10.0.1.0/24", "cidr: 10.0.1.0/24, status: removed"], []),
        (
            "one: {cidr: 10.0.0.0/8}",
            ["cidr: 10.0.0.0/15"],
            [
                ("one", "one 10.0.0.0/8 has a size that AWS refuses"),
                ("s0", "s0 10.0.0.0/15 has a size that AWS refuses"),
            ],
        ),
    ],
)
def test_dep002_blocks_fit_and_do_not_overlap(system: System, vpcs: str, blocks: list[str], expected: Found) -> None:
    assert conflicts(system, vpcs, *blocks) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Todos-service", "TODOS", "TBDx", "todo list", "XXXL", "CHANGEMENT", "my-example.com", "example.community",
        "example.com.au", "your-domains", "a mastodon", "FIXMEUP", "lorem ipsums",
    ],
)  # fmt: skip
def test_doc002_a_word_that_only_begins_like_a_placeholder_is_none(system: System, text: str) -> None:
    assert found(system, "DOC002", f'network: {{vpcs: {{main: {{cidr: 10.0.0.0/16, note: "{text}"}}}}}}') == []


@pytest.mark.parametrize(
    ("text", "placeholder"),
    [
        ("TODO", "TODO"),
        ("see TBD.", "TBD"),
        ("(TBC)", "TBC"),
        ("CHANGE_ME", "CHANGE_ME"),
        ("CHANGEME!", "CHANGEME"),
        ("your-domain.com", "your-domain"),
        ("www.example.com", "example.com"),
        ("ask ops@example.org.", "example.org"),
        ("lorem ipsum dolor", "lorem ipsum"),
    ],
)
def test_doc002_a_placeholder_is_found_within_a_text(system: System, text: str, placeholder: str) -> None:
    spec = f'network: {{vpcs: {{main: {{cidr: 10.0.0.0/16, note: "{text}"}}}}}}'

    assert found(system, "DOC002", spec) == [("main", f"main holds the placeholder '{placeholder}'")]


def test_doc002_every_text_is_looked_at_lists_and_inner_ones_too(system: System) -> None:
    text = NETWORK + "  security_groups: {sg: {tags: [TBD], ingress: [{from: internet, port: 1, note: TODO}]}}\n"

    assert found(system, "DOC002", text) == [
        ("sg", "sg holds the placeholder 'TBD'"),
        ("sg", "sg holds the placeholder 'TODO'"),
    ]


def test_doc002_a_tag_alone_is_found(system: System) -> None:
    text = "network: {vpcs: {main: {cidr: 10.0.0.0/16, tags: [ok, TBD]}}}"

    assert found(system, "DOC002", text) == [("main", "main holds the placeholder 'TBD'")]


def test_cst001_the_fix_names_what_may_be_accepted(system: System) -> None:
    built = system("cost: {lines: [{resource: RDS, amount: $95.50}], total: $95}")

    assert [one.fix for one in api.check(built, select=("CST001",)).findings] == [
        "set `total: $95.50`, mend the line that is wrong, or accept it: `rounding: $0.50`"
    ]


def test_doc002_every_part_of_a_spec_is_looked_at(system: System) -> None:
    text = """\
description: TODO
network: {vpcs: {main: {cidr: 10.0.0.0/16}}}
flows: [{internet -> main: 1 A (TBD)}]
recovery: {failover: [{subject: main, does: TBC}]}
cost: {lines: [{resource: RDS, amount: $1, note: FIXME}]}
claims: [{says: CHANGEME}]
document:
  sections:
    - {section: overview, items: [ok, XXX]}
    - {title: Mine, table: {columns: [a], rows: [[ok], [example.com]]}}
"""

    assert found(system, "DOC002", text) == [
        ("sample", "sample holds the placeholder 'TODO'"),
        ("internet -> main 1", "internet -> main 1 holds the placeholder 'TBD'"),
        ("main", "main holds the placeholder 'TBC'"),
        ("cost line RDS", "cost line RDS holds the placeholder 'FIXME'"),
        ("claim CHANGEME", "claim CHANGEME holds the placeholder 'CHANGEME'"),
        ("section overview", "section overview holds the placeholder 'XXX'"),
        ("section Mine", "section Mine holds the placeholder 'example.com'"),
    ]


def test_doc002_a_placeholder_is_found_on_its_line(system: System) -> None:
    built = system("document:\n  sections:\n    - title: Mine\n      items:\n        - ok\n        - TODO\n")

    assert [(one.location.line, one.location.column) for one in api.check(built, select=("DOC002",)).findings] == [
        (9, 11)
    ]


def test_doc002_an_id_is_a_name_and_no_text(system: System) -> None:
    text = "network: {vpcs: {your-account: {cidr: 10.0.0.0/16, note: TBD}}}"

    assert found(system, "DOC002", text) == [("your-account", "your-account holds the placeholder 'TBD'")]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("size(subnets) == 6", ""),
        ("size(subnets) == 7", "it is claimed that 'so', and it is not so: size(subnets) == 7"),
        ("azs(subnets) == ['us-east-1a', 'us-east-1b']", ""),
        (
            "services.nothing.port == 1",
            "the assert of 'so' does not work: 'nothing' is no key of anything, and no element's id",
        ),
        ("vpcs.main.note == ''", "unknown: claim so: 'main.note' is not stated, so this cannot be told"),
        ("has(vpcs.main.note)", "it is claimed that 'so', and it is not so: has(vpcs.main.note)"),
        (
            "vpcs.main.id",
            "the assert of 'so' does not work at column 1: it answers with text, not with true or false",
        ),
        (
            "servers.main.id == 'a'",
            "the assert of 'so' does not work at column 1: undeclared reference to 'servers.main.id'",
        ),
    ],
)
def test_doc012_a_claim_is_true_false_unknown_or_no_claim(system: System, claim: str, expected: str) -> None:
    text = f'{NETWORK}claims:\n  - {{says: so, assert: "{claim}"}}\n'

    assert found(system, "DOC012", text) == ([("claim so", expected)] if expected else [])


@pytest.mark.parametrize(
    ("claim", "wrong", "fix"),
    [
        ("vpcs.main.nothe == ''", "nothe", "did you mean 'note'?"),
        ("subnets.all(s, s.teir == 'public')", "teir", "did you mean 'tier'?"),
        ("subnets['later-d'].az == 'us-east-1c'", "later-d", "did you mean 'later-c'?"),
        ("vpcs.main.xyzzy == ''", "xyzzy", "see `archspec explain DOC012` for what an expression may use"),
    ],
)
def test_doc012_a_misspelt_key_is_a_mistake_with_what_may_be_meant(
    system: System, claim: str, wrong: str, fix: str
) -> None:
    text = f'{NETWORK}claims:\n  - {{says: so, assert: "{claim}"}}\n'
    message = f"the assert of 'so' does not work: '{wrong}' is no key of anything, and no element's id"

    assert (found(system, "DOC012", text), fixes(system, "DOC012", text)) == ([("claim so", message)], [fix])


def test_doc012_a_planned_element_is_known_and_its_facts_are_not(system: System) -> None:
    text = f"{NETWORK}claims:\n  - {{says: so, assert: \"subnets['later-c'].az == 'us-east-1c'\"}}\n"

    assert found(system, "DOC012", text) == [
        ("claim so", "unknown: claim so: later-c is planned, so this cannot be told")
    ]


@pytest.mark.parametrize(("because", "expected"), [("", []), (", because: of old", [("note", "of old")])])
def test_doc012_why_it_is_so_is_a_note_of_the_finding(
    system: System, because: str, expected: list[tuple[str, str]]
) -> None:
    built = system(f"claims:\n  - {{says: so, assert: 1 == 2{because}}}\n")
    (finding,) = api.check(built, select=("DOC012",)).findings

    assert [(hop.verdict, hop.text) for hop in finding.witness] == expected


def test_doc012_a_claim_without_an_assertion_is_not_judged(system: System) -> None:
    assert api.check(system("claims: [{says: so}]"), select=("DOC012",)).tallies["DOC012"].subjects == 0


GROUPS = """\
  security_groups:
    a-sg: {}
    b-sg: {ingress: [{from: a-sg, port: 4000}]}
    self-sg: {ingress: [{from: self-sg, port: 4369}]}
    off-sg: {ingress: [{from: a-sg, port: 1-65535}], status: planned}
"""


def blocked(system: System, flow: str, *bodies: str, clusters: str = "") -> Found:
    head = NETWORK + GROUPS + "compute:\n" + (f"  clusters: {{{clusters}: {{}}}}\n" if clusters else "")
    lines = "".join(f"    {body}\n" for body in bodies)
    return found(system, "NET001", f"{head}  services:\n{lines}flows:\n  - {flow}\n")


A = "a: {port: 80, subnets: [private-a], security_groups: [a-sg]}"
B = "b: {port: 4000, subnets: [private-a], security_groups: [b-sg]}"


def test_net001_part_of_the_ports_is_named_where_the_rest_is_open(system: System) -> None:
    assert blocked(system, "a -> b: 3999-4001", A, B) == [
        ("a -> b 3999-4001", "a may not reach b on tcp/3999, tcp/4001")
    ]


def test_net001_a_planned_flow_is_not_judged(system: System) -> None:
    assert blocked(system, "{from: a, to: b, port: 1, status: planned}", A, B) == []


def test_net001_udp_is_not_tcp(system: System) -> None:
    assert blocked(system, "{from: a, to: b, port: 4000, transport: udp}", A, B) == [
        ("a -> b 4000/udp", "a may not reach b on udp/4000")
    ]


def test_net001_a_service_on_udp_hears_udp_and_not_tcp(system: System) -> None:
    dns = "dns: {port: 53, transport: udp, subnets: [private-a], security_groups: [dns-sg]}"
    group = "    dns-sg: {ingress: [{from: a-sg, port: 53, protocol: udp}]}\n"
    text = f"{NETWORK}{GROUPS}{group}compute:\n  services:\n    {A}\n    {dns}\nflows:\n  - a -> dns: 53/udp DNS\n"

    assert (found(system, "NET001", text), found(system, "NET007", text)[-1:]) == ([], [])
    assert found(system, "NET001", text.replace("53/udp", "53/tcp")) == [
        ("a -> dns 53", "a may not reach dns on tcp/53")
    ]


def test_net001_a_planned_group_lets_nothing_in(system: System) -> None:
    off = "b: {port: 4000, subnets: [private-a], security_groups: [off-sg]}"

    assert blocked(system, "a -> b: 4000", A, off) == [("a -> b 4000", "a may not reach b on tcp/4000")]


def test_net001_tasks_of_one_service_need_a_rule_to_reach_each_other(system: System) -> None:
    assert blocked(system, "b -> b: 4369", B) == [("b -> b 4369", "b may not reach b on tcp/4369")]


def test_net001_a_group_that_names_itself_joins_the_tasks_of_a_service(system: System) -> None:
    assert blocked(system, "s -> s: 4369", "s: {subnets: [private-a], security_groups: [self-sg]}") == []


def test_net001_services_alike_in_a_cluster_need_a_rule_to_reach_each_other(system: System) -> None:
    one, other = (f"{id_}: {{cluster: ecs, port: 4000, subnets: [private-a], security_groups: [b-sg]}}" for id_ in "bc")

    assert blocked(system, "ecs -> ecs: 4000", one, other, clusters="ecs") == [
        ("ecs -> ecs 4000", "b and 1 alike may not reach each other on tcp/4000")
    ]


def test_net001_a_flow_to_a_cluster_reaches_each_service_on_its_own_port(system: System) -> None:
    one = "b: {cluster: ecs, port: 4000, subnets: [private-a], security_groups: [b-sg]}"
    other = "c: {cluster: ecs, port: 9000, subnets: [private-b], security_groups: [b-sg]}"

    assert blocked(system, "a -> ecs: 4000-9000", A, one, other, clusters="ecs") == [
        ("a -> ecs 4000-9000", "a may not reach c on tcp/9000")
    ]


def test_net001_a_flow_to_a_cluster_keeps_its_transport(system: System) -> None:
    one = "b: {cluster: ecs, port: 4000, transport: udp, subnets: [private-a], security_groups: [b-sg]}"

    assert blocked(system, "{from: a, to: ecs, port: 4000, transport: udp}", A, one, clusters="ecs") == [
        ("a -> ecs 4000/udp", "a may not reach b on udp/4000")
    ]


def test_net001_no_security_group_filters_what_asks_the_resolver_of_the_vpc(system: System) -> None:
    text = services(A).replace("compute:\n", GROUPS + "  namespaces: {cloud-map: {domain: local}}\ncompute:\n", 1)

    assert found(system, "NET001", text + "flows:\n  - a -> cloud-map: 53/udp DNS\n") == []


def test_net001_a_flow_to_a_cluster_that_states_no_port_is_unknown(system: System) -> None:
    silent = "b: {cluster: ecs, subnets: [private-a], security_groups: [b-sg]}"

    assert blocked(system, "a -> ecs: 4000", A, silent, clusters="ecs") == [
        ("a -> ecs 4000", "unknown: a -> ecs 4000: 'b.port' is not stated, so this cannot be told")
    ]


def test_net005_a_declared_step_from_the_internet_to_a_store_is_found_all_the_same(system: System) -> None:
    groups = "  security_groups: {db-sg: {ingress: [{from: 0.0.0.0/0, port: 5432}]}}\ndata:\n"
    stored = database(public="true", subnets="[public-a, public-b]", security_groups="[db-sg]")
    text = stored.replace("data:\n", groups, 1) + "flows:\n  - internet -> db: 5432 PostgreSQL\n"

    assert found(system, "NET005", text) == [("internet -> db", "the internet may open tcp/5432 on db, a store")]


ALIKE = """\
  security_groups:
    web-sg: {ingress: [{from: internet, port: 443}]}
    db-sg: {ingress: [{from: web-sg, port: 5432}]}
data: {databases: {rds: {engine: postgres, subnets: [data-a, data-b], security_groups: [db-sg]}}}
compute:
  clusters: {ecs: }
  services:
    web:    {cluster: ecs, port: 443, public_ip: true, subnets: [public-a, public-b], security_groups: [web-sg]}
    studio: {cluster: ecs, port: 443, public_ip: true, subnets: [public-a, public-b], security_groups: [web-sg]}
"""


@pytest.mark.parametrize(
    ("flows", "expected"),
    [
        (
            ["internet -> ecs: 443", "web -> rds: 5432"],
            [
                (
                    "web -> rds",
                    "web and 1 alike may open tcp/5432 on rds, 1 of 2 pairs are declared, not studio -> rds",
                )
            ],
        ),
        (
            ["internet -> web: 443", "ecs -> rds: 5432"],
            [
                (
                    "internet -> web",
                    "internet may open tcp/443 on web and 1 alike, 1 of 2 pairs are declared, not internet -> studio",
                )
            ],
        ),
        (
            ["internet -> ecs: 443"],
            [("web -> rds", "web and 1 alike may open tcp/5432 on rds, and no flow declares it")],
        ),
        (["internet -> ecs: 443", "web -> rds: 5432", "studio -> rds: 5432"], []),
        (["internet -> ecs: 443", "ecs -> rds: 5432"], []),
    ],
    ids=["a-sender", "a-receiver", "none", "each", "the-cluster"],
)
def test_net005_a_flow_of_one_declares_nothing_of_those_alike(
    system: System, flows: list[str], expected: Found
) -> None:
    text = NETWORK + ALIKE + "flows:\n" + "".join(f"  - {flow}\n" for flow in flows)

    assert found(system, "NET005", text) == expected


def surplus(system: System, ingress: str, *members: str, rest: str = "") -> Found:
    groups = f"  security_groups: {{sg: {{ingress: [{ingress}]}}}}\n"
    text = services(*members).replace("compute:\n", groups + rest + "compute:\n", 1)
    return found(system, "NET007", text)


MEMBER = "a: {port: 80, subnets: [private-a], security_groups: [sg]}"


def test_net007_a_group_with_a_member_of_unknown_port_is_unknown(system: System) -> None:
    silent = "b: {subnets: [private-a], security_groups: [sg]}"

    assert surplus(system, "{from: internet, port: 1-90}", MEMBER, silent) == [
        ("sg", "unknown: sg: 'b.port' is not stated, so this cannot be told")
    ]


def test_net007_a_balancer_without_listeners_is_unknown_by_them(system: System) -> None:
    alb = "  load_balancers: {alb: {subnets: [public-a, public-b], security_groups: [sg]}}\n"

    assert surplus(system, "{from: internet, port: 80}", MEMBER, rest=alb) == [
        ("sg", "unknown: sg: 'alb.listeners' is not stated, so this cannot be told")
    ]


def test_net007_a_group_that_lets_nothing_in_needs_no_fact(system: System) -> None:
    assert surplus(system, "", "b: {subnets: [private-a], security_groups: [sg]}") == []


def test_net007_a_planned_member_answers_nothing(system: System) -> None:
    later = "b: {port: 90, status: planned, subnets: [private-a], security_groups: [sg]}"

    assert surplus(system, "{from: internet, port: 80-90}", MEMBER, later) == [
        ("sg", "sg lets in tcp/80-90 from internet, and nothing listens on tcp/81-90")
    ]


def test_net007_what_members_listen_on_adds_up(system: System) -> None:
    other = "b: {port: 81, subnets: [private-a], security_groups: [sg]}"

    assert surplus(system, "{from: internet, port: 80-81}", MEMBER, other) == []


def test_net007_a_udp_listener_answers_udp(system: System) -> None:
    nlb = (
        "  load_balancers: {nlb: {type: network, subnets: [public-a], security_groups: [sg], "
        "listeners: [{port: 53, protocol: UDP}]}}\n"
    )

    assert surplus(system, "{from: internet, port: 53, protocol: udp}", MEMBER, rest=nlb) == []


@pytest.mark.parametrize(
    ("port", "fix"),
    [("70-90", "narrow the rule to tcp/80"), ("90", "remove the rule; tcp/80 is answered")],
)
def test_net007_says_what_the_rule_should_be(system: System, port: str, fix: str) -> None:
    groups = f"  security_groups: {{sg: {{ingress: [{{from: internet, port: {port}}}]}}}}\ncompute:\n"

    assert fixes(system, "NET007", services(MEMBER).replace("compute:\n", groups, 1)) == [fix]


def test_net008_a_group_of_what_is_only_planned_is_unused(system: System) -> None:
    groups = "  security_groups: {sg: {}}\ncompute:\n"
    text = services("a: {status: planned, subnets: [private-a], security_groups: [sg]}")

    assert found(system, "NET008", text.replace("compute:\n", groups, 1)) == [
        ("sg", "sg is attached to nothing, and no group in use refers to it")
    ]


def test_net008_a_group_that_a_used_one_names_is_used_and_one_that_names_itself_is_not(system: System) -> None:
    groups = """\
  security_groups:
    sg: {ingress: [{from: peer-sg, port: 80}]}
    peer-sg: {egress: [{to: far-sg, port: 80}]}
    far-sg: {}
    lone-sg: {ingress: [{from: lone-sg, port: 80}]}
    later-sg: {status: planned}
compute:
"""

    assert found(system, "NET008", services(MEMBER).replace("compute:\n", groups, 1)) == [
        ("lone-sg", "lone-sg is attached to nothing, and no group in use refers to it")
    ]


@pytest.mark.parametrize("destination", ["0.0.0.0/0", '"::/0"', "203.0.113.0/24"])
def test_net012_any_route_to_an_internet_gateway_counts(system: System, destination: str) -> None:
    table = f"    out: {{subnets: [private-a], routes: [{{destination: {destination}, target: igw}}]}}\n"
    shown = destination.strip('"')

    assert found(system, "NET012", NETWORK + TABLES + table) == [
        ("private-a", f"private-a is private, and out routes {shown} to igw")
    ]


def test_net012_a_planned_subnet_or_route_table_is_not_judged(system: System) -> None:
    route = "routes: [{destination: 0.0.0.0/0, target: igw}]"
    tables = f"    out: {{subnets: [later-c], {route}}}\n    on: {{subnets: [data-a], {route}, status: planned}}\n"

    assert found(system, "NET012", NETWORK + TABLES + tables) == []


@pytest.mark.parametrize(
    ("backups", "rpo", "message"),
    [
        ("{every: 1 hour}", "1 hour", ""),
        ("{every: 1 hour}", "< 1 hour", ""),
        ("{every: 61 minutes}", "1 hour", "db can lose 1 hour 1 minute; the objective is 1 hour"),
        ("{point_in_time: true}", "5 minutes", ""),
        ("{point_in_time: true}", "4 minutes", "db can lose 5 minutes; the objective is 4 minutes"),
        ("{point_in_time: true}", "1-5 minutes", ""),
        ("{retention: 7 days}", "1 year", "unknown: db: 'backups.every' is not stated, so this cannot be told"),
    ],
)
def test_rec001_losing_as_much_as_the_objective_passes(system: System, backups: str, rpo: str, message: str) -> None:
    text = database(backups=backups) + f"recovery: {{objectives: {{rpo: {rpo}}}}}\n"

    assert found(system, "REC001", text) == ([("db", message)] if message else [])


def test_rec001_a_cache_is_filled_from_elsewhere_and_not_judged(system: System) -> None:
    text = database(engine="redis").replace("databases:", "caches:") + "recovery: {objectives: {rpo: 1 hour}}\n"

    assert found(system, "REC001", text) == []


def test_rec001_without_an_objective_nothing_is_judged(system: System) -> None:
    assert found(system, "REC001", database()) == []


def test_rec001_a_planned_database_is_not_judged(system: System) -> None:
    assert found(system, "REC001", database(status="planned") + "recovery: {objectives: {rpo: 1 hour}}\n") == []


@pytest.mark.parametrize(
    ("subnets", "expected"),
    [
        ("[public-a, public-b]", []),
        ("[public-a]", ["alb"]),
        ("[public-a, public-b, private-a]", ["alb"]),
        ("[public-a, later-c]", ["alb"]),
    ],
)
def test_dep001_an_application_load_balancer_has_one_subnet_in_each_of_two_zones(
    system: System, subnets: str, expected: list[str]
) -> None:
    text = f"{NETWORK}  load_balancers: {{alb: {{subnets: {subnets}}}}}\n"

    assert [subject for subject, _ in found(system, "DEP001", text)] == expected


def test_dep001_a_network_load_balancer_may_stand_in_one_zone(system: System) -> None:
    text = f"{NETWORK}  load_balancers: {{nlb: {{type: network, subnets: [public-a]}}}}\n"

    assert found(system, "DEP001", text) == []


def test_dep003_a_database_in_one_zone_needs_subnets_in_two(system: System) -> None:
    text = database(subnets="[data-a, private-a]", multi_az="false")

    assert found(system, "DEP003", text) == [("db", "the subnets of db cover fewer than two Availability Zones")]


@pytest.mark.parametrize(("protocol", "expected"), [("HTTP", []), ("HTTPS", ["alb"]), ("TLS", ["alb"]), ("TCP", [])])
def test_dep010_only_a_listener_that_ends_tls_needs_a_certificate(
    system: System, protocol: str, expected: list[str]
) -> None:
    listeners = f"[{{port: 443, protocol: {protocol}}}]"
    text = f"{NETWORK}  load_balancers: {{alb: {{subnets: [public-a, public-b], listeners: {listeners}}}}}\n"

    assert [subject for subject, _ in found(system, "DEP010", text)] == expected


@pytest.mark.parametrize(
    ("backups", "expected"),
    [
        ("{every: 1 day, retention: 1 day}", []),
        ("{every: 1 day, retention: 23 hours}", [("db", "the backups of db are not kept for a day")]),
        ("{every: 1 day}", [("db", "unknown: db: 'backups.retention' is not stated, so this cannot be told")]),
        ("{retention: 7 days}", [("db", "unknown: db: 'backups.every' is not stated, so this cannot be told")]),
    ],
)
def test_rec004_backups_are_kept_for_a_day_or_it_is_not_known(system: System, backups: str, expected: Found) -> None:
    assert found(system, "REC004", database(backups=backups)) == expected
