"""Pictures of the author's own that cannot be made → problems: two of one name, an environment that there is not."""

from collections.abc import Iterator
from typing import get_args

from archspec.errors import Problem
from archspec.mistakes import short, suggest
from archspec.model.architecture import Architecture
from archspec.model.view import ReadyView
from archspec.source import Source

_JOURNEY = "journey-"
_SEVERAL = frozenset({"journeys", "recovery"})
"""The ready pictures that are several: of one made of them, the second is called `name-2`."""


def unmakable(architecture: Architecture, read: Source) -> Iterator[Problem]:
    """Yield a problem for every picture whose name is taken, and for every unknown environment of one."""
    taken = {*get_args(ReadyView), "recovery-steps"}
    several = {view.name for view in architecture.views if view.of in _SEVERAL}
    for view in architecture.views:
        place = read.locate((*view.path, "name"))
        base, _, number = view.name.rpartition("-")
        if view.name in taken or (base in several and number.isdecimal()):
            said = f"two pictures are called '{view.name}', and would be one file"
            yield Problem(said, place, "give it another name", "DOC001")
        if f"{view.name}-".startswith(_JOURNEY):
            said = f"a picture is called '{short(view.name)}', and those of journeys begin so"
            yield Problem(said, place, "give it a name that does not begin so", "DOC001")
        taken.add(view.name)
        for index, name in enumerate(view.environments):
            if name not in architecture.environments:
                where = read.locate((*view.path, "environments", index))
                hint = suggest(name, architecture.environments) or "the spec has no environments"
                yield Problem(f"no environment is called '{short(name)}'", where, hint, "DOC001")
