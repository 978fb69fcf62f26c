"""The folder of a saved account: what is in it, and reading it again."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from archspec.errors import Location, Problem, SpecError, UsageError
from archspec.importers.account.answers import Answers, Asked
from archspec.importers.account.calls import CALLS
from archspec.importers.terraform.document import Document

ACCOUNT = "account.json"
FORMAT = 1
"""Raised when what is written can no longer be read."""

_AGAIN = "save the account anew with `archspec import --account --save FOLDER`"
_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d{1,2}")
_LARGEST = 512 * 1024 * 1024
"""Bytes of one file: more than any call returns."""


class Saved(NamedTuple):
    """An account and its Region, what was answered, by call, and why other calls were refused."""

    account: str
    region: str
    answers: Mapping[str, list[dict[str, Any]]]
    refused: Mapping[str, str]

    @property
    def files(self) -> dict[str, str]:
        """What the folder holds, by name."""
        held = {
            "format": FORMAT,
            "account": self.account,
            "region": self.region,
            "calls": sorted(self.answers),
            "refused": dict(sorted(self.refused.items())),
        }
        named = {f"{key}.json": answer for key, answer in self.answers.items()}
        return {
            name: json.dumps(one, indent=1, sort_keys=True) + "\n" for name, one in {ACCOUNT: held, **named}.items()
        }


def is_saved(folder: Path) -> bool:
    """Whether a folder holds a saved account."""
    return (folder / ACCOUNT).is_file()


def may_be_replaced(folder: Path) -> bool:
    """Whether a folder is empty, or holds nothing but a saved account."""
    known = {ACCOUNT, *(f"{call.key}.json" for call in CALLS)}
    try:
        there = [*folder.iterdir()]
    except (OSError, ValueError):
        return False
    return not there or (is_saved(folder) and all(one.name in known and one.is_file() for one in there))


def read(folder: Path, shown: str) -> tuple[Answers, Mapping[str, str]]:
    """Return the answers in a folder, and what was refused. `shown` is what messages call the folder.

    Raises `SpecError` for a file that is not what was saved, `UsageError` for one that cannot be read.
    """
    place = f"{shown}/{ACCOUNT}"
    held = _document(folder / ACCOUNT, place)
    if held.data.get("format") != FORMAT:
        raise held.error(
            f"it is saved in format {held.data.get('format')!r}, and {FORMAT} is read", ("format",), _AGAIN
        )
    calls, refused, known = held.data.get("calls"), held.data.get("refused"), {call.key for call in CALLS}
    account, region = held.data.get("account"), held.data.get("region")
    if not isinstance(region, str) or not _REGION.fullmatch(region):
        raise held.error("it does not say its Region", ("region",), _AGAIN)
    if not isinstance(account, str) or not isinstance(calls, list) or not isinstance(refused, dict):
        raise held.error("it does not say whose account it is, or what was asked", (), _AGAIN)
    names = [name for name in calls if isinstance(name, str) and name in known]
    found = {name: _answers(folder / f"{name}.json", f"{shown}/{name}.json") for name in names}
    return Answers(shown, region, account, found), {str(call): str(reason) for call, reason in refused.items()}


def _answers(path: Path, shown: str) -> tuple[Asked, ...]:
    document = _document(path, shown, list)
    found = []
    for i, one in enumerate(document.data):
        given = one if isinstance(one, dict) else {}
        parameters, items = given.get("with"), given.get("items")
        if not isinstance(parameters, dict) or not isinstance(items, list):
            raise document.error("this is not what an account is asked and answers", (i,), _AGAIN)
        for n, item in enumerate(items):
            if not isinstance(item, dict):
                raise document.error("this is nothing that AWS answers", (i, "items", n), _AGAIN)
            found.append(Asked(parameters, item))
    return tuple(found)


def _document(path: Path, shown: str, type_: type = dict) -> Document:
    try:
        with path.open("rb") as opened:
            text = opened.read(_LARGEST).decode("utf-8")
    except UnicodeDecodeError:
        raise SpecError((Problem("it is not UTF-8 text", Location(shown, 1, 1), _AGAIN),)) from None
    except OSError as error:
        raise UsageError(f"{shown} cannot be read: {error.strerror}; {_AGAIN}") from None
    document = Document(text, shown)
    try:
        data = document.data
    except SpecError as error:
        raise SpecError(tuple(problem._replace(hint=_AGAIN) for problem in error.problems)) from None
    if not isinstance(data, type_):
        raise document.error("this is no part of a saved account", (), _AGAIN)
    return document
