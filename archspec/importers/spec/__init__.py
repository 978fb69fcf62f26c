"""A spec in YAML → the typed architecture, and the source that knows where everything stands."""

import gc
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from archspec import source
from archspec.errors import KeyPath, Location, Problem, SpecError
from archspec.importers.spec.dangling import Dangling
from archspec.importers.spec.differences import differences
from archspec.importers.spec.environments import Expanded, expand, inner, planned
from archspec.importers.spec.inclusion import read_with_includes
from archspec.importers.spec.naming import resolve
from archspec.importers.spec.placing import misplaced
from archspec.importers.spec.topics import unclaimed
from archspec.importers.spec.variables import undeclared
from archspec.mistakes import explain, kebab, short, worth_telling
from archspec.model.architecture import LISTS, Architecture, element_kinds
from archspec.model.element import INTERNET
from archspec.source import MAX_PROBLEMS, Source

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_NAME = 40


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
    data, identities = dict(read.data), _Identities(read)
    for section, key in element_kinds():
        area = data.get(section)
        if isinstance(area, dict) and isinstance(area.get(key), dict):
            data[section] = area = dict(area)
            area[key] = {id_: identities.identify((section, key, id_), body) for id_, body in area[key].items()}
    for home in LISTS:
        identities.number(data, tuple(home.split(".")))
    return data, identities.found


class _Identities:
    """Gives elements their ids and listed things their positions, and notes ids that cannot stand."""

    def __init__(self, read: Source) -> None:
        self.read = read
        environments = read.data.get("environments")
        self.environments = environments if isinstance(environments, dict) else {}
        self.first: dict[str, KeyPath] = {}
        self.found: list[Problem] = []
        for name in self.environments:
            self._refuse_name(name)
            if isinstance(self.environments[name], dict):
                self._refuse_reserved(("environments", name), self.environments[name], ("differences",))
        # Walking through every element for a key that no one writes would cost more than searching the text does. A
        # backslash may spell the key in another way.
        self.may_hold_derived = any("derived" in text or "\\" in text for text in read.texts)

    def _refuse_name(self, name: str) -> None:
        place = ("environments", name)
        if not _ID.fullmatch(name):
            self._report(place, f"the environment's name '{short(name)}' is not kebab-case", kebab(name))
        elif len(name) > _LONGEST_NAME:
            message = f"the environment's name '{short(name)}' has {len(name)} characters"
            self._report(place, message, f"at most {_LONGEST_NAME}: it becomes part of file names")
        if name == INTERNET:
            self._report(place, f"the name '{INTERNET}' is taken: it means everybody outside", "choose another name")

    def identify(self, path: KeyPath, body: object) -> object:
        """Return an element's keys with its id, which ends the path."""
        id_ = str(path[-1])
        if id_ in self.first or id_ == INTERNET or id_ in self.environments or not self._is_id(id_):
            self._refuse_id(path, id_)
        self.first.setdefault(id_, path)
        if body is None:
            return {"id": id_}
        if not isinstance(body, dict):
            return body
        if "id" in body:
            self._refuse_reserved(path, body, ("id",))
        return {**(self._without_derived(path, body) if self.may_hold_derived else body), "id": id_}

    def _is_id(self, id_: str) -> bool:
        environment, slash, own = id_.rpartition("/")
        return bool(_ID.fullmatch(own)) and (environment in self.environments or not slash)

    def _refuse_id(self, path: KeyPath, id_: str) -> None:
        if not self._is_id(id_):
            environment, _, own = id_.rpartition("/")
            written = own if environment in self.environments else id_
            self._report(path, f"the id '{short(written)}' is not kebab-case", kebab(written))
        if id_ == INTERNET:
            self._report(path, f"the id '{INTERNET}' is taken: it means everybody outside", "choose another id")
        if id_ in self.environments:
            self._report(path, f"the id '{short(id_)}' is the name of an environment", "choose another id", "DOC001")
        if id_ in self.first:
            first = self.read.locate(self.first[id_])
            hint = "choose another: ids are unique in an architecture, also across kinds"
            self._report(path, f"the id '{id_}' is already used at {first}", hint, "DOC001")

    def _without_derived(self, path: KeyPath, body: dict[str, Any]) -> dict[str, Any]:
        """Return an element's data without the key `derived`, wherever in it: archspec's reasons are no one else's."""
        self._refuse_reserved(path, body, ("derived",))
        return {key: self._inner((*path, key), item) for key, item in body.items() if key != "derived"}

    def _inner(self, path: KeyPath, value: object) -> object:
        match value:
            case dict():
                return self._without_derived(path, value)
            case list():
                return [self._inner((*path, position), item) for position, item in enumerate(value)]
            case _:
                return value

    def number(self, data: dict[str, Any], home: tuple[str, ...]) -> None:
        """Write its position into each item of the list that stands at `home` in the data."""
        for step in home[:-1]:
            if not isinstance(data.get(step), dict):
                return
            data[step] = data = dict(data[step])
        items = data.get(home[-1])
        if isinstance(items, list):
            for position, item in enumerate(_dicts(items)):
                self._refuse_reserved((*home, position), item, ("index",))
            data[home[-1]] = [{**item, "index": i} if isinstance(item, dict) else item for i, item in enumerate(items)]

    def _refuse_reserved(self, path: KeyPath, body: dict[str, Any], keys: tuple[str, ...]) -> None:
        for key in keys:
            if key in body:
                self._report((*path, key), f"unknown key '{key}'", "remove it; archspec fills it in")

    def _report(self, path: KeyPath, message: str, hint: str, rule: str = "DOC002") -> None:
        self.found.append(Problem(message, self.read.locate(path), hint, rule))


def _dicts(items: object) -> list[dict[str, Any]]:
    """Return the items of a list as mappings; what is none of them has no keys, and is refused later."""
    return [item if isinstance(item, dict) else {} for item in items] if isinstance(items, list) else []
