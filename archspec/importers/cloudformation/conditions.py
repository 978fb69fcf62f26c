"""The conditions of a template, as far as the defaults of its parameters decide them.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-conditions.html
"""

from collections.abc import Mapping
from typing import Any

from archspec.importers.cloudformation.functions import value_of
from archspec.importers.cloudformation.scope import Scope


def told(scope: Scope) -> Mapping[str, bool]:
    """Return whether each condition holds; those that only a deployment can tell are not among them."""
    stated = scope.sections.get("Conditions")
    judge = _Judge(scope, stated if isinstance(stated, dict) else {})
    found = {name: judge.holds(name) for name in judge.stated}
    return {name: holds for name, holds in found.items() if holds is not None}


class _Judge:
    """Tells each condition once: conditions name each other."""

    def __init__(self, scope: Scope, stated: Mapping[str, Any]) -> None:
        self.scope = scope
        self.stated = stated
        self._found: dict[str, bool | None] = {}

    def holds(self, name: str) -> bool | None:
        if name not in self._found:
            self._found[name] = None  # a condition that asks for itself is not known
            self._found[name] = self._judged(self.stated.get(name))
        return self._found[name]

    def _judged(self, stated: Any) -> bool | None:  # noqa: ANN401  a template holds data of any shape
        match stated:
            case {"Condition": str(name)}:
                return self.holds(name)
            case {"Fn::Not": [inner]}:
                return _turned(self._judged(inner))
            case {"Fn::And": list(inner)} if inner:
                return _every([self._judged(one) for one in inner])
            case {"Fn::Or": list(inner)} if inner:
                return _turned(_every([_turned(self._judged(one)) for one in inner]))
            case {"Fn::Equals": [first, second]}:
                return self._equal(first, second)
            case _:
                return None

    def _equal(self, first: Any, second: Any) -> bool | None:  # noqa: ANN401
        values = [value_of(one, self.scope) for one in (first, second)]
        if not all(isinstance(one, str | int | float) and "${" not in str(one) for one in values):
            return None
        one, other = (str(value).lower() if isinstance(value, bool) else str(value) for value in values)
        return one == other


def _turned(found: bool | None) -> bool | None:  # noqa: FBT001
    return None if found is None else not found


def _every(found: list[bool | None]) -> bool | None:
    return False if False in found else None if None in found else True
