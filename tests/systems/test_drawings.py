"""Everything that the five hand-written documents draw is shown by a picture, or is told with the reason why not."""

from dataclasses import replace
from pathlib import Path

import pytest

from archspec import api
from archspec.views.view import Edge, Group, Node, View
from tests.systems.drawing import Drawing, missing, parse, read
from tests.systems.picture import drawn

ROOT = Path(__file__).parents[2]
DRAWINGS = {
    f"{file.stem}:{drawing.lines}": (file.stem, drawing)
    for file in sorted(Path(__file__).with_name("drawings").glob("*.yaml"))
    for drawing in read(file)
}


def _views(system: str) -> dict[str, View]:
    return {view.name: drawn(view) for view in api.views(api.load(ROOT / "specs" / f"{system}.yaml"))}


@pytest.fixture(scope="module")
def pictures() -> dict[str, dict[str, View]]:
    return {system: _views(system) for system, _ in DRAWINGS.values()}


def test_the_sources_have_39_drawings() -> None:
    assert len(DRAWINGS) == 39


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_picture_shows_all_that_a_drawing_does(name: str, pictures: dict[str, dict[str, View]]) -> None:
    system, drawing = DRAWINGS[name]

    assert missing(drawing, [pictures[system][view] for view in drawing.views]) == set(drawing.not_drawn)


@pytest.mark.parametrize("name", DRAWINGS)
def test_what_is_said_of_a_drawing_is_about_something_in_it(name: str) -> None:
    _, drawing = DRAWINGS[name]
    arrows = {f"{source} > {target}" for source, target, *_ in drawing.arrows}
    told = {fact for facts in drawing.boxes.values() for fact in facts} | {
        fact for _, _, *facts in drawing.arrows for fact in facts
    }
    stops = {stop for stops in drawing.through.values() for stop in stops}

    assert set(drawing.stands_for) <= drawing.boxes.keys() | stops
    assert {one if one in told else one.partition(": ")[2] for one in drawing.shown} <= told
    assert drawing.through.keys() <= arrows
    assert all(drawing.not_drawn.values())


@pytest.mark.parametrize("name", [name for name, (_, drawing) in DRAWINGS.items() if drawing.arrows])
def test_no_drawing_with_arrows_is_shown_by_pictures_whose_arrows_are_turned_round(
    name: str, pictures: dict[str, dict[str, View]]
) -> None:
    system, drawing = DRAWINGS[name]
    turned = [
        replace(view, edges=tuple(replace(edge, source=edge.target, target=edge.source) for edge in view.edges))
        for view in (pictures[system][one] for one in drawing.views)
    ]

    assert any(told.startswith("arrow") for told in missing(drawing, turned) - set(drawing.not_drawn))


@pytest.mark.parametrize("name", DRAWINGS)
def test_no_drawing_is_shown_by_pictures_without_words(name: str, pictures: dict[str, dict[str, View]]) -> None:
    system, drawing = DRAWINGS[name]
    mute = [
        replace(
            view,
            title="",
            description="",
            groups=tuple(replace(one, title="", subtitle="") for one in view.groups),
            nodes=tuple(replace(one, title="", detail=()) for one in view.nodes),
            edges=tuple(replace(one, label="") for one in view.edges),
        )
        for view in (pictures[system][one] for one in drawing.views)
    ]

    assert any(told.startswith("word") for told in missing(drawing, mute) - set(drawing.not_drawn))


SMALL = parse(
    {
        "title": "Small",
        "lines": "1-9",
        "boxes": {"subnet": ["Private"], "web": ["web", "2 tasks"], "db": ["db"]},
        "inside": {"web": "subnet"},
        "arrows": [["web", "db", "5432"]],
        "is": {"web": "shop/web"},
    }
)
SMALL_VIEW = View(
    name="small",
    title="Small",
    description="",
    layout="flow",
    groups=(Group("subnet", "Private subnet", "private"),),
    nodes=(
        Node("shop/web@a", "shop/web", "web", "service", "subnet", ("2 tasks",)),
        Node("db", "db", "db", "postgres"),
    ),
    edges=(Edge("shop/web@a", "db", "5432 PostgreSQL"),),
)


def test_nothing_is_missing_where_all_is_shown() -> None:
    assert missing(SMALL, [SMALL_VIEW]) == set()


def test_a_box_that_is_not_shown_is_missing_and_what_hangs_on_it_is_not_told_again() -> None:
    assert missing(SMALL, [replace(SMALL_VIEW, nodes=SMALL_VIEW.nodes[:1], edges=())]) == {"box db"}


@pytest.mark.parametrize(
    ("edges", "found"),
    [
        ((), {"arrow web > db"}),
        ((Edge("db", "shop/web@a", "5432"),), {"arrow web > db"}),
        ((Edge("shop/web@a", "db", "54321"),), {"label web > db: 5432"}),
        ((Edge("db", "shop/web@a", "5432", both=True),), set()),
    ],
)
def test_an_arrow_has_to_lead_the_right_way_with_its_label(edges: tuple[Edge, ...], found: set[str]) -> None:
    assert missing(SMALL, [replace(SMALL_VIEW, edges=edges)]) == found


def test_a_box_that_stands_elsewhere_is_told() -> None:
    elsewhere = replace(SMALL_VIEW.nodes[0], parent="")

    found = missing(SMALL, [replace(SMALL_VIEW, nodes=(elsewhere, SMALL_VIEW.nodes[1]))])

    assert found == {"inside web in subnet"}


def test_a_word_that_is_not_written_on_the_box_is_told() -> None:
    other = replace(SMALL_VIEW.nodes[0], detail=("12 tasks",))

    assert missing(SMALL, [replace(SMALL_VIEW, nodes=(other, SMALL_VIEW.nodes[1]))]) == {"word web: 2 tasks"}


def test_an_arrow_over_something_else_has_to_be_told_as_such() -> None:
    gate = Node("gate", "gate", "gate", "nat_gateway")
    view = replace(
        SMALL_VIEW,
        nodes=(*SMALL_VIEW.nodes, gate),
        edges=(Edge("shop/web@a", "gate", "5432"), Edge("gate", "db")),
    )
    told: Drawing = SMALL._replace(through={"web > db": ["gate"]})

    assert (missing(SMALL, [view]), missing(told, [view])) == ({"arrow web > db"}, set())
