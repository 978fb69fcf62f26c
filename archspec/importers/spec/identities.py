"""What position says, written into the data: the id of an element, the index of an item; and ids that cannot stand."""

import re
from typing import Any

from archspec.errors import KeyPath, Problem
from archspec.mistakes import kebab, short
from archspec.model.element import INTERNET
from archspec.source import Source

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_NAME = 40


class Identities:
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
