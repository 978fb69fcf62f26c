"""What an inventory can be read from: a file, told by what it holds, or the folder of a saved account."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from archspec.errors import UsageError

if TYPE_CHECKING:
    from archspec.resources.resource import Inventory

_LARGEST = 512 * 1024 * 1024
"""Bytes: more than Terraform writes for any account, and less than would fill memory."""


class Reader(NamedTuple):
    """A form of source. A text of it has all that a group in `marks` looks for; `read` takes the text and its name."""

    what: str
    marks: tuple[tuple[re.Pattern[str], ...], ...]
    read: "Callable[[str, str], Inventory]"

    def fits(self, text: str) -> bool:
        """Whether a text is of this form."""
        return any(all(mark.search(text) for mark in marks) for marks in self.marks)


def _key(name: str) -> re.Pattern[str]:
    """Return what finds a key at the start of a line, or anywhere in JSON."""
    return re.compile(rf'^\s*{name}\s*:|"{name}"\s*:', re.MULTILINE)


def _terraform(text: str, name: str) -> "Inventory":
    from archspec.importers.terraform import read

    return read(text, name)


def _cloudformation(text: str, name: str) -> "Inventory":
    from archspec.importers.cloudformation import read

    return read(text, name)


READERS: dict[str, Reader] = {
    "terraform": Reader(
        "a plan or a state that Terraform wrote as JSON",
        (
            (re.compile(r'"planned_values"\s*:'),),
            (re.compile(r'"format_version"\s*:'), re.compile(r'"values"\s*:')),
            (re.compile(r'"lineage"\s*:'), re.compile(r'"serial"\s*:')),
        ),
        _terraform,
    ),
    "cloudformation": Reader(
        "a CloudFormation template",
        ((_key("AWSTemplateFormatVersion"),), (_key("Resources"), re.compile(r"\bAWS::\w+::"))),
        _cloudformation,
    ),
}
"""Form → how it is told and read. The first that fits is taken."""


def read(path: Path, name: str = "") -> "Inventory":
    """Return the inventory of a source; `name` is how locations call it.

    Raises `UsageError` where it cannot be read or is none that is known, `SpecError` where it is one and is broken.
    """
    shown = name or path.as_posix()
    if is_account(path):
        from archspec.importers import account

        return account.read(path, shown)
    text = _text(path, shown)
    for reader in READERS.values():
        if reader.fits(text):
            return reader.read(text, shown)
    known = ", or ".join([*(reader.what for reader in READERS.values()), "a folder with a saved account"])
    hint = f"; {_HCL}" if path.suffix == ".tf" else ""
    raise UsageError(f"{shown} is nothing to import from: expected {known}{hint}")


def is_account(path: Path) -> bool:
    """Whether a path is the folder of a saved account."""
    try:
        if not path.is_dir():
            return False
        from archspec.importers.account.saved import is_saved

        return is_saved(path)
    except (OSError, ValueError):  # a path that is too long, a NUL in it: reading it says so
        return False


def fits(path: Path) -> bool:
    """Whether a file is something to import from, and no spec."""
    try:
        with path.open("rb") as opened:
            text = opened.read(_LARGEST).decode("utf-8", "replace")
    except (OSError, ValueError):  # ValueError: a NUL in the path
        return False
    return not _key("archspec").search(text) and any(reader.fits(text) for reader in READERS.values())


def _text(path: Path, shown: str) -> str:
    try:
        if path.is_dir():
            raise UsageError(f"{shown} is a folder, and no saved account; {_HCL}")
        with path.open("rb") as opened:
            content = opened.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise UsageError(f"{shown} is larger than {_LARGEST // 2**20} MB")
        return content.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{shown} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{shown} is not UTF-8 text; {_SAVED}") from None
    except ValueError as error:
        raise UsageError(f"{shown} cannot be read: {error}") from None


_HCL = (
    "run `terraform plan -out=plan` and `terraform show -json plan > plan.json` in the folder of its files, and import "
    "plan.json"
)
_SAVED = "a saved plan becomes readable with `terraform show -json PLAN > plan.json`"
