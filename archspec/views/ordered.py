"""The order in which pictures show things: by id, as people count (`web-2` before `web-10`), not as a spec lists them.

So a picture changes where the architecture does, and not where its author moves a line. What is a list because its
order means something (the steps of a journey, the stages of a pipeline) keeps it.
"""

import re
from collections.abc import Mapping
from typing import Any

from archspec.model.architecture import AREAS, Architecture
from archspec.model.element import Element

_NUMBER = re.compile(r"([0-9]+)")


def natural(text: str) -> tuple[tuple[int, str, str], ...]:
    """Return what to sort a text by, so that numbers in it count as numbers.

    >>> sorted(["web-10", "web-2"], key=natural)
    ['web-2', 'web-10']
    """
    return tuple(_part(part) for part in _NUMBER.split(text) if part)


def _part(part: str) -> tuple[int, str, str]:
    """Return what to sort a number or a word by: a number by its length first, as Python reads none of any length."""
    if not (part.isascii() and part.isdecimal()):
        return -1, part, ""
    digits = part.lstrip("0")
    return len(digits), digits, part


def ordered(architecture: Architecture) -> Architecture:
    """Return the same architecture with its elements and flows in the order of pictures."""
    known = architecture.elements
    areas = {
        area: held.model_copy(
            update={key: {id_: _listed(all_[id_], known) for id_ in sorted(all_, key=natural)} for key, all_ in held}
        )
        for area in AREAS
        for held in [getattr(architecture, area)]
    }
    flows = tuple(
        sorted(architecture.flows, key=lambda flow: (natural(flow.id), flow.protocol, flow.note, flow.status))
    )
    # Not `model_copy`: it would take the index of elements along.
    return Architecture.model_construct(**{**dict(architecture), **areas, "flows": flows})


def _listed(element: Element, known: Mapping[str, Element]) -> Element:
    """Sort an element's lists of ids: its subnets, its groups, who publishes to it."""
    update = {name: tuple(sorted(value, key=natural)) for name, value in element if _is_ids(value, known)}
    return element.model_copy(update=update) if update else element


def _is_ids(value: Any, known: Mapping[str, Element]) -> bool:  # noqa: ANN401  the fields of an element are of any type
    return isinstance(value, tuple) and len(value) > 1 and all(isinstance(one, str) and one in known for one in value)
