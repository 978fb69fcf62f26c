"""Findings on a picture: numbers on what they are about, colours on the ways that are bad."""

from archspec.errors import Location
from archspec.findings import Finding, LocatedHop, Severity
from archspec.views.marked import marked
from archspec.views.view import Badge, Edge, Group, Node, View

PLACE = Location("specs/shop.yaml", 3, 1)
GROUPS = (Group("main", "VPC", "vpc"), Group("ecs@a", "ecs", "cluster", "main"))
GATEWAY = Node("igw", "igw", "Gateway", "internet_gateway", "main", border=True)
WORLD = Node("internet", "internet", "Internet", "internet")
WEB, DB = Node("web@a", "web", "web", "service", "ecs@a"), Node("db", "db", "db", "postgres", "main")
EDGES = (Edge("internet", "igw"), Edge("igw", "web@a"), Edge("ecs@a", "db", "5432"))
VIEW = View("v", "V", "", "placement", GROUPS, (WORLD, GATEWAY, WEB, DB), EDGES)


def finding(subject: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(PLACE, "NET001", "a-rule", subject, "fail", severity, "said")


def severities(view: View) -> list[Severity]:
    return [edge.severity for edge in view.edges]


def test_findings_are_counted_on_their_element_the_worst_first() -> None:
    found = marked(VIEW, [finding("db", Severity.WARNING), finding("db"), finding("db", Severity.WARNING)])
    assert [node.badges for node in found.nodes] == [
        (),
        (),
        (),
        (Badge(Severity.ERROR, 1), Badge(Severity.WARNING, 2)),
    ]


def test_a_frame_has_the_findings_of_what_it_shows() -> None:
    found = marked(VIEW, [finding("main"), finding("ecs")])
    assert [group.badges for group in found.groups] == [(Badge(Severity.ERROR, 1),), (Badge(Severity.ERROR, 1),)]


def test_what_is_waived_known_or_cannot_be_told_is_not_drawn() -> None:
    settled = [
        finding("db")._replace(waiver="ok"),
        finding("db")._replace(known=True),
        finding("db")._replace(outcome="unknown"),
    ]
    assert marked(VIEW, settled) == VIEW


def test_a_finding_about_a_pair_colours_the_edge_between_them() -> None:
    assert severities(marked(VIEW, [finding("web -> db 5432", Severity.WARNING)])) == [0, 0, Severity.WARNING]


def test_a_way_through_a_gateway_is_coloured_as_a_whole() -> None:
    assert severities(marked(VIEW, [finding("internet -> web 443")])) == [Severity.ERROR, Severity.ERROR, 0]


def test_the_worst_finding_decides_the_colour() -> None:
    found = [finding("web -> db 5432", Severity.INFO), finding("web -> db 80")]
    assert severities(marked(VIEW, found))[2] is Severity.ERROR


def test_a_witness_is_drawn_over_the_picture_and_what_has_no_edge_gets_one() -> None:
    hops = (
        LocatedHop("open", "one", PLACE, "", (("internet",), ("web",))),
        LocatedHop("open", "two", PLACE, "", (("internet",), ("db", "elsewhere"))),
    )
    found = marked(VIEW, [finding("db")._replace(witness=hops)])
    assert severities(found) == [Severity.ERROR, Severity.ERROR, 0, Severity.ERROR]
    assert found.edges[3] == Edge("internet", "db", "NET001", severity=Severity.ERROR)


def test_what_has_no_place_in_the_picture_is_counted_below_it() -> None:
    found = marked(VIEW, [finding("claim Always on"), finding("journey Login"), finding("db -> nowhere 1")])
    assert found.hidden == ("3 more findings have no place here: archspec lint lists them.",)
    assert marked(VIEW, [finding("claim Always on")]).hidden == (
        "1 more finding has no place here: archspec lint lists it.",
    )


def test_a_node_that_shows_several_elements_has_the_findings_of_all_of_them() -> None:
    queues = Node("queues", "queues", "2 queues", "queue", members=("jobs", "mail"))
    view = View("v", "V", "", "flow", nodes=(queues, DB), edges=(Edge("queues", "db"),))
    found = marked(view, [finding("jobs"), finding("mail"), finding("mail -> db 5432")])
    assert (found.nodes[0].badges, severities(found)) == ((Badge(Severity.ERROR, 2),), [Severity.ERROR])
