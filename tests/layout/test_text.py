"""Widths are those of the fonts we ship; wrapping keeps to the width and marks what it cuts."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from archspec.layout.text import ELLIPSIS, is_drawn, isolated, printable, width, wrap

FONTS = Path(__file__).parents[2] / "archspec" / "renderers" / "fonts"

texts = st.text(st.characters(codec="utf-8")) | st.text(st.sampled_from("aW-/. …é漢\u0301"))
sizes = st.floats(6, 40)
ems = st.floats(3, 60)


@pytest.mark.parametrize(("file", "bold"), [("Inter-Regular", False), ("Inter-SemiBold", True)])
@pytest.mark.parametrize("suffix", ["ttf", "woff2"])
def test_every_glyph_is_as_wide_as_the_font_says(file: str, bold: bool, suffix: str) -> None:
    font = TTFont(FONTS / f"{file}.{suffix}")
    expected = {chr(code): font["hmtx"][glyph][0] for code, glyph in font.getBestCmap().items()}
    em = font["head"].unitsPerEm
    assert {char: width(char, em, bold=bold) for char in expected} == pytest.approx(expected)


@pytest.mark.parametrize("file", ["Inter-Regular", "Inter-SemiBold"])
def test_the_fonts_hold_the_signs_that_pictures_use(file: str) -> None:
    covered = TTFont(FONTS / f"{file}.ttf").getBestCmap()
    assert [sign for sign in "←→↔▼►≤≥×–—…•✓⚠éßłŽ€" if ord(sign) not in covered] == []


@pytest.mark.parametrize("file", ["Inter-Regular", "Inter-SemiBold"])
def test_the_fonts_do_not_kern_so_widths_add_up(file: str) -> None:
    assert {"GPOS", "GSUB", "kern"}.isdisjoint(TTFont(FONTS / f"{file}.ttf").keys())


@pytest.mark.parametrize(
    ("char", "em"),
    [
        ("漢", 1.0),
        ("\uff21", 1.0),
        ("\u0301", 0.0),
        ("\u200d", 0.0),
        ("\u00ad", 0.0),
        ("ж", 0.7),
        ("Ж", 0.9),
        ("த", 1.2),
        ("🚀", 1.3),
    ],
)
def test_a_character_outside_the_font_gets_a_width_by_its_class(char: str, em: float) -> None:
    assert width(char, 10) == pytest.approx(10 * em)


@given(texts, texts, sizes)
def test_widths_add_up(left: str, right: str, size: float) -> None:
    assert width(left + right, size) == pytest.approx(width(left, size) + width(right, size))


@pytest.mark.parametrize(
    ("text", "max_width", "max_lines", "lines"),
    [
        ("", 100, 2, ()),
        ("Application load balancer", 200, 2, ("Application load balancer",)),
        ("Application load balancer", 80, 2, ("Application", "load balancer")),
        ("Application load balancer", 80, 1, ("Application…",)),
        ("one  two\nthree", 200, 1, ("one two three",)),
        ("production-documents-bucket", 90, 3, ("production-", "documents-", "bucket")),
        ("productiondocuments", 66, 2, ("production", "documents")),
        ("EnvironmentSecurityGroup", 110, 3, ("Environment", "SecurityGroup")),
        ("private subnet application tier", 60, 2, ("private", "subnet…")),
    ],
)
def test_text_wraps(text: str, max_width: float, max_lines: int, lines: tuple[str, ...]) -> None:
    assert wrap(text, 12, max_width, max_lines) == lines


@given(text=texts, em=ems, max_lines=st.integers(1, 6), bold=st.booleans())
def test_no_line_is_wider_than_asked(text: str, em: float, max_lines: int, *, bold: bool) -> None:
    lines = wrap(text, 12, em * 12, max_lines, bold=bold)
    assert len(lines) <= max_lines
    assert [line for line in lines if width(line, 12, bold=bold) > em * 12 + 1e-9] == []


@given(texts, sizes, ems)
def test_nothing_is_lost_when_there_are_lines_enough(text: str, size: float, em: float) -> None:
    assert "".join("".join(wrap(text, size, em * size, len(text) + 1)).split()) == "".join(text.split())


@given(texts, ems, st.integers(1, 3))
def test_what_is_cut_is_marked_and_starts_the_text(text: str, em: float, max_lines: int) -> None:
    whole = wrap(text, 12, em * 12, len(text) + 1)
    lines = wrap(text, 12, em * 12, max_lines)
    if len(whole) <= max_lines:
        assert lines == whole
    else:
        assert lines[:-1] == whole[: max_lines - 1]
        assert lines[-1].endswith(ELLIPSIS)
        assert whole[max_lines - 1].startswith(lines[-1].removesuffix(ELLIPSIS))


@pytest.mark.parametrize("text", ["", "web", "42", "web قاعدة", "数据库", "42 web"])
def test_a_text_that_starts_from_left_to_right_is_written_as_it_is(text: str) -> None:
    assert isolated(text) == text


@pytest.mark.parametrize("text", ["قاعدة بيانات db-1", "מסד נתונים", "42 قاعدة", "… קצה"])
def test_a_text_that_starts_from_right_to_left_is_isolated(text: str) -> None:
    assert isolated(text) == f"\u2067{text}\u2069"


def test_a_letter_and_its_accent_are_one_character() -> None:
    assert printable("cafe\u0301") == "café"


@pytest.mark.parametrize(
    ("char", "drawn"), [("a", True), ("é", True), ("…", True), ("\u2067", True), ("漢", False), ("Ж", False)]
)
def test_what_the_fonts_lack_is_known(char: str, drawn: bool) -> None:
    assert is_drawn(char) == drawn
