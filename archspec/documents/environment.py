"""The templates' surroundings: sandboxed, strict about names, and unable to print unescaped text.

A project may replace templates one by one, with files of the same names in a folder of its own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING

from archspec.documents.markup import Markdown, escape
from archspec.documents.reading import read
from archspec.errors import Location, Problem, SpecError, UsageError
from archspec.mistakes import short, suggest

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

_TEMPLATES = Path(__file__).parent / "templates"
_LINE_END = re.compile(r"\r\n|\r|\n")
_NO_SUCH_FACT = re.compile(r"^'(?P<owner>[\w.]+) object' has no attribute '(?P<name>.+)'$")


def environment(folder: Path | None = None) -> "SandboxedEnvironment":
    """Return the environment, with the templates in `folder` before ours.

    What a template prints goes through `escape`, whatever filters it went through before.
    """
    return _environment(folder.absolute() if folder else None)


@cache
def _environment(folder: Path | None) -> "SandboxedEnvironment":
    from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    ours = FileSystemLoader(_TEMPLATES)
    made = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(folder, "utf-8-sig"), ours]) if folder else ours,
        undefined=StrictUndefined,
        finalize=escape,
        autoescape=False,  # Jinja's own escaping is for HTML; `finalize` escapes for Markdown, and always
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # What answers differently each time would make every document stale.
    del made.globals["lipsum"], made.filters["random"]
    return made


def fill(name: str, values: Mapping[str, object], folder: Path | None = None) -> Markdown:
    """Return what a template prints, ours or the one in `folder`.

    Raises `SpecError` where a template of the folder fails, at the line that does.
    """
    try:
        return Markdown(environment(folder).get_template(name).render(values))
    except Exception as error:  # a template makes Python raise anything: TypeError, OverflowError, SecurityError …
        place = _place(error, folder) if folder else None
        if place is None:
            raise
        raise SpecError((Problem(*_told(error, values.get("section"), place)),)) from None


def check(folder: Path) -> None:
    """Refuse a folder that cannot replace templates of ours.

    Raises `UsageError` where it is missing or holds a file that replaces none, `SpecError` with every template that
    cannot be read.
    """
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder.as_posix()}, and `templates` names it")
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and not file.name.startswith(".")]
    ours = sorted(path.name for path in _TEMPLATES.glob("*.j2"))
    if strangers := [told for file in files if (told := _stranger(file.relative_to(folder), ours))]:
        raise UsageError("\n".join(f"{folder.as_posix()}/{told}" for told in strangers))
    if problems := [problem for file in files for problem in _unreadable(file, folder)]:
        raise SpecError(tuple(problems))


def _stranger(name: Path, ours: Sequence[str]) -> str:
    if name.as_posix() in ours:
        return ""
    advice = suggest(name.name, ours) if len(name.parts) == 1 else "it stands in a folder, and ours do not"
    return f"{name.as_posix()} replaces no template of ours; {advice}"


def _unreadable(file: Path, folder: Path) -> Iterator[Problem]:
    from jinja2 import TemplateSyntaxError

    try:
        read(file)
        environment(folder).get_template(file.name)
    except SpecError as error:
        yield from error.problems
    except TemplateSyntaxError as error:
        yield Problem(str(error), _line(file, error.lineno), "see https://jinja.palletsprojects.com/templates")


def _place(error: Exception, folder: Path) -> Location | None:
    """Return the line of the folder's templates that raised; nothing where none of them did: then it is our fault."""
    here = folder.absolute()
    frames = [(Path(frame.f_code.co_filename), line) for frame, line in walk_tb(error.__traceback__)]
    found = [(folder / file.relative_to(here), line) for file, line in frames if file.is_relative_to(here)]
    return _line(*found[-1]) if found else None


def _line(file: Path, number: int) -> Location:
    text = _LINE_END.split(read(file))[number - 1 :][:1]
    line = text[0].removeprefix("\ufeff") if text else ""
    return Location(file.as_posix(), number, len(line) - len(line.lstrip()) + 1, line)


def _told(error: Exception, section: object, place: Location) -> tuple[str, Location, str]:
    """Say what a template got wrong, without the inside of archspec; and what its section has, if it asked for more."""
    from jinja2 import TemplateNotFound

    if isinstance(error, TemplateNotFound):
        ours = sorted(path.name for path in _TEMPLATES.glob("*.j2"))
        return f"there is no template '{short(error)}'", place, suggest(str(error), ours)
    said = str(error) or type(error).__name__
    missing = _NO_SUCH_FACT.match(said)
    if missing is None:
        return said, place, ""
    is_section = missing["owner"].rpartition(".")[2] == type(section).__name__
    hint = suggest(missing["name"], getattr(section, "_fields", ())) if is_section else ""
    return f"there is no '{missing['name']}' here", place, hint
