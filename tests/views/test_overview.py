"""The whole system on one page: what stands in it, what is drawn as one, what leads where."""

from hypothesis import given, settings
from hypothesis import strategies as st

from archspec.api import parse
from archspec.views import overview, project
from archspec.views.overview.tiles import MOST
from archspec.views.view import Edge, Group, Node, View
from tests.sample import HEADER

PLACE = "subnets: [a], security_groups: [sg]"
NETWORK = """
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
"""


def drawn(text: str = "", network: str = "") -> View:
    [view] = overview.project(parse(f"{HEADER}network:{NETWORK}{network}{text}").graph)
    return view


def ends(view: View) -> list[tuple[str, str, str]]:
    return [(edge.source, edge.target, edge.label) for edge in view.edges]


SYSTEM = f"""
  load_balancers:
    alb: {{scheme: internet-facing, {PLACE}, listeners: [{{port: 443, protocol: HTTPS, forward: web}}]}}
compute:
  clusters: {{ecs: {{title: ECS}}}}
  services:
    web: {{cluster: ecs, desired: 2, cpu: 256, memory: 512 MB, {PLACE}}}
    job: {{cluster: ecs, cpu: 256, memory: 512 MB, scaling: {{min: 1, max: 4}}, {PLACE}}}
data:
  databases: {{db: {{engine: postgres, engine_version: "16", class: db.t4g.small, multi_az: true, {PLACE}}}}}
messaging: {{queues: {{jobs: {{producers: [web], consumers: [job]}}, failed: {{}}}}}}
security: {{secret_stores: {{vault: {{title: Secrets Manager}}}}, secrets: {{password: {{store: vault}}}}}}
external: {{actors: {{user: {{title: User}}}}, systems: {{mail: {{title: Mail}}}}}}
flows:
  - internet -> alb: 443 HTTPS
  - alb -> web: 80 HTTP
  - web -> db: 5432 PostgreSQL
  - job -> db: 5432 PostgreSQL
  - {{from: job, to: mail, port: 25, protocol: SMTP, status: planned}}
"""


def test_the_system_stands_in_its_frames_with_clusters_and_many_of_a_kind_as_one() -> None:
    assert drawn(SYSTEM) == View(
        name="overview",
        title="sample: overview",
        description="Overview of sample in us-east-1: 1 load balancer, 1 cluster, 1 database, 2 queues, "
        "1 secret store, 1 actor and 1 system.",
        layout="placement",
        groups=(
            Group("aws/cloud", "AWS Cloud", "cloud"),
            Group("aws/region", "Region", "region", "aws/cloud", "us-east-1"),
            Group("main", "VPC main", "vpc", "aws/region", "10.0.0.0/16"),
        ),
        nodes=(
            Node("internet", "internet", "Internet", "internet"),
            Node("alb", "alb", "alb", "application_load_balancer", "main", (
                "internet facing, in 1 private subnet", "443 HTTPS",
            )),
            Node("ecs", "ecs", "ECS", "cluster", "main", ("web, 2 tasks", "job, 1-4 tasks", "each 0.25 vCPU, 512 MB"),
                 members=("web", "job")),
            Node("db", "db", "db", "postgres", "main", ("PostgreSQL 16", "db.t4g.small", "Multi-AZ")),
            Node("@@messaging queue current", "@@messaging queue current", "2 queues", "queue", "aws/region", (
                "jobs", "failed",
            ), members=("jobs", "failed")),
            Node("vault", "vault", "Secrets Manager", "secret_store", "aws/region", ("password",)),
            Node("user", "user", "User", "actor"),
            Node("mail", "mail", "Mail", "system"),
        ),
        edges=(
            Edge("internet", "alb", "HTTPS"),
            Edge("alb", "ecs", "HTTP"),
            Edge("ecs", "db", "PostgreSQL"),
            Edge("ecs", "mail", "SMTP", "planned"),
            Edge("ecs", "@@messaging queue current", "sends"),
            Edge("@@messaging queue current", "ecs"),
        ),
        hidden=(
            "Drawn as one: 2 queues.",
            "Not drawn: 1 subnet, 1 route table, 1 security group and 1 secret.",
        ),
    )  # fmt: skip


def test_an_architecture_without_anything_to_show_has_no_overview() -> None:
    [view] = overview.project(parse(HEADER).graph)
    assert (view.nodes, view.groups, view.hidden) == ((), (), ())


def test_many_of_a_kind_are_one_node_that_names_some() -> None:
    buckets = ", ".join(f"b{number}: {{}}" for number in range(7))
    view = drawn(f"data: {{buckets: {{{buckets}}}}}")
    assert [(node.title, node.detail) for node in view.nodes] == [("7 buckets", ("b0", "b1", "b2", "and 4 more"))]


def test_what_is_planned_is_not_counted_with_what_is_there() -> None:
    view = drawn("security: {keys: {a1: {}, b1: {}, c1: {status: planned}, d1: {status: removed}}}")
    assert [(node.title, node.detail, node.status) for node in view.nodes] == [
        ("2 KMS keys", ("a1", "b1"), "current"),
        ("c1", ("(planned)",), "planned"),
    ]


def test_databases_that_are_one_node_say_their_engine_and_classes() -> None:
    stores = ", ".join(
        f"d{n}: {{engine: mysql, class: db.t4g.{size}, {PLACE}}}" for n, size in enumerate(["micro", "small"] * 2)
    )
    [node] = drawn(f"data: {{databases: {{{stores}}}}}").nodes
    assert (node.title, node.detail) == ("4 MySQL databases", ("d0", "d1", "d2", "d3", "db.t4g.micro, db.t4g.small"))


def test_a_pair_has_one_arrow_that_says_what_of_it_is_not_there_today() -> None:
    view = drawn(
        "flows: [internet -> alb: 80 HTTP, internet -> alb: 8080 HTTP,"
        " {from: internet, to: alb, port: 443, protocol: HTTPS, status: planned}]",
        f"  load_balancers: {{alb: {{{PLACE}}}}}\n",
    )
    assert view.edges == (Edge("internet", "alb", "HTTP, HTTPS (planned)"),)


def test_what_leaves_by_nat_gateways_leads_to_them() -> None:
    network = """
  internet_gateways: {igw: {}}
  nat_gateways: {nat: {subnet: a}}
  route_tables: {rt: {subnets: [a], routes: [{destination: 0.0.0.0/0, target: nat}]}}
"""
    text = f"compute: {{services: {{web: {{{PLACE}}}}}}}\nflows: [web -> internet: 443 HTTPS, web -> internet: all]"
    assert ends(drawn(text, network)) == [("web", "nat", "HTTPS to the internet, to the internet")]


def test_what_stands_before_a_system_leads_to_it() -> None:
    network = f"  load_balancers: {{alb: {{{PLACE}}}}}\n"
    text = """
edge:
  zones: {dns: {domain: example.com, records: [{name: example.com, target: alb}]}}
  web_acls: {waf: {protects: [alb], rules: [{name: Limit, limit: 2000}, {name: Core, note: Core rules}]}}
  distributions: {cdn: {aliases: [cdn.example.com], origins: [alb]}}
"""
    view = drawn(text, network)
    assert ends(view) == [("dns", "alb", ""), ("waf", "alb", "protects"), ("cdn", "alb", "origin")]
    assert [(node.id, node.parent, node.detail) for node in view.nodes[1:]] == [
        ("cdn", "aws/cloud", ("cdn.example.com",)),
        ("dns", "aws/cloud", ("example.com",)),
        ("waf", "aws/region", ("Limit", "Core rules")),
    ]


def test_topics_and_pipelines_lead_on() -> None:
    text = f"""
compute: {{clusters: {{ecs: {{}}}}, services: {{web: {{cluster: ecs, registry: images, {PLACE}}}}}}}
messaging: {{topics: {{news: {{publishers: [web]}}}}, queues: {{mails: {{topic: news, consumers: [web]}}}}}}
delivery:
  repositories: {{code: {{}}}}
  registries: {{images: {{}}}}
  pipelines:
    ci: {{source: code, trigger: push, stages: [{{name: Build, uses: [code, images]}}, {{name: Go, uses: [ecs]}}]}}
"""
    assert ends(drawn(text)) == [
        ("ecs", "news", "publishes"),
        ("news", "mails", ""),
        ("mails", "ecs", ""),
        ("code", "ci", "push"),
        ("ci", "images", ""),
        ("ci", "ecs", ""),
        ("images", "ecs", "images"),
    ]


def test_journeys_join_what_nothing_else_does() -> None:
    text = """
external: {actors: {user: {}}}
flows: [internet -> alb: 443 HTTPS]
edge: {zones: {dns: {}}}
journeys:
  - {title: Ask, steps: [user -> dns: asks, dns -> alb: answers, internet -> alb: asks, alb -> user: answers]}
  - {title: Gone, status: removed, steps: [user -> alb]}
"""
    view = drawn(text, f"  load_balancers: {{alb: {{{PLACE}}}}}\n")
    assert ends(view) == [("internet", "alb", "HTTPS"), ("user", "dns", ""), ("dns", "alb", "")]


def test_copies_lead_to_the_region_that_keeps_them() -> None:
    text = f"""
data: {{databases: {{db: {{engine: mysql, {PLACE}, backups: {{every: 1 day, cross_region: true}}}}}}}}
recovery: {{region: us-west-2, region_holds: [{{what: Images}}, {{what: Backups}}]}}
"""
    view = drawn(text)
    assert view.nodes[0] == Node(
        "@region-us-west-2", "us-west-2", "Region us-west-2", "backup", "aws/cloud", ("holds Images and Backups",)
    )
    assert ends(view) == [("db", "@region-us-west-2", "copies of backups, every 1 day")]
    nameless = drawn(text.replace("region: us-west-2, ", "")).nodes[0]
    assert (nameless.title, nameless.detail) == ("Another Region", ("holds Images and Backups",))


def test_many_say_what_they_are_in_the_words_of_people() -> None:
    zones = ", ".join(f"p{n}: {{private: true}}, z{n}: {{}}" for n in range(4))
    systems = ", ".join(f"a{n}: {{provider: AWS}}, x{n}: {{}}" for n in range(4))
    view = drawn(f"edge: {{zones: {{{zones}}}}}\nexternal: {{systems: {{{systems}}}}}\n")
    assert [(node.title, node.parent) for node in view.nodes] == [
        ("4 private DNS zones", "aws/region"),
        ("4 DNS zones", "aws/cloud"),
        ("4 AWS services", "aws/cloud"),
        ("4 external systems", ""),
    ]


def test_what_shields_from_attacks_is_not_one_with_what_watches() -> None:
    view = drawn("security: {detectors: {s: {service: shield}, g: {service: guardduty}, t: {service: cloudtrail}}}")
    assert [node.title for node in view.nodes] == ["s", "2 detectors"]


def test_what_belongs_to_a_vpc_stands_in_it_and_balancers_say_how_they_hold_on() -> None:
    network = (
        f"  load_balancers: {{alb: {{{PLACE}, sticky: true, stickiness: 24h}}}}\n"
        "  endpoints: {s3: {service: s3, type: gateway, vpc: main}}\n"
    )
    view = drawn("edge: {zones: {inner: {private: true, vpcs: [main]}}}\n", network)
    assert {node.id: node.parent for node in view.nodes} == {"alb": "main", "s3": "main", "inner": "main"}
    assert view.nodes[1].detail == ("in 1 private subnet", "session stickiness of 24h")


def test_images_in_a_registry_that_is_replicated_lead_to_the_other_region() -> None:
    view = drawn("delivery: {registries: {images: {replication: true}}}\nrecovery: {region: us-west-2}\n")
    assert ends(view) == [("images", "@region-us-west-2", "replication")]


def test_a_cluster_of_many_services_names_them_in_one_line() -> None:
    services = "".join(f"    s{n}: {{cluster: ecs, {PLACE}}}\n" for n in range(6))
    [node] = drawn(f"compute:\n  clusters: {{ecs: {{}}}}\n  services:\n{services}").nodes
    assert node.detail == ("6 services: s0, s1, s2, s3, s4 and s5",)


def test_two_of_an_area_have_a_frame_and_strangers_have_theirs() -> None:
    view = drawn(
        "security: {secret_stores: {vault: {}}, detectors: {guard: {service: guardduty}}}\n"
        "external: {systems: {mail: {}, pay: {}, ses: {provider: AWS}}}\n"
    )
    assert [(group.id, group.title, group.parent) for group in view.groups] == [
        ("aws/cloud", "AWS Cloud", ""),
        ("aws/region", "Region", "aws/cloud"),
        ("@external", "External systems", ""),
        ("@security", "Security", "aws/region"),
    ]
    assert {node.id: node.parent for node in view.nodes} == {
        "vault": "@security", "guard": "@security", "mail": "@external", "pay": "@external", "ses": "aws/cloud",
    }  # fmt: skip


def test_a_flow_of_something_removed_is_not_drawn() -> None:
    text = (
        f"compute: {{services: {{web: {{status: removed, {PLACE}}}, job: {{{PLACE}}}}}}}\nflows: [job -> web: 80 HTTP]"
    )
    view = drawn(text)
    assert ([node.id for node in view.nodes], view.edges) == (["job"], ())


def test_every_environment_has_its_own() -> None:
    text = (
        "environments: {beta: {}, live: {}}\nshared: {external: {actors: {user: {}}}}\n"
        f"network:{NETWORK}compute: {{services: {{web: {{{PLACE}}}}}}}\n"
    )
    views = [view for view in project(parse(HEADER + text).graph) if view.name.startswith("overview")]
    assert [(view.name, [node.id for node in view.nodes]) for view in views] == [
        ("overview-beta", ["beta/web", "user"]),
        ("overview-live", ["live/web", "user"]),
    ]


KINDS = {
    "data": ["buckets"],
    "messaging": ["topics", "queues"],
    "security": ["keys", "secret_stores", "certificates"],
    "edge": ["zones", "distributions", "web_acls"],
    "observability": ["monitors"],
    "delivery": ["registries", "repositories", "builds", "pipelines"],
    "external": ["actors", "systems"],
}
COUNTS = st.fixed_dictionaries({key: st.integers(0, 30) for kinds in KINDS.values() for key in kinds})


@settings(max_examples=30)
@given(counts=COUNTS, vpcs=st.integers(1, 20))
def test_a_large_system_fits_on_a_page_and_nothing_of_it_is_lost(counts: dict[str, int], vpcs: int) -> None:
    areas: dict[str, dict[str, dict[str, dict[str, str]]]] = {
        area: {key: {f"{key}-{n}".replace("_", "-"): {} for n in range(counts[key])} for key in keys}
        for area, keys in KINDS.items()
    }
    numbers = range(vpcs)
    text = f"{HEADER}network:\n  vpcs:\n" + "".join(f"    v{n}: {{cidr: 10.{n}.0.0/16}}\n" for n in numbers)
    text += "  subnets:\n"
    text += "".join(f"    s{n}: {{vpc: v{n}, az: us-east-1a, tier: data, cidr: 10.{n}.0.0/24}}\n" for n in numbers)
    text += "  security_groups:\n" + "".join(f"    g{n}: {{vpc: v{n}}}\n" for n in numbers)
    text += "compute:\n  services:\n"
    text += "".join(f"    w{n}: {{subnets: [s{n}], security_groups: [g{n}]}}\n" for n in numbers)
    text += "".join(f"{name}: {kinds}\n" for name, kinds in areas.items())
    [view] = overview.project(parse(text).graph)
    ids = [node.id for node in view.nodes]
    assert len(ids) == len({*ids}) <= MOST + 2
    assert {node.parent for node in view.nodes} <= {"", *(group.id for group in view.groups)}
    shown = sum(int(node.title.split()[0]) if node.element.startswith("@") else 1 for node in view.nodes)
    assert shown == sum(counts.values()) + vpcs
