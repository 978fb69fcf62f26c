"""What the samples on the pages of the recovery rules leave open: limits, and facts that nobody stated."""

from collections.abc import Callable

import pytest

from archspec import api

System = Callable[[str], api.System]
Found = list[tuple[str, str]]

NETWORK = """\
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.5.0/24}
    data-b: {az: us-east-1b, tier: data, cidr: 10.0.6.0/24}
"""
PLACED = "subnets: [data-a, data-b], security_groups: []"


def found(system: System, rule: str, text: str) -> Found:
    checked = api.check(system(text), select=(rule,))
    return [
        (one.subject, one.message if one.outcome == "fail" else f"unknown: {one.message}") for one in checked.findings
    ]


def unknown(subject: str, fact: str) -> Found:
    return [(subject, f"unknown: {subject}: '{fact}' is not stated, so this cannot be told")]


def database(stated: str, recovery: str) -> str:
    stores = f"data:\n  databases: {{db: {{engine: postgres, {PLACED}, {stated}}}}}\n"
    return f"{NETWORK}{stores}recovery: {{{recovery}}}\n"


COPIED = "backups: {every: 12 hours, takes: 1 hour, cross_region: true, copy_takes: 1 hour}"


@pytest.mark.parametrize(
    ("stated", "recovery", "message"),
    [
        (COPIED, "objectives: {region_rpo: 14 hours}", ""),
        (
            COPIED,
            "objectives: {region_rpo: 13 hours}",
            "db can lose 14 hours with the Region; the objective is 13 hours",
        ),
        (
            COPIED,
            "objectives: {rpo: 1 hour, region_rpo: 13 hours}",
            "db can lose 13 hours; the objective is 1 hour, and 14 hours with the Region; the objective is 13 hours",
        ),
        (COPIED, "targets: [{component: x, covers: [db], disruptions: [region], rpo: 14 hours}]", ""),
        (
            COPIED,
            "objectives: {rpo: 1 hour}, targets: [{component: x, covers: [db], not_required: it is a copy}]",
            "",
        ),
        (
            "multi_az: true, backups: {every: 12 hours}",
            "targets: [{component: x, covers: [db], disruptions: [az], rpo: 0 minutes}]",
            "",
        ),
        ("backups: {every: 12 hours, cross_region: false}", "objectives: {region_rpo: 1 hour}", ""),
    ],
)
def test_rec001_the_copy_in_another_region_is_held_to_its_own_objective(
    system: System, stated: str, recovery: str, message: str
) -> None:
    assert found(system, "REC001", database(stated, recovery)) == ([("db", message)] if message else [])


@pytest.mark.parametrize(
    ("stated", "recovery", "fact"),
    [
        ("multi_az: true", "objectives: {rpo: 1 hour}", "backups"),
        ("backups: {retention: 7 days}", "objectives: {rpo: 1 hour}", "backups.every"),
        ("backups: {cross_region: true}", "objectives: {region_rpo: 1 hour}", "backups.copy_every"),
        ("distant_replicas: [{region: us-west-2}]", "objectives: {region_rpo: 1 hour}", "distant_replicas.lag"),
    ],
)
def test_rec001_a_store_of_which_too_little_is_stated_is_unknown(
    system: System, stated: str, recovery: str, fact: str
) -> None:
    assert found(system, "REC001", database(stated, recovery)) == unknown("db", fact)


RESTORED = "multi_az: true, backups: {every: 1 day, restore: 20 minutes}"


@pytest.mark.parametrize(
    ("stated", "recovery", "message"),
    [
        (RESTORED, "objectives: {rto: 20 minutes}", ""),
        (RESTORED, "objectives: {rto: < 20 minutes}", ""),
        (
            RESTORED,
            "objectives: {rto: 19 minutes}",
            "db is back after 20 minutes at worst; the objective is 19 minutes",
        ),
        (
            RESTORED,
            "targets: [{component: x, covers: [db], disruptions: [az], rto: 1 minute}]",
            "db is back after 2 minutes at worst; the objective is 1 minute",
        ),
        (RESTORED, "targets: [{component: x, covers: [db], disruptions: [az], rto: 2 minutes}]", ""),
        (
            f"{RESTORED}, distant_replicas: [{{region: us-west-2, promotion: 5 minutes}}]",
            "objectives: {region_rto: 1 minute}",
            "db is back after 5 minutes at worst; the objective is 1 minute",
        ),
        (RESTORED, "objectives: {region_rto: 1 minute}", ""),
    ],
)
def test_rec002_an_element_is_held_to_its_objective(system: System, stated: str, recovery: str, message: str) -> None:
    assert found(system, "REC002", database(stated, recovery)) == ([("db", message)] if message else [])


def test_rec002_an_assumed_figure_is_named_with_its_page(system: System) -> None:
    text = database(RESTORED, "targets: [{component: x, covers: [db], disruptions: [az], rto: 1 minute}]")
    (one,) = api.check(system(text), select=("REC002",)).findings

    assert [hop.text for hop in one.witness] == [
        "az: 2 minutes, because AWS: the failover of a Multi-AZ instance typically takes 60-120 seconds",
        "assumed as of 2026-11-20: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.Failover.html",
    ]


def test_rec002_what_nobody_states_is_unknown_once(system: System) -> None:
    assert found(system, "REC002", database("multi_az: false", "objectives: {rto: 1 hour}")) == unknown(
        "db", "backups.restore"
    )


def steps(recovery: str, *bodies: str) -> str:
    return f"recovery:\n  {recovery}\n  steps:\n" + "".join(f"    - {{{body}}}\n" for body in bodies)


@pytest.mark.parametrize(
    ("objectives", "bodies", "expected"),
    [
        ("{rto: 5 minutes}", ["does: a, takes: 5 minutes"], []),
        ("{rto: 5 minutes}", ["does: a"], unknown("recovery steps", "takes")),
        (
            "{rto: 5 minutes}",
            ["does: a", "does: b, takes: 6 minutes"],
            [("recovery steps", "the steps take at least 6 minutes; the objective is 5 minutes")],
        ),
        ("{rto: 5 minutes, region_rto: 6 minutes}", ["does: a, takes: 6 minutes"], []),
        (
            "{region_rto: 5 minutes}",
            ["does: a, takes: 6 minutes"],
            [("recovery steps", "the steps take 6 minutes; the objective is 5 minutes")],
        ),
        ("{rpo: 5 minutes}", ["does: a, takes: 6 minutes"], []),
        (
            "{rto: 10 minutes}",
            [
                "does: a, name: a, takes: 5 minutes",
                "does: b, takes: 6 minutes, after: [a]",
                "does: c, takes: 1 minute, after: [a]",
            ],
            [("recovery steps", "the steps take 11 minutes; the objective is 10 minutes")],
        ),
    ],
)
def test_rec002_the_longest_way_through_the_steps_counts(
    system: System, objectives: str, bodies: list[str], expected: Found
) -> None:
    assert found(system, "REC002", steps(f"objectives: {objectives}", *bodies)) == expected


def test_rec002_the_witness_is_the_longest_way(system: System) -> None:
    text = steps(
        "objectives: {rto: 10 minutes}",
        "does: a, name: a, takes: 5 minutes",
        "does: c, takes: 1 minute, after: [a]",
        "does: b, takes: 6 minutes, after: [a]",
    )
    (one,) = api.check(system(text), select=("REC002",)).findings

    assert [hop.text for hop in one.witness] == ["0 seconds to 5 minutes: a", "5 minutes to 11 minutes: b"]


DONE = "takes: 1 minute, automatic: true"


@pytest.mark.parametrize(
    ("recovery", "bodies", "expected"),
    [
        ("strategy: x", [f"does: a, {DONE}"], []),
        ("strategy: x", ["does: a, automatic: true"], unknown("step a", "takes")),
        ("strategy: x", ["does: a, takes: 1 minute"], unknown("step a", "automatic")),
        ("strategy: x", ["does: a, takes: 1 minute, automatic: false"], unknown("step a", "owner")),
        (
            "strategy: x",
            [f"does: a, name: a, {DONE}", f"does: b, name: a, {DONE}"],
            [("step a", "another step or group is called 'a' as well")] * 2,
        ),
        (
            "strategy: x",
            [f"does: a, name: a, {DONE}", f"does: b, {DONE}, after: [a]", f"does: c, {DONE}, after: [a]"],
            [("step b", "nothing waits for it, so the recovery counts as done without it")],
        ),
        (
            "region: us-west-2",
            [f"does: a, {DONE}, runs_in: us-east-1b"],
            [("step a", "it is carried out in us-east-1b, which is lost with us-east-1")],
        ),
        ("region: us-west-2", [f"does: a, {DONE}, runs_in: us-west-2"], []),
        ("region: us-east-1", [f"does: a, {DONE}, runs_in: us-east-1"], []),
        (
            "strategy: x",
            [f"does: a, {DONE}, after: [b]", f"does: b, name: b, {DONE}"],
            [("recovery steps", "steps wait for each other in a circle: a -> b -> a")],
        ),
    ],
)
def test_rec003_each_step_can_be_carried_out(system: System, recovery: str, bodies: list[str], expected: Found) -> None:
    assert found(system, "REC003", steps(recovery, *bodies)) == expected


@pytest.mark.parametrize(
    ("backups", "recovery", "expected"),
    [
        ("retention: 7 days", "strategy: x", []),
        ("every: 1 day", "retention: 7 days", unknown("db", "backups.retention")),
        ("retention: 7 days", "retention: 7 days", []),
        (
            "retention: 7 days",
            "retention: 8 days",
            [("db", "db keeps its backups for 7 days and has to be restorable for 8 days")],
        ),
        ("retention: 7 days, manual_retention: 30 days", "retention: 8 days", []),
        ("retention: 7 days", "noticed_within: 7 days", []),
        (
            "retention: 7 days, restore: 1 hour",
            "noticed_within: 7 days",
            [
                (
                    "db",
                    (
                        "db keeps its backups for 7 days and needs 7 days 1 hour: "
                        "a bad write is noticed within 7 days, and a restore takes 1 hour"
                    ),
                )
            ],
        ),
    ],
)
def test_rec005_backups_outlive_what_is_needed_of_them(
    system: System, backups: str, recovery: str, expected: Found
) -> None:
    assert found(system, "REC005", database(f"backups: {{{backups}}}", recovery)) == expected


@pytest.mark.parametrize(
    ("stated", "recovery", "expected"),
    [
        ("backups: {cross_region: false}", "objectives: {rpo: 1 hour}", []),
        ("multi_az: true", "region: us-west-2", unknown("db", "backups.cross_region")),
        ("backups: {every: 1 day}", "region: us-west-2", unknown("db", "backups.cross_region")),
        ("backups: {cross_region: false}", "region: us-east-1", []),
        (
            "backups: {cross_region: planned}",
            "region: us-west-2",
            [("db", "db: a recovery goes to us-west-2, and copies in another Region are planned, none exists")],
        ),
        (
            "backups: {cross_region: false}",
            "objectives: {region_rto: 1 hour}",
            [
                (
                    "db",
                    "db: the recovery time objective for the loss of the Region is 1 hour, and nothing is copied there",
                )
            ],
        ),
        (
            "backups: {cross_region: false}",
            "region: us-west-2, targets: [{component: x, covers: [db], disruptions: [region], not_required: a copy}]",
            [],
        ),
        ("distant_replicas: [{region: us-west-2}]", "region: us-west-2", []),
        (
            "distant_replicas: [{region: us-west-2, status: planned}], backups: {cross_region: false}",
            "region: us-west-2",
            [("db", "db: a recovery goes to us-west-2, and nothing is copied there")],
        ),
    ],
)
def test_rec006_a_recovery_elsewhere_needs_the_data_there(
    system: System, stated: str, recovery: str, expected: Found
) -> None:
    assert found(system, "REC006", database(stated, recovery)) == expected


@pytest.mark.parametrize(("key", "expected"), [("", unknown("db", "backups.copy_key")), (", copy_key: there", [])])
def test_rec006_a_copy_that_is_encrypted_needs_a_key_there(system: System, key: str, expected: Found) -> None:
    keys = "security: {keys: {here: {}, there: {}}}\n"
    text = database(f"key: here, backups: {{cross_region: true{key}}}", "region: us-west-2") + keys

    assert found(system, "REC006", text) == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("multi_az: false, backups: {retention: 0 days}", []),
        ("multi_az: true", unknown("db", "backups")),
        ("multi_az: true, backups: {every: 1 day}", unknown("db", "backups.retention")),
        ("multi_az: true, backups: {point_in_time: true}", []),
        ("distant_replicas: [{region: us-west-2, status: planned}], backups: {retention: 0 days}", []),
        (
            "backups: {retention: 0 d}, instances: [{role: primary, az: us-east-1a}, {role: reader, az: us-east-1b}]",
            [("db", "db is replicated, and its backups are turned off: a bad write cannot be undone")],
        ),
    ],
)
def test_rec007_a_replica_repeats_a_bad_write(system: System, stated: str, expected: Found) -> None:
    assert found(system, "REC007", database(stated, "strategy: x")) == expected


WHOLE = "recovery objectives"


@pytest.mark.parametrize(
    ("recovery", "expected"),
    [
        ("strategy: x", unknown(WHOLE, "recovery.objectives")),
        ("objectives: {rto: 1 hour, rpo: 1 hour}", unknown(WHOLE, "recovery.objectives.region_rto")),
        ("objectives: {rto: 1 hour, rpo: 1 hour, region_rto: 1 day, region_rpo: 1 day}", []),
        ("objectives: {rto: 1 hour, region_rto: 1 day}", unknown(WHOLE, "recovery.objectives.rpo")),
        (
            (
                "targets: [{component: x, covers: [db], disruptions: [az], rto: 1 hour, rpo: 1 hour},"
                " {component: y, disruptions: [region], not_required: a contract}]"
            ),
            [("db", "db has no recovery time and recovery point objective, and others have")],
        ),
    ],
)
def test_rec008_every_part_has_an_objective_or_a_reason(system: System, recovery: str, expected: Found) -> None:
    assert found(system, "REC008", database("multi_az: true", recovery)) == expected


def test_rec008_nothing_to_recover_is_not_judged(system: System) -> None:
    assert found(system, "REC008", "recovery: {objectives: {rto: 1 hour}}\n") == []


def chained(flows: str, targets: str) -> str:
    return f"""{NETWORK}compute:
  clusters: {{ecs: {{}}}}
  services:
    web: {{cluster: ecs, {PLACED}}}
    api: {{cluster: ecs, {PLACED}}}
data:
  databases: {{db: {{engine: mysql, {PLACED}}}}}
  proxies: {{proxy: {{target: db, family: mysql, {PLACED}}}}}
flows:
{flows}recovery:
  targets: [{targets}]
"""


def target(id_: str, rto: str) -> str:
    return f"{{component: {id_}, covers: [{id_}], rto: {rto}}}"


QUICK, SLOW = target("web", "5 minutes"), target("db", "1 hour")
LATE = "db may take 1 hour, and web, which needs it, has to be back in 5 minutes"


@pytest.mark.parametrize(
    ("flows", "targets", "message"),
    [
        ("  - web -> db: 3306 MySQL\n", [QUICK, SLOW], LATE),
        ("  - web -> db: 3306 MySQL\n", [target("web", "1 hour"), SLOW], ""),
        ("  - web -> db: 3306 MySQL\n", [SLOW], ""),
        ("  - {web -> db: 3306 MySQL, hard: false}\n", [QUICK, SLOW], ""),
        ("  - {web -> db: 3306 MySQL, mode: async}\n", [QUICK, SLOW], ""),
        ("  - {web -> db: 3306 MySQL, status: planned}\n", [QUICK, SLOW], ""),
        ("  - web -> proxy: 3306 MySQL\n", [QUICK, SLOW], f"{LATE} (web -> proxy -> db)"),
        ("  - ecs -> db: 3306 MySQL\n", [QUICK, SLOW], LATE),
        ("  - web -> api: 80 HTTP\n  - api -> db: 3306 MySQL\n", [QUICK, SLOW], ""),
        (
            "  - {web -> api: 80 HTTP, hard: true}\n  - api -> db: 3306 MySQL\n",
            [QUICK, SLOW],
            f"{LATE} (web -> api -> db)",
        ),
        (
            "  - web -> db: 3306 MySQL\n  - api -> db: 3306 MySQL\n",
            [target("api", "10 minutes"), QUICK, SLOW],
            LATE,
        ),
    ],
)
def test_rec009_the_strictest_of_those_who_need_it_counts(
    system: System, flows: str, targets: list[str], message: str
) -> None:
    assert found(system, "REC009", chained(flows, ", ".join(targets))) == ([("db", message)] if message else [])


def test_rec009_services_that_need_each_other_end(system: System) -> None:
    flows = "  - {web -> api: 80 HTTP, hard: true}\n  - {api -> web: 80 HTTP, hard: true}\n"

    assert found(system, "REC009", chained(flows, ", ".join([QUICK, target("api", "1 hour")]))) == [
        ("api", "api may take 1 hour, and web, which needs it, has to be back in 5 minutes")
    ]


@pytest.mark.parametrize(
    ("recovery", "message"),
    [
        ("strategy: Pilot light, objectives: {rto: 10 minutes, rpo: 1 minute}", ""),
        (
            "strategy: Pilot-light, objectives: {rto: 9 minutes}",
            "pilot light, by AWS's bands, takes tens of minutes, and the recovery time objective is 9 minutes",
        ),
        (
            "strategy: Backup & Restore, objectives: {rto: 1 day, region_rpo: 5 minutes}",
            "backup and restore, by AWS's bands, loses hours, and the recovery point objective is 5 minutes",
        ),
        ("strategy: Active/active, objectives: {rto: 0 seconds, rpo: 0 seconds}", ""),
        (
            "strategy: Warm standby, objectives: {rto: 2 days, rpo: 1 day}",
            "warm standby keeps far more than the objectives, 2 days and 1 day: backup and restore does as well",
        ),
        ("strategy: Warm standby, objectives: {rto: 2 days}", ""),
        ("strategy: pilot light or warm standby, objectives: {rto: 1 second}", ""),
        ("strategy: we hope, objectives: {rto: 1 second}", ""),
        ("strategy: Pilot light", ""),
        (
            "strategy: Pilot light, objectives: {rto: 9 minutes}, steps: [{does: x, takes: 9 minutes}]",
            "",
        ),
    ],
)
def test_rec011_a_strategy_has_a_band(system: System, recovery: str, message: str) -> None:
    expected = [("recovery strategy", message)] if message else []

    assert found(system, "REC011", f"recovery: {{{recovery}}}\n") == expected


@pytest.mark.parametrize(
    ("backups", "expected"),
    [
        ("cross_region: true", []),
        ("isolated: true, cross_region: false", []),
        ("cross_region: false", unknown("db", "backups.isolated")),
        (
            "isolated: planned",
            [("db", "every backup of db lies where whoever can delete the database can delete it too")],
        ),
    ],
)
def test_rec012_a_backup_is_out_of_reach(system: System, backups: str, expected: Found) -> None:
    assert found(system, "REC012", database(f"backups: {{{backups}}}", "strategy: x")) == expected


def starting(recovery: str) -> str:
    return f"""{NETWORK}compute:
  services: {{api: {{{PLACED}, registry: images, secrets: [password]}}}}
security:
  secret_stores: {{vault: {{}}}}
  secrets: {{password: {{store: vault}}}}
delivery: {{registries: {{images: {{}}, unused: {{}}}}}}
recovery: {{{recovery}}}
"""


LACKING = "services need {0} to start, and nothing says that us-west-2 holds it"


@pytest.mark.parametrize(
    ("recovery", "expected"),
    [
        ("strategy: x", []),
        (
            "region: us-west-2",
            [*unknown("password", "recovery.region_holds"), *unknown("images", "recovery.region_holds")],
        ),
        (
            "region: us-west-2, region_holds: [{what: nothing}]",
            [("password", LACKING.format("password")), ("images", LACKING.format("images"))],
        ),
        ("region: us-west-2, region_holds: [{what: all, covers: [vault, images]}]", []),
        (
            (
                "region: us-west-2, region_holds: [{what: all, covers: [vault]}],"
                " copies: [{what: images, covers: [images], status: planned}]"
            ),
            [("images", LACKING.format("images"))],
        ),
    ],
)
def test_rec013_what_services_start_from_is_held_elsewhere(system: System, recovery: str, expected: Found) -> None:
    assert found(system, "REC013", starting(recovery)) == expected


@pytest.mark.parametrize(
    ("drills", "expected"),
    [
        ("[]", []),
        ("[{every: year, covers: [other]}]", unknown("db", "recovery.drills")),
        ("[{every: year}]", unknown("db", "last")),
        ("[{every: year, last: 2026-11-01}]", unknown("db", "within")),
        ("[{every: year, last: 2026-11-10, within: 10 days}]", []),
        (
            "[{every: year, last: 2026-11-09, within: 10 days}]",
            [("db", "the last drill that restored db was on 2026-11-09, 11 days ago; allowed are 10 days")],
        ),
        (
            (
                "[{every: year, last: 2026-11-09, within: 10 days},"
                " {every: year, covers: [db], last: 2026-11-12, within: 10 days}]"
            ),
            [],
        ),
    ],
)
def test_rec014_the_last_drill_counts(system: System, drills: str, expected: Found) -> None:
    text = database("multi_az: true", f"drills: {drills}").replace(
        "databases: {", f"caches: {{other: {{engine: redis, {PLACED}}}}}\n  databases: {{"
    )

    assert found(system, "REC014", text) == expected


def alarmed(alarm: str, body: str) -> str:
    alarms = f"observability: {{alarms: {{down: {{metric: HealthyHostCount, threshold: < 1{alarm}}}}}}}\n"
    return alarms + steps("strategy: x", f"does: notice, {body}")


@pytest.mark.parametrize(
    ("alarm", "body", "expected"),
    [
        (", period: 1 minute, datapoints: 3", "alarm: down, takes: 3 minutes", []),
        (", period: 1 minute, datapoints: 3", "alarm: down", []),
        (
            ", period: 1 minute, datapoints: 3",
            "alarm: down, takes: 2 minutes",
            [("step notice", "it takes 2 minutes, and down goes off after 3 × 1 minute at the earliest")],
        ),
        (
            ", period: 5 minutes",
            "alarm: down, takes: 2 minutes",
            [("step notice", "it takes 2 minutes, and down goes off after a period of 5 minutes at the earliest")],
        ),
        ("", "alarm: down, takes: 2 minutes", unknown("step notice", "period")),
        ("", "ttl: 2 minutes, takes: 2 minutes", []),
        (
            "",
            "ttl: 5 minutes, takes: 2 minutes",
            [("step notice", "it takes 2 minutes, and clients keep the DNS record for 5 minutes")],
        ),
        ("", "ttl: 5 minutes", unknown("step notice", "takes")),
        ("", "takes: 1 second", []),
    ],
)
def test_rec015_a_step_is_no_shorter_than_what_it_waits_for(
    system: System, alarm: str, body: str, expected: Found
) -> None:
    assert found(system, "REC015", alarmed(alarm, body)) == expected


HAND = "automatic: false, owner: operations"


@pytest.mark.parametrize(
    ("recovery", "bodies", "expected"),
    [
        ("objectives: {rto: 1 hour}", ["does: a, takes: 5 m, automatic: true"], []),
        ("objectives: {rto: 1 hour}", ["does: a, takes: 5 m"], unknown("recovery steps", "automatic")),
        ("objectives: {rto: 1 hour}", [f"does: a, takes: 5 m, {HAND}"], unknown("recovery steps", "recovery.paging")),
        ("objectives: {rto: 1 hour}\n  paging: 55 m", [f"does: a, takes: 5 m, {HAND}"], []),
        (
            "objectives: {rto: 1 hour}\n  paging: 56 m",
            [f"does: a, takes: 5 m, {HAND}"],
            [
                (
                    "recovery steps",
                    (
                        "the steps take 5 minutes, and people begin 56 m after they are called: 1 hour 1 minute; "
                        "the objective is 1 hour"
                    ),
                )
            ],
        ),
        (
            "objectives: {rto: 15 minutes}\n  paging: 1 m",
            [f"does: a, takes: 5 m, {HAND}"],
            [("step a", "a person does it without a runbook, within a recovery time of 15 minutes")],
        ),
        ("objectives: {rto: 15 minutes}\n  paging: 1 m", [f"does: a, takes: 5 m, {HAND}, runbook: a.md"], []),
        ("objectives: {rto: 4 minutes}\n  paging: 1 m", [f"does: a, takes: 5 m, {HAND}"], []),
        (
            "objectives: {rto: 15 minutes}\n  paging: 11 m",
            [
                "does: a, name: a, takes: 1 m, automatic: true",
                f"does: b, takes: 2 m, after: [a], {HAND}",
                "does: c, takes: 4 m, after: [a], automatic: true",
            ],
            [],
        ),
    ],
)
def test_rec016_people_need_time_to_begin(system: System, recovery: str, bodies: list[str], expected: Found) -> None:
    assert found(system, "REC016", steps(recovery, *bodies)) == expected
