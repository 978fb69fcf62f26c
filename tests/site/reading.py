"""What an HTML page links to, loads and consists of."""

from collections import Counter
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

LOADED = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "link": "href",
    "object": "data",
    "use": "href",
}
"""Tag → the attribute whose address a browser loads by itself."""
COUNTED = ("h1", "h2", "h3", "h4", "li", "tr", "td", "pre", "img", "blockquote")
"""What a reader sees as a thing of its own."""
_EMPTY = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)

Attributes = Sequence[tuple[str, str | None]]


class Page(NamedTuple):
    """Ids to link to, addresses of links, addresses that are loaded, its tags, and its text without spaces."""

    ids: frozenset[str]
    links: tuple[str, ...]
    loaded: tuple[str, ...]
    tags: Counter[str]
    words: str


class _Reader(HTMLParser):
    """Gathers the parts of a page; `within` is the tag around its text, or nothing where all of it is."""

    def __init__(self, within: str) -> None:
        super().__init__()
        self.within = within
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.open: list[str] = []
        self.tags: Counter[str] = Counter()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        found = {name: value or "" for name, value in attrs}
        self.ids |= {found[name] for name in ("id", "name") if found.get(name)}
        if tag in LOADED and LOADED[tag] in found:
            self.loaded.append(found[LOADED[tag]])
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if self.inside and tag in COUNTED:
            self.tags[tag] += 1
        if tag not in _EMPTY:
            hidden = {"headerlink", "filename"} & set(found.get("class", "").split())  # GitHub shows neither
            self.open.append("script" if hidden else tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and tag not in _EMPTY and self.open.pop() not in (tag, "script"):
            pass

    def handle_data(self, data: str) -> None:
        if self.inside and not {"script", "style", "nav"} & set(self.open):
            self.words.append(data)

    @property
    def inside(self) -> bool:
        return not self.within or self.within in self.open


def read(html: str, within: str = "") -> Page:
    """Return the parts of a page; its tags and text only inside the tag `within`, where one is named."""
    reader = _Reader(within)
    reader.feed(html)
    words = "".join("".join(reader.words).split())
    return Page(frozenset(reader.ids), tuple(reader.links), tuple(reader.loaded), reader.tags, words)


def is_elsewhere(address: str) -> bool:
    """Whether an address is not of the site itself."""
    found = urlsplit(address)
    return bool(found.scheme or found.netloc) and found.scheme != "data"


def split(address: str) -> tuple[str, str]:
    """Return the path and the anchor of an address."""
    found = urlsplit(address)
    return unquote(found.path), unquote(found.fragment)
