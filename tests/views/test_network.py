"""The network picture: everything where it stands, every flow between the places it joins."""

import datetime

import pytest

from archspec.defaults import complete
from archspec.graph.graph import Graph
from archspec.importers import spec
from archspec.views import VIEWS, network, project
from archspec.views.view import Edge, View

HEADER = "archspec: 1\nname: sample\nregion: us-east-1\n"
NETWORK = """
network:
  vpcs:
    main: {cidr: 10.0.0.0/16}
  subnets:
    public-a:  {az: us-east-1a, tier: public,  cidr: 10.0.1.0/24}
    public-b:  {az: us-east-1b, tier: public,  cidr: 10.0.2.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.3.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.4.0/24}
  security_groups:
    sg: {ingress: [{from: internet, port: 443}]}
  nat_gateways:
    nat: {subnet: public-a}
"""
WEB = """
compute:
  clusters:
    ecs: {}
  services:
    web: {cluster: ecs, port: 80, desired: 2, subnets: [private-a, private-b], security_groups: [sg]}
"""
DATABASE = """
data:
  databases:
    db: {engine: postgres, subnets: [private-a, private-b], security_groups: [sg]%s}
"""


def graph(text: str) -> Graph:
    return Graph(complete(spec.parse(HEADER + text).architecture), datetime.date(2026, 11, 20))


def drawn(text: str) -> View:
    [view] = network.project(graph(text))
    return view


def test_an_empty_architecture_has_no_pictures() -> None:
    assert project(graph("")) == ()


def test_every_view_has_its_name_and_a_sentence_for_those_who_cannot_see_it() -> None:
    text = NETWORK + WEB + "flows: [{web -> internet: 443 HTTPS}]\nmessaging: {topics: {news: {publishers: [web]}}}\n"
    views = project(graph(text))
    names = [view.name for view in views]
    assert names == [name for name in VIEWS if name in names]
    assert {"overview", "network", "traffic", "messaging"} <= {*names}
    assert [view.description.endswith(".") for view in views] == [True] * len(views)


def test_a_service_stands_in_each_of_its_subnets_inside_its_cluster() -> None:
    nodes = [node for node in drawn(NETWORK + WEB).nodes if node.element == "web"]
    assert [(node.id, node.parent) for node in nodes] == [
        ("web@private-a", "ecs@private-a"),
        ("web@private-b", "ecs@private-b"),
    ]
    assert nodes[0].detail == ("port 80", "2 tasks in 2 AZs")


def test_a_database_stands_where_its_instances_are_stated() -> None:
    instances = ", instances: [{role: primary, az: us-east-1b}, {role: standby, az: us-east-1a, status: planned}]"
    view = drawn(NETWORK + DATABASE % instances)
    nodes = [(node.id, node.parent, node.detail, node.status) for node in view.nodes if node.element == "db"]
    assert nodes == [
        ("db/1", "private-b", ("primary",), "current"),
        ("db/2", "private-a", ("standby", "(planned)"), "planned"),
    ]
    assert view.edges == (Edge("db/1", "db/2", "replication (planned)", "planned", both=True),)


def test_a_database_whose_azs_nobody_states_spans_them() -> None:
    (node,) = [node for node in drawn(NETWORK + DATABASE % ", multi_az: true").nodes if node.element == "db"]
    assert (node.parent, node.row, node.detail) == ("main", 1, ("Multi-AZ",))


def test_flows_from_the_internet_pass_the_gateway_and_say_their_ports_once() -> None:
    text = """
  load_balancers:
    alb: {subnets: [public-a, public-b], security_groups: [sg], listeners: [{port: 443, protocol: HTTPS}]}
flows:
  - internet -> alb: 443 HTTPS
  - internet -> alb: 80 HTTP (redirect)
"""
    assert drawn(NETWORK + text).edges == (
        Edge("internet", "main-igw", "443 HTTPS, 80 HTTP (redirect)"),
        Edge("main-igw", "alb"),
    )


def test_flows_to_the_internet_take_the_way_that_routes_give() -> None:
    edges = drawn(NETWORK + WEB + "flows: [{web -> internet: 443 HTTPS}]").edges
    assert edges == (
        Edge("web@private-a", "nat", "443 HTTPS"),
        Edge("nat", "main-igw"),
        Edge("main-igw", "internet"),
        Edge("web@private-b", "nat", "443 HTTPS"),
    )


def test_flows_keep_to_their_az_where_the_target_stands_there_too() -> None:
    text = WEB + "    api: {port: 90, subnets: [private-a, private-b], security_groups: [sg]}\n"
    edges = drawn(NETWORK + text + "flows: [{web -> api: 90 HTTP}]").edges
    assert [(edge.source, edge.target) for edge in edges] == [
        ("web@private-a", "api@private-a"),
        ("web@private-b", "api@private-b"),
    ]


def test_a_flow_inside_a_cluster_cannot_be_drawn_and_is_said_so() -> None:
    view = drawn(NETWORK + WEB + "flows: [{web -> ecs: 80 HTTP}]")
    assert view.edges == ()
    assert "The flow web -> ecs 80 is not drawn." in view.hidden


def test_what_is_removed_is_not_drawn_and_said_so() -> None:
    view = drawn(NETWORK.replace("{subnet: public-a}", "{subnet: public-a, title: NAT, status: removed}"))
    assert [node.element for node in view.nodes] == ["main-igw"]
    assert "Removed, so not drawn: NAT." in view.hidden


def test_a_flow_to_what_is_removed_is_not_drawn_and_said_so() -> None:
    text = NETWORK + WEB + DATABASE % ", status: removed" + "flows: [{web -> db: 5432 PostgreSQL}]"
    view = drawn(text)
    assert view.edges == ()
    assert "The flow web -> db 5432 is not drawn." in view.hidden


def test_planned_things_are_marked_in_words_and_status() -> None:
    view = drawn(NETWORK.replace("{subnet: public-a}", "{subnet: public-a, status: planned}"))
    (nat,) = [node for node in view.nodes if node.element == "nat"]
    assert (nat.status, nat.detail) == ("planned", ("(planned)",))


@pytest.mark.parametrize("name", ["us-east-1", "sample"])
def test_the_description_names_architecture_and_region(name: str) -> None:
    assert name in drawn(NETWORK).description


BESIDE = """
  buckets: {logs: {}, media: {}}
external:
  actors: {user: {title: User}}
  systems: {mail: {provider: AWS}, payments: {provider: Stripe}}
flows: [{web -> media: 443 HTTPS}, {user -> web: 80 HTTP}, {web -> mail: 443 HTTPS}, {web -> payments: 443 HTTPS}]
"""


def test_a_bucket_that_no_flow_names_is_counted_and_not_drawn() -> None:
    view = drawn(NETWORK + WEB + DATABASE % "" + BESIDE)

    assert [node.element for node in view.nodes if node.kind == "bucket"] == ["media"]
    assert "Not drawn, as no flow names them: 1 bucket." in view.hidden


def test_people_and_strangers_stand_outside_the_cloud() -> None:
    nodes = {node.element: node.parent for node in drawn(NETWORK + WEB + DATABASE % "" + BESIDE).nodes}
    beside = ("user", "payments", "mail", "media")

    assert [nodes[element] for element in beside] == ["", "", "aws/cloud", "aws/region"]


ENVIRONMENTS = """
environments:
  staging: {title: Staging, compute: {services: {web: {title: Website}}}}
  prod: {compute: {services: {web: {desired: 4}}}}
  later: {status: planned}
"""


def test_each_environment_has_a_view_of_its_own() -> None:
    views = project(graph(NETWORK + WEB + ENVIRONMENTS))

    assert [(view.name, view.title) for view in views if view.name.startswith("network")] == [
        ("network-staging", "sample: network, Staging"),
        ("network-prod", "sample: network, prod"),
    ]


def test_what_stands_in_an_environment_has_its_id_without_it_or_its_title() -> None:
    views = project(graph(NETWORK + WEB + ENVIRONMENTS))
    staging, prod = (view for view in views if view.name.startswith("network-"))
    titles = [{node.element: node.title for node in view.nodes} for view in (staging, prod)]

    assert titles == [
        {"staging/main-igw": "Internet Gateway", "staging/nat": "nat", "staging/web": "Website"},
        {"prod/main-igw": "Internet Gateway", "prod/nat": "nat", "prod/web": "web"},
    ]
    assert next(node.detail for node in prod.nodes if node.element == "prod/web") == ("port 80", "4 tasks in 2 AZs")
