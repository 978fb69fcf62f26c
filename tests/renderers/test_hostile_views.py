"""Whatever a view names: a picture that is right in every format, or a message that says what to do."""

import struct
import zlib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import resvg_py
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archspec.errors import UsageError
from archspec.layout import place
from archspec.layout.cells import cells
from archspec.layout.placed import Rect
from archspec.layout.text import is_drawn, isolated, printable, width
from archspec.renderers import RENDERERS, png
from archspec.views.view import Edge, Group, Layout, Node, View

SVG = "{http://www.w3.org/2000/svg}"
LAYOUTS: tuple[Layout, ...] = ("flow", "placement")
NAMES = {
    "long": "x" * 300,
    "long with breaks": "production-documents." * 15,
    "long Chinese": "多" * 300,
    "long Arabic": "قاعدة" * 60,
    "Chinese": "数据库主节点",
    "Japanese": "東京データベース",
    "Korean": "데이터베이스 서버",
    "Arabic with a number": "قاعدة بيانات db-1 رئيسي",
    "Hebrew": "מסד נתונים ראשי",
    "Thai": "ฐานข้อมูลหลัก",
    "Devanagari": "डेटाबेस सर्वर",
    "Tamil": "தரவுத்தளம்",
    "Cyrillic": "БАЗА ДАННЫХ основная",
    "Greek": "βάση δεδομένων",
    "combining": "cafe\u0301 a\u0323\u0308",
    "emoji": "deploy 🚀 ✅",
    "turned round": "\u202eelif\u202c \u2066x\u2069",
    "nothing": "",
    "controls": "a\x00b\x1b[31mc\r\nd",
}
NO_FONTS = [package for package in png._FAMILIES if find_spec(package) is None]  # noqa: SLF001

names = st.text(max_size=320) | st.sampled_from(sorted(NAMES.values()))
drawings = settings(max_examples=25, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def view(name: str, layout: Layout) -> View:
    """Return a view that says a name everywhere where a view says something."""
    groups = (Group("g", name, "region", "", name), Group("h", name, "vpc", "g", name))
    nodes = (Node("a", "a", name, "service", "h", (name, name)), Node("b", "b", name, "postgres", "", (name,)))
    return View("v", name, name, layout, groups, nodes, (Edge("a", "b", name), Edge("b", "h", name)), (name,))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", sorted(RENDERERS))
@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_drawn_or_refused_with_what_to_do(name: str, form: str, layout: Layout) -> None:
    shown = view(NAMES[name], layout)
    if form == "png" and not all(map(is_drawn, printable(NAMES[name]))) and (NO_FONTS or name == "emoji"):
        with pytest.raises(UsageError, match="draw it as SVG"):
            RENDERERS[form].render(shown)
    else:
        assert RENDERERS[form].render(shown)


@pytest.mark.parametrize("layout", LAYOUTS)
@given(name=names)
@drawings
def test_no_text_runs_out_of_its_card_or_off_the_picture(name: str, layout: Layout) -> None:
    shown = view(name, layout)
    root = ET.fromstring(RENDERERS["svg"].render(shown))  # noqa: S314  # our own output
    wide = float(root.get("width", 0))
    assert [text for text, box in texts(root) if box.x < 0 or box.right > wide + 0.1] == []
    boxes = place(shown).boxes
    for node in root.iter(f"{SVG}g"):
        if node.get("class") == "node":
            box = boxes[node.get("data-id", "")].grown(0.1)
            assert [text for text, rect in texts(node) if rect.x < box.x or rect.right > box.right] == []


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", ["long", "long Chinese", "Arabic with a number"])
def test_the_whole_name_is_in_the_title_of_the_node(name: str, layout: Layout) -> None:
    root = ET.fromstring(RENDERERS["svg"].render(view(NAMES[name], layout)))  # noqa: S314  # our own output
    nodes = [node for node in root.iter(f"{SVG}g") if node.get("class") == "node"]
    assert [NAMES[name] in (node.findtext(f"{SVG}title") or "") for node in nodes] == [True, True]


@pytest.mark.parametrize("layout", LAYOUTS)
@given(name=names)
@drawings
def test_a_drawing_in_characters_keeps_its_width(name: str, layout: Layout) -> None:
    lines = RENDERERS["text"].render(view(name, layout)).decode().splitlines()
    assert [line for line in lines if cells(line) > 100] == []


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", sorted(RENDERERS))
def test_a_view_that_selects_nothing_is_refused(form: str, layout: Layout) -> None:
    with pytest.raises(UsageError, match="the view v shows nothing"):
        RENDERERS[form].render(View("v", "V", "", layout))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", sorted(set(RENDERERS) - {"png", "mermaid"}))
def test_two_thousand_elements_are_drawn(form: str, layout: Layout) -> None:
    assert RENDERERS[form].render(two_thousand(layout))


def test_two_thousand_elements_are_more_than_mermaid_takes() -> None:
    with pytest.raises(UsageError, match="draw it in another format"):
        RENDERERS["mermaid"].render(two_thousand("flow"))


def two_thousand(layout: Layout) -> View:
    """Return a view of 2,000 elements in 20 groups."""
    groups = tuple(Group(f"g{i}", f"Subnet {i}", "private") for i in range(20))
    nodes = tuple(Node(f"n{i:04}", f"n{i:04}", f"service {i}", "service", f"g{i % 20}") for i in range(2_000))
    return View("v", "V", "", layout, groups, nodes)


def test_a_png_that_would_not_fit_into_memory_is_refused() -> None:
    nodes = tuple(Node(f"n{i:05}", "n", "service", "service") for i in range(20_000))
    with pytest.raises(UsageError, match=r"too large for a PNG: .* draw it as SVG"):
        png.render(View("v", "V", "", "flow", (), nodes))


def test_a_character_that_no_font_has_is_named_with_its_element(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(png, "_FAMILIES", {})
    nodes = (Node("web", "web", "Web", "service"), Node("db", "db", "数据库", "postgres"))
    message = (
        r"the view v cannot be drawn as PNG: no font has the characters 库 \(U\+5E93\), 据 \(U\+636E\), 数 \(U\+6570\) "
        r"of 'db'; write it without them, or draw it as SVG, which takes the reader's fonts"
    )
    with pytest.raises(UsageError, match=message):
        png.render(View("v", "V", "", "flow", (), nodes))


def test_fonts_that_are_not_installed_are_recommended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(png, "_FAMILIES", {"a_package_that_is_not_there": ("notosans",)})
    with pytest.raises(UsageError, match=r"pip install 'archspec-toolkit\[fonts\]', or draw it as SVG"):
        png.render(view("数据库", "flow"))


@pytest.mark.skipif(bool(NO_FONTS), reason=f"the extra fonts is not installed: {', '.join(NO_FONTS)}")
@pytest.mark.parametrize("name", sorted(set(NAMES) - {"emoji"}))
def test_with_the_extra_fonts_names_of_other_scripts_are_drawn(name: str) -> None:
    drawn = png.render(view(NAMES[name], "flow"))
    assert drawn == png.render(view(NAMES[name], "flow"))


@pytest.mark.skipif(bool(NO_FONTS), reason=f"the extra fonts is not installed: {', '.join(NO_FONTS)}")
@pytest.mark.parametrize("name", sorted(set(NAMES) - {"emoji"}))
def test_names_of_other_scripts_are_not_wider_than_was_guessed(name: str) -> None:
    text = printable(NAMES[name])[:40]
    missing = {char for char in text if not is_drawn(char)}
    fonts = png._fonts_for(view(text, "flow"), missing)  # noqa: SLF001
    assert drawn_width(text, fonts) <= width(text, 11, bold=True) + 1


def drawn_width(text: str, fonts: list[Path]) -> float:
    """Return how far the ink of a bold text reaches at font size 11, in px."""
    start = '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="40" font-family="Inter">'
    words = f'<text x="0" y="25" font-size="11" font-weight="600">{isolated(text)}</text></svg>'
    files = [*(str(png._FONTS / file) for file in png._OWN), *map(str, fonts)]  # noqa: SLF001
    drawn = resvg_py.svg_to_bytes(svg_string=start + words, skip_system_fonts=True, font_files=files)
    return max((x for row in opacities(bytes(drawn)) for x, opacity in enumerate(row, 1) if opacity), default=0)


def opacities(image: bytes) -> Iterator[bytes]:
    """Yield the opacity of the pixels of a PNG in RGBA, row by row: https://www.w3.org/TR/png/#9Filters."""
    data, at = b"", 8
    while at < len(image):
        length, kind = struct.unpack(">I4s", image[at : at + 8])
        data += image[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    stride = 4 * struct.unpack(">I", image[16:20])[0]
    before, raw = bytearray(stride), zlib.decompress(data)
    for start in range(0, len(raw), stride + 1):
        row = bytearray(raw[start + 1 : start + 1 + stride])
        for i in range(stride):
            left, above, corner = (row[i - 4], before[i], before[i - 4]) if i > 3 else (0, before[i], 0)
            near = min((left, above, corner), key=lambda one: abs(left + above - corner - one))
            row[i] = (row[i] + (0, left, above, (left + above) // 2, near)[raw[start]]) % 256
        before = row
        yield bytes(row[3::4])


def texts(root: ET.Element) -> Iterator[tuple[str, Rect]]:
    """Yield every text below an element with the room that it takes."""
    for element in root.iter(f"{SVG}text"):
        text, size = element.text or "", float(element.get("font-size", 0))
        wide = width(text, size, bold=element.get("font-weight") == "600")
        x = float(element.get("x", 0)) - (wide / 2 if element.get("text-anchor") == "middle" else 0)
        yield text, Rect(x, float(element.get("y", 0)) - size, wide, size)
