"""D2 draws what is written, and reads no text as anything else."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from archspec.findings import Severity
from archspec.layout.text import printable
from archspec.renderers import d2
from archspec.views.view import Badge, Edge, Group, Node, View
from tests.renderers.hostile import HOSTILE, hostile

D2 = Path(__file__).parents[2] / ".drawing" / "d2"
COMPILER = Path(__file__).with_name("d2_compile.mjs")
SIGNIFICANT = [
    "${x}",
    "...${x}",
    "$",
    "\\",
    '\\"',
    "\\$",
    "$${a}",
    "null",
    "|md x|",
    "a\\nb",
    "*",
    "@x",
    "# c",
    "}",
    "'",
]


@pytest.mark.parametrize("layout", ["placement", "flow"])
@pytest.mark.parametrize("text", [*HOSTILE, *SIGNIFICANT])
def test_a_text_stays_in_its_quotes_on_its_line(text: str, layout: str) -> None:
    lines = d2.render(hostile(text, layout)).decode().splitlines()
    words = r'"(?:[^"\\$]|\\[\\"$n])*"'
    colour = r'"#[0-9A-F]{6}"'
    style = rf"(?:(?:fill|stroke|font-color): (?:{colour}|transparent)|[a-z-]+: [\d.]+|bold: \w+)"
    shapes = [
        r"vars: \{d2-config: \{layout-engine: elk\}\}",
        r"direction: (down|right)",
        r"classes: \{",
        rf"  \w+: \{{(label\.near: top-left; )?style: \{{{style}(; {style})*\}}\}}",
        r" *\}",
        rf"title: {words} \{{shape: text; near: top-center; style: \{{font-size: 24; bold: true\}}\}}",
        rf"notes: {words} \{{shape: text; near: bottom-center; style\.font-color: {colour}\}}",
        rf" *n\d+: {words} \{{class: \[[a-z; ]+\](; shape: [a-z_]+)?\}}",
        rf" *g\d+: {words} \{{",
        r" *class: \[[a-z; ]+\]",
        rf"[ng.\d]+ <?-> [ng.\d]+: {words} \{{class: \[[a-z; ]+\]\}}",
    ]
    assert [line for line in lines if not any(re.fullmatch(shape, line) for shape in shapes)] == []


def test_a_view_as_d2() -> None:
    groups = (Group("v", "VPC", "vpc", subtitle="10.0.0.0/16"),)
    nodes = (
        Node("a", "a", "API", "service", "v", ("port 80",), badges=(Badge(Severity.ERROR, 2),)),
        Node("b", "b", "DB", "postgres", "v", status="planned", change="added"),
    )
    edges = (Edge("a", "b", "5432", "planned", both=True, severity=Severity.WARNING),)
    vpc = '{fill: transparent; stroke: "#8C4FFF"; font-color: "#8C4FFF"; font-size: 18}'
    assert d2.render(View("v", "Shop", "", "flow", groups, nodes, edges, ("No roles.",))).decode().splitlines() == [
        "vars: {d2-config: {layout-engine: elk}}",
        "direction: right",
        "classes: {",
        f"  vpc: {{label.near: top-left; style: {vpc}}}",
        '  element: {style: {fill: "#FFFFFF"; stroke: "#545B64"; font-color: "#232F3E"; bold: false}}',
        '  flow: {style: {stroke: "#545B64"; font-color: "#232F3E"}}',
        "  planned: {style: {stroke-dash: 4; opacity: 0.7}}",
        '  error: {style: {stroke: "#C7131F"; stroke-width: 3}}',
        '  warning: {style: {stroke: "#B25000"; stroke-width: 3}}',
        '  added: {style: {stroke: "#1A7F37"; stroke-width: 3}}',
        "}",
        'title: "Shop" {shape: text; near: top-center; style: {font-size: 24; bold: true}}',
        'g0: "VPC 10.0.0.0/16" {',
        "  class: [vpc]",
        r'  n0: "API\nport 80\n■ 2 errors" {class: [element; error]}',
        '  n1: "+ DB" {class: [element; planned; added]; shape: cylinder}',
        "}",
        'g0.n0 <-> g0.n1: "5432" {class: [flow; planned; warning]}',
        'notes: "No roles." {shape: text; near: bottom-center; style.font-color: "#545B64"}',
    ]


def joined(words: str) -> str:
    """Return words without the spaces and line ends between and in them."""
    return "".join(words.split())


def compiled(views: Mapping[str, View]) -> dict[str, Any]:
    node = shutil.which("node")
    if node is None or not (D2 / "dist").exists():
        pytest.skip("D2 is not in .drawing, or node is not on PATH; `make test` puts D2 there where npm is")
    texts = json.dumps({name: d2.render(view).decode() for name, view in views.items()})
    run = subprocess.run(
        [node, COMPILER, D2], input=texts, capture_output=True, text=True, encoding="utf-8", timeout=300, check=True
    )
    found: dict[str, Any] = json.loads(run.stdout)
    return found


@pytest.mark.slow
def test_d2_itself_draws_every_view_of_every_system(all_views: Callable[[], dict[str, View]]) -> None:
    views = all_views()
    assert len(views) > 20
    found = compiled(views)
    assert {name: one for name, one in found.items() if isinstance(one, str)} == {}
    for name, view in views.items():
        own = {id_.rpartition(".")[2]: joined(label) for id_, label in found[name]["labels"].items()}
        titles = [(f"n{index}", joined(node.title)) for index, node in enumerate(view.nodes)]
        assert [title for id_, title in titles if not own[id_].startswith(title)] == []
        assert len(found[name]["connections"]) == len(view.edges)
        assert found[name]["drawn"] > 1000


@pytest.mark.slow
def test_d2_itself_writes_any_text_as_it_is() -> None:
    texts = [*HOSTILE, *SIGNIFICANT]
    found = compiled({text.encode("unicode_escape").decode(): hostile(text) for text in texts})
    for text, one in zip(texts, found.values(), strict=True):
        words = joined(printable(text))
        # A label has eight lines at most.
        assert joined(one["labels"]["n2"])[:100] == f"+{words}"[:100]
        assert one["labels"].keys() >= {"n2", "g0", "g0.n1", "g0.g1.g2.n0"}
        assert [end[:2] for end in one["connections"]] == [["n2", "g0.g1.g2.n0"], ["g0.g1.g2.n0", "g0.n1"]]
