"""Mermaid draws what is written, as GitHub would, and reads no text as anything else."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from archspec.errors import UsageError
from archspec.findings import Severity
from archspec.renderers import mermaid
from archspec.views.view import Badge, Edge, Group, Node, View
from tests.renderers.hostile import HOSTILE, hostile

SCRIPT = Path(__file__).parents[2] / ".drawing" / "mermaid" / "dist" / "mermaid.min.js"
DRAW = """async drawings => {
  mermaid.initialize({startOnLoad: false, securityLevel: "strict"});
  const drawn = {};
  for (const [name, text] of drawings) {
    try {
      document.body.innerHTML = (await mermaid.render("drawing", text)).svg;
      const words = [...document.querySelectorAll(".nodeLabel, .edgeLabel p")].map(one => one.innerText.trim());
      drawn[name] = [...new Set(words.filter(Boolean))].sort();
    } catch (error) {
      drawn[name] = `${error}`;
    }
  }
  return drawn;
}"""


@pytest.mark.parametrize("layout", ["placement", "flow"])
@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_stays_in_its_quotes_on_its_line(text: str, layout: str) -> None:
    lines = mermaid.render(hostile(text, layout)).decode().splitlines()
    words = r"(?:[\w .,:/()+–—·×→■▲●-]|#\d+;|<br/>)*"
    shapes = [
        r'%%\{init: \{"flowchart": \{"subGraphTitleMargin": \{"top": 0, "bottom": 12\}\}\}\}%%',
        r"flowchart (TB|LR)",
        r" +acc(Title|Descr): [^\"`<>{}|;#%&]*",
        rf' +n\d+\["{words}"\]',
        rf' +subgraph g\d+\["{words}"\]',
        r" +end",
        rf' +[ng]\d+ <?-\.?-?>(\|"{words}"\|)? [ng]\d+',
        r" +classDef (planned|error|added|removed) [a-z0-9#:A-Z,. -]+",
        r" +class [n\d,]+ (planned|error|added|removed)",
        r" +style g\d+ [a-zA-Z0-9:,.# -]+",
        r" +linkStyle [01] stroke:#[0-9A-F]{6},stroke-width:3px",
    ]
    assert [line for line in lines if not any(re.fullmatch(shape, line) for shape in shapes)] == []
    assert sum(line.lstrip().startswith("n") and '["' in line for line in lines) == 3


def test_findings_and_changes_are_told_in_words_and_by_borders() -> None:
    found = (Badge(Severity.ERROR, 2), Badge(Severity.WARNING, 1))
    nodes = (Node("a", "a", "API", "service", badges=found), Node("b", "b", "DB", "postgres", change="removed"))
    edge = Edge("a", "b", "5432", severity=Severity.ERROR)
    assert mermaid.render(View("v", "V", "", "flow", (), nodes, (edge,))).decode().splitlines()[4:] == [
        '    n0["API<br/>■ 2 errors, ▲ 1 warning"]',
        '    n1["#45; DB"]',
        '    n0 -->|"5432"| n1',
        "    classDef error stroke:#C7131F,stroke-width:3px",
        "    class n0 error",
        "    classDef removed stroke:#C7131F,stroke-width:3px,stroke-dasharray:5 3",
        "    class n1 removed",
        "    linkStyle 0 stroke:#C7131F,stroke-width:3px",
    ]


def test_no_ground_hides_a_dark_page() -> None:
    groups = tuple(Group(kind, kind, kind) for kind in ("cloud", "region", "vpc", "az", "public", "cluster", "other"))
    drawn = mermaid.render(View("v", "V", "", "placement", groups)).decode()
    assert set(re.findall(r"style g\d fill:([^,]+)", drawn)) == {"none", "#7AA1161F"}


@pytest.mark.parametrize("edges", [500, 501])
def test_more_edges_than_a_page_draws_are_refused(edges: int) -> None:
    nodes = (Node("a", "a", "a", "service"), Node("b", "b", "b", "service"))
    view = View("v", "V", "", "flow", (), nodes, (Edge("a", "b"),) * edges)
    if edges <= 500:
        assert mermaid.render(view).count(b"-->") == edges
    else:
        with pytest.raises(UsageError, match="the view v has 501 edges, and a page like GitHub's draws 500 at most"):
            mermaid.render(view)


def test_more_characters_than_a_page_draws_are_refused() -> None:
    nodes = tuple(Node(f"n{index}", "x", "x" * 300, "service") for index in range(200))
    with pytest.raises(UsageError, match="draws 50000 at most; draw it in another format, such as svg"):
        mermaid.render(View("v", "V", "", "flow", (), nodes))


def test_columns_are_written_from_the_last_as_mermaid_draws_that_at_the_left() -> None:
    groups = (Group("b", "AZ b", "az"), Group("a", "AZ a", "az"))
    drawn = mermaid.render(View("v", "V", "", "placement", groups)).decode()
    assert re.findall(r'subgraph g\d\["([^"]+)', drawn) == ["AZ b", "AZ a"]


def drawn(page: Page, drawings: dict[str, View]) -> dict[str, list[str] | str]:
    if not SCRIPT.exists():
        pytest.skip("Mermaid is not in .drawing; `make test` puts it there where npm is")
    page.add_script_tag(path=SCRIPT)
    found: dict[str, list[str] | str] = page.evaluate(
        DRAW, [(name, mermaid.render(view).decode()) for name, view in drawings.items()]
    )
    return found


@pytest.mark.slow
def test_mermaid_itself_draws_every_view_of_every_system(page: Page, all_views: Callable[[], dict[str, View]]) -> None:
    views = all_views()
    assert len(views) > 20
    words = drawn(page, views)
    missing = {
        name: [node.title for node in view.nodes if not any(node.title in one for one in words[name])]
        for name, view in views.items()
    }
    assert missing == {name: [] for name in views}


@pytest.mark.slow
def test_mermaid_itself_writes_any_text_as_it_is(page: Page) -> None:
    views = {text: hostile(text, layout) for text in HOSTILE for layout in ("placement", "flow")}
    words = drawn(page, views)
    kept = [text for text in HOSTILE if text.isprintable() and text.strip()]
    assert [text for text in kept if not any(text.split()[0] in one for one in words[text])] == []
    assert [text for text in HOSTILE if isinstance(words[text], str)] == []
