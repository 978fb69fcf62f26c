"""The JSON text that a tool wrote: read without a surprise, and the line and column of what stands in it."""

import json
import re
from bisect import bisect_right
from functools import cached_property
from typing import Any

from archspec.errors import KeyPath, Location, Problem, SpecError

_DEEPEST = 100
"""How deep JSON may be nested. What Terraform writes ends at about 30."""
_LONGEST_LINE = 400
_SPACE = re.compile(r"[ \t\r\n]*")
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_DECODER = json.JSONDecoder()
AGAIN = "write it once more with `terraform show -json FILE`, where FILE is a saved plan or a state"


class Document:
    """A JSON text with its data, and the places in it."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text.removeprefix("\ufeff")
        self.file = file

    @cached_property
    def data(self) -> Any:  # noqa: ANN401 - JSON
        """The data of the text, at most a hundred levels deep; a `SpecError` says why there is none."""
        try:
            data = parsed(self.text)
        except json.JSONDecodeError as error:
            message, hint = _spoilt(self.text, error)
            raise self.error(message, self.at(error.pos), hint) from None
        except ValueError as error:
            raise self.error(f"holds what no plan or state does: {error}", self.at(0)) from None
        half = _HALF.search(self.text)
        if half and not _is_whole(data):
            raise self.error("half a character stands in a text", self.at(half.start()))
        return data

    def at(self, position: int) -> Location:
        """Return the place of a character; the text of its line where that is short enough to show."""
        line = bisect_right(self._starts, position)
        start = self._starts[line - 1]
        end = self._starts[line] - 1 if line < len(self._starts) else len(self.text)
        shown = self.text[start:end] if end - start <= _LONGEST_LINE else ""
        return Location(self.file, line, position - start + 1, shown)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    def locate(self, path: KeyPath) -> Location:
        """Return the place of the value at a path, or of the last step of it that is there.

        The text is read a second time: this is for mistakes.
        """
        position = _skip(self.text, 0)
        for step in path:
            found = _inside(self.text, position, step)
            if found is None:
                break
            position = found
        return self.at(position)

    def error(self, message: str, location: Location | KeyPath, hint: str = AGAIN) -> SpecError:
        """Return what is wrong at a place, or at the value at a path."""
        place = location if isinstance(location, Location) else self.locate(location)
        return SpecError((Problem(message, place, hint),))


def parsed(text: str) -> Any:  # noqa: ANN401 - JSON
    """Return the data of JSON text, at most a hundred levels deep and without numbers that are none: a `ValueError`."""
    too_deep = f"values that are nested more than {_DEEPEST} deep"
    try:
        data = json.loads(text, parse_constant=_refused, parse_float=_number)
    except RecursionError:
        raise ValueError(too_deep) from None
    if _depth_exceeds(data, _DEEPEST):
        raise ValueError(too_deep)
    return data


def _is_whole(data: object) -> bool:
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _refused(word: str) -> float:
    message = f"{word} is not JSON"
    raise ValueError(message)


def _number(text: str) -> float:
    found = float(text)
    if found in (float("inf"), float("-inf")):
        message = f"{text[:20]} is too large"
        raise ValueError(message)
    return found


def _depth_exceeds(data: object, limit: int) -> bool:
    level = [data]
    for _ in range(limit):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def _spoilt(text: str, error: json.JSONDecodeError) -> tuple[str, str]:
    """Say what a text is that is not JSON."""
    if not text.strip():
        return "is empty", AGAIN
    if text.startswith("PK\x03\x04"):
        return "is a saved plan, which only Terraform can read", "run `terraform show -json FILE`"
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
        return f"ends in the middle: {error.msg}", AGAIN
    if error.msg == "Extra data" and text.lstrip().startswith('{"@level"'):
        return "is a log of Terraform, not a plan", "run `terraform plan -out=FILE`, then `terraform show -json FILE`"
    return f"is not JSON: {error.msg}", AGAIN


def _inside(text: str, position: int, step: str | int) -> int | None:
    """Return where the value of a key or at an index begins, in the object or list that begins at a position."""
    if text[position : position + 1] != ("{" if isinstance(step, str) else "["):
        return None
    position = _skip(text, position + 1)
    index = 0
    while position < len(text) and text[position] not in "}]":
        key: object = index
        if isinstance(step, str):
            key, position = _DECODER.raw_decode(text, position)
            position = _skip(text, _skip(text, position) + 1)
        if key == step:
            return position
        position = _skip(text, _DECODER.raw_decode(text, position)[1])
        position = _skip(text, position + 1) if text[position] == "," else position
        index += 1
    return None


def _skip(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position
