"""Services in the frames of their clusters, with what all of a cluster do drawn once."""

from archspec.api import parse
from archspec.views.parts.gathering import Gathered, gathered
from archspec.views.view import Edge, Group, Node
from tests.sample import HEADER

PLACE = "cluster: ecs, subnets: [a], security_groups: [sg]"
ARCHITECTURE = parse(
    HEADER
    + f"""
network:
  vpcs: {{main: {{cidr: 10.0.0.0/16}}}}
  subnets: {{a: {{az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}}}
  security_groups: {{sg: {{}}}}
compute:
  clusters: {{ecs: {{title: ECS}}}}
  services: {{web: {{{PLACE}}}, api: {{{PLACE}}}}}
"""
).architecture
WEB, API, DB = (
    Node("web", "web", "Web", "service"),
    Node("api", "api", "API", "service"),
    Node("db", "db", "DB", "mysql"),
)
FRAME = Group("ecs", "ECS", "cluster")


def inside(node: Node) -> Node:
    return Node(node.id, node.element, node.title, node.kind, "ecs")


def test_what_all_of_a_cluster_have_is_drawn_at_its_frame() -> None:
    edges = (Edge("web", "db", "5432"), Edge("db", "api"), Edge("api", "db", "5432"), Edge("db", "web"))

    assert gathered(ARCHITECTURE, (WEB, API, DB), edges) == Gathered(
        (FRAME,), (inside(WEB), inside(API), DB), (Edge("ecs", "db", "5432"), Edge("db", "ecs"))
    )


def test_what_differs_stays_with_each() -> None:
    edges = (Edge("web", "db", "5432"), Edge("api", "db", "5433"), Edge("db", "web"))

    assert gathered(ARCHITECTURE, (WEB, API, DB), edges).edges == edges


def test_a_single_service_needs_no_frame() -> None:
    edges = (Edge("web", "db"),)

    assert gathered(ARCHITECTURE, (WEB, DB), edges) == Gathered((), (WEB, DB), edges)


def test_a_cluster_that_is_a_node_itself_is_no_frame() -> None:
    cluster = Node("ecs", "ecs", "ECS", "cluster")

    assert gathered(ARCHITECTURE, (WEB, API, cluster), ()).groups == ()
