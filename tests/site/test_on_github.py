"""Every Markdown file of the repository, as GitHub shows it: what it links to is there, with its anchor."""

import re
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt

from tests.site.reading import Page, read, split
from tests.site.walk import ROOT

GITHUB = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
FOLDERS = ("docs", "archspec", "rules", "specs", "diagrams_out")
FILES = [*ROOT.glob("*.md"), *sorted(file for folder in FOLDERS for file in (ROOT / folder).rglob("*.md"))]
HEADING = re.compile(r"<h[1-6]>(.*?)</h[1-6]>", re.DOTALL)


def slug(text: str) -> str:
    """Return the anchor that GitHub makes of a heading. https://github.com/gjtorikian/html-pipeline (toc filter)"""
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")


@cache
def page(path: Path) -> Page:
    html = GITHUB.render(path.read_text(encoding="utf-8"))
    found = read(html)
    counted: dict[str, int] = {}
    for heading in HEADING.findall(html):
        name = slug(unescape(re.sub(r"<[^>]*>", "", heading)))
        counted[name] = counted.get(name, -1) + 1
    headings = {f"{name}-{number}" if number else name for name, most in counted.items() for number in range(most + 1)}
    return found._replace(ids=found.ids | headings)


def leads(address: str, path: Path) -> bool:
    name, anchor = split(address)
    target = (path.parent / name).resolve() if name else path
    if not target.is_relative_to(ROOT) or not target.exists():
        return False
    return not anchor or (target.suffix == ".md" and anchor in page(target).ids)


def test_every_relative_link_leads_to_something_in_the_repository() -> None:
    dead = [
        f"{path.relative_to(ROOT).as_posix()}: {address}"
        for path in FILES
        for address in sorted({*page(path).links, *page(path).loaded})
        if not urlsplit(address).scheme and not leads(address, path)
    ]

    assert dead == []


def test_every_address_elsewhere_is_one_that_could_be() -> None:
    shape = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(/[!-~]*)?")
    addresses = {address for path in FILES for address in page(path).links if urlsplit(address).scheme}

    assert sorted(address for address in addresses if not shape.fullmatch(unquote(address))) == []
