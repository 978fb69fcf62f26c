"""What MkDocs does not do by itself: GitHub's Markdown, pages by pattern, files outside `docs/`, pictures to click on.

MkDocs calls the functions that are named `on_…` (https://www.mkdocs.org/user-guide/configuration/#hooks).
"""

import re
import string
from os.path import normpath
from pathlib import Path, PurePosixPath
from typing import Any

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

FONTS = ("Inter-Regular.woff2", "Inter-SemiBold.woff2")
"""Of the renderers; `site.css` names them where `_outside` puts them."""

_LINK = re.compile(r"\]\((?P<path>\.\./[^)#\s]+)")
_CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)]) +")
_PICTURE = re.compile(r'<img (?=[^>]*src="(?P<source>[^"]+\.svg)")[^>]*>')


class _GitHub(Extension):
    """Reads Markdown as GitHub does, where Python's would read something else. https://github.github.com/gfm/"""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  the library's name
        """Read nested lists, bars in code, and a backslash before any punctuation."""
        md.ESCAPED_CHARS = list(string.punctuation)
        md.preprocessors.register(_Bars(md), "bars", 20)  # after fences, which are put aside at 25
        md.preprocessors.register(_Indents(md), "indents", 20)


class _Bars(Preprocessor):
    """A bar in code in a cell is written with a backslash, and Python's Markdown would show it."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with such bars alone."""
        return [_CODE.sub(_without_backslash, line) if line.startswith("|") else line for line in lines]


def _without_backslash(found: re.Match[str]) -> str:
    return found[0].replace("\\|", "|")


class _Indents(Preprocessor):
    """What belongs to an item is indented as far as its text; Python's Markdown wants four spaces for each level."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with four spaces for each list that they stand in."""
        made: list[str] = []
        within: list[int] = []  # where the text of each open item begins
        for line in lines:
            text = line.lstrip(" ")
            indent = len(line) - len(text)
            within = [column for column in within if column <= indent] if text else within
            made.append("    " * len(within) + text if within and text else line)
            if marker := _ITEM.match(text):
                within = [*within, indent + len(marker[0])]
        return made


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Replace each pattern in the navigation, such as `rules/NET*.md`, by the pages that it fits, in order."""
    config.markdown_extensions.append(_GitHub())
    config.nav = _expanded(config.nav, Path(config.docs_dir))
    return config


def _expanded(nav: Any, docs: Path) -> Any:  # noqa: ANN401  a navigation is lists in mappings in lists
    match nav:
        case list():
            parts = [_expanded(one, docs) for one in nav]
            return [page for part in parts for page in (part if isinstance(part, list) else [part])]
        case dict():
            return {title: _expanded(part, docs) for title, part in nav.items()}
        case str() if "*" in nav:
            return sorted(page.relative_to(docs).as_posix() for page in docs.glob(nav))
        case _:
            return nav


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what pages link to outside of `docs/`: pictures, code, specs. They are copied, code as plain text.

    A folder, or a Markdown file, is not: nothing would show it as GitHub does, so a strict build refuses the link.
    """
    found = {f"../archspec/renderers/fonts/{name}" for name in FONTS}
    for page in files.documentation_pages():
        folder = PurePosixPath(page.src_uri).parent
        found |= {normpath(folder / link["path"]) for link in _LINK.finditer(page.content_string)}
    for uri in sorted(found):
        path = Path(config.docs_dir, uri)
        if uri.startswith("../") and path.is_file() and path.suffix != ".md":
            files.append(_outside(uri, path.resolve(), config))
    return files


def _outside(uri: str, path: Path, config: MkDocsConfig) -> File:
    made = File.generated(config, uri, abs_src_path=str(path), inclusion=InclusionLevel.INCLUDED)
    shown = path.suffix in (".svg", ".woff2")
    made.dest_uri = f"files/{uri.removeprefix('../')}{'' if shown else '.txt'}"
    return made


def on_page_content(html: str, **_page: object) -> str:
    """Make each picture lead to its file, where it can be enlarged."""
    return _PICTURE.sub(lambda found: f'<a class="picture" href="{found["source"]}">{found[0]}</a>', html)
