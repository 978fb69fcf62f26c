"""A literal table of plug-ins: name → module, imported when the plug-in is first asked for."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TypeVar, cast

Plug_co = TypeVar("Plug_co", covariant=True)


class Table(Mapping[str, Plug_co]):
    """The plug-ins of a package. To name them imports none: a command that draws one picture imports what draws it."""

    def __init__(self, package: str, modules: Mapping[str, str]) -> None:
        self._package = package
        self._modules = modules

    def __getitem__(self, name: str) -> Plug_co:
        return cast("Plug_co", import_module(f"{self._package}.{self._modules[name]}"))

    def __contains__(self, name: object) -> bool:
        return name in self._modules

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)
