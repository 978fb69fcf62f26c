"""Who keeps what: stores, caches, buckets and proxies, who uses them, and where their copies go."""

from archspec.api import parse
from archspec.views import data, project
from archspec.views.view import Edge, Group, Node, View
from tests.sample import HEADER

NETWORK = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
"""
PLACE = "subnets: [a, b], security_groups: [sg]"


def drawn(text: str, compute: str = "") -> View:
    services = f"compute: {compute}\n" if compute else ""
    [view] = data.project(parse(HEADER + NETWORK + services + text).graph)
    return view


def databases(*entries: str) -> str:
    return "data:\n  databases:\n" + "".join(f"    {entry[:-1]}, {PLACE}}}\n" for entry in entries)


def lines(store: str) -> tuple[str, ...]:
    return drawn(databases(f"db: {{engine: postgres, {store}}}")).nodes[0].detail


def test_a_store_stands_with_its_copies_its_clients_and_another_region() -> None:
    store = (
        "db: {engine: aurora-mysql, engine_version: '8.0', class: db.r6g.large, multi_az: true, encrypted: true,"
        " instances: [{role: primary, az: us-east-1a}, {role: reader, az: us-east-1b, class: db.r6g.large},"
        " {role: replica, status: planned}], backups: {every: 1 day, retention: 7 days, cross_region: true}}"
    )
    flows = "flows: [{web -> db: 3306 MySQL (orders)}, {job -> db: 3306 MySQL}]\nrecovery: {region: us-west-2}\n"
    service = f"{{cluster: ecs, {PLACE}}}"
    compute = f"{{clusters: {{ecs: {{title: ECS}}}}, services: {{web: {service}, job: {service}}}}}"
    assert drawn(databases(store) + flows, compute) == View(
        name="data",
        title="sample: data",
        description="Data of sample: 1 database, and who uses them.",
        layout="flow",
        groups=(Group("ecs@services", "ECS", "cluster"), Group("@aurora", "Amazon Aurora", "aurora")),
        nodes=(
            Node("web", "web", "web", "service", "ecs@services"),
            Node("job", "job", "job", "service", "ecs@services"),
            Node("db", "db", "db", "aurora", "@aurora", (
                "Aurora MySQL 8.0", "db.r6g.large", "Multi-AZ, primary in us-east-1a", "encrypted",
                "backups every 1 day, kept 7 days",
            )),
            Node("db@2", "db", "db, reader", "aurora", "@aurora", ("in us-east-1b", "db.r6g.large")),
            Node("db@3", "db", "db, replica", "aurora", "@aurora", ("(planned)",), status="planned"),
            Node("@region-us-west-2", "us-west-2", "Region us-west-2", "backup"),
        ),
        edges=(
            Edge("web", "db", "MySQL (orders)"),
            Edge("job", "db", "MySQL"),
            Edge("db", "db@2", "replication"),
            Edge("db", "db@3", "replication (planned)", "planned"),
            Edge("db", "@region-us-west-2", "copies of backups, every 1 day"),
        ),
    )  # fmt: skip


def test_what_nobody_states_is_not_said() -> None:
    assert lines("note: ''") == ("PostgreSQL",)


def test_what_is_stated_against_a_store_is_said_too() -> None:
    assert lines("encrypted: false, tls: false, instances: [{role: primary, az: us-east-1a}]") == (
        "PostgreSQL",
        "Single-AZ, single instance",
        "not encrypted, no TLS",
    )


def test_a_store_says_what_it_is_for_and_how_large_and_how_it_is_kept() -> None:
    store = (
        "note: Orders, record_of: [orders, bills], classification: restricted, class: db.serverless, storage: 20 GB,"
        " capacity: {min: 0.5, max: 8}, backups: {window: 3 AM UTC, point_in_time: true}, logs: [error, slowquery]"
    )
    assert lines(store) == (
        "Orders",
        "record of orders and bills",
        "restricted data",
        "PostgreSQL",
        "db.serverless, 0.5-8 ACU, 20 GB",
        "backups, at 3 AM UTC, point in time",
        "logs: error, slowquery",
    )


def test_a_long_note_is_left_to_the_document() -> None:
    assert lines(f"note: {'long ' * 20}") == ("PostgreSQL",)


def test_a_store_of_which_none_is_the_primary_is_one_node() -> None:
    view = drawn(databases("db: {engine: docdb, instances: [{role: replica}, {role: replica}]}"))
    assert ([node.id for node in view.nodes], view.edges, view.groups) == (["db"], (), ())


def test_a_proxy_stands_before_its_database() -> None:
    proxy = (
        f"  proxies: {{pool: {{target: db, {PLACE}, tls: true, iam_auth: false, note: Pools connections,"
        " pool: {max: 100%, idle: 50%, timeout: 2 minutes}}}\n"
    )
    view = drawn(databases("db: {engine: postgres}") + proxy)
    assert view.nodes[1].detail == (
        "Pools connections",
        "PostgreSQL",
        "connections 100%, idle 50%, timeout 2 minutes",
        "TLS required",
        "no IAM sign-in",
    )
    assert view.edges == (Edge("pool", "db"),)


def test_a_bucket_says_how_it_is_kept_and_who_uses_it() -> None:
    text = (
        "data: {buckets: {files: {encryption: sse-kms, key: cmk, versioning: true, lifecycle: 90 days, public: true,"
        " readers: [web], writers: [web, job]}, logs: {}}}\n"
        "security: {keys: {cmk: {title: Main key}}}\n"
        "edge: {distributions: {cdn: {origins: [files]}}}\n"
        "delivery: {pipelines: {ci: {artifacts: logs}}}\n"
    )
    view = drawn(text, f"{{services: {{web: {{{PLACE}}}, job: {{{PLACE}}}}}}}")
    assert [node.detail for node in view.nodes if node.kind == "bucket"] == [
        ("SSE-KMS with Main key", "versioned", "lifecycle: 90 days", "public"),
        (),
    ]
    assert view.edges == (
        Edge("web", "files", "reads, writes"),
        Edge("job", "files", "writes"),
        Edge("cdn", "files", "origin"),
        Edge("ci", "logs", "artifacts"),
    )


def test_a_flow_says_more_than_a_setting() -> None:
    text = "data: {buckets: {files: {}}}\nedge: {distributions: {cdn: {origins: [files]}}}\n"
    assert drawn(f"{text}flows: [cdn -> files: 443 HTTPS]\n").edges == (Edge("cdn", "files", "HTTPS"),)


def test_a_cache_is_filled_from_what_it_is_rebuilt_from() -> None:
    cache = f"  caches: {{cache: {{engine: redis, rebuild_from: db, {PLACE}}}}}\n"
    assert drawn(databases("db: {engine: postgres}") + cache).edges == (Edge("db", "cache", "rebuilt from it"),)


def test_what_is_kept_to_recover_from_stands_beside_its_stores() -> None:
    text = databases("db: {engine: postgres, backups: {every: 1 day, cross_region: true}}", "other: {engine: mysql}")
    copies = (
        "recovery:\n  copies:\n"
        "    - {what: Snapshots, covers: [db], method: automated, every: Daily, retention: 7 days}\n"
        "    - {what: Dumps, covers: [other, db], status: planned}\n"
        "    - {what: Code, method: in Git}\n"
    )
    view = drawn(text + copies)
    assert view.nodes[2:] == (
        Node("@copy-0", "", "Snapshots", "backup", "@copies", ("automated", "Daily", "kept 7 days")),
        Node("@copy-1", "", "Dumps", "backup", "@copies", ("(planned)",), status="planned"),
        Node("@region-another Region", "another Region", "Another Region", "backup"),
    )
    assert view.edges == (
        Edge("db", "@copy-0"),
        Edge("other", "@copy-1", status="planned"),
        Edge("db", "@copy-1", status="planned"),
        Edge("@copy-0", "@region-another Region", "copies of backups, every 1 day"),
    )
    assert view.hidden == ("1 copy of what keeps no data is not drawn.",)


def test_replicas_in_other_regions_are_drawn_there() -> None:
    replicas = "distant_replicas: [{region: eu-west-1, lag: 5 seconds}, {region: us-west-2, status: planned}]"
    view = drawn(databases(f"db: {{engine: postgres, {replicas}}}"))
    assert view.edges == (
        Edge("db", "@region-eu-west-1", "replication, 5 seconds behind"),
        Edge("db", "@region-us-west-2", "replication (planned)", "planned"),
    )


def test_the_region_that_a_recovery_goes_to_says_what_of_the_data_is_ready_there() -> None:
    recovery = (
        "recovery:\n  region: us-west-2\n  region_holds:\n"
        "    - {what: RDS, holds: [snapshots, a subnet group], covers: [db]}\n    - {what: Images, holds: [ECR]}\n"
    )
    view = drawn(databases("db: {engine: postgres, backups: {cross_region: planned}}") + recovery)
    assert view.nodes[-1].detail == ("RDS: snapshots, a subnet group",)
    assert view.edges == (Edge("db", "@region-us-west-2", "copies of backups (planned)", "planned"),)


def test_a_region_without_a_name_says_what_is_ready_there_as_well() -> None:
    recovery = "recovery: {region_holds: [{what: RDS, holds: [snapshots], covers: [db]}]}\n"
    view = drawn(databases("db: {engine: postgres, backups: {cross_region: true}}") + recovery)
    assert (view.nodes[-1].title, view.nodes[-1].detail) == ("Another Region", ("RDS: snapshots",))


def test_removed_things_are_not_drawn_and_planned_ones_say_so() -> None:
    text = databases("db: {engine: postgres, status: planned}", "old: {engine: mysql, status: removed}")
    view = drawn(f"{text}flows: [web -> db: 5432, web -> old: 3306]\n", f"{{services: {{web: {{{PLACE}}}}}}}")
    assert [(node.id, node.detail, node.status) for node in view.nodes] == [
        ("web", (), "current"),
        ("db", ("PostgreSQL", "(planned)"), "planned"),
    ]
    assert view.edges == (Edge("web", "db", "5432", "planned"),)


def test_a_cluster_that_uses_data_as_a_whole_is_one_node() -> None:
    compute = f"{{clusters: {{ecs: {{}}}}, services: {{web: {{cluster: ecs, {PLACE}}}}}}}"
    view = drawn(databases("db: {engine: postgres}") + "flows: [ecs -> db: 5432 PostgreSQL]\n", compute)
    assert (view.nodes[0].id, view.groups) == ("ecs", ())


def test_an_architecture_that_keeps_nothing_has_no_picture() -> None:
    assert drawn("").nodes == ()


def test_every_environment_shows_what_it_keeps_and_what_all_share() -> None:
    text = (
        "environments: {beta: {}, live: {}}\nshared: {data: {buckets: {files: {readers: [beta/web]}}}}\n"
        f"data: {{databases: {{db: {{engine: postgres, {PLACE}}}}}}}\ncompute: {{services: {{web: {{{PLACE}}}}}}}\n"
        "flows: [web -> db: 5432 PostgreSQL]\n"
    )
    views = {view.name: view for view in project(parse(HEADER + NETWORK + text).graph) if view.name.startswith("data")}
    assert [node.id for node in views["data-beta"].nodes] == ["beta/web", "beta/db", "files"]
    assert [node.id for node in views["data-live"].nodes] == ["live/web", "live/db", "files"]
    assert [edge.source for edge in views["data-live"].edges] == ["live/web"]


def test_text_of_a_spec_is_shown_as_it_is_written() -> None:
    view = drawn(databases("db: {engine: postgres, title: '<script>alert(1)</script>', note: \"</svg>\\n]]>\"}"))
    assert (view.nodes[0].title, view.nodes[0].detail[0]) == ("<script>alert(1)</script>", "</svg>\n]]>")
