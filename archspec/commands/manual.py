"""The parsers of all commands, for the page that describes them."""

import argparse
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from archspec import commands
from archspec.project import Project


def parsers() -> Iterator[argparse.ArgumentParser]:
    """Yield the parser of each command, as it is without any settings of a project."""
    for module in iter_modules(commands.__path__):
        make = getattr(import_module(f"{commands.__name__}.{module.name}"), "_parser", None)
        if make is not None:
            yield make(Project(Path())) if inspect.signature(make).parameters else make()
