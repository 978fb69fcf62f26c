"""An AWS on this machine, and the systems of this project applied to it."""

import fcntl
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cloud.account import copied, serving
from tests.cloud.applied import ROOT, Applied
from tests.cloud.applier import result
from tests.cloud.terraform import can_apply, required

TIMEOUT = 540

Apply = Callable[[str], Applied]
Found = Callable[[str], dict[str, str]]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run what waits for an apply last: the provider waits minutes for nothing, and other tests run meanwhile."""
    items.sort(key=_asks)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Start applying before the first test runs."""
    waiting = [item for item in session.items if _asks(item)]
    if waiting and can_apply() and not session.config.option.collectonly:
        folder, run = _place(session.config)
        _start(folder, run, _paths(waiting))


@pytest.fixture(scope="session")
def empty_account() -> Iterator[str]:
    """Serve an account with nothing in it. Tests take copies of it."""
    with serving() as endpoint:
        yield endpoint


@pytest.fixture
def account(empty_account: str) -> str:
    """Return the endpoint of an empty account of the test's own."""
    return copied(empty_account)


@pytest.fixture(scope="session")
def applied(request: pytest.FixtureRequest) -> Apply:
    """Return what applies a spec to an account of its own, once for all tests of a run.

    A test asks for it with a parameter `path`, by which all that will be needed is known from the start. A test that
    changes the account takes a copy of it (`copied`).
    """
    required()
    folder, _ = _place(request.config)
    return lambda path: _applied(_awaited(result(folder, path)))


@pytest.fixture(scope="session")
def applied_plainly(request: pytest.FixtureRequest) -> Found:
    """Return what tells the gaps of moto without patches; the parameter `path` is `PLAIN`."""
    required()
    folder, _ = _place(request.config)
    return lambda path: _awaited(result(folder, path))["gaps"]


def _asks(item: pytest.Item) -> bool:
    names = getattr(item, "fixturenames", ())
    return hasattr(item, "callspec") and bool({"applied", "applied_plainly"} & {*names})


def _paths(items: list[pytest.Item]) -> list[str]:
    found = [item.callspec.params.get("path") for item in items]  # type: ignore[attr-defined]
    return list(dict.fromkeys(filter(None, found)))


def _place(config: pytest.Config) -> tuple[Path, int]:
    """Return the folder in which all workers of a run apply, and the process that lives as long as the run."""
    base: Path = config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]  # noqa: SLF001  no fixture is there yet
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    return (base.parent if is_worker else base) / "applied", os.getppid() if is_worker else os.getpid()


def _start(folder: Path, run: int, paths: list[str]) -> None:
    """Start the applier, unless another worker has."""
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "started").exists():
            (folder / "started").touch()
            command = [sys.executable, "-m", "tests.cloud.applier", str(folder), str(run), *paths]
            subprocess.run(command, cwd=ROOT, check=True)


def _awaited(file: Path) -> dict[str, Any]:
    end = time.monotonic() + TIMEOUT
    while not file.exists() and time.monotonic() < end:
        time.sleep(0.1)
    assert file.exists(), "was not applied in time"
    done: dict[str, Any] = json.loads(file.read_text("utf-8"))
    assert "problem" not in done, done["problem"]
    return done


def _applied(done: dict[str, Any]) -> Applied:
    return Applied(**{**done, "folder": Path(done["folder"])})
