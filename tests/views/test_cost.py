"""The picture of costs: lines in their groups, what they add up to, estimates and budgets."""

import pytest

from archspec import api
from archspec.renderers import svg
from archspec.views import cost, project
from archspec.views.scenes import undivided
from archspec.views.view import Group, Node, View
from tests.sample import HEADER

SERVICE = """
network:
  subnets: {a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
compute: {services: {web: {port: 80, cpu: 256, memory: 512, desired: 1, subnets: [a], security_groups: [sg]}}}
"""
WHOLE = Group("cost total", "Monthly cost", "cost")


def _view(text: str) -> View:
    [view] = cost.project(undivided(api.parse(HEADER + text).graph).graph)
    return view


def test_lines_stand_in_their_groups_the_largest_first_beside_estimates_and_budgets() -> None:
    view = _view(f"""{SERVICE}
cost:
  lines:
    - {{resource: Disk, group: keep, amount: $1}}
    - {{resource: Small, group: run, amount: $1.50}}
    - {{resource: Large, group: run, amount: ~$20, configuration: 2 tasks, covers: [web]}}
    - {{resource: Loose, amount: $3}}
  groups: [{{name: keep}}, {{name: run, title: Compute, subtotal: $21.50, share: 70%}}]
  total: $30/month
  environments:
    - {{environment: Test, total: $9, lines: [{{resource: ECS, amount: $2}}, {{resource: RDS, amount: $3}}]}}
    - {{environment: Live, total: $90}}
  savings: [{{does: sleep at night, saves: $1}}]
  periods: [{{period: May, amount: $31}}, {{period: June, amount: $29}}]
observability:
  budgets: {{limit: {{limit: $100, alerts: [80%]}}, gone: {{limit: $1, status: removed}}}}
  anomaly_monitors: {{odd: {{threshold: $5, status: planned}}}}
""")
    assert view == View(
        name="cost",
        title="sample: cost of a month",
        description="Cost of sample: $30/month (lines: $25.50).",
        layout="placement",
        groups=(
            Group("cost total", "Monthly cost", "cost", subtitle="$30/month (lines: $25.50)"),
            Group("cost group run", "Compute", "cost", "cost total", "$21.50, 70%"),
            Group("cost group keep", "keep", "cost", "cost total", "the lines add up to $1, 3.9%"),
            Group("cost of Live", "Live", "cost", subtitle="$90"),
            Group("cost of Test", "Test", "cost", subtitle="$9 (lines: $5)"),
            Group("@budgets", "Budgets", "budgets"),
        ),
        nodes=(
            Node("cost line Large", "cost line Large", "Large", "service", "cost group run", ("~$20", "2 tasks")),
            Node("cost line Small", "cost line Small", "Small", "cost", "cost group run", ("$1.50",)),
            Node("cost line Disk", "cost line Disk", "Disk", "cost", "cost group keep", ("$1",)),
            Node("cost line Loose", "cost line Loose", "Loose", "cost", "cost total", ("$3",)),
            Node("cost of Test@RDS", "estimated cost", "RDS", "cost", "cost of Test", ("$3",)),
            Node("cost of Test@ECS", "estimated cost", "ECS", "cost", "cost of Test", ("$2",)),
            Node("cost of Live@all", "estimated cost", "All of it", "cost", "cost of Live", ("$90",)),
            Node("limit", "limit", "limit", "budget", "@budgets", ("limit $100", "at 80%")),
            Node(
                id="odd",
                element="odd",
                title="odd",
                kind="anomaly_monitor",
                parent="@budgets",
                detail=("anomalies from $5", "(planned)"),
                status="planned",
            ),
        ),
        hidden=("Not drawn: 1 saving and 2 periods.",),
    )


def test_groups_of_a_line_each_are_cards() -> None:
    view = _view("""
cost:
  lines: [{resource: Amazon RDS, group: Aurora, configuration: serverless, amount: $40}]
  groups: [{name: Aurora, subtotal: $40, share: 80%}, {name: Rest, subtotal: $10}]
""")
    assert [(node.id, node.element, node.title, node.detail) for node in view.nodes] == [
        ("cost group Aurora", "cost line Amazon RDS", "Aurora", ("$40, 80%", "Amazon RDS", "serverless")),
        ("cost group Rest", "cost group Rest", "Rest", ("$10, 25%",)),
    ]


@pytest.mark.parametrize(
    ("total", "told"),
    [
        ("total: $7", "$7"),
        ("total: ~$6-8", "~$6-8"),
        ("{total: $7.01, rounding: $0.01}", "$7.01"),
        ("total: $9", "$9 (lines: $7)"),
        ("", "the lines add up to $7"),
    ],
)
def test_the_total_stands_as_stated_with_the_sum_where_that_differs(total: str, told: str) -> None:
    parts = total.strip("{}")
    found = _view(f"cost: {{lines: [{{resource: a, amount: $7}}]{', ' if parts else ''}{parts}}}\n")
    assert [group.subtitle for group in found.groups] == [told]


def test_a_total_alone_is_a_card() -> None:
    view = _view("cost: {total: $150-200}\n")
    assert (view.groups, view.nodes) == (
        (Group("cost total", "Monthly cost", "cost", subtitle="$150-200"),),
        (Node("cost total@all", "all costs", "All of it", "cost", "cost total", ("$150-200",)),),
    )


def test_the_smallest_of_many_lines_are_one_card() -> None:
    lines = ", ".join(f"{{resource: r{n}, amount: ${n}}}" for n in range(1, 15))
    view = _view(f"cost: {{lines: [{lines}]}}\n")
    assert [node.title for node in view.nodes] == [*(f"r{n}" for n in range(14, 3, -1)), "3 smaller lines"]
    assert view.nodes[-1].detail == ("$6",)


def test_lines_that_are_called_the_same_have_ids_of_their_own() -> None:
    view = _view("cost: {lines: [{resource: a, amount: $1}, {resource: a, amount: $2}]}\n")
    assert [(node.id, node.detail) for node in view.nodes] == [("cost line a", ("$2",)), ("cost line a@2", ("$1",))]


def test_the_picture_does_not_depend_on_the_order_of_lines() -> None:
    lines = ["{resource: a, amount: $1}", "{resource: b, amount: $1}", "{resource: c, amount: $2}"]
    one, other = (_view(f"cost: {{lines: [{', '.join(some)}]}}\n") for some in (lines, lines[::-1]))
    assert one == other


def test_costs_are_drawn_once_for_all_environments() -> None:
    text = f"{HEADER}environments: {{one: {{}}, two: {{}}}}\n{SERVICE}cost: {{total: $5}}\n"
    names = [view.name for view in project(api.parse(text).graph)]
    assert [name for name in names if name.startswith("cost")] == ["cost"]


def test_without_costs_and_budgets_there_is_no_picture() -> None:
    assert _view("").nodes == ()


def test_a_hostile_name_is_text() -> None:
    view = _view("""cost: {lines: [{resource: "</text><script>x", amount: $1, configuration: "<script>"}]}\n""")
    assert "<script" not in svg.render(view).decode()
