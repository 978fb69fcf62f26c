"""Loading several systems for a command: all problems of all of them at once, and no two of one name."""

from collections.abc import Sequence
from pathlib import Path

from archspec import api, project
from archspec.errors import Problem, SpecError, UsageError


def load_all(settings: project.Project, paths: Sequence[str], environment: str = "") -> list[api.System]:
    """Load the specs that `paths` mean, the project's own where none are given; `environment` as in `api.load`.

    Raises `SpecError` with the problems of all of them, `UsageError` where two would write the same files.
    """
    systems = load_each(project.specs(settings, tuple(paths)), environment)
    _refuse_twins(systems)
    return systems


def load_each(paths: Sequence[Path], environment: str = "") -> list[api.System]:
    """Load the specs at `paths`; two may have one name. Raises `SpecError` with the problems of all of them."""
    systems: list[api.System] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            systems.append(api.load(path, environment=environment))
        except SpecError as error:
            problems += error.problems
    if problems:
        raise SpecError(tuple(problems))
    return systems


def _refuse_twins(systems: list[api.System]) -> None:
    first: dict[str, str] = {}
    for system in systems:
        name, file = system.architecture.name, system.source.files[0]
        if name in first:
            raise UsageError(f"{first[name]} and {file} are both named '{name}', and would write the same files")
        first[name] = file
