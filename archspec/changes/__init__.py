"""Two versions of a spec → what changed, thing by thing, and what is risky about it, graded.

Nothing is said of what means the same: an element in another file, a list in another order, `30d` for `30 days`.
"""

from collections.abc import Sequence

from archspec.changes.change import Change, Difference, Field, Grade, LocatedRisk, Risk
from archspec.changes.elements import element_changes
from archspec.changes.lists import list_changes
from archspec.changes.renames import find_renames
from archspec.changes.risks import graded
from archspec.changes.versions import Version, Versions, called_as_now, nothing_like, version
from archspec.changes.whole import whole_changes
from archspec.rules import Rule

__all__ = [
    "Change",
    "Difference",
    "Field",
    "Grade",
    "LocatedRisk",
    "Risk",
    "Version",
    "Versions",
    "compare",
    "side_by_side",
    "version",
]


def side_by_side(old: Version | None, new: Version | None, rules: Sequence[Rule] = ()) -> Versions:
    """Return two versions in which what is the same has one id; nothing stands where there is no version.

    Raises `ValueError` where there is neither.
    """
    there = new or old
    if there is None:
        raise ValueError("one of the two has to be there")
    before, now = old or nothing_like(there), new or nothing_like(there)
    names = find_renames(before.stated, now.stated)
    return Versions(called_as_now(before, names), now, names, tuple(rules), before)


def compare(versions: Versions, labels: tuple[str, str]) -> Difference:
    """Return everything that is to say about two versions. `labels` are what they are called; one may be empty."""
    changes = (*whole_changes(versions), *element_changes(versions), *list_changes(versions))
    return Difference(versions.new.stated.name, *labels, graded(versions), changes)
