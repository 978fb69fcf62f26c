"""`archspec lint --fix` and `--diff`: specs with their safe fixes, written or shown."""

import datetime
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from os.path import realpath
from pathlib import Path

from archspec import project
from archspec.commands.linting import Asked
from archspec.errors import Problem, SpecError, UsageError
from archspec.fixes import Outcome, Terms, fix
from archspec.fixes.wanting import Wanted
from archspec.importers.spec.inclusion import read_with_includes
from archspec.reporters.plain import plain
from archspec.writing import write

_MARK = b"\xef\xbb\xbf"


def fix_all(paths: Sequence[Path], asked: Asked, settings: project.Project, *, diff: bool) -> int:
    """Fix specs, or with `diff` show what fixing would change; return 1 where that is anything.

    What was done, and what was not, goes to standard error, so that a report or a patch stays one. Raises `SpecError`
    for specs that cannot be loaded, with `diff` only: after fixing, `lint` tells of them.
    """
    terms = _terms(asked)
    untouchable = _of_several_specs([*paths, *_own(settings)])
    problems: list[Problem] = []
    changes = 0
    for path in paths:
        texts = _texts(path, problems)
        outcome = fix(texts, terms, untouchable) if texts else Outcome({})
        changed = {file: text for file, text in outcome.texts.items() if text != texts[file]}
        for file, text in changed.items():
            if diff:
                sys.stdout.write("".join(_difference(file, texts[file], text)))
            else:
                _write(Path(file), texts[file], text)
        _tell(outcome, done="would be fixed" if diff else "fixed")
        problems += outcome.problems
        changes += len(changed)
    if diff and problems:
        raise SpecError(tuple(problems))
    return int(diff and changes > 0)


def _terms(asked: Asked) -> Terms:
    return Terms(
        datetime.date.fromisoformat(asked.today),
        project.days(asked.longest_waiver),
        asked.stage,
        asked.select,
        asked.ignore,
        tuple(project.shown(Path(path)) for path in asked.packs),
    )


def _own(settings: project.Project) -> list[Path]:
    try:
        return project.specs(settings, ())
    except UsageError:
        return []


def _texts(path: Path, problems: list[Problem]) -> Mapping[str, str]:
    """Return the texts of a spec's files by their names; none where one cannot be read, which is a problem."""
    try:
        read = read_with_includes(path, path.as_posix())
    except SpecError as error:
        problems += error.problems
        return {}
    return dict(zip(read.files, read.texts, strict=True))


def _of_several_specs(paths: Iterable[Path]) -> Mapping[str, str]:
    """Return the files that more than one spec includes, with the reason that this is not to fix them."""
    specs = {realpath(path): _texts(path, []) for path in paths}
    users: dict[str, set[str]] = {}
    for spec, texts in specs.items():
        for file in texts:
            users.setdefault(realpath(file), set()).add(spec)
    return {
        file: "the file is part of several specs"
        for texts in specs.values()
        for file in texts
        if len(users[realpath(file)]) > 1
    }


def _write(file: Path, before: str, after: str) -> None:
    content = file.read_bytes()
    if content.removeprefix(_MARK) != before.encode():
        raise UsageError(f"{file.as_posix()} has changed while it was looked at; nothing of it was fixed")
    write(file, (_MARK if content.startswith(_MARK) else b"") + after.encode())


def _tell(outcome: Outcome, done: str) -> None:
    for one in outcome.made:
        sys.stderr.write(plain(f"{done}: {_spell(one)}: {one.how}") + "\n")
    for one in outcome.left:
        sys.stderr.write(plain(f"not fixed: {_spell(one)}: {one.why_not}") + "\n")


def _spell(one: Wanted) -> str:
    return f"{one.location} {one.rule} {one.subject}"


def _difference(name: str, before: str, after: str) -> Iterator[str]:
    """Yield a patch, line by line; a carriage return at the end of a line is part of it."""
    from difflib import unified_diff

    old, new = ([f"{line}\n" for line in text.split("\n")] for text in (before, after))
    old[-1], new[-1] = old[-1][:-1], new[-1][:-1]
    lines = unified_diff([one for one in old if one], [one for one in new if one], f"a/{name}", f"b/{name}")
    for line in lines:
        body = line.rstrip("\r\n")
        yield plain(body) + line[len(body) :]
        if not line.endswith("\n"):
            yield "\n\\ No newline at end of file\n"
