"""Views to try layouts on: any nesting that a placement may meet, with names that no one wished for."""

from hypothesis import strategies as st

from archspec.views.view import Edge, Group, Node, View

NAMES = st.sampled_from(
    [
        "web",
        "Application Load Balancer (ALB)",
        "production-documents-bucket-eu",
        "数据库主节点",
        "قاعدة بيانات",
        "x" * 300,
        "",
    ]
)
TIERS = ("public", "private", "data")


@st.composite
def placements(draw: st.DrawFn, most_edges: int = 8) -> View:
    """Return a placement view: clouds, VPCs, AZ columns and rows, some of them missing, and edges anywhere."""
    groups = [Group("cloud", "AWS Cloud", "cloud"), Group("region", "Region", "region", "cloud", draw(NAMES))]
    groups = groups[: draw(st.integers(0, 2))]
    outer = groups[-1].id if groups else ""
    nodes = [_node(draw, f"out{i}", "") for i in range(draw(st.integers(0, 2)))]
    nodes += [_node(draw, f"near{i}", outer) for i in range(draw(st.integers(0, 3)))]
    for v in range(draw(st.integers(0, 2))):
        vpc = f"vpc{v}"
        groups.append(Group(vpc, draw(NAMES), "vpc", outer, "10.0.0.0/16"))
        nodes += [_node(draw, f"{vpc}-gw{i}", vpc, border=True) for i in range(draw(st.integers(0, 2)))]
        azs = draw(st.integers(0, 6))
        nodes += [
            _node(draw, f"{vpc}-span{i}", vpc, row=draw(st.integers(0, 2)) if azs else None)
            for i in range(draw(st.integers(0, 3)))
        ]
        for a in range(azs):
            _add_az(draw, groups, nodes, f"{vpc}-az{a}", vpc)
    return _with_edges(draw, groups, nodes, most_edges)


def _add_az(draw: st.DrawFn, groups: list[Group], nodes: list[Node], az: str, vpc: str) -> None:
    groups.append(Group(az, f"Availability Zone {az}", "az", vpc))
    nodes += [_node(draw, f"{az}-own{i}", az) for i in range(draw(st.sampled_from([0, 0, 0, 1])))]
    for row in draw(st.lists(st.integers(0, 2), max_size=4)):
        subnet = f"{az}-s{len(groups)}"
        groups.append(Group(subnet, draw(NAMES), TIERS[row], az, "10.0.1.0/24", row))
        parent = subnet
        if draw(st.booleans()):
            parent = f"{subnet}-c"
            groups.append(Group(parent, draw(NAMES), "cluster", subnet))
        nodes += [_node(draw, f"{subnet}-n{i}", parent) for i in range(draw(st.integers(0, 5)))]


def _node(draw: st.DrawFn, id_: str, parent: str, *, row: int | None = None, border: bool = False) -> Node:
    detail = tuple(draw(st.lists(NAMES, max_size=3)))
    return Node(id_, id_, draw(NAMES), "service", parent, detail, row, border and bool(parent))


@st.composite
def flows(draw: st.DrawFn) -> View:
    """Return a flow view: nodes, some of them in a group, and edges anywhere, to themselves too."""
    groups = [Group(f"g{i}", draw(NAMES), "vpc") for i in range(draw(st.integers(0, 2)))]
    parents = st.sampled_from(["", *(group.id for group in groups)])
    nodes = [_node(draw, f"n{i}", draw(parents)) for i in range(draw(st.integers(1, 8)))]
    view = _with_edges(draw, groups, nodes)
    return View("v", "A view", "What it shows.", "flow", view.groups, view.nodes, view.edges)


def _with_edges(draw: st.DrawFn, groups: list[Group], nodes: list[Node], most: int = 8) -> View:
    things: list[Group | Node] = [*groups, *nodes]
    parents = {thing.id: thing.parent for thing in things}

    def within(one: str, other: str) -> bool:
        while one:
            if one == other:
                return True
            one = parents.get(one, "")
        return False

    ids = st.sampled_from(sorted(parents) or [""])
    labels = st.sampled_from(["", "443 HTTPS", "replication (planned)", "多" * 90])
    edges = [
        Edge(source, target, draw(labels), draw(st.sampled_from(["current", "planned"])), draw(st.booleans()))
        for source, target in draw(st.lists(st.tuples(ids, ids), max_size=most, unique=True))
        if parents and not within(source, target) and not within(target, source)
    ]
    return View("v", "A view", "What it shows.", "placement", tuple(groups), tuple(nodes), tuple(edges))
