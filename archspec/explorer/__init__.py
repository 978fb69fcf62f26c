"""A system → one interactive HTML page: its pictures, and what the graph and the rules say of everything in them.

The page is one file that loads nothing. What a spec says is not trusted: it stands in the page as data, which the
script shows as text, and a Content-Security-Policy allows that script and that style alone, by their hashes.
"""

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from archspec.checks import Checked
from archspec.documents.shell import shell
from archspec.errors import Locate
from archspec.explorer.content import content
from archspec.explorer.pictures import badged, icon_files, pictures
from archspec.explorer.repeats import fold
from archspec.explorer.sheet import Links, Sheet
from archspec.graph.graph import Graph
from archspec.layout.text import printable
from archspec.renderers.svg import font_faces
from archspec.views.view import View

__all__ = ["Links", "page"]

_HERE = Path(__file__).parent
_SCHEMES = '<meta name="color-scheme" content="light dark">\n'
_SCRIPTS = ("elements.js", "picture.js", "marks.js", "parts.js", "panel.js", "choosing.js", "search.js", "start.js")
"""The parts of the script, in the order in which they need each other."""


def page(graph: Graph, checked: Checked, locate: Locate, views: Sequence[View], links: Links = Links()) -> bytes:  # noqa: B008  frozen
    """Return the page of a system: the same bytes for the same spec.

    `views` are the pictures to show, and `checked` the findings. Raises `UsageError` where a picture cannot be drawn.
    """
    views = [badged(view, checked.findings) for view in views]
    told = _json(content(Sheet(graph, checked, locate, links), views))
    folded = fold([told, *pictures(views)])
    style = f"{font_faces()}\n{_read(['page.css'])}"
    script = f'"use strict";\n(() => {{\n{_read(_SCRIPTS)}}})();\n'
    body = (
        f'<script type="application/json" id="content">{_json(folded)}</script>\n'
        f'<script type="application/json" id="icons">{_json(icon_files(views))}</script>\n'
        f"{_read(['page.html'])}<script>{script}</script>"
    )
    return shell(printable(graph.architecture.label), style, f"{body}\n", script, _SCHEMES).encode()


def _read(names: Iterable[str]) -> str:
    """Return files one after the other, without indentation and the comments of scripts."""
    lines = (line.strip() for name in names for line in (_HERE / name).read_text(encoding="utf-8").splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))


def _json(data: object) -> str:
    """Write data so that nothing in it ends the block that it stands in, or begins a comment.

    What a script counts as two characters stands as two escapes, as `fold` needs it.
    """
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return re.sub("[\U00010000-\U0010ffff]", lambda char: json.dumps(char[0])[1:-1], written)
