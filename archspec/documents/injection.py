"""Named regions of a Markdown file, filled; the text around them stays as it is, byte for byte.

A region stands between two lines, `<!-- archspec:begin NAME -->` and `<!-- archspec:end NAME -->`. In a code block such
lines are text like any other.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from archspec.errors import Location, Problem, SpecError

PREFIX = "archspec:"
"""What a file without regions lacks; one that has it may have some."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_LIKE = re.compile(r"[ \t]*<!--[ \t]*archspec:")
_MARKER = re.compile(
    r"(?P<indent>[ \t]*)<!--[ \t]*archspec:(?P<verb>begin|end)[ \t]+"
    r"(?P<name>[^\s<>]+?)[ \t]*-->[ \t]*(?P<ending>[\r\n]*)"
)
FORM = f"write `<!-- {PREFIX}begin NAME -->` and `<!-- {PREFIX}end NAME -->`, each on a line of its own"
"""What to do where there is no region."""

_BOM = "\ufeff"


class Unfit(NamedTuple):
    """Why there is nothing to put into a region, and what to do."""

    message: str
    hint: str = ""


Fill = Callable[[str], str | Unfit]
"""A region's name → the Markdown that belongs there."""


class Marker(NamedTuple):
    """A line that begins or ends a region: its position from 0, and where it stands for people."""

    position: int
    verb: str
    name: str
    indent: str
    ending: str
    location: Location

    @property
    def end(self) -> str:
        """The marker that ends the region."""
        return f"<!-- {PREFIX}end {self.name} -->"


class Region(NamedTuple):
    """What stands between two markers."""

    begin: Marker
    end: Marker


def inject(text: str, file: str, fill: Fill) -> str:
    """Return the text with every region filled. `file` is what problems call it.

    Raises `SpecError` with every problem: markers that do not pair up, and names that `fill` knows nothing for.
    """
    lines = _lines(text)
    markers, problems = _markers(lines, file)
    regions, unpaired = _paired(markers)
    contents = {marker.name: fill(marker.name) for marker in markers if marker.verb == "begin"}
    problems += [*unpaired, *_repeated(markers), *_unfilled(markers, contents)]
    if problems:
        raise SpecError(tuple(problems))
    for region in reversed(regions):
        lines[region.begin.position + 1 : region.end.position] = _filling(
            region.begin, str(contents[region.begin.name])
        )
    return "".join(lines)


def has_regions(text: str) -> bool:
    """Whether there is anything to fill."""
    return bool(_markers(_lines(text), "")[0])


def _lines(text: str) -> list[str]:
    """Split at what ends a line in Markdown, and keep it."""
    return [line for line in _LINE.findall(text) if line]


def _filling(begin: Marker, content: str) -> Iterator[str]:
    """Yield the lines between two markers, with the line ends and the indentation of the first."""
    body = content.strip("\n")
    for line in ["", *body.split("\n"), ""] if body else [""]:
        yield (begin.indent + line if line else "") + begin.ending


def _markers(lines: Sequence[str], file: str) -> tuple[list[Marker], list[Problem]]:
    """Return the markers in order, and what is meant as one and is none."""
    if not any(PREFIX in line for line in lines):
        return [], []
    code, markers, problems = _code("".join(lines).removeprefix(_BOM)), [], []
    for i, line in enumerate(lines):
        bare = line.removeprefix(_BOM)
        if i in code or not _LIKE.match(bare):
            continue
        found, written = _MARKER.fullmatch(bare), bare.strip()
        place = Location(file, i + 1, len(bare) - len(bare.lstrip()) + 1, bare.rstrip("\r\n"))
        if found:
            markers.append(Marker(i, found["verb"], found["name"], found["indent"], found["ending"], place))
        else:
            problems.append(Problem(f"this begins or ends no region: {_short(written)}", place, FORM))
    return markers, problems


def _code(text: str) -> frozenset[int]:
    """Return the positions of the lines that are in code blocks, as CommonMark has them."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark")
    parser.core.ruler.enableOnly(["normalize", "block"])
    blocks = [token.map for token in parser.parse(text) if token.type in ("fence", "code_block") and token.map]
    return frozenset(line for start, stop in blocks for line in range(start, stop))


def _paired(markers: Sequence[Marker]) -> tuple[list[Region], list[Problem]]:
    """Return the regions, and every marker that has no other."""
    regions: list[Region] = []
    problems: list[Problem] = []
    open_: list[Marker] = []
    last_ends = {marker.name: marker.position for marker in markers if marker.verb == "end"}
    for marker in markers:
        if marker.verb == "begin":
            problems += _opened(marker, open_, last_ends)
            open_.append(marker)
        elif not open_:
            problems.append(
                _problem(marker, f"region '{marker.name}' ends here and begins nowhere", "remove this line")
            )
        else:
            region = Region(open_.pop(), marker)
            problems += _mismatch(region)
            regions.append(region)
    return regions, [*problems, *map(_unclosed, open_)]


def _opened(marker: Marker, open_: list[Marker], last_ends: Mapping[str, int]) -> Iterator[Problem]:
    """Yield what is wrong with a region that begins inside another; one that never ends is told instead."""
    while open_:
        outer = open_[-1]
        if last_ends.get(outer.name, -1) > marker.position:
            words = f"region '{marker.name}' begins inside region '{outer.name}' (line {outer.location.line})"
            yield _problem(marker, words, f"end that first: `{outer.end}`")
            return
        yield _unclosed(open_.pop())


def _unclosed(begin: Marker) -> Problem:
    return _problem(begin, f"region '{begin.name}' begins here and is never closed", f"write `{begin.end}` after it")


def _mismatch(region: Region) -> Iterator[Problem]:
    begin, end = region
    if begin.name != end.name:
        words = (
            f"region '{end.name}' ends here, and the one that is open is '{begin.name}' (line {begin.location.line})"
        )
        yield _problem(end, words, f"write `{begin.end}`")


def _repeated(markers: Sequence[Marker]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for marker in markers:
        if marker.verb == "begin" and marker.name in first:
            words = f"region '{marker.name}' is in this file already (line {first[marker.name]})"
            yield _problem(marker, words, "keep one of the two")
        elif marker.verb == "begin":
            first[marker.name] = marker.location.line


def _unfilled(markers: Sequence[Marker], contents: dict[str, str | Unfit]) -> Iterator[Problem]:
    """Yield what cannot be filled, and what would not stay between its markers."""
    for marker in markers:
        content = contents[marker.name] if marker.verb == "begin" else ""
        if isinstance(content, Unfit):
            yield _problem(marker, content.message, content.hint)
        elif PREFIX in content or "```" in content or "~~~" in content:
            after = _markers([*_filling(marker._replace(indent="", ending="\n"), content), marker.end], "")[0]
            if len(after) != 1:
                words = f"what belongs into region '{marker.name}' holds a marker or an open code block"
                yield _problem(marker, words, "mend the template that writes it")


def _problem(marker: Marker, message: str, hint: str) -> Problem:
    return Problem(message, marker.location, hint)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
