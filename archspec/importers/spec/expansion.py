"""Overlays laid over what environments share, as plain data.

Every value keeps the place where it was written: a base element's in the base, an overlay's in the overlay. Ids become
`staging/web`; what stands under `shared` keeps its id.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from archspec.errors import Location, Problem, SpecError
from archspec.mistakes import short
from archspec.model.architecture import AREAS
from archspec.source import Source

_Data = dict[str, Any]
_SECTIONS = (*AREAS, "flows")
# Elements and flows in all environments together: a small file could otherwise ask for more than memory holds.
_MOST = 200_000


class Expanded(NamedTuple):
    """A spec without overlays.

    `names` are the environments in it, and `flow_environments` says for each of its flows in which of them it stands;
    nothing means in all. `instead` is the one environment that has been laid over the spec without a name before ids.
    `left_out` says where an id is left out of an environment, by the first that does.
    """

    source: Source
    names: tuple[str, ...] = ()
    flow_environments: tuple[str, ...] = ()
    instead: str = ""
    left_out: Mapping[str, Location] = {}


_Layer = tuple[str, str]
"""The environment whose overlay is laid over the base, and what its elements' ids start with; both may be empty."""


class Expansion:
    """Builds the expanded data with its marks; nothing of the source that is read changes."""

    def __init__(self, read: Source, overlays: Mapping[str, Any]) -> None:
        self.read, self.overlays = read, overlays
        self.source = Source({}, read.files, read.texts, dict(read.marks), {})
        self.problems: list[Problem] = []
        self.kept: list[object] = []
        self.left_out: dict[str, Location] = {}
        self.positions: dict[int, dict[str, int]] = {}

    def run(self, layers: list[_Layer]) -> Expanded:
        """Return the spec with these environments in it, and what is shared."""
        data, made = self.read.data, self.source.data
        self._refuse_too_many(len(layers))
        self._mark(made, self.read.marks[id(data)][0])
        for key, value in data.items():
            if key not in (*_SECTIONS, "shared", "environments"):
                self._put(made, key, value, data)
        self._put_environments(made)
        self._put_strangers(made)
        for area in AREAS:
            self._area(made, area, layers)
        flows = self._flows(made, layers)
        if self.problems:
            raise SpecError(tuple(self.problems))
        return Expanded(self.source, flow_environments=flows, left_out=self.left_out)

    def _refuse_too_many(self, layers: int) -> None:
        data = self.read.data
        kinds = [elements for area in AREAS for elements in inner(data, area).values()]
        each = sum(len(held) for held in (*kinds, data.get("flows")) if isinstance(held, dict | list))
        if layers * each > _MOST:
            place = self.read.locate(("environments",))
            message = f"{layers} environments with {each} elements and flows each are more than {_MOST}"
            raise SpecError((Problem(message, place, "write several specs", "DOC002"),))

    def _mark(self, container: _Data | list[Any], mark: int) -> None:
        self.source.marks[id(container)] = [mark]
        self.kept.append(container)  # marks go by identity, so nothing of it may be thrown away

    def _put(self, into: _Data, key: str, value: object, found_in: _Data, at: str | None = None) -> None:
        """Write a value under a key, with the marks that it has where it was found (there as `at`, if that differs)."""
        self.source.marks[id(into)] += self._marks_of(found_in, key if at is None else at)
        into[key] = value

    def _put_environments(self, made: _Data) -> None:
        """Keep what is said about the environments, without their overlays."""
        data = self.read.data
        if not isinstance(data.get("environments"), dict):
            if "environments" in data:
                self._put(made, "environments", data["environments"], data)
            return
        all_: _Data = {}
        self._mark(all_, self.read.marks[id(data["environments"])][0])
        for id_, one in self.overlays.items():
            if isinstance(one, dict):
                said: _Data = {}
                self._mark(said, self.read.marks[id(one)][0])
                for key, value in one.items():
                    if key not in _SECTIONS:
                        self._put(said, key, value, one)
                self._put(all_, id_, said, data["environments"])
            else:
                self._put(all_, id_, {} if one is None else one, data["environments"])
        self._put(made, "environments", all_, data)

    def _put_strangers(self, made: _Data) -> None:
        """Keep what does not belong under `shared`, so that it is refused when it is read."""
        data = self.read.data
        held = data.get("shared")
        if held is None or (isinstance(held, dict) and not held.keys() - set(_SECTIONS)):
            return
        if isinstance(held, dict):
            strangers: _Data = {}
            self._mark(strangers, self.read.marks[id(held)][0])
            for key in sorted(held.keys() - set(_SECTIONS)):
                self._put(strangers, key, held[key], held)
            held = strangers
        self._put(made, "shared", held, data)

    def _area(self, made: _Data, area: str, layers: list[_Layer]) -> None:
        """Write one section: what is shared under its id, and what is in an environment under the environment's."""
        data = self.read.data
        holders = [data, inner(data, "shared"), *(self._overlay(name) for name, _ in layers)]
        found = [holder for holder in holders if area in holder]
        if not found:
            return
        wrong = next((holder for holder in found if not isinstance(holder[area], dict)), None)
        if wrong is not None:
            self._put(made, area, wrong[area], wrong)
            return
        section: _Data = {}
        self._mark(section, self._marks_of(found[0], area)[1])
        for key in dict.fromkeys(key for holder in found for key in holder[area]):
            self._kind(section, area, key, layers)
        self._put(made, area, section, found[0])

    def _overlay(self, name: str) -> _Data:
        return inner(self.overlays, name)

    def _kind(self, section: _Data, area: str, key: str, layers: list[_Layer]) -> None:
        base, shared = inner(self.read.data, area), inner(self.read.data, "shared", area)
        holders = [base, shared, *(inner(self._overlay(name), area) for name, _ in layers)]
        holder = next(one for one in holders if key in one)
        wrong = next((one for one in holders if not _holds_elements(one, key)), None)
        if wrong is not None:  # what it holds instead is told when it is read as a kind of element
            self._put(section, key, wrong[key], wrong)
            return
        elements: _Data = {}
        self._mark(elements, self._marks_of(holder, key)[1])
        for id_, body in (shared.get(key) or {}).items():
            self._put(elements, id_, body, shared[key])
        for name, prefix in layers:
            self._elements(elements, base.get(key) or {}, inner(self._overlay(name), area, key), prefix)
        self._put(section, key, elements, holder)

    def _elements(self, into: _Data, base: _Data, overlay: _Data, prefix: str) -> None:
        """Write the elements of one environment: the base's, each with its overlay, and then the overlay's own."""
        for id_ in dict.fromkeys([*base, *overlay]):
            if id_ in overlay and overlay[id_] is None:  # `web: ~` leaves it out of this environment
                self._leave_out(id_, base, overlay)
                continue
            holder = base if id_ in base else overlay
            body = holder[id_]
            if id_ in base and id_ in overlay:
                body = self._laid_over(base[id_], overlay[id_])
            full = f"{prefix}/{id_}" if prefix else id_
            if full in into:
                place = self.read.unpack(self._marks_of(holder, id_)[0])
                message = f"'{short(id_)}' stands under `shared` as well"
                self.problems.append(Problem(message, place, "keep one of the two", "DOC001"))
                continue
            self._put(into, full, body, holder, at=id_)

    def _leave_out(self, id_: str, base: _Data, overlay: _Data) -> None:
        place = self.read.unpack(self._marks_of(overlay, id_)[0])
        self.left_out.setdefault(id_, place)
        if id_ in base:
            return
        close = get_close_matches(id_[:60], list(base), n=1)
        hint = f"did you mean '{close[0]}'?" if close else "`{}` after the colon adds one that states nothing yet"
        message = f"'{short(id_)}' is left out here, and is not in what the environments share"
        self.problems.append(Problem(message, place, hint, "DOC001"))

    def _laid_over(self, base: object, over: object) -> object:
        """Return mappings merged, key by key and at every depth; anything else is replaced."""
        if not (isinstance(base, dict) and isinstance(over, dict)):
            return over
        made: _Data = {}
        self._mark(made, self.read.marks[id(base)][0])
        for key in dict.fromkeys([*base, *over]):
            if key in base and key in over:
                self._put(made, key, self._laid_over(base[key], over[key]), over)
            else:
                holder = base if key in base else over
                self._put(made, key, holder[key], holder)
        return made

    def _flows(self, made: _Data, layers: list[_Layer]) -> tuple[str, ...]:
        """Write the flows of all and of each environment, and return which is whose."""
        flows: list[Any] = []
        whose: list[str] = []
        holders = [(inner(self.read.data, "shared"), "")]
        holders += [(one, prefix) for name, prefix in layers for one in (self.read.data, self._overlay(name))]
        found = [(holder, prefix) for holder, prefix in holders if "flows" in holder]
        if not found:
            return ()
        self._mark(flows, self._marks_of(found[0][0], "flows")[1])
        for holder, prefix in found:
            if not isinstance(holder["flows"], list):
                self._put(made, "flows", holder["flows"], holder)
                return ()
            flows += holder["flows"]
            whose += [prefix] * len(holder["flows"])
            self.source.marks[id(flows)] += self.read.marks[id(holder["flows"])][1:]
        self._put(made, "flows", flows, found[0][0])
        return tuple(whose)

    def _marks_of(self, holder: _Data, key: str) -> list[int]:
        known = self.positions.get(id(holder))
        if known is None:  # asked for once for each key: looking it up in the mapping itself would be quadratic
            known = self.positions[id(holder)] = {one: position for position, one in enumerate(holder)}
        return self.read.marks[id(holder)][1 + 2 * known[key] : 3 + 2 * known[key]]


def _holds_elements(section: _Data, key: str) -> bool:
    return isinstance(section.get(key) or {}, dict)


def inner(data: object, *keys: str) -> dict[str, Any]:
    """Return the mapping at the keys; an empty one where there is none."""
    found = data
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}
