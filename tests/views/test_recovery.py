"""The pictures of recovery: what protects what, what stands ready elsewhere, and the steps."""

from archspec import api
from archspec.renderers import svg
from archspec.views import recovery
from archspec.views.scenes import scenes
from archspec.views.view import Edge, Group, Node, View
from tests.sample import HEADER

NETWORK = """
network:
  subnets: {a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}, b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/24}}
  security_groups: {sg: {}}
"""
STORE = "engine: postgres, class: db.t4g.small, subnets: [a, b], security_groups: [sg]"
HERE = Group("@here", "Region", "region", subtitle="us-east-1")


def _views(text: str) -> tuple[View, View]:
    [scene] = scenes(api.parse(f"{HEADER}{text}").graph)
    protection, steps = recovery.project(scene.graph)
    return protection, steps


def _protection(text: str) -> View:
    return _views(f"{NETWORK}{text}")[0]


def _steps(text: str) -> View:
    return _views(text)[1]


def test_stores_stand_in_their_region_and_lead_to_what_lies_ready_in_another() -> None:
    view = _protection(f"""
data:
  databases:
    db: {{title: Orders, {STORE}, multi_az: true,
         instances: [{{role: primary, az: us-east-1a}}, {{role: standby, az: us-east-1b}}],
         backups: {{every: 1 day, retention: 7 days, point_in_time: true, cross_region: true, copy_every: 1 hour}}}}
  buckets: {{files: {{versioning: true, replication: planned}}, junk: {{}}}}
recovery:
  objectives: {{rto: < 1 hour, rpo: < 5 minutes, region_rto: 1 day}}
  region: eu-central-1
  region_holds: [{{what: Database, holds: [copies of snapshots], covers: [db]}}]
  failover: [{{subject: db, does: promotes the standby, automatic: true, duration: 2 minutes}}]
  copies: [{{what: Code, method: in Git}}, {{what: Snapshots, covers: [db], every: Daily}}]
  strategy: "Backup and restore: nothing runs there; copies are restored"
  drills: [{{every: Quarterly, title: Restore}}]
""")
    dr = "@region-eu-central-1"
    assert view == View(
        name="recovery",
        title="sample: recovery",
        description="Recovery of sample: what protects 1 store; a recovery goes to eu-central-1 when the Region is "
        "lost.",
        layout="flow",
        groups=(
            Group("@here", "Region", "region", subtitle="us-east-1, RTO < 1 hour, RPO < 5 minutes"),
            Group("@instances of db", "Multi-AZ", "alike", "@here"),
            Group("@kept", "Kept beside the backups", "kept"),
            Group(dr, "DR Region", "region", subtitle="eu-central-1, RTO 1 day"),
        ),
        nodes=(
            Node(
                id="db",
                element="db",
                title="Orders",
                kind="postgres",
                parent="@instances of db",
                detail=(
                    "primary in us-east-1a",
                    "backups every 1 day, kept 7 days",
                    "point-in-time recovery",
                    "a bad write loses ≤ 5 minutes",
                ),
            ),
            Node("db/2", "db", "Orders", "postgres", "@instances of db", ("standby in us-east-1b",)),
            Node("files", "files", "files", "bucket", "@here", ("versioned",)),
            Node("@copy@0", "copy Code", "Code", "backup", "@kept", ("in Git",)),
            Node(
                id="@strategy",
                element="recovery strategy",
                title="Backup and restore",
                kind="strategy",
                parent=dr,
                detail=("nothing runs there", "copies are restored"),
            ),
            Node("@standby@0", "standby Database", "Database", "postgres", dr, ("copies of snapshots",)),
            Node(f"files{dr}", "files", "files", "bucket", dr, status="planned"),
        ),
        edges=(
            Edge("db", "db/2", "promotes the standby, 2 minutes"),
            Edge("@instances of db", "@standby@0", "copies of backups, every 1 hour, up to 1 day 1 hour old"),
            Edge("files", f"files{dr}", "replication (planned)", "planned"),
        ),
        hidden=(
            "Not drawn beside the backups that the cards tell of: Snapshots.",
            "Not drawn: Restore.",
            "Not drawn, as nothing is stated that protects what they hold: 1 bucket.",
        ),
    )


def test_a_store_of_which_nothing_is_stated_says_nothing() -> None:
    view = _protection(f"data: {{databases: {{db: {{{STORE}}}}}}}\n")
    assert (view.groups, view.nodes, view.edges, view.hidden) == (
        (HERE,),
        (Node("db", "db", "db", "postgres", "@here"),),
        (),
        (),
    )


def test_a_store_says_where_it_stands_as_far_as_that_is_stated() -> None:
    view = _protection(f"""
data:
  databases:
    both: {{{STORE}, multi_az: true, backups: {{retention: 7 days}}}}
    one: {{{STORE}, instances: [{{role: primary, az: us-east-1a}}]}}
  buckets: {{files: {{versioning: false}}}}
""")
    assert [(node.id, node.detail) for node in view.nodes] == [
        ("both", ("Multi-AZ", "backups kept 7 days")),
        ("one", ("primary in us-east-1a",)),
        ("files", ("not versioned",)),
    ]


def test_what_is_removed_is_not_drawn_and_what_is_planned_says_so() -> None:
    view = _protection(f"""
data:
  databases: {{gone: {{{STORE}, status: removed}}, soon: {{{STORE}, status: planned}}}}
recovery: {{copies: [{{what: Exports, covers: [gone, soon]}}]}}
""")
    assert [(node.id, node.detail, node.status) for node in view.nodes] == [
        ("soon", ("(planned)",), "planned"),
        ("@copy@0", (), "current"),
    ]
    assert view.edges == (Edge("soon", "@copy@0", status="planned"),)


def test_what_people_and_targets_say_stands_on_the_card() -> None:
    view = _protection(f"""
data: {{databases: {{db: {{{STORE}, backups: {{point_in_time: false, restore: 1 hour, manual: weekly,
                                                manual_retention: 30 days}}}}}}}}
recovery:
  targets:
    - {{component: Data, covers: [db], rto: 1 hour, rpo: 1 day, disruptions: [az, region]}}
    - {{component: Cache, covers: [db], not_required: filled again}}
    - {{component: Code, rto: 2 hours, note: built anew}}
  failover: [{{subject: db, does: is built anew, status: planned}}]
""")
    assert [(node.id, node.kind, node.detail) for node in view.nodes] == [
        (
            "db",
            "postgres",
            (
                "no point-in-time recovery",
                "by hand: weekly, kept 30 days",
                "restored in 1 hour",
                "RTO 1 hour, RPO 1 day (az or region)",
                "no objective: filled again",
                "failover by hand: is built anew (planned)",
            ),
        ),
        ("@target@2", "target", ("RTO 2 hours", "built anew")),
    ]


def test_copies_are_joined_to_what_they_are_of() -> None:
    view = _protection(f"""
data: {{databases: {{db: {{{STORE}}}}}}}
delivery: {{registries: {{images: {{replication: true}}}}}}
recovery:
  copies:
    - {{what: Exports, covers: [db], method: to S3, every: Weekly, retention: 1 year, status: planned}}
    - {{what: Images, covers: [images], method: replicated}}
    - {{what: Old, covers: [db], status: removed}}
""")
    elsewhere = "@region-another Region"
    assert (view.groups[1:], view.nodes[1:], view.edges) == (
        (Group("@kept", "Kept beside the backups", "kept"), Group(elsewhere, "Another Region", "region")),
        (
            Node("images", "images", "images", "registry", "@here", ("Images: replicated",)),
            Node(
                id="@copy@0",
                element="copy Exports",
                title="Exports",
                kind="backup",
                parent="@kept",
                detail=("to S3", "Weekly; retention: 1 year", "(planned)"),
                status="planned",
            ),
            Node(f"images{elsewhere}", "images", "images", "registry", elsewhere),
        ),
        (Edge("db", "@copy@0", status="planned"), Edge("images", f"images{elsewhere}", "replication")),
    )


def test_a_replica_in_another_region_stands_in_a_frame_of_its_own() -> None:
    view = _protection(f"""
data: {{databases: {{db: {{{STORE}, distant_replicas: [{{region: eu-west-1, lag: 1 minute}}]}}}}}}
recovery: {{region: eu-central-1}}
""")
    assert view.groups == (HERE, Group("@region-eu-west-1", "Region", "region", subtitle="eu-west-1"))
    assert view.edges == (Edge("db", "db@region-eu-west-1", "replication, 1 minute behind"),)


def test_stores_that_are_copied_alike_share_a_frame_and_an_arrow() -> None:
    view = _protection(f"""
data: {{databases: {{one: {{{STORE}}}, two: {{{STORE}}}}}}}
recovery: {{region: eu-west-1, region_holds: [{{what: RDS, covers: [one, two]}}]}}
""")
    assert view.groups[-1] == Group("@with one", "RDS", "alike", "@here")
    assert [node.parent for node in view.nodes] == ["@with one", "@with one", "@region-eu-west-1"]
    assert view.edges == (Edge("@with one", "@standby@0"),)


def test_each_environment_has_its_own_stores() -> None:
    text = f"environments: {{one: {{}}, two: {{}}}}\n{NETWORK}data: {{databases: {{db: {{{STORE}}}}}}}\n"
    found = [(scene.environment, [*recovery.project(scene.graph)]) for scene in scenes(api.parse(HEADER + text).graph)]
    assert [(name, [node.id for node in view.nodes]) for name, (view, _) in found] == [
        ("one", ["one/db"]),
        ("two", ["two/db"]),
    ]


def test_without_stores_and_steps_there_are_no_pictures() -> None:
    assert [view.nodes for view in _views("")] == [(), ()]


STEPS = """
recovery:
  objectives: {rto: 15 minutes}
  total: ~10 minutes
  steps:
    - {does: notice it}
    - {does: restore the database, name: database, takes: ~10 minutes, group: restore, automatic: true}
    - {does: restore the cache, takes: 4-5 minutes, group: restore, automatic: false, owner: data team}
    - {does: switch DNS, takes: 1 minute, after: [restore]}
"""


def test_steps_are_a_chain_and_those_of_a_group_stand_beside_each_other() -> None:
    assert _steps(STEPS) == View(
        name="recovery-steps",
        title="sample: recovery, step by step",
        description="Recovery of sample: 4 steps, 11 minutes together.",
        layout="flow",
        groups=(Group("@group@1", "restore", "steps", subtitle="beside each other"),),
        nodes=(
            Node("@step@0", "step notice it", "Step 1", "step", detail=("notice it",)),
            Node(
                id="@step@1",
                element="step database",
                title="2a. database",
                kind="step",
                parent="@group@1",
                detail=("restore the database", "~10 minutes", "by itself"),
            ),
            Node(
                id="@step@2",
                element="step restore the cache",
                title="Step 2b",
                kind="step",
                parent="@group@1",
                detail=("restore the cache", "4-5 minutes, slack 5 minutes", "by hand, data team"),
            ),
            Node("@step@3", "step switch DNS", "Step 3", "step", detail=("switch DNS", "1 minute")),
            Node(
                id="@recovered",
                element="recovery steps",
                title="Back after 11 minutes",
                kind="recovered",
                detail=("longest way: 2a, 3", "stated: ~10 minutes", "RTO 15 minutes: met"),
            ),
        ),
        edges=(
            Edge("@step@0", "@group@1"),
            Edge("@group@1", "@step@3", "after 10 minutes"),
            Edge("@step@3", "@recovered"),
        ),
        hidden=("It is not stated how long step 1 may take: counted as nothing.",),
    )


def test_a_step_that_waits_for_one_of_a_group_is_joined_to_it_alone() -> None:
    view = _steps("""
recovery:
  steps:
    - {does: a, name: a, group: both}
    - {does: b, name: b, group: both}
    - {does: c, after: [a]}
""")
    assert view.edges == (Edge("@step@0", "@step@2"),)


def test_steps_of_unknown_length_add_up_to_nothing() -> None:
    view = _steps("recovery: {total: 1 hour, steps: [{does: a}, {does: b}]}\n")
    assert [node.id for node in view.nodes] == ["@step@0", "@step@1"]
    assert (view.edges, view.description) == ((Edge("@step@0", "@step@1"),), "Recovery of sample: 2 steps.")


def test_a_circle_of_steps_is_drawn() -> None:
    view = _steps("recovery: {steps: [{does: a, name: a, after: [b]}, {does: b, name: b, after: [a]}]}\n")
    assert view.edges == (Edge("@step@1", "@step@0"), Edge("@step@0", "@step@1"))


def test_a_hostile_name_is_text() -> None:
    text = """recovery: {steps: [{does: "</text><script>x"}], copies: [{what: "<script>", method: "<script>"}]}\n"""
    for view in _views(text):
        assert "<script" not in svg.render(view).decode()
