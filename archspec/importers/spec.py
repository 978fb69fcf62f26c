"""A spec in YAML → the typed architecture, and the source that knows where everything stands."""

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from archspec import source
from archspec.errors import KeyPath, Problem, SpecError
from archspec.importers.inclusion import read_with_includes
from archspec.importers.messages import explain
from archspec.model.architecture import LISTS, Architecture, element_kinds
from archspec.model.element import INTERNET, Element, references
from archspec.source import Source

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Loaded(NamedTuple):
    """What loading a spec gives: the architecture as stated, and its source."""

    architecture: Architecture
    source: Source


def load(path: Path, name: str | None = None) -> Loaded:
    """Load the spec at `path`; `name` is how locations call it.

    Raises `SpecError` with every problem of the first stage that has any: text, shape, then references.
    """
    with _paused_collector():
        return build(read_with_includes(path, name or path.as_posix()))


def parse(text: str, name: str = "<text>") -> Loaded:
    """Load a spec from text; it cannot include other files. Raises `SpecError` as `load` does."""
    return build(source.parse(text, name))


def build(read: Source) -> Loaded:
    """Turn plain data into the typed architecture. Raises `SpecError`."""
    data, problems = _prepare(read)
    try:
        architecture = Architecture.model_validate(data)
    except ValidationError as error:
        problems += [explain(entry, read, Architecture) for entry in error.errors(include_url=False)]
        raise SpecError(tuple(problems)) from None
    problems += _dangling(architecture, read)
    if problems:
        raise SpecError(tuple(problems))
    return Loaded(architecture, read)


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
    data, problems = dict(read.data), _Identities(read)
    for section, key in element_kinds():
        area = data.get(section)
        if isinstance(area, dict) and isinstance(area.get(key), dict):
            data[section] = area = dict(area)
            area[key] = {id_: problems.identify((section, key, id_), body) for id_, body in area[key].items()}
    for home in LISTS:
        _number(data, home.split("."))
    return data, problems.found


class _Identities:
    """Gives elements their ids, and notes ids that are malformed, reserved or used twice."""

    def __init__(self, read: Source) -> None:
        self.read = read
        self.first: dict[str, KeyPath] = {}
        self.found: list[Problem] = []

    def identify(self, path: KeyPath, body: Any) -> Any:
        id_ = str(path[-1])
        if not _ID.fullmatch(id_):
            self._report(path, f"the id '{id_}' is not kebab-case", "write small letters, digits and single hyphens")
        if id_ == INTERNET:
            self._report(path, f"the id '{INTERNET}' is taken: it means everybody outside", "choose another id")
        if id_ in self.first:
            first = self.read.locate(self.first[id_])
            self._report(path, f"the id '{id_}' is already used at {first}", "ids are unique in an architecture", "DOC001")
        self.first.setdefault(id_, path)
        if body is None:
            return {"id": id_}
        if not isinstance(body, dict):
            return body
        for reserved in ("id", "derived"):
            if reserved in body:
                self._report((*path, reserved), f"unknown key '{reserved}'", "remove it; archspec fills it in")
        return {**body, "id": id_}

    def _report(self, path: KeyPath, message: str, hint: str, rule: str = "DOC002") -> None:
        self.found.append(Problem(message, self.read.locate(path), hint, rule))


def _number(data: dict[str, Any], home: list[str]) -> None:
    for step in home[:-1]:
        if not isinstance(data.get(step), dict):
            return
        data[step] = data = dict(data[step])
    items = data.get(home[-1])
    if isinstance(items, list):
        data[home[-1]] = [{**item, "index": i} if isinstance(item, dict) else item for i, item in enumerate(items)]


def _dangling(architecture: Architecture, read: Source) -> list[Problem]:
    elements = architecture.elements
    holders = (*elements.values(), *architecture.flows, *architecture.claims,
               *architecture.recovery.failover, *architecture.cost.lines)  # fmt: skip
    return [
        _describe_dangling(reference.id, reference.kinds, elements, read, (*holder.path, *reference.path))
        for holder in holders
        for reference in references(holder)
        if not _resolves(reference.id, reference.kinds, elements)
    ]


def _resolves(id_: str, kinds: tuple[str, ...], elements: Any) -> bool:
    found = elements.get(id_)
    if found is not None:
        return not kinds or found.kind in kinds
    return "cidr" in kinds and "/" in id_ and _is_cidr(id_)


def _is_cidr(text: str) -> bool:
    from ipaddress import ip_network  # noqa: PLC0415  (only for the rare peer that is a CIDR)

    try:
        ip_network(text)
    except ValueError:
        return False
    return True


def _describe_dangling(
    id_: str, kinds: tuple[str, ...], elements: dict[str, Element], read: Source, path: KeyPath
) -> Problem:
    wanted = " or ".join(kind.replace("_", " ") for kind in kinds) or "element"
    found = elements.get(id_)
    if found is not None:
        message = f"'{id_}' is a {found.kind.replace('_', ' ')}; expected a {wanted}"
    else:
        message = f"no {wanted} is called '{id_}'"
    candidates = sorted(i for i, element in elements.items() if not kinds or element.kind in kinds)
    close = get_close_matches(id_, candidates, n=1, cutoff=0.5)
    known = f"there are: {', '.join(candidates[:6])}{', …' if len(candidates) > 6 else ''}" if candidates else ""
    hint = f"did you mean '{close[0]}'?" if close else known or f"declare a {wanted} with this id"
    return Problem(message, read.locate(path), hint, "DOC001")
