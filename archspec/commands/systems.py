"""Loading several systems for a command: all problems of all of them at once, and no two of one name."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from archspec import api, project
from archspec.errors import Problem, SpecError, UsageError

if TYPE_CHECKING:
    from archspec.commands.touching import Reach


def load_all(settings: project.Project, paths: Sequence[str], environment: str = "") -> list[api.System]:
    """Load the specs that `paths` mean, the project's own where none are given; `environment` as in `api.load`.

    Raises `SpecError` with the problems of all of them, `UsageError` where two would write the same files.
    """
    systems = load_each(project.specs(settings, tuple(paths)), environment)
    _refuse_twins(_named(systems))
    return systems


def load_touched(
    settings: project.Project, changed: Sequence[str], reach: "Reach", environment: str = ""
) -> list[api.System]:
    """Load the specs that changed files are part of, if any; `reach` as in `touching.touched`.

    Raises as `load_all` does, also where a spec that is not loaded would write the same files.
    """
    from archspec.commands.touching import touched

    systems = load_each(touched(settings, changed, reach), environment)
    _refuse_twins([*_named(systems), *(unloaded(settings, systems) if systems else ())])
    return systems


def unloaded(settings: project.Project, systems: Sequence[api.System]) -> list[tuple[str, str]]:
    """Return the names and files of the project's specs that are not among some systems; they are not read in full."""
    from archspec.commands.touching import names

    loaded = [Path(system.source.files[0]) for system in systems]
    return [(name, file.as_posix()) for name, file in names(settings, loaded)]


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


def _named(systems: Sequence[api.System]) -> list[tuple[str, str]]:
    return [(system.architecture.name, system.source.files[0]) for system in systems]


def _refuse_twins(named: Sequence[tuple[str, str]]) -> None:
    first: dict[str, str] = {}
    for name, file in named:
        if name in first:
            raise UsageError(f"{first[name]} and {file} are both named '{name}', and would write the same files")
        first[name] = file
