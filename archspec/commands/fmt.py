"""`archspec fmt` — write specs in one style: the order of keys, spacing, columns, with every comment kept."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from os.path import isfile, realpath
from pathlib import Path, PurePosixPath
from shlex import join
from typing import NamedTuple

from archspec import project
from archspec.commands.arguments import Parser, add_paths, add_touched, parser
from archspec.commands.linting import is_infrastructure
from archspec.commands.patching import patch, replace_text
from archspec.errors import Location, Problem, SpecError, UsageError
from archspec.formatting import formatted
from archspec.reporters.plain import plain
from archspec.source import Source, decode, read

_STDIN = "<stdin>"
_MARK = b"\xef\xbb\xbf"


class _File(NamedTuple):
    """A file of a spec, and its text before and after."""

    name: str
    before: str
    after: str


def run(arguments: Sequence[str]) -> int:
    """Write specs and what they include in the canonical form; 2 where one is not YAML, all others are written.

    With `--check` or `--diff` nothing is written: 1 where anything would be. With `--touched` 1 also where something
    was: it belongs into the same commit.
    """
    given = _parser().parse_args(arguments)
    if "-" in given.paths:
        return _stream(given)
    settings = project.find(Path.cwd())
    problems: list[Problem] = []
    files = list(_files(_specs(given, settings), problems))
    changed = [file for file in files if file.before != file.after]
    if given.touched and not files and not problems:
        return 0
    _tell(given, changed, len(files), join(["archspec", "fmt", *(one for one in arguments if one != "--check")]))
    if problems:
        raise SpecError(tuple(problems))
    return int(bool(changed) and (given.check or given.diff or given.touched))


def _specs(given: argparse.Namespace, settings: project.Project) -> list[Path]:
    if given.touched:
        from archspec.commands.touching import touched

        return touched(settings, given.paths)
    specs = project.specs(settings, tuple(given.paths))
    for path in specs:
        if is_infrastructure(path):
            raise UsageError(f"{path.as_posix()} is no spec, and fmt formats only specs")
    return specs


def _files(specs: Sequence[Path], problems: list[Problem]) -> Iterator[_File]:
    """Yield the files of specs, each once, formatted; what cannot be goes to `problems`."""
    seen: set[str] = set()
    for spec in specs:
        waiting = [(spec, spec.as_posix())]
        for path, name in waiting:  # grows while it is walked: an included file may include others
            if realpath(path) in seen:
                continue
            seen.add(realpath(path))
            try:
                source = read(path, name)
                _refuse_others(source, name)
                waiting += _included(source, spec)
                yield _File(name, source.texts[0], formatted(source.texts[0], name))
            except SpecError as error:
                problems += error.problems


def _refuse_others(source: Source, name: str) -> None:
    """Raise `SpecError` for what is neither a spec nor a part of one, such as a rule pack."""
    from archspec.model.architecture import Architecture

    if isinstance(source.data, dict) and source.data and not source.data.keys() & Architecture.model_fields.keys():
        problem = "is neither a spec nor a part of one: no key at its top is a section of specs"
        raise SpecError((Problem(problem, Location(name, 1, 1), "name a spec, or a folder of specs"),))


def _included(source: Source, spec: Path) -> Iterator[tuple[Path, str]]:
    """Yield what a file of a spec includes. What cannot be included is left to `lint`, which says why."""
    listed = source.data.get("include") if isinstance(source.data, dict) else None
    folder = Path(realpath(spec.parent))
    for one in listed if isinstance(listed, list) else ():
        if not isinstance(one, str) or "\0" in one:
            continue
        file = Path(realpath(folder / one))
        if file.is_relative_to(folder) and isfile(file):  # noqa: PTH113  Path.is_file() raises for long names
            yield file, (PurePosixPath(spec.parent.as_posix()) / one).as_posix()


def _tell(given: argparse.Namespace, changed: Sequence[_File], count: int, command: str) -> None:
    """Write what has changed, or show what would."""
    for file in changed:
        if given.diff:
            sys.stdout.write(patch(file.name, file.before, file.after))
        elif given.check:
            sys.stdout.write(plain(f"would format {file.name}") + "\n")
        else:
            replace_text(Path(file.name), file.before, file.after)
            sys.stdout.write(plain(f"formatted {file.name}") + "\n")
    files = "1 file" if count == 1 else f"{count} files"
    if not given.diff:
        rest = f"; run: {command}" if given.check and changed else ""
        sys.stdout.write(
            plain(f"{files}, {len(changed)} of them {'to format' if given.check else 'formatted'}{rest}") + "\n"
        )


def _stream(given: argparse.Namespace) -> int:
    """Format what comes in, for editors."""
    if given.paths != ["-"] or given.touched:
        raise UsageError("- formats what comes in, and nothing else; leave out other paths")
    content = sys.stdin.buffer.read()
    before = decode(content, _STDIN)
    after = formatted(before, _STDIN)
    if given.diff:
        sys.stdout.write(patch(_STDIN, before, after) if before != after else "")
    elif given.check:
        sys.stdout.write(f"would format {_STDIN}\n" if before != after else "")
    else:
        sys.stdout.buffer.write((_MARK if content.startswith(_MARK) else b"") + after.encode())
    return int(before != after and (given.check or given.diff))


def _parser() -> Parser:
    made = parser("fmt", "Write specs and what they include in one style.", "  archspec fmt specs/shop.yaml --check")
    add_paths(made)
    add_touched(made)
    made.add_argument("--check", action="store_true", help="write nothing; list what is not formatted, and exit 1")
    made.add_argument("--diff", action="store_true", help="write nothing; show what would change, and exit 1 if any")
    return made
