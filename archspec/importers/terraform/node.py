"""Values of a JSON document with the path to each, so that what is not of the expected type is told where it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archspec.errors import KeyPath, SpecError
from archspec.importers.terraform.document import Document

_KINDS = {dict: "an object", list: "a list", str: "text", bool: "true or false"}


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a document. What is missing or null is empty; what is of another type is a `SpecError`."""

    document: Document
    value: object
    path: KeyPath = ()

    def at(self, *keys: str) -> "Node":
        """Return what stands under a path of keys."""
        found = self
        for key in keys:
            found = Node(self.document, found.mapping().get(key), (*found.path, key))
        return found

    def mapping(self) -> Mapping[str, object]:
        """Return the object that this is."""
        if isinstance(self.value, dict):
            return self.value
        if self.value is None:
            return {}
        raise self._wrong("an object")

    def each(self) -> Iterator["Node"]:
        """Yield what stands in the list that this is."""
        if self.value is None:
            return
        if not isinstance(self.value, list):
            raise self._wrong("a list")
        for i, one in enumerate(self.value):
            yield Node(self.document, one, (*self.path, i))

    def text(self) -> str:
        """Return the text that this is."""
        if isinstance(self.value, str):
            return self.value
        if self.value is None:
            return ""
        raise self._wrong("text")

    def error(self, message: str) -> SpecError:
        """Return what is wrong here."""
        return self.document.error(message, self.path)

    def _wrong(self, expected: str) -> SpecError:
        name = f"'{self.path[-1]}'" if self.path else "the file"
        return self.error(
            f"{name} is {_KINDS.get(type(self.value), 'a number')}, and Terraform writes {expected} there"
        )
