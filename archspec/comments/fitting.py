"""As much of a comment as fits: what matters least goes first, and the comment says what is left out.

GitHub takes 65,536 characters, as its API answers to a longer one; GitLab 1,000,000,
https://docs.gitlab.com/administration/instance_limits/#size-of-comments-and-descriptions-of-issues-merge-requests-and-epics
"""

from collections.abc import Callable, Iterable, Sequence

from archspec.comments.compared import Compared, Origin
from archspec.comments.places import Places
from archspec.comments.report import Room, report

_MOST_CHARACTERS = 65_000
_Had = Callable[[Compared], object]
_ROOMS: tuple[tuple[Room, str, _Had], ...] = (
    (Room(), "", lambda _: False),
    (Room(drawings=False), "the picture", lambda one: one.drawing and one.drawing.mermaid),
    (Room(drawings=False, pictures=False), "the pictures before and after", lambda one: one.pictures),
    (Room(drawings=False, pictures=False, changes=0), "the list of changes", lambda one: one.changes),
    (
        Room(drawings=False, pictures=False, changes=0, steps=0),
        "the steps behind findings and risks",
        lambda one: one.standing.open or one.risks,
    ),
    (Room(20, 20, 20, 0, 0, pictures=False, drawings=False), "most findings and risks", lambda _: True),
    (Room(20, 3, 3, 0, 0, pictures=False, drawings=False), "most findings and risks", lambda _: True),
    (Room(0, 0, 0, 0, 0, pictures=False, drawings=False), "everything but these numbers", lambda _: True),
)
"""From all there is to the least: what each leaves out that the one before it has, and which systems have that."""


def fitted(found: Sequence[Compared], origin: Origin, places: Places) -> str:
    """Return the comment with as much as fits."""
    left: list[str] = []
    for room, leaves, had in _ROOMS:
        left += [leaves] if any(map(had, found)) and leaves not in left else []
        text = _joined(report(found, origin, places, room), _left_out(left if room.systems else [leaves]))
        if text:
            return text
    raise AssertionError("the numbers alone always fit")


def _joined(lines: Iterable[str], end: str) -> str:
    """Join lines; nothing where there is no room for them, as soon as that is seen."""
    room = _MOST_CHARACTERS - len(end) - 1
    taken: list[str] = []
    for line in lines:
        room -= _length(line) + 1
        if room < 0:
            return ""
        taken.append(line)
    return "\n".join(taken) + f"{end}\n"


def _left_out(left: Sequence[str]) -> str:
    if not left:
        return ""
    return f"\n\n*A comment has no room for {', '.join(left)}; `archspec diff` and `archspec lint` tell all of it.*"


def _length(text: str) -> int:
    """Count characters as JavaScript does, where some count twice: nobody counts more."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
