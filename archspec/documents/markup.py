"""Any text → Markdown that shows that text and does nothing else, in a sentence as in a table cell.

GitHub's dialect: CommonMark with tables, strikethrough, bare links and dollar maths. Only what could be read as markup
is escaped, so that the source stays readable.
"""

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote


class Markdown(str):
    """Text that is Markdown already; every other text is escaped when a template prints it."""

    __slots__ = ()


_SPECIAL = re.compile(
    r"""
    [\\`*\[\]|]                      # code, emphasis, links, table cells
    | <(?=[a-z/!?]|[^\s<>]*@)         # tags, comments, links in angles
    | (?<![^\W_])_ | _(?![^\W_])    # emphasis; inside a word it is none
    | (?<=\S)~ | ~(?![\w$])         # strikethrough ends after something; "~10" never does
    | &(?=\#?\w+;)                  # an entity
    | \$(?!\d) | (?<=\w)\$          # maths; an amount is none
    | :(?=//) | (?<=www)\.          # a bare link
    | ^[-+#>=]                      # a list, heading, quotation or underline, at the start of a line
    | (?<=\s)\#(?=\#*$)             # the end of a heading
    | (?<=^\d)[.)](?=\s|$) | (?<=^\d\d)[.)](?=\s|$) | (?<=^\d\d\d)[.)](?=\s|$)  # a numbered list
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"^(\d{4,9})([.)])(?=\s|$)")
_HIDDEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})
_LABELS = re.compile(r"[^\w /().,+-]")


def escape(value: object) -> Markdown:
    """Return the text of `value` on one line as Markdown; what is Markdown already is returned as it is."""
    if isinstance(value, Markdown):
        return value
    escaped = _SPECIAL.sub(r"\\\g<0>", one_line(str(value)))
    return Markdown(_LONG_NUMBER.sub(r"\1\\\2", escaped))


def one_line(text: str) -> str:
    """Return `text` on one line, with control and direction characters shown as `�`: they could hide or fake text."""
    joined = " ".join(text.split())
    if joined.isascii() and joined.isprintable():
        return joined
    return "".join("�" if unicodedata.category(char) in _HIDDEN else char for char in joined)


def message(text: str) -> Markdown:
    """Return a sentence of archspec's own, in which backticks mean code; what it quotes from a spec is harmless too."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    return Markdown("".join(code(part) if i % 2 else spaced(part) for i, part in enumerate(parts)))


def spaced(text: str) -> str:
    """Escape, keeping a space at either end."""
    return " " * text.startswith(" ") + escape(text) + " " * (text.endswith(" ") and text != " ")


def code(value: object) -> Markdown:
    """Return the text of `value` in code type. A backtick or a bar needs a tag: a code span in a cell ends at it."""
    text = one_line(str(value))
    if not text:
        return Markdown()
    return Markdown(f"<code>{escape(text)}</code>" if "`" in text or "|" in text else f"`{text}`")


def link(label: object, target: str) -> Markdown:
    """Return a link to an anchor (`#api`) or to a relative path; no scheme gets through."""
    return Markdown(f"[{escape(label)}]({quote(target, safe='/#.~_-')})")


def anchor(name: str) -> Markdown:
    """Return an invisible place that links can lead to."""
    return Markdown(f'<a id="{slug(name)}"></a>')


def join(parts: Iterable[Markdown], separator: str = ", ") -> Markdown:
    """Join what is Markdown already."""
    return Markdown(separator.join(parts))


def fenced(text: str) -> Markdown:
    """Return text for a line of a code fence, where nothing is markup but a line of backticks."""
    return Markdown(one_line(text).replace("```", "'''"))


def verbatim(text: str) -> Markdown:
    """Return text for the inside of a code fence, line for line; what could hide or fake text shows as `�`."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    return Markdown("\n".join("".join(map(_shown, line)).rstrip() for line in lines))


def _shown(char: str) -> str:
    return "�" if char != "\t" and unicodedata.category(char) in _HIDDEN else char


def fence_around(text: str) -> Markdown:
    """Return a fence that is longer than any row of backticks in the text, so that nothing in it ends the fence."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    return Markdown("`" * max(longest + 1, 3))


FENCED = r"^(?P<fence>`{3,})[^`\n]*$.*?^(?P=fence)$"
"""A code fence with what is in it, as a pattern for whole lines (`re.MULTILINE`) and across them (`re.DOTALL`)."""


def slug(text: str) -> str:
    """Return the name that GitHub gives to a heading with this text."""
    kept = "".join(char for char in text.lower() if char in " -_" or char.isalnum())
    return kept.replace(" ", "-")


def node_label(text: str) -> str:
    """Return text for a quoted label of a Mermaid diagram: what is not plain becomes Mermaid's own `#35;` entity."""
    return _LABELS.sub(lambda found: f"#{ord(found[0])};", one_line(text))
