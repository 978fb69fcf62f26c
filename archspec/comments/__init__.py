"""What a pull request does to its systems → one Markdown comment: a verdict, then a section for each system.

For a reader with two minutes: what is new and bad stands in sight, all else is folded, and what did not change is not
told. Nothing at all is returned where nothing changed.
"""

from archspec.comments.compared import Compared, Origin
from archspec.comments.drawings import Drawing, draw
from archspec.comments.fitting import fitted
from archspec.comments.pictures import Pictured, changed_pictures
from archspec.comments.places import Places
from archspec.comments.report import MARKER
from archspec.comments.standing import Standing, stand

__all__ = [
    "MARKER",
    "Compared",
    "Drawing",
    "Origin",
    "Pictured",
    "Places",
    "Standing",
    "changed_pictures",
    "comment",
    "draw",
    "fitted",
    "stand",
]


def comment(found: list[Compared], origin: Origin, places: Places) -> str:
    """Return the comment; nothing where none of the systems changed. It always fits into a comment of GitHub's."""
    told = sorted((one for one in found if not one.is_empty), key=_worst_first)
    return fitted(told, origin, places) if told else ""


def _worst_first(one: Compared) -> tuple[bool, int, int]:
    return not one.wrong_new, -one.difference.worst, -len(one.standing.open)
