"""Broken YAML → the spans of what is left of it, for editors: a text that is being written parses only now and then."""

import re
from collections.abc import Collection
from functools import lru_cache

import yaml

from archspec.source.lines import line_end, line_start
from archspec.source.spans import Span, spans

_MOST = 12
"""Lines that are left out before nothing more is hoped for."""

_SINCE = re.compile("flow|scanning")
"""What libyaml says it was doing where the mistake stands at the start of that, and not where it gave up."""


@lru_cache(maxsize=16)
def mended(text: str, kept: int = -1, most: int = _MOST) -> Span | None:
    """Return the spans of a text without the lines that keep it from being parsed; offsets are those of the text.

    At most so many lines are left out, and never the one that the offset `kept` is on. Nothing where that is not
    enough, or where the text holds nothing.
    """
    untouchable = {line_start(text, kept)} if kept >= 0 else set()
    for _ in range(most + 1):
        found, at = _tried(text)
        if found:
            return found if found.form != "list" or found.children else None
        start = _written(text, at, untouchable) if at is not None else None
        if start is None:
            return None
        end = line_end(text, start)
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return None


def _tried(text: str) -> tuple[Span | None, int | None]:
    """Return the spans of a text; or the offset of what has to go, as far as libyaml tells it."""
    try:
        return spans(text), None
    except yaml.MarkedYAMLError as error:
        mark = error.context_mark if error.context_mark and _SINCE.search(error.context or "") else error.problem_mark
        return None, min(mark.index, len(text)) if mark else None
    except (yaml.YAMLError, IndexError):  # a character that YAML does not allow; a container without an end
        return None, None


def _written(text: str, at: int, untouchable: Collection[int]) -> int | None:
    """Return the start of the line that an offset is on, or of the nearest one above with something on it."""
    start = line_start(text, at)
    while not text[start : line_end(text, start)].strip() and start:
        start = line_start(text, start - 1)
    return None if start in untouchable or not text[start : line_end(text, start)].strip() else start
