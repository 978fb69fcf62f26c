"""The document's Markdown → one HTML file that needs nothing else: styles and pictures are inside, and no script.

The Markdown is not trusted. Raw HTML in it shows as text, but for the two things that our own Markdown has: an anchor
(`<a id="api"></a>`) and code type (`<code>…</code>`). A Content-Security-Policy refuses whatever would get past that.
"""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from archspec.documents import Picture
from archspec.documents.markup import slug
from archspec.documents.shell import shell

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_STYLE = Path(__file__).with_name("page.css")
_FIRST_COMMENT = re.compile(r"\A<!--.*?-->\s*", re.DOTALL)
_ANCHOR = re.compile(r'<a id="[\w-]+">')
_NAMED = re.compile(r"%% (\S+)\n")
_SCHEME = re.compile(r"\s*(//|[a-z][a-z0-9+.-]*:)", re.IGNORECASE)
_LINKED = ("http:", "https:", "mailto:")
_SIZE = re.compile(rb'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"')
_MANY = 8
"""Columns; a table with more is set smaller on paper."""

_ALIGNED = {"text-align:right": "right", "text-align:center": "center"}


class Drawing(NamedTuple):
    """A picture as the Markdown links it, and the SVG that stands here in its place."""

    picture: Picture
    svg: bytes


class Heading(NamedTuple):
    """A heading: its tag, its anchor, which is GitHub's, and its text."""

    tag: str
    anchor: str
    text: str


def render(text: str, origin: str, drawings: Sequence[Drawing] = ()) -> str:
    """Return the document as HTML. `text` is its Markdown, `origin` the spec's path, as the first line names it."""
    parser = _parser()
    images = {name: _image(one) for one in drawings for name in (one.picture.name, quote(one.picture.link, "/#.~_-"))}
    tokens = parser.parse(_FIRST_COMMENT.sub("", text))
    for token in tokens:
        token.children = list(_inline(token.children or [], images))
    headings = _headings(tokens)
    body = _with_contents(list(_blocks(tokens, headings, images)), list(headings.values()))
    title = next((one.text for one in headings.values() if one.tag == "h1"), "Architecture")
    return _page(title, origin, parser.renderer.render(body, parser.options, {}))


def _parser() -> "MarkdownIt":
    """Return a parser for CommonMark with tables and strikethrough. HTML in it is told apart, but never trusted."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).disable("html_block")


def _is_harmless(target: str) -> bool:
    """Whether a link leads to a place in the document, a file beside it or a page."""
    scheme = _SCHEME.match(target)
    return scheme is None or scheme[1].lower() in _LINKED


def _headings(tokens: Sequence["Token"]) -> Mapping[int, Heading]:
    """Return position of a token → the heading that begins there; GitHub numbers anchors that repeat an earlier one."""
    found: dict[int, Heading] = {}
    used: dict[str, int] = {}
    for i, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        text = "".join(one.content for one in tokens[i + 1].children or () if one.type in ("text", "code_inline"))
        name = slug(text)
        count = used.get(name, 0)
        used[name] = count + 1
        found[i] = Heading(token.tag, f"{name}-{count}" if count else name, text)
    return found


def _blocks(tokens: Sequence["Token"], headings: Mapping[int, Heading], images: Mapping[str, str]) -> Iterator["Token"]:
    """Yield the tokens, with anchors for headings, boxes that scroll for tables, and pictures for diagrams."""
    chapter = last = Heading("", "", "")
    for i, token in enumerate(tokens):
        if heading := headings.get(i):
            chapter, last = (heading, heading) if heading.tag == "h2" else (chapter, heading)
            token.attrs = {"id": heading.anchor}
        elif token.type in ("th_open", "td_open"):
            # A style in an attribute is what the policy refuses.
            aligned = _ALIGNED.get(str(token.attrs.get("style")))
            token.attrs = {"class": aligned} if aligned else {}
        match token.type:
            case "table_open":
                token.attrs = {"class": "many"} if _columns(tokens[i:]) > _MANY else {}
                yield _raw(f'<div class="wide" role="group" tabindex="0" aria-label="{escape(last.text)}">\n')
                yield token
            case "table_close":
                yield token
                yield _raw("</div>\n")
            case "fence" if token.info.startswith("mermaid") and (image := _drawn(token, chapter, images)):
                yield _raw(f"<p>{image}</p>\n")
            case _:
                yield token


def _drawn(fence: "Token", chapter: Heading, images: Mapping[str, str]) -> str:
    """Return the picture of a Mermaid diagram: that of the view which its first line names, or its chapter."""
    named = _NAMED.match(fence.content)
    return images.get(named[1] if named else chapter.anchor, "")


def _columns(table: Sequence["Token"]) -> int:
    head = takewhile(lambda token: token.type != "thead_close", table)
    return sum(token.type == "th_open" for token in head)


def _inline(tokens: Sequence["Token"], images: Mapping[str, str]) -> Iterator["Token"]:
    """Yield what stands in a line: anchors and code type of our own, any other HTML as the text that it is."""
    rest = list(tokens)
    while rest:
        token = rest.pop(0)
        if token.type == "image":
            yield from _shown(token, images)
        elif token.type == "link_open" and not _is_harmless(str(token.attrs.get("href"))):
            yield _raw("<a>")
        elif token.type != "html_inline":
            yield token
        elif _ANCHOR.fullmatch(token.content) and _what(rest, 1) == ["</a>"]:
            yield _raw(token.content + rest.pop(0).content)
        elif token.content == "<code>" and _what(rest, 2) == ["text", "</code>"]:
            yield _token("code_inline", rest.pop(0).content, tag="code")
            rest.pop(0)
        elif not token.content.startswith("<!--"):
            yield _token("text", token.content)


def _what(tokens: Sequence["Token"], count: int) -> list[str]:
    """Say what the first tokens are: the tag of raw HTML, else the type."""
    return [one.content if one.type == "html_inline" else one.type for one in tokens[:count]]


def _shown(token: "Token", images: Mapping[str, str]) -> Iterator["Token"]:
    """Yield a picture that is inside this file; of any other a link, because the file loads nothing."""
    source = str(token.attrs.get("src", ""))
    if source in images:
        yield _raw(images[source])
        return
    target = f' href="{escape(source)}"' if _is_harmless(source) else ""
    yield from (_raw(f"<a{target}>"), _token("text", token.content), _raw("</a>"))


def _image(drawing: Drawing) -> str:
    size = _SIZE.search(drawing.svg)
    sized = f' width="{round(float(size[1]))}" height="{round(float(size[2]))}"' if size else ""
    source = f"data:image/svg+xml;base64,{b64encode(drawing.svg).decode('ascii')}"
    words = escape(drawing.picture.description or drawing.picture.title)
    return f'<span class="wide picture" tabindex="0"><img src="{source}"{sized} alt="{words}"></span>'


def _with_contents(tokens: list["Token"], headings: Sequence[Heading]) -> list["Token"]:
    """Put a list of the chapters before the first of them, in place of the Markdown's own."""
    first = next((i for i, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h2"), None)
    chapters = [one for one in headings if one.tag == "h2"]
    if first is None:
        return tokens
    has_own = chapters[0].text == "Contents" and _what(tokens[first + 3 :], 1) == ["paragraph_open"]
    after = first + 6 if has_own else first
    links = "".join(f'<li><a href="#{quote(one.anchor)}">{escape(one.text)}</a></li>\n' for one in chapters[has_own:])
    title = f'<h2 id="{escape(chapters[0].anchor)}">Contents</h2>' if has_own else "<h2>Contents</h2>"
    return [*tokens[:first], _raw(f"<nav>\n{title}\n<ul>\n{links}</ul>\n</nav>\n"), *tokens[after:]]


def _raw(content: str) -> "Token":
    """Return HTML of ours."""
    return _token("html_block", content)


def _token(type_: str, content: str, *, tag: str = "") -> "Token":
    from markdown_it.token import Token

    return Token(type_, tag, 0, content=content)


def _page(title: str, origin: str, body: str) -> str:
    footer = f"<footer>Generated by archspec from {escape(origin)}.</footer>"
    return shell(title, _STYLE.read_text(encoding="utf-8"), f"<main>\n{body}</main>\n{footer}\n")
