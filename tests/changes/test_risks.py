"""What is risky about a change: grade and sentence, one sort of risk after the other, worse and better."""

from pathlib import Path

import pytest

from archspec.changes import compare, side_by_side, version
from archspec.changes import risks as package
from archspec.changes.risks import RISKS
from archspec.importers import spec
from tests.changes.two import NETWORK, Told, all_rules, edited, risks, side
from tests.sample import HEADER

PUBLIC_DB = (
    ("subnets: [data-a, data-b]", "public: true, subnets: [public-a, public-b]"),
    ("[{from: api-sg, port: 5432}]", "[{from: internet, port: 5432}]"),
)  # fmt: skip
BUCKET = "data: {buckets: {files: {title: Files, public: false}}}\n"
COST = """
cost:
  total: $100
  lines:
    - {resource: NAT, amount: $65}
    - {resource: ALB, amount: $35}
"""
ROLE = "security: {roles: {task: {may: [{does: 's3:GetObject', on: [files]}]}}}\ndata: {buckets: {files: {}}}\n"
RECOVERY = "recovery: {objectives: {rto: 1 hour, rpo: < 10 minutes}}\n"
FAILOVER = NETWORK + "recovery: {failover: [{subject: db, does: promotes, duration: 2 minutes}]}\n"


def test_every_module_of_risks_is_in_the_table() -> None:
    assert package.__file__
    files = {file.stem for file in Path(package.__file__).parent.glob("[a-z]*.py")}
    assert {name.replace("-", "_") for name in RISKS} == files


@pytest.mark.parametrize("name", RISKS)
def test_nothing_is_said_where_nothing_changed(name: str) -> None:
    assert risks(name, NETWORK) == []


OPEN: list[tuple[str, tuple[tuple[str, str], ...], list[Told]]] = [
    (NETWORK, PUBLIC_DB, [("HIGH", "db became reachable from the internet: tcp/5432")]),
    (NETWORK, (("[{port: 443, protocol: HTTPS}]", "[{port: 443, protocol: HTTPS}, {port: 80, protocol: HTTP}]"),
               ("[{from: internet, port: 443}]", "[{from: internet, port: '80, 443'}]")),
     [("MEDIUM", "alb can be reached from the internet: tcp/80")]),
    (edited(NETWORK, *PUBLIC_DB), (("[{from: internet, port: 5432}]", "[{from: api-sg, port: 5432}]"),),
     [("NONE", "db became private: the internet reaches tcp/5432 no more")]),
    (NETWORK, (("[{from: internet, port: 443}]", "[]"),),
     [("NONE", "alb became private: the internet reaches tcp/443 no more")]),
    (edited(NETWORK, ("[{from: alb-sg, port: 4000}]", "[]")),
     (("api-sg: {ingress: []}", "api-sg: {ingress: [{from: alb-sg, port: 4000}]}"),),
     [("MEDIUM", "db became reachable from the internet, through alb, api")]),
    (edited(NETWORK, ("[{from: alb-sg, port: 4000}]", "[]"), ("  - alb -> api: 4000 HTTP\n", "")),
     (("api-sg: {ingress: []}", "api-sg: {ingress: [{from: alb-sg, port: 4000}]}"),),
     [("HIGH", "db became reachable from the internet, through alb, api")]),
    (BUCKET, (("public: false", "public: true"),), [("HIGH", "files became public: everybody may read it")]),
    (edited(BUCKET, ("public: false", "public: true")), (("public: true", "public: false"),),
     [("NONE", "files became private")]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "edits", "expected"), OPEN)
def test_what_the_internet_reaches(old: str, edits: tuple[tuple[str, str], ...], expected: list[Told]) -> None:
    assert risks("open-to-internet", old, *edits) == expected


def test_what_opened_an_element_to_the_internet_is_shown_hop_by_hop_where_it_stands() -> None:
    found = compare(side(NETWORK, edited(NETWORK, *PUBLIC_DB)), ("old", "new"))
    (risk,) = [one for one in found.risks if one.name == "open-to-internet"]
    assert (risk.location.file, risk.location.line, risk.location.column) == ("new.yaml", 16, 23)
    assert [(fact.verdict, fact.text) for fact in risk.facts] == [
        ("open", "main-igw leads to public-a, public-b"),
        ("open", "db receives tcp/5432 from internet: db-sg allows tcp/5432 from anywhere"),
        ("open", "db listens on tcp/5432"),
    ]


@pytest.mark.parametrize(
    ("old", "edits", "expected"),
    [
        (NETWORK, (("[{from: api-sg, port: 5432}]", "[{from: api-sg, port: 5432}, {from: alb-sg, port: 5432}]"),),
         [("HIGH", "db can be reached from the public subnets of main: alb may open tcp/5432, no flow declares it")]),
        (NETWORK, (("[{from: api-sg, port: 5432}]", "[{from: api-sg, port: 5432}, {from: alb-sg, port: 5432}]"),
                   ("  - api -> db: 5432 PostgreSQL\n", "  - api -> db: 5432 PostgreSQL\n  - alb -> db: 5432\n")),
         [("MEDIUM", "db can be reached from the public subnets of main: alb may open tcp/5432, a flow declares it")]),
        (NETWORK, (("[{from: alb-sg, port: 4000}]", "[{from: alb-sg, port: 4000}, {from: db-sg, port: 4000}]"),),
         [("LOW", "api can be reached from the data subnets of main: db may open tcp/4000, no flow declares it")]),
        (edited(NETWORK, ("[{from: api-sg, port: 5432}]", "[{from: 10.0.0.0/16, port: 5432}]")),
         (("[{from: 10.0.0.0/16, port: 5432}]", "[{from: api-sg, port: 5432}]"),), []),
    ],
)  # fmt: skip
def test_what_other_zones_reach(old: str, edits: tuple[tuple[str, str], ...], expected: list[Told]) -> None:
    assert risks("opened-between", old, *edits) == expected


NEAREST = "db receives tcp/5432 from api: the nearest rule is db-sg allows tcp/5433 from api-sg; the port differs"


def test_a_flow_that_is_blocked_now_names_what_blocks_it() -> None:
    assert risks("blocked-flows", NETWORK, ("[{from: api-sg, port: 5432}]", "[{from: api-sg, port: 5433}]")) == [
        ("HIGH", f"api -> db 5432 is blocked: {NEAREST}")
    ]


def test_a_flow_that_is_open_again_is_no_risk() -> None:
    blocked = edited(NETWORK, ("[{from: api-sg, port: 5432}]", "[]"))
    edit = ("db-sg: {ingress: []}", "db-sg: {ingress: [{from: api-sg, port: 5432}]}")
    assert risks("blocked-flows", blocked, edit) == [("NONE", "api -> db 5432 is open again")]


@pytest.mark.parametrize(
    ("old", "edit", "expected"),
    [
        (NETWORK, ("point_in_time: true", "point_in_time: false"),
         [("MEDIUM", "db: RPO 5 minutes -> 24 hours (application)")]),
        (NETWORK + RECOVERY, ("point_in_time: true", "point_in_time: false"),
         [("HIGH", "db: RPO 5 minutes -> 24 hours (application)")]),
        (NETWORK, ("multi_az: true", "multi_az: false"),
         [("MEDIUM", "db: RPO 0 seconds -> 5 minutes (infrastructure, az)")]),
        (NETWORK, (",\n         backups: {every: 1 day, retention: 30 days, point_in_time: true}", ""),
         [("HIGH", "db: RPO 5 minutes -> everything (application)")]),
        (NETWORK, ("point_in_time: true", "point_in_time: true, cross_region: true"),
         [("NONE", "db: RPO everything -> 24 hours (region)")]),
    ],
)  # fmt: skip
def test_how_much_can_be_lost(old: str, edit: tuple[str, str], expected: list[Told]) -> None:
    assert risks("recovery-points", old, edit) == expected


@pytest.mark.parametrize(
    ("old", "edit", "expected"),
    [
        (FAILOVER, ("duration: 2 minutes", "duration: 10 minutes"),
         [("MEDIUM", "db: RTO 2 minutes -> 10 minutes (infrastructure, az)")]),
        (FAILOVER, ("duration: 2 minutes", "duration: 1 minute"),
         [("NONE", "db: RTO 2 minutes -> 1 minute (infrastructure, az)")]),
        (edited(FAILOVER, ("failover:", "objectives: {rto: 5 minutes}, failover:")),
         ("duration: 2 minutes", "duration: 2 hours"),
         [("HIGH", "db: RTO 2 minutes -> 2 hours (infrastructure, az)")]),
        (NETWORK, ("multi_az: true", "multi_az: false"),
         [("MEDIUM", "db: RTO 2 minutes -> not known (infrastructure, az)")]),
    ],
)  # fmt: skip
def test_how_long_a_recovery_takes(old: str, edit: tuple[str, str], expected: list[Told]) -> None:
    assert risks("recovery-times", old, edit) == expected


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (("< 10 minutes", "24 hours"), [("MEDIUM", "the objective: RPO < 10 minutes -> 24 hours")]),
        ((", rpo: < 10 minutes", ""), [("MEDIUM", "the objective: RPO < 10 minutes -> none")]),
        (("rto: 1 hour", "rto: 30 min"), [("NONE", "the objective: RTO 1 hour -> 30 min")]),
    ],
)
def test_what_is_wanted_after_a_loss(edit: tuple[str, str], expected: list[Told]) -> None:
    assert risks("objectives", RECOVERY, edit) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("$65", "$100", [("MEDIUM", "+$35 a month, $100 -> $135: NAT +$35")]),
        ("$65", "$475", [("HIGH", "+$410 a month, $100 -> $510: NAT +$410")]),
        ("$65", "$66", [("LOW", "+$1 a month, $100 -> $101: NAT +$1")]),
        ("$65", "$60-80", [("LOW", "+$5 a month, $100 -> $95-115: NAT +$5")]),
        ("    - {resource: ALB, amount: $35}\n", "", [("NONE", "-$35 a month, $100 -> $65: ALB -$35")]),
    ],
)
def test_what_a_month_costs_by_its_lines(old: str, new: str, expected: list[Told]) -> None:
    lines = edited(COST, ("  total: $100\n", ""))
    assert risks("monthly-cost", lines, (old, new)) == expected


def test_what_a_month_costs_by_its_total() -> None:
    assert risks("monthly-cost", COST, ("total: $100", "total: $120"), ("$65", "$85")) == [
        ("MEDIUM", "+$20 a month, $100 -> $120: NAT +$20")
    ]


def test_what_no_cost_line_tells_of_is_priced_by_the_list() -> None:
    nat = ("  load_balancers:", "  nat_gateways: {nat: {subnet: public-a}}\n  load_balancers:")
    assert risks("monthly-cost", NETWORK + COST, nat) == [
        ("MEDIUM", "+$32.85 a month at least by AWS's list prices of 2026-11-20, and no cost line says so: nat +$32.85")
    ]


STORES = """
data:
  databases:
    db: {engine: postgres, subnets: [], security_groups: [], encrypted: true, multi_az: true, deletion_protection: true,
         backups: {every: 1 day, retention: 30 days, point_in_time: true, cross_region: true}}
  buckets:
    files: {encryption: sse-kms, versioning: true, public_access_block: true}
security:
  detectors: {trail: {service: cloudtrail, multi_region: true}}
"""


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (("encrypted: true", "encrypted: false"), [("HIGH", "db: encryption at rest switched off")]),
        (("encrypted: true, ", ""), [("HIGH", "db: encryption at rest switched off")]),
        (("multi_az: true", "multi_az: false"), [("HIGH", "db: Multi-AZ switched off")]),
        (("deletion_protection: true", "deletion_protection: false"),
         [("HIGH", "db: deletion protection switched off")]),
        ((",\n         backups: {every: 1 day, retention: 30 days, point_in_time: true, cross_region: true}", ""),
         [("HIGH", "db: backups switched off")]),
        (("point_in_time: true", "point_in_time: false"), [("HIGH", "db: point-in-time recovery switched off")]),
        (("cross_region: true", "cross_region: planned"),
         [("MEDIUM", "db: copies of backups in another Region switched off")]),
        (("30 days", "7 days"), [("MEDIUM", "db: backups are kept 7 days, not 30 days")]),
        (("30 days", "60 days"), [("NONE", "db: backups are kept 60 days, not 30 days")]),
        (("encryption: sse-kms", "encryption: none"), [("HIGH", "files: encryption at rest switched off")]),
        (("versioning: true", "versioning: false"), [("MEDIUM", "files: versioning switched off")]),
        (("public_access_block: true", "public_access_block: false"),
         [("HIGH", "files: the block of public access switched off")]),
        (("trail: {service: cloudtrail, multi_region: true}", ""), [("MEDIUM", "trail is gone, a detector")]),
        (("multi_az: true", "multi_az: true, public: true"), [("HIGH", "db: public address switched on")]),
        (("multi_az: true", "multi_az: true, final_snapshot: true"), [("NONE", "db: the final snapshot switched on")]),
    ],
)  # fmt: skip
def test_what_protects(edit: tuple[str, str], expected: list[Told]) -> None:
    assert risks("protection", STORES, edit) == expected


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (("    files: {encryption: sse-kms, versioning: true, public_access_block: true}", "    other: {title: Other}"),
         [("HIGH", "files, a bucket, is deleted: its objects go with it")]),
        (("encrypted: true", "encrypted: false"),
         [("HIGH", "db is replaced: AWS does not change its `encrypted` (true -> false); its data has to be moved")]),
        (("engine: postgres", "engine: mysql"),
         [("HIGH", "db is replaced: AWS does not change its `engine` (postgres -> mysql); its data has to be moved")]),
        (("multi_az: true", "multi_az: true, status: removed"),
         [("HIGH", "db, a database, is deleted: its data goes with it")]),
        (("multi_az: true", "multi_az: true, status: planned"),
         [("HIGH", "db, a database, is deleted: its data goes with it")]),
    ],
)  # fmt: skip
def test_what_data_goes_away(edit: tuple[str, str], expected: list[Told]) -> None:
    assert risks("data-lost", STORES, edit) == expected


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (("on: [files]", "on: [files]}, {does: 's3:*', on: [files]"), [("HIGH", "task may do more: s3:* on files")]),
        (("'s3:GetObject'", "'s3:GetObject, s3:PutObject'"), [("MEDIUM", "task may do more: s3:PutObject on files")]),
        (("on: [files]", "arns: ['*']"), [("MEDIUM", "task may do more: s3:GetObject on *")]),
        (("'s3:GetObject'", "'iam:PassRole'"), [("HIGH", "task may do more: iam:PassRole on files")]),
        (("{does: 's3:GetObject', on: [files]}", ""), [("NONE", "task may not do s3:GetObject any more")]),
        (("'s3:GetObject'", "'S3:getobject'"), []),
    ],
)
def test_what_roles_may_do(edit: tuple[str, str], expected: list[Told]) -> None:
    assert risks("permissions", ROLE, edit) == expected


INSTANCES = "{role: primary, az: us-east-1a}, {role: standby, az: us-east-1b}"
REPLICATED = edited(NETWORK, ("multi_az: true", f"multi_az: true, instances: [{INSTANCES}]"))


@pytest.mark.parametrize(
    ("old", "edit", "expected"),
    [
        (NETWORK, ("desired: 2", "desired: 1"), [("MEDIUM", "api: 2 tasks -> 1")]),
        (NETWORK, ("desired: 2", "desired: 4"), [("NONE", "api: 2 tasks -> 4")]),
        (edited(NETWORK, ("desired: 2", "desired: 4")), ("desired: 4", "desired: 3"), [("LOW", "api: 4 tasks -> 3")]),
        (REPLICATED, (", {role: standby, az: us-east-1b}", ""),
         [("MEDIUM", "db: 2 instances -> 1"), ("MEDIUM", "db stands in 1 AZ, not 2")]),
        (NETWORK, ("subnets: [public-a, public-b]", "subnets: [public-a]"), [("MEDIUM", "alb stands in 1 AZ, not 2")]),
    ],
)  # fmt: skip
def test_how_many_there_are(old: str, edit: tuple[str, str], expected: list[Told]) -> None:
    assert risks("redundancy", old, edit) == expected


@pytest.mark.parametrize(
    ("old", "edit", "expected"),
    [
        (NETWORK, ("multi_az: true", "multi_az: false"),
         [("MEDIUM", "db became a single point of failure: no standby takes over")]),
        (edited(NETWORK, ("multi_az: true", "multi_az: false")), ("multi_az: false", "multi_az: true"),
         [("NONE", "db is no single point of failure any more")]),
    ],
)  # fmt: skip
def test_what_stands_alone(old: str, edit: tuple[str, str], expected: list[Told]) -> None:
    assert risks("single-points", old, edit) == expected


WAIVED = "waivers: [{rule: AVL001, subject: api, reason: by design, owner: o, expires: 2027-01-01}]\n"


def test_a_waiver_that_came_is_a_risk_and_one_that_went_is_none() -> None:
    assert risks("waivers", "# \n", ("# \n", WAIVED)) == [
        ("MEDIUM", "AVL001 is accepted for api until 2027-01-01: by design")
    ]
    assert risks("waivers", WAIVED, (WAIVED, "# \n")) == [("NONE", "AVL001 is not accepted for api any more")]


def test_a_waiver_that_lasts_longer_or_accepts_more_is_a_risk() -> None:
    edits = ("expires: 2027-01-01", "expires: 2027-06-01, count: 3")
    assert risks("waivers", WAIVED, edits) == [
        ("MEDIUM", "AVL001 is accepted for api 3 times, not 1"),
        ("LOW", "AVL001 is accepted for api until 2027-06-01, not 2027-01-01"),
    ]


SPARE = ("    alb-sg:", "    spare: {}\n    alb-sg:")


def test_a_new_finding_is_told_by_rule() -> None:
    assert risks("findings", NETWORK, SPARE) == [
        ("LOW", "NET008 unused-security-group finds spare: is attached to nothing, and no group in use refers to it")
    ]


def test_a_finding_that_is_gone_is_no_risk_unless_what_it_is_about_is_gone() -> None:
    old = edited(NETWORK, ("from: alb-sg, port: 4000", "from: alb-sg, port: 4000-4001"))
    edit = ("4000-4001", "4000")
    assert risks("findings", old, edit) == [("NONE", "NET007 ports-wider-than-listeners no longer finds api-sg")]
    assert risks("findings", edited(NETWORK, SPARE), SPARE[::-1]) == []


def test_a_finding_that_is_waived_is_not_gone() -> None:
    old = edited(NETWORK, ("    alb-sg:", "    spare: {}\n    alb-sg:"))
    waiver = "waivers: [{rule: NET008, subject: spare, reason: r, owner: o, expires: 2027-01-01}]\n"
    assert risks("findings", old, ("flows:\n", f"{waiver}flows:\n")) == []


def test_a_new_system_is_compared_with_nothing() -> None:
    new = side("", NETWORK).new
    versions = side_by_side(None, new, all_rules())
    found = compare(versions, ("", "new.yaml"))
    assert {one.what for one in found.changes} == {"added"}
    assert ("open-to-internet", "alb is new and reachable from the internet: tcp/443") in [
        (one.name, one.text) for one in found.risks
    ]


def test_a_system_that_is_gone_loses_its_data() -> None:
    found = compare(side_by_side(side(NETWORK, "").old, None), ("old.yaml", ""))
    assert {one.what for one in found.changes} == {"removed"}
    assert found.risks[0].text == "db, a database, is deleted: its data goes with it"


def test_risks_stand_worst_first() -> None:
    found = compare(
        side(NETWORK, edited(NETWORK, *PUBLIC_DB, ("multi_az: true", "multi_az: false")), all_rules()), ("a", "b")
    )
    grades = [risk.grade for risk in found.risks]
    assert grades == sorted(grades, reverse=True)
    assert found.risks[0].text == "db became reachable from the internet: tcp/5432"


def test_nothing_moves_to_another_region() -> None:
    two = edited(NETWORK, ("az: us-east-1", "az: eu-west-1"))
    versions = side_by_side(
        version(spec.parse(HEADER + NETWORK)), version(spec.parse(edited(HEADER + two, ("us-east-1", "eu-west-1"))))
    )
    moved = "AWS moves no database to another Region (us-east-1 -> eu-west-1); what it holds stays behind"
    assert [(one.grade.name, one.text) for one in RISKS["data-lost"].risks(versions)] == [
        ("HIGH", f"db is replaced: {moved}")
    ]


ACLS = NETWORK + "edge: {web_acls: {one: {protects: [alb]}, two: {protects: []}}}\n"


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([("one: {protects: [alb]}", "one: {protects: []}")], [("HIGH", "one protects alb no more")]),
        ([("one: {protects: [alb]}, two: {protects: []}", "one: {protects: []}, two: {protects: [alb]}")], []),
    ],
)
def test_what_a_web_acl_protects_no_more(edits: list[tuple[str, str]], expected: list[Told]) -> None:
    assert risks("protection", ACLS, *edits) == expected


def test_permissions_in_one_statement_are_no_more_than_in_two() -> None:
    one, other = "{does: 's3:GetObject', on: [a]}", "{does: 's3:GetObject', on: [b]}"
    old = f"security: {{roles: {{task: {{may: [{one}, {other}]}}}}}}\ndata: {{buckets: {{a: {{}}, b: {{}}}}}}\n"
    assert risks("permissions", old, (f"{one}, {other}", "{does: 's3:GetObject', on: [a, b]}")) == []


def test_flows_in_any_order_are_lost_with_an_az() -> None:
    old = NETWORK + "  - ann -> bob: 443\nexternal: {actors: {ann: {}, bob: {}}}\n"
    both = side(old, NETWORK, all_rules())
    assert [one.rule for found in both.findings for one in found if one.rule in ("XXX000", "AVL005")] == ["AVL005"] * 2


CLAIMED = BUCKET + "claims: [{says: Files are private, assert: '!buckets.files.public'}]\n"


def test_a_claim_about_what_is_renamed_is_judged_with_the_ids_that_it_names() -> None:
    assert risks("findings", CLAIMED, ("files", "papers")) == []
    assert [one for one in risks("findings", CLAIMED, ("{files:", "{papers:")) if "DOC012" in one[1]] != []
