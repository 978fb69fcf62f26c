"""The canonical form of a spec's text: the order of its keys and its spacing, with every comment kept.

docs/formatting.md shows it by example, docs/decisions/0019 says why it is this one.
"""

from archspec.errors import SpecError
from archspec.formatting.nodes import comments
from archspec.formatting.ordering import ordered
from archspec.formatting.printing import printed
from archspec.formatting.reading import read
from archspec.source import parse

__all__ = ["UnformattableError", "formatted"]

_MARK = "\ufeff"


class UnformattableError(RuntimeError):
    """Raised where the new text would not say what the old one does: a mistake of this package, never of a user."""


def formatted(text: str, name: str = "<text>") -> str:
    """Return the canonical form of a text; `name` is what locations call it.

    A byte order mark stays, and all lines end as the first one does. A text that is nothing but a scalar stays as it
    is. Raises `SpecError` with every problem where the text is not plain YAML, or has a key that only `?` can
    write; `UnformattableError` where the form was not proved to say the same.
    """
    mark = _MARK if text.startswith(_MARK) else ""
    is_windows = "\r\n" in text[: text.find("\n") + 1]
    plain = text.removeprefix(_MARK).replace("\r\n", "\n").replace("\r", "\n")
    data = parse(plain, name).data
    try:
        made = _made(plain, name, data)
    except SpecError:
        raise
    except Exception as error:
        told = f"{name} is left as it is, because formatting it would change what it says"
        raise UnformattableError(told) from error
    return mark + (made.replace("\n", "\r\n") if is_windows else made)


def _made(plain: str, name: str, data: object) -> str:
    """Return the canonical form. Raises `ValueError` where it does not hold the same data and the same comments."""
    document = read(plain, name)
    if document.root and document.root.form == "scalar":
        return plain
    kept = comments(document)
    made = printed(ordered(document))
    if made != plain and (parse(made).data != data or comments(read(made, name)) != kept):
        raise ValueError(made)
    return made
