"""What the samples on the pages of the data rules leave open: unknowns, exposure, limits."""

from collections.abc import Callable

import pytest

from archspec import api
from archspec.findings import Finding, Severity

System = Callable[[str], api.System]
Found = list[tuple[str, str]]

NETWORK = """\
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    public-b: {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}
    data-a:   {az: us-east-1a, tier: data,   cidr: 10.0.3.0/24}
    data-b:   {az: us-east-1b, tier: data,   cidr: 10.0.4.0/24}
  security_groups:
    sg: {}
    world: {ingress: [{from: internet, port: 5432}]}
"""
PLACED = "subnets: [data-a, data-b], security_groups: [sg]"
OPEN = "public: true, subnets: [public-a, public-b], security_groups: [world]"
UNTOLD = "is not stated, so this cannot be told"
KEYS = "security: {keys: {one: {rotation: true}, later: {status: planned}}}\n"


def check(system: System, rule: str, text: str) -> tuple[Finding, ...]:
    return api.check(system(text), select=(rule,)).findings


def found(system: System, rule: str, text: str) -> Found:
    return [(one.subject, f"{one.outcome}: {one.message}") for one in check(system, rule, text)]


def database(body: str = "", placed: str = PLACED) -> str:
    return f"{NETWORK}data:\n  databases: {{db: {{engine: postgres, {placed}{', ' if body else ''}{body}}}}}\n"


def cache(body: str) -> str:
    return f"{NETWORK}data:\n  caches: {{redis: {{engine: valkey, {PLACED}, {body}}}}}\n"


def bucket(body: str) -> str:
    return f"data: {{buckets: {{files: {{{body}}}}}}}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (database(), [("db", "unknown: db: 'db.encrypted' is not stated, so this cannot be told")]),
        (database("encrypted: true"), []),
        (cache("serverless: true"), []),
        (bucket(""), []),
        (bucket("encryption: none"), [("files", "fail: files is not encrypted")]),
        (database("encrypted: true, key: later") + KEYS, [("db", "fail: later, the key of db, is planned")]),
        (database("encrypted: true, key: one, classification: restricted") + KEYS, []),
        (
            bucket("encryption: sse-kms, classification: confidential"),
            [("files", "fail: files is confidential, and not encrypted with a key of its own")],
        ),
        (bucket("encryption: sse-s3, classification: internal"), []),
        (database("encrypted: false, status: planned"), []),
    ],
)
def test_dat002_a_store_is_encrypted_as_its_class_asks(system: System, text: str, expected: Found) -> None:
    assert found(system, "DAT002", text) == expected


@pytest.mark.parametrize("rule", ["DAT002", "DAT003"])
def test_a_store_that_everybody_reaches_is_worse_at_every_stage(system: System, rule: str) -> None:
    body = "encrypted: false, tls: false"
    hidden = check(system, rule, "stage: development\n" + database(body))
    exposed = check(system, rule, "stage: development\n" + database(body, OPEN))

    assert hidden[0].severity < Severity.ERROR
    assert exposed[0].severity == Severity.ERROR


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (database(), [("db", "unknown: db: 'db.tls' is not stated, so this cannot be told")]),
        (bucket(""), [("files", "unknown: files: 'files.tls_only' is not stated, so this cannot be told")]),
        (cache("serverless: true"), []),
        (
            database("tls: true") + f"  proxies: {{proxy: {{target: db, {PLACED}, tls: false}}}}\n",
            [("proxy", "fail: proxy takes connections that are not encrypted")],
        ),
    ],
)
def test_dat003_a_store_refuses_what_is_not_encrypted(system: System, text: str, expected: Found) -> None:
    assert found(system, "DAT003", text) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", "unknown"),
        ("deletion_protection: true", ""),
        ("deletion_protection: true, final_snapshot: true", ""),
        ("deletion_protection: true, final_snapshot: false", "fail"),
        ("final_snapshot: false", "fail"),
    ],
)
def test_dat004_a_database_is_not_deleted_by_one_command(system: System, body: str, expected: str) -> None:
    assert [one.outcome for one in check(system, "DAT004", database(body))] == ([expected] if expected else [])


SECRETS = "security: {secrets: {one: {}, later: {status: planned}}}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (database(), [("db", "unknown: db: 'db.credentials' is not stated, so this cannot be told")]),
        (database("iam_auth: false"), [("db", "unknown: db: 'db.credentials' is not stated, so this cannot be told")]),
        (database("iam_auth: true"), []),
        (database("credentials: [later, one]") + SECRETS, []),
        (cache("auth: token"), []),
        (cache("multi_az: true"), [("redis", "unknown: redis: 'redis.auth' is not stated, so this cannot be told")]),
        (
            cache("auth: token, credentials: [later]") + SECRETS,
            [("redis", "fail: what opens redis is kept in later, which is not there today")],
        ),
    ],
)
def test_dat005_clients_prove_who_they_are(system: System, text: str, expected: Found) -> None:
    assert found(system, "DAT005", text) == expected


@pytest.mark.parametrize(
    ("body", "fails"),
    [("", False), ("public: false", False), ("public_access_block: true, public: true", True),
     ("readers: [internet]", True), ("public: true, status: planned", False)],
)  # fmt: skip
def test_dat006_a_bucket_is_not_public_unless_it_says_so(system: System, body: str, *, fails: bool) -> None:
    assert bool(check(system, "DAT006", bucket(body))) is fails


FLOW_LOGS = "observability: {flow_logs: {packets: {bucket: files}}}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (bucket("lifecycle: 1 day"), [("files", f"unknown: files: 'files.versioning' {UNTOLD}")]),
        (bucket("versioning: true, lifecycle: 30 days"), []),
        (bucket("lifecycle: 30 days") + FLOW_LOGS, []),
        (bucket("") + FLOW_LOGS, [("files", "fail: files keeps all its logs for ever: no lifecycle rule removes any")]),
    ],
)  # fmt: skip
def test_dat007_a_bucket_of_logs_needs_no_versions(system: System, text: str, expected: Found) -> None:
    assert found(system, "DAT007", text) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", "unknown: jobs: 'jobs.encryption' is not stated, so this cannot be told"),
        ("encryption: sse-sqs", ""),
        ("key: one", ""),
        ("key: later", "fail: later, the key of jobs, is planned"),
        ("key: one, encryption: none", "fail: jobs is not encrypted"),
        ("classification: restricted", "fail: jobs is restricted, and not encrypted with a key of its own"),
        ("status: planned, encryption: none", ""),
    ],
)
def test_dat008_messages_are_encrypted_as_their_class_asks(system: System, body: str, expected: str) -> None:
    text = f"messaging: {{queues: {{jobs: {{{body}}}}}}}\n{KEYS}"

    assert found(system, "DAT008", text) == ([("jobs", expected)] if expected else [])


def test_dat009_environments_keep_records_of_their_own(system: System) -> None:
    text = (
        "environments: {blue: {}, green: {}}\n"
        "data: {buckets: {files: {record_of: [user profiles]}}}\n"
        "messaging: {queues: {jobs: {copy_of: [user profiles]}}}\n"
    )

    assert found(system, "DAT009", text) == []


def test_dat009_a_queue_alone_keeps_nothing(system: System) -> None:
    assert found(system, "DAT009", "messaging: {queues: {jobs: {copy_of: [orders]}}}\n") == [
        ("orders", "fail: jobs keeps a copy of orders, and nothing keeps the record")
    ]


def test_dat009_a_record_that_is_planned_is_none(system: System) -> None:
    text = "data: {buckets: {old: {copy_of: [orders]}, new: {record_of: [orders], status: planned}}}\n"

    assert found(system, "DAT009", text) == [
        ("orders", "fail: old keeps a copy of orders, and nothing keeps the record")
    ]


def shared(owners: str, *flows: str) -> str:
    services = "".join(f"    {id_}: {{cluster: ecs, {PLACED}}}\n" for id_ in ("shop", "billing"))
    text = database(owners) + f"  proxies: {{proxy: {{target: db, {PLACED}}}}}\n"
    text += f"compute:\n  clusters: {{ecs: {{}}}}\n  services:\n{services}"
    return text + "flows:\n" + "".join(f"  - {flow}: 5432 PostgreSQL\n" for flow in flows)


@pytest.mark.parametrize(
    ("owners", "flows", "expected"),
    [
        ("", ("shop -> db",), []),
        ("", ("ecs -> db",), [("db", "unknown: db: 'db.owners' is not stated, so this cannot be told")]),
        ("owners: [ecs]", ("ecs -> db",), []),
        ("owners: [shop]", ("ecs -> db",), [("db", "fail: billing connects to db, which belongs to shop")]),
        (
            "owners: [shop]",
            ("shop -> proxy", "billing -> proxy", "proxy -> db"),
            [("db", "fail: billing connects to db, which belongs to shop")],
        ),
    ],
)
def test_dat010_others_than_its_owners_leave_a_database_alone(
    system: System, owners: str, flows: tuple[str, ...], expected: Found
) -> None:
    assert found(system, "DAT010", shared(owners, *flows)) == expected


@pytest.mark.parametrize(
    ("queue", "expected"),
    [
        ("{topic: told}", ["unknown: bucket -> told 443: 'jobs.classification' is not stated, so this cannot be told"]),
        ("{topic: told, classification: restricted}", []),
        (
            "{topic: told, classification: internal}",
            ["fail: bucket -> told 443 brings restricted data to jobs, which is internal"],
        ),
        ("{topic: told, classification: internal, status: planned}", []),
    ],
)
def test_dat011_a_topic_hands_on_to_its_queues(system: System, queue: str, expected: list[str]) -> None:
    text = (
        f"messaging: {{topics: {{told: {{}}}}, queues: {{jobs: {queue}}}}}\n"
        "data: {buckets: {bucket: {}}}\n"
        "flows: [{bucket -> told: 443 HTTPS, carries: restricted}]\n"
    )

    unrated = "unknown: bucket -> told 443: 'told.classification' is not stated, so this cannot be told"
    texts = [message for _, message in found(system, "DAT011", text)]
    assert sorted(texts) == sorted([*expected, unrated])


def test_dat011_queues_that_hand_on_to_each_other_end(system: System) -> None:
    queues = "one: {dead_letter: two, classification: internal}, two: {dead_letter: one}"

    assert found(system, "DAT011", f"messaging: {{queues: {{{queues}}}}}\n") == [
        ("one", "unknown: one: 'two.classification' is not stated, so this cannot be told")
    ]


@pytest.mark.parametrize(
    ("body", "recovery", "expected"),
    [
        ("backups: {every: 1 day, cross_region: true}", "", [f"unknown: db: 'recovery.region' {UNTOLD}"]),
        ("backups: {every: 1 day, cross_region: planned}", "recovery: {region: us-west-2}\n", []),
        ("backups: {every: 1 day, cross_region: true}", "recovery: {region: us-west-2}\n",
         ["fail: there are backups of db in us-west-2, and its data may be in us-east-1 only"]),
        ("distant_replicas: [{region: eu-west-1}, {region: eu-west-2, status: planned}]", "",
         ["fail: there is a replica of db in eu-west-1, and its data may be in us-east-1 only"]),
    ],
)  # fmt: skip
def test_dat012_copies_of_data_stay_where_it_may_be(
    system: System, body: str, recovery: str, expected: list[str]
) -> None:
    text = database(f"residency: [us-east-1], {body}") + recovery

    assert [message for _, message in found(system, "DAT012", text)] == expected


def test_dat012_a_store_that_does_not_say_where_its_data_may_be_is_not_judged(system: System) -> None:
    text = database("backups: {every: 1 day, cross_region: true}") + "recovery: {region: us-west-2}\n"

    assert found(system, "DAT012", text) == []
