"""Accounts of an AWS on this machine, read as `archspec import --account` reads one."""

import os
from dataclasses import replace
from pathlib import Path
from unittest import mock

from archspec.importers import account
from archspec.importers.account.capture import capture
from archspec.resources.resource import Inventory
from tests.cloud.applied import Applied


def saved(done: Applied, endpoint: str, folder: Path) -> Inventory:
    """Ask an account all that is asked, save it in a folder, and read that."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    asked = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_ENDPOINT_URL": endpoint}
    with mock.patch.dict(os.environ, {**own, **asked}, clear=True):
        files = capture(done.region, "").files
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return replace(account.read(folder), source="account")
