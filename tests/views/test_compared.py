"""Two versions of a view in one: what came, went and changed, and everything where it was."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from archspec.findings import Severity
from archspec.views.compared import Marks, compared, marks
from archspec.views.view import Badge, Edge, Group, Node, View


def view(*, groups: tuple[Group, ...] = (), nodes: tuple[Node, ...] = (), edges: tuple[Edge, ...] = ()) -> View:
    return View("network", "Shop", "A shop.", "placement", groups, nodes, edges)


WEB, DB = Node("web", "web", "Web", "service"), Node("db", "db", "DB", "postgres")
ASKS = Edge("web", "db", "5432")


def test_a_node_that_came_is_added_and_one_that_went_is_removed() -> None:
    found = compared(view(nodes=(WEB,)), view(nodes=(DB,)), ())
    assert found.nodes == (replace(DB, change="added"), replace(WEB, change="removed"))


def test_a_node_with_other_words_has_changed_and_says_what_it_was() -> None:
    old, new = (
        replace(DB, title="Old", detail=("db.t3.micro", "primary")),
        replace(DB, detail=("db.t3.large", "primary")),
    )
    found = compared(view(nodes=(old,)), view(nodes=(new,)), ())
    assert found.nodes == (replace(new, change="changed", detail=("db.t3.large", "primary", "was Old, db.t3.micro")),)


def test_an_element_that_changed_unseen_is_marked() -> None:
    assert compared(view(nodes=(DB, WEB)), view(nodes=(DB, WEB)), ["db"]).nodes == (replace(DB, change="changed"), WEB)


def test_a_node_that_moved_stands_in_its_new_place_and_says_where_it_was() -> None:
    groups = (Group("a", "Subnet A", "private"), Group("b", "", "private"))
    old = view(
        groups=groups, nodes=(Node("web@a", "web", "Web", "service", "a"), DB), edges=(Edge("web@a", "db", "5432"),)
    )
    new = view(
        groups=groups, nodes=(Node("web@b", "web", "Web", "service", "b"), DB), edges=(Edge("web@b", "db", "5432"),)
    )
    found = compared(old, new, ())
    assert found.nodes == (Node("web@b", "web", "Web", "service", "b", ("was in Subnet A",), change="changed"), DB)
    assert found.edges == new.edges
    assert compared(new, old, ()).nodes[0].detail == ("was in b",)


def test_a_node_that_stands_in_fewer_places_is_removed_from_one() -> None:
    old = view(nodes=(Node("web@a", "web", "Web", "service"), Node("web@b", "web", "Web", "service")))
    new = view(nodes=(Node("web@a", "web", "Web", "service"),))
    assert [node.change for node in compared(old, new, ()).nodes] == ["", "removed"]


def test_a_group_is_told_like_a_node() -> None:
    old = view(groups=(Group("a", "A", "vpc"), Group("b", "B", "vpc"), Group("c", "C", "vpc")), nodes=(WEB,))
    new = view(
        groups=(Group("a", "A", "vpc", subtitle="10.0.0.0/8"), Group("c", "C", "vpc"), Group("d", "D", "vpc")),
        nodes=(WEB,),
    )
    assert [(group.id, group.change) for group in compared(old, new, ()).groups] == [
        ("a", "changed"),
        ("b", "removed"),
        ("c", ""),
        ("d", "added"),
    ]


def test_an_edge_is_told_by_its_ends_and_words() -> None:
    old = view(nodes=(WEB, DB), edges=(ASKS, Edge("db", "web", "80", severity=Severity.ERROR)))
    new = view(nodes=(WEB, DB), edges=(replace(ASKS, label="5433"), Edge("web", "web", "1")))
    assert compared(old, new, ()).edges == (
        Edge("web", "db", "5433 (was 5432)", change="changed"),
        Edge("db", "web", "80", change="removed"),
        Edge("web", "web", "1", change="added"),
    )


def test_edges_of_one_kind_are_told_one_by_one() -> None:
    old, new = view(nodes=(WEB, DB), edges=(ASKS, ASKS)), view(nodes=(WEB, DB), edges=(ASKS,))
    assert [edge.change for edge in compared(old, new, ()).edges] == ["", "removed"]


def test_findings_alone_are_no_change() -> None:
    badge = (Badge(Severity.ERROR, 2),)
    old, new = view(nodes=(replace(WEB, badges=badge),)), view(nodes=(replace(WEB, badges=(*badge, *badge)),))
    assert compared(old, new, ()).nodes == new.nodes


def test_the_picture_says_how_much_changed_and_what_it_does_not_show() -> None:
    found = compared(
        view(nodes=(WEB,)), view(nodes=(replace(WEB, title="W"), DB), edges=(ASKS,)), ["db-sg", "web", "x"]
    )
    assert found.title == "Shop, what changed"
    assert found.description == "A shop."
    assert found.hidden == (
        "Changes: 2 added and 1 changed.",
        "2 elements that changed are not shown here: db-sg and x.",
    )


def test_a_frame_of_the_drawing_that_came_changes_nothing_in_it() -> None:
    new = view(groups=(Group("@queues", "SQS queues", "queues"),), nodes=(replace(WEB, parent="@queues"),))
    found = compared(view(nodes=(WEB,)), new, ())
    assert ([node.change for node in found.nodes], found.hidden) == ([""], ("Nothing in this picture changed.",))


def test_a_view_that_is_gone_is_shown_as_it_was() -> None:
    old = view(nodes=(WEB, DB), edges=(ASKS,))
    found = compared(old, view(), ())
    told = {node.change for node in found.nodes} | {edge.change for edge in found.edges}
    assert (told, found.title) == ({"removed"}, "Shop, what changed")


def test_what_is_a_node_now_and_was_a_group_is_in_the_picture_once() -> None:
    old = view(groups=(Group("web", "Web", "cluster"),), nodes=(DB,), edges=(ASKS,))
    found = compared(old, view(nodes=(WEB, DB)), ())
    assert ([group.id for group in found.groups], [node.id for node in found.nodes]) == ([], ["web", "db"])


def test_marks_are_counted_by_element() -> None:
    found = compared(view(nodes=(WEB,)), view(nodes=(replace(WEB, title="W"), DB), edges=(ASKS,)), ["web", "db", "x"])
    assert marks(found, ["web", "db", "x"]) == Marks(2, 1)


IDS = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)


@given(IDS, IDS)
def test_what_was_there_keeps_its_order_and_what_came_follows_what_it_follows(
    before: list[str], now: list[str]
) -> None:
    def made(ids: list[str]) -> View:
        return view(nodes=tuple(Node(id_, id_, id_, "service") for id_ in ids))

    found = [node.id for node in compared(made(before), made(now), ()).nodes]
    assert [id_ for id_ in found if id_ in before] == before
    assert sorted(found) == sorted({*before, *now})
    for one, other in pairwise(["", *now]):
        if other not in before:
            assert found.index(other) == (found.index(one) + 1 if one else 0)


@given(IDS)
def test_a_view_compared_with_itself_has_no_change(ids: list[str]) -> None:
    nodes = tuple(Node(id_, id_, id_, "service", "group") for id_ in ids)
    one = view(groups=(Group("group", "Group", "vpc"),), nodes=nodes, edges=tuple(map(Edge, ids, ids[1:])))
    found = compared(one, one, ())
    assert (found.groups, found.nodes, found.edges) == (one.groups, one.nodes, one.edges)
    assert found.hidden == ("Nothing in this picture changed.",)


def test_a_node_says_where_it_was_by_the_first_frame_that_it_left() -> None:
    groups = (
        Group("a", "Public subnet", "public"),
        Group("b", "Private subnet", "private"),
        Group("ecs@a", "ECS", "cluster", "a"),
        Group("ecs@b", "ECS", "cluster", "b"),
    )
    old, new = (
        view(groups=groups, nodes=(Node(f"web@{place}", "web", "Web", "service", f"ecs@{place}"),)) for place in "ab"
    )
    assert compared(old, new, ()).nodes[0].detail == ("was in Public subnet",)
