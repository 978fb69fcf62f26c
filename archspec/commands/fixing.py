"""`archspec lint --fix` and `--diff`: specs with their safe fixes, written or shown."""

import datetime
import sys
from collections.abc import Iterable, Mapping, Sequence
from os.path import realpath
from pathlib import Path

from archspec import project
from archspec.commands.linting import Asked
from archspec.commands.patching import patch, replace_text
from archspec.errors import Problem, SpecError, UsageError
from archspec.fixes import Outcome, Terms, fix
from archspec.fixes.wanting import Wanted
from archspec.importers.spec.inclusion import read_with_includes
from archspec.reporters.plain import plain


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
                sys.stdout.write(patch(file, texts[file], text))
            else:
                replace_text(Path(file), texts[file], text)
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


def _tell(outcome: Outcome, done: str) -> None:
    for one in outcome.made:
        sys.stderr.write(plain(f"{done}: {_spell(one)}: {one.how}") + "\n")
    for one in outcome.left:
        sys.stderr.write(plain(f"not fixed: {_spell(one)}: {one.why_not}") + "\n")


def _spell(one: Wanted) -> str:
    return f"{one.location} {one.rule} {one.subject}"
