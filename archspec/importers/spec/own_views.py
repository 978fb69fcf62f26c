"""Pictures of the author's own that cannot be made → problems: two of one name, an environment that there is not."""

from collections.abc import Iterator
from typing import get_args

from archspec.errors import Problem
from archspec.mistakes import short, suggest
from archspec.model.architecture import Architecture
from archspec.model.view import ReadyView
from archspec.source import Source


def unmakable(architecture: Architecture, read: Source) -> Iterator[Problem]:
    """Yield a problem for every picture whose name is taken, and for every unknown environment of one."""
    taken = set(get_args(ReadyView))
    for view in architecture.views:
        if view.name in taken:
            said = f"two pictures are called '{view.name}', and would be one file"
            yield Problem(said, read.locate((*view.path, "name")), "give it another name", "DOC001")
        taken.add(view.name)
        for number, name in enumerate(view.environments):
            if name not in architecture.environments:
                place = read.locate((*view.path, "environments", number))
                hint = suggest(name, architecture.environments) or "the spec has no environments"
                yield Problem(f"no environment is called '{short(name)}'", place, hint, "DOC001")
