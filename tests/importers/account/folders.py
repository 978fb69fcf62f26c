"""Saved accounts written by hand."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from archspec.importers.account.saved import Saved

Json: TypeAlias = Any

ACCOUNT = "123456789012"


def write(folder: Path, saved: Saved) -> Path:
    """Write a saved account to a folder, and return that."""
    folder.mkdir(exist_ok=True)
    for name, text in saved.files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def folder(at: Path, answers: Mapping[str, Sequence[Json]], refused: dict[str, str] | None = None) -> Path:
    """Return the folder of an account that answered calls without parameters with some items each."""
    asked = {call: [{"with": {}, "items": [*items]}] for call, items in answers.items()}
    return write(at / "account", Saved(ACCOUNT, "eu-central-1", asked, refused or {}))


def tags(**named: str) -> list[dict[str, str]]:
    """Return tags as most services write them."""
    return [{"Key": key, "Value": value} for key, value in named.items()]
