"""A project's settings: `[tool.archspec]` in pyproject.toml, or `archspec.toml`, found from the working folder up.

```toml
[tool.archspec]
paths = ["specs"]             # what lint, render, docs and build work on
diagrams = "diagrams_out"     # where render writes
formats = ["svg", "mermaid", "text"]  # what render and build draw pictures as
views = []                    # which pictures render and build draw, by name; all of them by default
documents = "docs/systems"    # where docs writes
terraform = "build/terraform" # where build writes Terraform
reference = ""                # where build writes the rules' pages and the schema; nowhere by default
templates = ""                # a folder of templates that replace archspec's own, by their names
inject = []                   # Markdown files whose regions docs fills: files, or patterns such as docs/*.md
packs = []                    # rule packs of the project's own: files, or folders of them
select = []                   # as `lint --select`
ignore = []                   # as `lint --ignore`
fail_on = "error"             # as `lint --fail-on`
baseline = "archspec-baseline.json"  # the findings that are known, where `archspec baseline` has written them
longest_waiver = "1 year"     # how far away the last day of a waiver may be
```
"""

import re
from glob import glob
from os import sep, walk
from os.path import isdir, join, lexists, realpath, splitext
from pathlib import Path
from typing import Any, NamedTuple, cast

from archspec.errors import UsageError

LEVELS = ("info", "warning", "error")
"""What `fail_on` may be, from the mildest up."""

YAML_ENDINGS = (".yaml", ".yml")
# The key of a spec's own, at the start of a line and however it is written; after no more comments than this.
_OWN_KEY = re.compile(rb"""(?m)(?:^|\r)(?:\xef\xbb\xbf)?[{ ]*["']?archspec["']?\s*:""")
# The version of the language, under whatever key.
_VERSION = re.compile(rb"""(?m)^(?:\xef\xbb\xbf)?["']?([A-Za-z_-]{6,10})["']?\s*:\s*["']?1["']?\s*(?:#.*)?$""")
SPEC_START = 65536
"""Bytes of a file that are looked at to tell whether it is a spec."""
_SETTINGS: tuple[tuple[str, tuple[str, ...]], ...] = (("archspec.toml", ()), ("pyproject.toml", ("tool", "archspec")))
"""Where settings may stand in a folder: a file, and the table of it."""
_DAYS = {"day": 1, "week": 7, "month": 31, "year": 366}
_EXPECTED = {
    "fail_on": (re.compile("|".join(LEVELS)), f"one of {', '.join(LEVELS)}"),
    "longest_waiver": (
        re.compile(r"[1-9][0-9]{0,3} (?:day|week|month|year)s?"),
        "a time such as 90 days, 6 months or 1 year",
    ),
}


class Project(NamedTuple):
    """Where the project stands and what it says; relative paths are relative to `root`."""

    root: Path
    paths: tuple[str, ...] = ("specs",)
    diagrams: str = "diagrams_out"
    formats: tuple[str, ...] = ("svg", "mermaid", "text")
    views: tuple[str, ...] = ()
    documents: str = "docs/systems"
    terraform: str = "build/terraform"
    reference: str = ""
    templates: str = ""
    inject: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = "error"
    baseline: str = "archspec-baseline.json"
    longest_waiver: str = "1 year"


def find(start: Path) -> Project:
    """Return the settings that hold in `start`: of the nearest folder that has any, else the defaults there.

    Raises `UsageError` for a file that is not TOML, an unknown setting or a value of the wrong type.
    """
    for folder in (start, *start.parents):
        for name, table in _SETTINGS:
            file = folder / name
            settings = _read(file, table) if file.is_file() else None
            if settings is not None:
                return _checked(folder, shown(file).as_posix(), settings)
    return Project(start)


def _read(path: Path, table: tuple[str, ...]) -> dict[str, Any] | None:
    import tomllib

    try:
        settings: Any = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:  # not TOML, or not UTF-8
        raise UsageError(f"{shown(path).as_posix()} is not valid TOML: {error}") from None
    except OSError as error:
        raise UsageError(f"{shown(path).as_posix()} cannot be read: {error.strerror}") from None
    for position, key in enumerate(table):
        settings = settings.get(key, {} if position < len(table) - 1 else None)
        if settings is not None and not isinstance(settings, dict):
            raise UsageError(f"{shown(path).as_posix()}: [{'.'.join(table)}] is a table of settings, not {settings!r}")
    return cast("dict[str, Any] | None", settings)


def _checked(root: Path, name: str, settings: dict[str, Any]) -> Project:
    mistakes = [mistake for key, value in settings.items() if (mistake := _mistake(key, value))]
    if mistakes:
        raise UsageError("\n".join(f"{name}: {mistake}" for mistake in mistakes))
    values: dict[str, Any] = {key: tuple(one) if isinstance(one, list) else one for key, one in settings.items()}
    return Project(root, **values)


def _mistake(key: str, value: object) -> str:
    """Say what is wrong with a setting; nothing where it fits."""
    known = [field for field in Project._fields if field != "root"]
    if key not in known:
        from difflib import get_close_matches

        close = get_close_matches(key, known, n=1)
        return f"unknown setting '{key}'; " + (
            f"did you mean '{close[0]}'?" if close else f"there are: {', '.join(known)}"
        )
    if "\0" in "".join(map(str, value if isinstance(value, list) else [value])):
        return f"'{key}' holds a NUL character, and no name does"
    if isinstance(Project._field_defaults[key], tuple):
        fits = isinstance(value, list) and all(isinstance(item, str) for item in value)
        return "" if fits else f"'{key}' is a list of texts, not {value!r}"
    if not isinstance(value, str):
        return f"'{key}' is a text, not {value!r}"
    expected = _EXPECTED.get(key)
    return "" if expected is None or expected[0].fullmatch(value) else f"'{key}' is {expected[1]}, not {value!r}"


def days(time: str) -> int:
    """Return how many days a time such as `6 months` has at most.

    >>> days("90 days"), days("1 year")
    (90, 366)
    """
    number, unit = time.split()
    return int(number) * _DAYS[unit.removesuffix("s")]


def specs(project: Project, paths: tuple[str, ...]) -> list[Path]:
    """Return the spec files that `paths` mean, in order, each once; the project's own paths where none are given.

    A folder means every YAML file in it and below that has an `archspec:` key of its own, which parts of a spec have
    not. Raises `UsageError` where a folder holds none, or a project has no specs at all.
    """
    if "" in paths:
        raise UsageError("an empty text is no path; name a spec, or a folder of specs")
    named = [Path(path) for path in paths] or _own(project)
    found: dict[str, Path] = {}
    for path in named:
        for file in _in_folder(path) if isdir(path) else [path]:  # noqa: PTH112  Path.is_dir() raises for long names
            found.setdefault(realpath(file), file)
    return list(found.values())


def _own(project: Project) -> list[Path]:
    paths = [shown(project.root / path) for path in project.paths]
    if not has_own(project):
        looked = f" ({', '.join(path.as_posix() for path in paths)})" if paths else ""
        raise UsageError(f"this project has no specs{looked}; name one, or write a first one with `archspec init`")
    return paths


def packs(project: Project) -> list[Path]:
    """Return the files of the project's own rule packs, in order. Raises `UsageError` for a folder without any."""
    found: list[Path] = []
    for path in [shown(project.root / name) for name in project.packs]:
        files = sorted(file for file in path.rglob("*") if file.suffix in YAML_ENDINGS) if path.is_dir() else [path]
        if not files:
            raise UsageError(f"{path.as_posix()} holds no rule pack, and `packs` names it")
        found += files
    return found


def injected(project: Project, paths: tuple[str, ...]) -> list[Path]:
    """Return the files that `inject` names, in order; none where `paths` leave out a spec of the project's own.

    A pattern that no file fits is returned as it is written.
    """
    if not project.inject or not _has_all_specs(project, paths):
        return []
    return [shown(project.root / file) for name in project.inject for file in _fitting(project.root, name)]


def _has_all_specs(project: Project, paths: tuple[str, ...]) -> bool:
    if not paths:
        return True
    if not has_own(project):
        return False
    given = {realpath(file) for file in specs(project, paths)}
    return all(realpath(file) in given for file in specs(project, ()))


def _fitting(root: Path, pattern: str) -> list[str]:
    if lexists(root / pattern):
        return [pattern]
    found = glob(pattern, root_dir=root, recursive=True)  # noqa: PTH207  Path.glob() raises for an absolute pattern
    return sorted(name for name in found if not isdir(root / name)) or [pattern]  # noqa: PTH112  as above


def has_own(project: Project) -> bool:
    """Whether there is anything where the project's own specs are to be."""
    return any(lexists(project.root / path) for path in project.paths)


def own_files(project: Project) -> list[str]:
    """Return the files that may be the project's own specs, in the order of `specs`; nothing of them is read."""
    paths = [str(shown(project.root / path)) for path in project.paths]
    return [file for path in paths for file in (_yaml_below(path) if isdir(path) else [path])]  # noqa: PTH112  as above


def settings_files(project: Project) -> list[Path]:
    """Return the files that a project's settings stand in, or may come to stand in."""
    return [project.root / name for name, _ in _SETTINGS]


def _yaml_below(path: str) -> list[str]:
    """Return the YAML files below a folder in the order of their paths.

    As text: there may be thousands, and a `Path` takes ten times as long.
    """
    found = [join(folder, name) for folder, _, names in walk(path) for name in names if _is_yaml(name)]  # noqa: PTH118
    return sorted(found, key=lambda file: file.split(sep))  # noqa: PTH206


def _is_yaml(name: str) -> bool:
    return splitext(name)[1] in YAML_ENDINGS  # noqa: PTH122


def _in_folder(path: Path) -> list[Path]:
    files = [file for file in map(Path, _yaml_below(str(path))) if is_spec(file)]
    if not files:
        raise UsageError(f"{path.as_posix()} holds no spec; `archspec init` writes a first one")
    return files


def shown(path: Path) -> Path:
    """Return the path as seen from the working folder, where that is shorter."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def is_spec(file: Path) -> bool:
    """Whether a file starts like a spec. One that cannot be read may be one: loading it says what is wrong."""
    try:
        if not file.is_file():
            return False
        with file.open("rb") as opened:
            start = opened.read(SPEC_START)
    except OSError:
        return True
    return starts_like_spec(start)


def starts_like_spec(start: bytes) -> bool:
    """Whether a file that starts so, with its first `SPEC_START` bytes, is a spec and not a part of one.

    A key that is nearly `archspec`, with a version, is a misspelt one: leaving the file out would say that all is well.
    """
    if _OWN_KEY.search(start):
        return True
    meant = {found.decode() for found in _VERSION.findall(start)}
    if not meant:
        return False
    from difflib import get_close_matches  # only where a spec may be meant

    return bool(get_close_matches("archspec", meant, n=1, cutoff=0.7))
