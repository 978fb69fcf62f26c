"""A spec in YAML → the typed architecture, and the source that knows where everything stands."""

import gc
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from archspec import source
from archspec.errors import Location, Problem, SpecError
from archspec.importers.spec.dangling import Dangling
from archspec.importers.spec.differences import differences
from archspec.importers.spec.environments import expand, planned
from archspec.importers.spec.expansion import Expanded, inner
from archspec.importers.spec.identities import Identities
from archspec.importers.spec.inclusion import read_with_includes
from archspec.importers.spec.joining import join
from archspec.importers.spec.naming import resolve
from archspec.importers.spec.own_views import unmakable
from archspec.importers.spec.placing import misplaced
from archspec.importers.spec.topics import unclaimed
from archspec.importers.spec.variables import undeclared
from archspec.mistakes import explain, worth_telling
from archspec.model.architecture import LISTS, Architecture, element_kinds
from archspec.source import MAX_PROBLEMS, Source

_NOT_OURS = frozenset(
    {"AWSTemplateFormatVersion", "Resources", "format_version", "planned_values", "terraform_version"}
)
"""Keys at the top of a plan, a state or a template, of which no spec has one."""


class Loaded(NamedTuple):
    """What loading a spec gives: the architecture as stated, and its source."""

    architecture: Architecture
    source: Source


def load(path: Path, name: str | None = None, environment: str = "") -> Loaded:
    """Load the spec at `path`; `name` is how locations call it.

    `environment` names one that is only planned, and is loaded as if it were there. Raises `SpecError` with every
    problem of the first stage that has any: text, shape, then references; `UsageError` where no environment has that
    name.
    """
    with _paused_collector():
        return build(read_with_includes(path, name or path.as_posix()), environment)


def parse(text: str, name: str = "<text>", environment: str = "") -> Loaded:
    """Load a spec from text; it cannot include other files. Raises `SpecError` as `load` does."""
    return build(source.parse(text, name), environment)


def parse_all(texts: Mapping[str, str], environment: str = "") -> Loaded:
    """Load a spec from the texts of its files by their names, the spec first. Raises `SpecError` as `load` does."""
    with _paused_collector():
        read = [source.parse(text, name) for name, text in texts.items()]
        return build(read[0] if len(read) == 1 else join(read), environment)


def build(read: Source, environment: str = "") -> Loaded:
    """Turn plain data into the typed architecture, with its environments and a planned one. Raises `SpecError`.

    The overlays of environments that are only planned are checked as well, and what is wrong is told together.
    """
    problems: list[Problem] = []
    with _collected(problems):
        loaded = _build(expand(read, [environment] if environment else ()), read)
    for names in planned(read) if not environment else ():
        with _collected(problems):
            _build(expand(read, names), read)
    if problems:
        raise SpecError(tuple(_once(problems, read)[: MAX_PROBLEMS + 1]))  # the last says how many more there are
    return loaded


@contextmanager
def _collected(problems: list[Problem]) -> Iterator[None]:
    try:
        yield
    except SpecError as error:
        problems += error.problems


def _build(expanded: Expanded, stated: Source) -> Loaded:
    read = expanded.source
    data, problems = _prepare(read)
    try:
        architecture = Architecture.model_validate(data)
    except ValidationError as error:
        entries = _once_each(worth_telling(error.errors(include_url=False)), read)
        problems = _once(problems, read)
        problems += [explain(entry, read, Architecture) for entry in entries[:MAX_PROBLEMS]]
        raise SpecError(_bounded(problems, len(problems) + len(entries[MAX_PROBLEMS:]))) from None
    if architecture.environments:
        architecture = resolve(_in_environments(architecture, expanded, stated), expanded)
    problems += Dangling(architecture, read, expanded.left_out).problems()
    problems += misplaced(architecture, read)
    problems += undeclared(architecture, read)
    problems += unclaimed(architecture, read)
    problems += unmakable(architecture, read)
    if problems:
        problems = _once(problems, read)
        raise SpecError(_bounded(problems, len(problems)))
    return Loaded(architecture, read)


def _in_environments(architecture: Architecture, expanded: Expanded, stated: Source) -> Architecture:
    """Say how each environment differs; one that is laid over the whole brings its stage."""
    environments = {
        id_: one.model_copy(update={"differences": differences(stated, id_)})
        for id_, one in architecture.environments.items()
    }
    instead = environments.get(expanded.instead)
    stage = (instead and instead.stage) or architecture.stage
    return Architecture.model_construct(**{**dict(architecture), "environments": environments, "stage": stage})


def _once_each(entries: list[Mapping[str, Any]], read: Source) -> list[Mapping[str, Any]]:
    """Keep one entry of each mistake: what environments share is read, and refused, once for each of them."""
    if not inner(read.data, "environments"):
        return entries
    found: dict[tuple[object, ...], Mapping[str, Any]] = {}
    for entry in entries:
        step = entry["loc"][-1] if entry["loc"] else ""
        own = step.rpartition("/")[2] if isinstance(step, str) else ""
        found.setdefault((read.locate(entry["loc"]), entry["type"], own), entry)
    return list(found.values())


def _once(problems: list[Problem], read: Source) -> list[Problem]:
    """Keep one of the problems that differ in nothing but the environment, in order."""
    names = "|".join(map(re.escape, inner(read.data, "environments")))
    prefix = re.compile(rf"(?<![\w-])(?:{names})/" if names else "$^")
    found: dict[tuple[Location, str], Problem] = {}
    for problem in problems:
        found.setdefault((problem.location, prefix.sub("", problem.message)), problem)
    return list(found.values())


def _bounded(problems: list[Problem], count: int) -> tuple[Problem, ...]:
    """Keep what a person can act on before loading again, and say how many more there are."""
    kept = list(dict.fromkeys(problems))[:MAX_PROBLEMS]
    count -= len(problems) - len(dict.fromkeys(problems))
    if count > len(kept):
        last = max(problem.location for problem in kept)
        kept.append(
            Problem(f"… and {count - len(kept)} more problems", last, "mend these, then load it again", "DOC002")
        )
    return tuple(kept)


@contextmanager
def _paused_collector() -> Iterator[None]:
    """Keep the garbage collector out of loading: it walks millions of young containers again and again, for nothing."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _prepare(read: Source) -> tuple[dict[str, Any], list[Problem]]:
    """Copy the data with what position says written into it: an element's id, a listed thing's index."""
    if not isinstance(read.data, dict):
        hint = "start with `archspec: 1`; `archspec init` writes a first spec"
        message = "is empty" if read.data is None else "is not a spec: expected keys such as name and network"
        raise SpecError((Problem(message, read.locate(()), hint),))
    if "archspec" not in read.data and not _NOT_OURS.isdisjoint(read.data):
        hint = "draft a spec from it with `archspec import`, and use that"
        raise SpecError((Problem("is no spec, but what Terraform or CloudFormation has", read.locate(()), hint),))
    data, identities = dict(read.data), Identities(read)
    for section, key in element_kinds():
        area = data.get(section)
        if isinstance(area, dict) and isinstance(area.get(key), dict):
            data[section] = area = dict(area)
            area[key] = {id_: identities.identify((section, key, id_), body) for id_, body in area[key].items()}
    for home in LISTS:
        identities.number(data, tuple(home.split(".")))
    return data, identities.found
