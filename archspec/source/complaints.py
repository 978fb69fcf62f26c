"""libyaml's complaints → what they mean for the one who reads them."""

from typing import NamedTuple

import yaml

from archspec.errors import Location, Problem
from archspec.source.lines import location

AS_TEXT = "save the file as plain UTF-8 text"


class _Words(NamedTuple):
    """What to say for one of libyaml's messages; `opening` places it where the unfinished thing starts."""

    message: str
    hint: str
    opening: bool = False


_CLOSING = {"[": "]", "{": "}"}


def _unclosed(bracket: str) -> _Words:
    message = f"the '{_literal(bracket)}' of line {{line}} is not closed, or a comma is missing"
    return _Words(message, f"close it with {_CLOSING[bracket]}, or put a comma before this")


def _literal(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


_ANY = "check quotes, brackets and indentation"
_QUOTE = "put the text in quotes"
_ESCAPE = _Words('a backslash in "…" starts an escape, and this is none', "write \\\\ for a backslash, or use '…'")
_TAB = _Words("a tab stands where YAML allows only spaces", "indent with spaces")
_YAML: dict[str, _Words] = {
    "found a tab character": _TAB,
    "found character that cannot start": _Words("a text may not start with {char}", _QUOTE),
    "mapping values are not allowed": _Words(
        "a second ': ' stands on this line, or the line is indented too far",
        "put a text with a colon in quotes; check the indentation",
    ),
    "could not find expected ':'": _Words(
        "this is not a key: no ': ' follows it", "write `key: value`, with a space after the colon", opening=True
    ),
    "did not find expected key": _Words(
        "expected a key of the mapping that starts on line {line}",
        "the keys of a mapping stand exactly under each other; check brackets and quotes before it",
    ),
    "did not find expected '-'": _Words(
        "expected an item of the list that starts on line {line}",
        "the items of a list start with '- ', exactly under each other",
    ),
    "did not find expected ',' or '}'": _unclosed("{"),
    "did not find expected ',' or ']'": _unclosed("["),
    "found unexpected end of stream": _Words(
        "this quote is never closed", "close it; inside '…' write '' for one quote", opening=True
    ),
    "found unexpected document indicator": _Words(
        "this quote is not closed before the next ---", "close it", opening=True
    ),
    "expected alphabetic or numeric": _Words("a text may not start with {char}", _QUOTE, opening=True),
    "did not find expected node content": _Words("expected a value", "remove the comma or the bracket before it"),
    "found unknown escape": _ESCAPE,
    "expected hexdecimal number": _ESCAPE,
    "invalid Unicode character escape": _ESCAPE,
    "block sequence entries are not": _Words("a list may not start on this line", "start it on a line of its own"),
    "expected <document start>": _Words("nothing may follow the end of the document", "check brackets and indentation"),
    "expected comment or line break": _Words(
        "the line ends after | or >", "write the text on the lines below, indented"
    ),
}
"""A part of a message of libyaml → what it means for the one who reads it."""


def explain(error: yaml.YAMLError, name: str, text: str, opened: int) -> Problem:
    """Say in words what stopped the parser, and where. `opened` is the start of the innermost unfinished container."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Problem(f"is not valid YAML: {error}", Location(name, 1, 1), AS_TEXT)
    at, start = error.problem_mark.index, (error.context_mark or error.problem_mark).index
    said = f"is not valid YAML: {error.problem} {error.context or ''}".rstrip()
    words = next((words for part, words in _YAML.items() if part in said), _Words(_literal(said), _ANY))
    is_over = not text[at:].strip()
    if text[at : at + 1] == "\t":
        words = _TAB
    elif is_over and text[opened : opened + 1] in _CLOSING and not words.opening:
        words, start = _unclosed(text[opened]), opened
    at = start if is_over or words.opening else at
    line = location(name, text, start).line
    message = words.message.format(char=text[at : at + 1], line=line)
    return Problem(message, location(name, text, at), words.hint)
