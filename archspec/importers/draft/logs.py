"""Log groups by the names that AWS gives them."""

from archspec.importers.draft import links
from archspec.importers.draft.attributes import items, text
from archspec.importers.draft.piece import Given
from archspec.resources.resource import Ref, Value


class LogGroups:
    """Finds the log group that something writes to: by a reference, an ARN or a name."""

    def __init__(self, given: Given) -> None:
        self.given = given
        found = given.elements("aws_cloudwatch_log_group")
        self.by_name = {text(one.values.get("name")): id_ for id_, one in reversed(found)}

    def one(self, *values: Value) -> str:
        """Return the id of the first group that the values name."""
        named = (self._named(single) for value in values for single in items(value))
        return next((id_ for id_ in named if id_), "")

    def _named(self, value: Value) -> str:
        if isinstance(value, Ref):
            return links.element(self.given, value)
        return self.by_name.get(text(value).partition(":log-group:")[2].removesuffix(":*") or text(value), "")

    def under(self, *prefixes: str) -> str:
        """Return the id of the first group whose name begins so."""
        found = (id_ for name, id_ in sorted(self.by_name.items()) if name.startswith(prefixes))
        return next(found, "")
