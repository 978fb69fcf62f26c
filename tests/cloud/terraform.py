"""Terraform as tests run it: with the AWS provider from a mirror on this machine, and no settings of the user's."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import pytest

PROVIDER = "registry.terraform.io/hashicorp/aws"
TIMEOUT = 600
QUICK = {"GOGC": "off", "GOMEMLIMIT": "400MiB"}
"""Terraform and the provider live for seconds, and a third of those would go into the collection of garbage.

Beyond the limit it is collected after all. https://go.dev/doc/gc-guide#Memory_limit
"""


class Done(NamedTuple):
    """How a run ended: its exit code and all that it printed."""

    code: int
    output: str


class Terraform(NamedTuple):
    """Terraform in a folder, against an AWS on this machine."""

    executable: str
    mirror: Path
    folder: Path
    endpoint: str

    def try_(self, *arguments: str, timeout: float = TIMEOUT, **environment: str) -> Done:
        """Run a command, whatever comes of it."""
        command = [self.executable, *arguments]
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={**_environment(self.endpoint), **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        return Done(done.returncode, done.stdout + done.stderr if done.returncode else done.stdout)

    def __call__(self, *arguments: str) -> str:
        """Run a command that has to succeed, and return what it prints."""
        done = self.try_(*arguments)
        assert done.code == 0, f"terraform {arguments[0]}: {done.output}"
        return done.output


class Initialising:
    """Makes folders ready to plan: the first that has certain requirements by `init`, others as that one is.

    `init` reads all 700 MB of the provider for their checksum, and so does every run with the checksum in the lock
    file. That the provider is what it should be is known once. A folder without `versions.tf` is always initialised.
    """

    def __init__(self) -> None:
        self.first: dict[str, Path] = {}
        self.lock = Lock()

    def __call__(self, folder: Path, init: Callable[[], object]) -> None:
        """Make a folder ready; `init` runs `terraform init` in it."""
        required = folder / "versions.tf"
        key = required.read_text("utf-8") if required.exists() else ""
        with self.lock:
            if key not in self.first:
                init()
                lock = folder / _LOCK_FILE
                lock.write_text(re.sub(r" *hashes = \[[^]]*]\n", "", lock.read_text("utf-8")), encoding="utf-8")
                self.first |= {key: folder} if key else {}
                return
        shutil.copytree(self.first[key] / ".terraform", folder / ".terraform", symlinks=True)
        shutil.copyfile(self.first[key] / _LOCK_FILE, folder / _LOCK_FILE)


_LOCK_FILE = ".terraform.lock.hcl"

initialise = Initialising()
"""What all folders of a process are made ready with."""


def terraform(folder: Path, endpoint: str) -> Terraform:
    """Return Terraform in a folder, for an account."""
    return Terraform(*required(), folder, endpoint)


def required() -> tuple[str, Path]:
    """Return Terraform and the mirror of its provider; skips the test where one is missing."""
    executable = shutil.which("terraform")
    if executable is None:
        pytest.skip("terraform is not on PATH")
    found = mirror()
    if found is None:
        pytest.skip("no mirror of the AWS provider; name one in TF_PLUGIN_DIR")
    return executable, found


def can_apply() -> bool:
    """Whether Terraform and the mirror of its provider are on this machine."""
    return shutil.which("terraform") is not None and mirror() is not None


def mirror() -> Path | None:
    """Return the first folder on this machine that mirrors the AWS provider."""
    named = [os.environ[name] for name in ("TF_PLUGIN_DIR", "TF_PLUGIN_CACHE_DIR") if os.environ.get(name)]
    # Where Terraform looks by itself, and where images that bring providers usually put them.
    usual = [Path.home() / ".terraform.d" / "plugins", *map(Path, ("/usr/local/share", "/usr/share"))]
    implied = [path / "terraform" / "plugins" for path in usual[1:]]
    candidates = [*map(Path, named), usual[0], *implied, *sorted(Path("/opt").glob("*plugins*"))]
    return next((path for path in candidates if (path / PROVIDER).is_dir()), None)


def _environment(endpoint: str) -> Mapping[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("TF_", "AWS_"))}
    return {
        **own,
        **QUICK,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_ENDPOINT_URL": endpoint,
        "CHECKPOINT_DISABLE": "1",
        "NO_COLOR": "1",
        "TF_CLI_ARGS_apply": "-no-color -parallelism=20",
        "TF_CLI_ARGS_plan": "-no-color -parallelism=20",
        "TF_CLI_CONFIG_FILE": os.devnull,
        "TF_IN_AUTOMATION": "1",
    }
