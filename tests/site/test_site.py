"""The documentation's site: built strictly, complete, without a dead link, and without anything from elsewhere."""

import re
from itertools import zip_longest
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.site.conftest import Site, build
from tests.site.reading import COUNTED, Page, is_elsewhere, read, split
from tests.site.walk import ROOT

pytestmark = pytest.mark.slow  # building takes four seconds

DOCS = ROOT / "docs"
SOURCES = sorted(DOCS.rglob("*.md"))
GITHUB = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
NOT_FOUND = Path("404.html")
OF_THE_THEME = {"__consent", "__search", "top"}
"""Anchors that the theme's own script answers."""


def built(source: Path) -> Path:
    """Return where the page of a Markdown file is, seen from the site."""
    name = source.relative_to(DOCS)
    return name.with_name("index.html") if name.name == "README.md" else name.with_suffix(".html")


@pytest.fixture(scope="session")
def pages(site: Site) -> dict[Path, Page]:
    """Return every page of the site by its path in it."""
    found = sorted(site.folder.rglob("*.html"))
    return {path.relative_to(site.folder): read(path.read_text(encoding="utf-8")) for path in found}


def test_building_has_nothing_to_complain_of(site: Site) -> None:
    assert [line for line in site.said.splitlines() if not line.startswith("INFO")] == []


def test_every_page_of_the_documentation_is_on_the_site_and_nothing_else_is(pages: dict[Path, Page]) -> None:
    assert {built(source) for source in SOURCES} == set(pages) - {NOT_FOUND}


def test_every_link_and_anchor_leads_somewhere(site: Site, pages: dict[Path, Page]) -> None:
    dead = [
        (path.as_posix(), address)
        for path, page in pages.items()
        for address in sorted({*page.links, *page.loaded})
        if path != NOT_FOUND and not is_elsewhere(address) and not leads(address, path, site.folder, pages)
    ]

    assert dead == []


def leads(address: str, path: Path, folder: Path, pages: dict[Path, Page]) -> bool:
    """Whether something is at an address on the page at a path, and the anchor too, where there is one."""
    name, anchor = split(address)
    target = Path(*(folder / path.parent / name).resolve().relative_to(folder.resolve()).parts) if name else path
    if (folder / target).is_dir():
        target /= "index.html"
    page = pages.get(target)
    return (folder / target).is_file() and (not anchor or page is None or anchor in page.ids | OF_THE_THEME)


def test_nothing_is_loaded_from_elsewhere(site: Site, pages: dict[Path, Page]) -> None:
    styles = [path.read_text(encoding="utf-8") for path in site.folder.rglob("*.css")]
    named = [address for text in styles for address in re.findall(r"(?:url\(|@import )[\"']?([^)\"';]*)", text)]
    loaded = [address for page in pages.values() for address in page.loaded]

    assert sorted({address for address in (*loaded, *named) if is_elsewhere(address)}) == []


def test_no_page_has_what_the_theme_would_fetch_a_script_for(site: Site) -> None:
    found = [path for path in site.folder.rglob("*.html") if re.search(r'class="[^"]*\bmermaid\b', path.read_text())]

    assert found == []


def test_every_page_shows_what_it_shows_on_github(site: Site) -> None:
    assert [told for source in SOURCES for told in differences(source, site.folder)] == []


def differences(source: Path, folder: Path) -> list[str]:
    """Say how a page of the site differs from what GitHub makes of its Markdown."""
    here = read((folder / built(source)).read_text(encoding="utf-8"), "article")
    there = read(GITHUB.render(source.read_text(encoding="utf-8")))
    name = source.relative_to(DOCS).as_posix()
    told = [
        f"{name}: {here.tags[tag]} {tag}, not {there.tags[tag]}" for tag in COUNTED if here.tags[tag] != there.tags[tag]
    ]
    if here.words != there.words:
        pairs = enumerate(zip_longest(here.words, there.words))
        same = next(position for position, (one, other) in pairs if one != other)
        told.append(f"{name}: {here.words[same : same + 40]!r}, not {there.words[same : same + 40]!r}")
    return told


def test_the_same_documentation_makes_the_same_bytes(site: Site, tmp_path: Path) -> None:
    tops = (site.folder, build(tmp_path).folder)
    first, second = ({path.relative_to(top): path for path in top.rglob("*") if path.is_file()} for top in tops)

    assert set(first) == set(second)
    assert [name for name in sorted(first) if first[name].read_bytes() != second[name].read_bytes()] == []
