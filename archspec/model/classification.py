"""How sensitive data is: from what everybody may see to what only few may."""

from typing import Literal, get_args

Classification = Literal["public", "internal", "confidential", "restricted"]
"""The class of the most sensitive data that something may hold, or that a flow carries."""

_CLASSES: tuple[Classification, ...] = get_args(Classification)


def sensitivity(class_: Classification) -> int:
    """Return the place of a class in their order, 0 for what is public."""
    return _CLASSES.index(class_)


def is_sensitive(class_: Classification | None) -> bool:
    """Whether a class is stated that is worth a key of its own and encryption on every way: confidential or above."""
    return class_ is not None and sensitivity(class_) >= sensitivity("confidential")
