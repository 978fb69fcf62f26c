"""Terraform as tests run it: with the AWS provider from a mirror on this machine, and no settings of the user's."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

PROVIDER = "registry.terraform.io/hashicorp/aws"
TIMEOUT = 600


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
