"""The picture of messaging: who publishes what, which queues keep it, who takes it, where dead letters go."""

from archspec import api
from archspec.graph.graph import Graph
from archspec.renderers import svg
from archspec.views import messaging
from archspec.views.scenes import scenes
from archspec.views.view import Edge, Group, Node, View
from tests.sample import HEADER

SERVICES = """
network:
  subnets: {a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
compute:
  services:
    mail: {port: 81, cpu: 256, memory: 512, desired: 1, subnets: [a], security_groups: [sg]}
    shop: {port: 80, cpu: 256, memory: 512, desired: 1, subnets: [a], security_groups: [sg]}
    stock: {cpu: 256, memory: 512, desired: 1, subnets: [a], security_groups: [sg], status: removed}
"""
TEXT = f"""{HEADER}{SERVICES}
messaging:
  topics:
    orders:
      publishers: [shop, stock]
      events: [order.made, order.lost]
      subscribers: [{{protocol: email, to: a@example.com, status: pending}}]
  queues:
    dead: {{retention: 14 days, fifo: true}}
    jobs: {{producers: [shop], consumers: [mail], status: planned}}
    made: {{topic: orders, event: order.made, consumers: [mail, stock], dead_letter: dead, max_receives: 3}}
flows:
  - shop -> orders: 443 HTTPS (publish)
  - mail -> jobs: 443 HTTPS (by polling)
"""


def _graph(text: str) -> Graph:
    return api.parse(text).graph


def _view(text: str) -> View:
    [view] = messaging.project(_graph(text))
    return view


def test_events_pass_from_publishers_over_topics_and_queues_to_subscribers() -> None:
    assert _view(TEXT) == View(
        name="messaging",
        title="sample: messaging",
        description="Messaging of sample: 1 topic and 3 queues.",
        layout="flow",
        groups=(Group("@queues", "SQS queues", "queues"), Group("@subscribers", "Subscribers", "subscribers")),
        nodes=(
            Node("shop", "shop", "shop", "service", detail=("port 80",)),
            Node("orders", "orders", "orders", "topic", detail=("order.lost",)),
            Node("dead", "dead", "dead", "queue", detail=("kept 14 days", "FIFO")),
            Node("jobs", "jobs", "jobs", "queue", "@queues", ("(planned)",), status="planned"),
            Node("made", "made", "made", "queue", "@queues"),
            Node("mail@takes", "mail", "mail", "service", "@subscribers", ("port 81",)),
            Node("orders@0", "orders", "a@example.com", "actor", "@subscribers", ("(pending)",), status="planned"),
        ),
        edges=(
            Edge("shop", "orders", "publish"),
            Edge("orders", "orders@0", "email", "planned"),
            Edge("shop", "jobs", "sends", "planned"),
            Edge("jobs", "mail@takes", "by polling", "planned"),
            Edge("orders", "made", "order.made"),
            Edge("made", "mail@takes"),
            Edge("made", "dead", "after 3 attempts"),
        ),
    )


def test_dead_letter_queues_stand_together() -> None:
    view = _view(f"{HEADER}messaging: {{queues: {{a: {{dead_letter: x}}, b: {{dead_letter: y}}, x: {{}}, y: {{}}}}}}\n")
    assert [(node.id, node.parent) for node in view.nodes] == [
        ("a", "@queues"),
        ("b", "@queues"),
        ("x", "@dead-letters"),
        ("y", "@dead-letters"),
    ]
    assert view.edges == (Edge("a", "x", "what fails"), Edge("b", "y", "what fails"))


def test_who_sends_and_takes_stands_on_both_sides() -> None:
    view = _view(f"{HEADER}{SERVICES}messaging: {{queues: {{jobs: {{producers: [shop], consumers: [shop]}}}}}}\n")
    assert view.edges == (Edge("shop", "jobs", "sends"), Edge("jobs", "shop@takes"))


def test_an_environment_shows_its_own_senders_of_what_all_share() -> None:
    text = f"""{HEADER}
environments: {{one: {{}}, two: {{}}}}
{SERVICES}
shared: {{messaging: {{topics: {{alerts: {{publishers: [one/shop, two/shop]}}}}}}}}
"""
    edges = {scene.environment: view.edges for scene in scenes(_graph(text)) for view in messaging.project(scene.graph)}
    assert edges == {
        "one": (Edge("one/shop", "alerts", "publishes"),),
        "two": (Edge("two/shop", "alerts", "publishes"),),
    }


def test_without_topics_and_queues_there_is_no_picture() -> None:
    assert _view(HEADER).nodes == ()


def test_a_hostile_name_is_text() -> None:
    view = _view(f"""{HEADER}messaging: {{topics: {{t: {{title: "</text><script>x", publishers: []}}}}}}\n""")
    assert "<script" not in svg.render(view).decode()
