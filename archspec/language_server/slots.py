"""A text → every key and value in it, with what the model expects there. Works on what is left of a broken text."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from archspec.errors import KeyPath
from archspec.language_server.expected import NOTHING, WHOLE, Expected, fields, of_field
from archspec.model.flow import Flow
from archspec.source.mending import mended
from archspec.source.spans import Child, Span

ARROW = "->"


class Slot(NamedTuple):
    """A key or a value that is written in a text.

    `expected` is what may stand there: of a key, what the mapping is that it stands in. `holder` is that mapping, or
    the list that an item stands in.
    """

    span: Span
    is_key: bool
    expected: Expected
    path: KeyPath
    child: Child
    holder: Span

    @property
    def environment(self) -> str:
        """The environment in whose overlay it stands; nothing for what is outside of all."""
        return str(self.path[1]) if len(self.path) > 2 and self.path[0] == "environments" else ""


@lru_cache(maxsize=32)
def slots(text: str) -> tuple[Slot, ...]:
    """Return every key and value of a text, in order; of a broken one, what the lines say that can be read."""
    top = mended(text)
    return tuple(slots_of(top)) if top else ()


def slots_of(top: Span) -> Iterator[Slot]:
    """Yield every key and value below the top of a text, each mapping or list before what is in it."""
    yield from _inside(top, WHOLE, ())


def _inside(holder: Span, expected: Expected, path: KeyPath) -> Iterator[Slot]:
    for position, child in enumerate(holder.children):
        step = child.key.text if child.key else position
        here = (*path, step)
        if child.key:
            yield Slot(child.key, is_key=True, expected=expected, path=here, child=child, holder=holder)
            inner = under(expected, child.key.text)
        else:
            inner = expected.items or NOTHING
        yield Slot(child.value, is_key=False, expected=inner, path=here, child=child, holder=holder)
        yield from _inside(child.value, inner, here)


def under(expected: Expected, key: str) -> Expected:
    """Return what may stand under a key of something."""
    if expected.by_id:
        return expected.by_id
    model = next((one for one in expected.models if key in fields(one)), None)
    if model:
        return of_field(model, key)
    if ARROW in key and Flow in {base for one in expected.models for base in one.__mro__}:
        return Expected(said="a port and a protocol, such as `443 HTTPS`")
    return NOTHING


def content(text: str, span: Span) -> int | None:
    """Return where in a text the content of a scalar begins; nothing where it is not written as it is read.

    In front of it may stand a quote, or an anchor.
    """
    quote = span.style if span.style in ("'", '"') else ""
    start = span.end - len(quote) - len(span.text)
    return start if span.text and text[start : span.end] == span.text + quote else None
