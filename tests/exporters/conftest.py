"""What the tests of exporters share: exports of specs, and Terraform with its provider where both are there."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

from archspec.artifacts import Artifacts, Omission
from archspec.defaults import complete
from archspec.exporters import EXPORTERS
from archspec.exporters.terraform.resource import Part, Resource, Variable
from archspec.exporters.terraform.scope import scope
from archspec.importers import spec
from archspec.model.architecture import Architecture
from tests.cloud.terraform import QUICK, initialise, mirror

ROOT = Path(__file__).parents[2]
TIMEOUT = 300

Export = Callable[..., Artifacts]
Area = Callable[[Architecture], Iterable[Part]]
Terraform = Callable[..., str]


class Parts(NamedTuple):
    """What an area of the exporter made: resources by address, variables by name, and what it left out."""

    resources: dict[str, Resource]
    variables: dict[str, Variable]
    omissions: list[tuple[str, str]]


@pytest.fixture
def export() -> Export:
    """Export a spec for Terraform: a file of the project, or the text of a spec without its first three lines."""

    def terraform(source: Path | str, region: str = "us-east-1") -> Artifacts:
        header = f"archspec: 1\nname: sample\nregion: {region}\n"
        loaded = spec.load(ROOT / source) if isinstance(source, Path) else spec.parse(header + source)
        return EXPORTERS["terraform"].export(complete(loaded.architecture))

    return terraform


@pytest.fixture
def arguments() -> Callable[[Artifacts, str], dict[str, str]]:
    """Read a resource's arguments that fit on a line, as written, those of nested blocks under their own names too."""

    def read(artifacts: Artifacts, address: str) -> dict[str, str]:
        kind, name = address.split(".")
        whole = "\n".join(artifacts.files.values())
        text = whole[whole.index(f'resource "{kind}" "{name}"') :].partition("\n}\n")[0]
        return dict(re.findall(r"^ +(\w+) += (.*[^{\[(\n])$", text, re.MULTILINE))

    return read


@pytest.fixture
def comments() -> Callable[[Artifacts, str], list[str]]:
    """Read the comments above a resource, without the first one, which says where it is stated."""

    def read(artifacts: Artifacts, address: str) -> list[str]:
        kind, name = address.split(".")
        whole = "\n" + "\n".join(artifacts.files.values())
        above = whole.partition(f'\nresource "{kind}" "{name}"')[0].rpartition("\n\n")[2]
        return [line.removeprefix("# ") for line in above.splitlines() if line.startswith("# ")][1:]

    return read


@pytest.fixture
def parts() -> Callable[..., Parts]:
    """Return what one area makes of the text of a spec without its first three lines."""

    def of_area(area: Area, text: str, region: str = "us-east-1") -> Parts:
        loaded = spec.parse(f"archspec: 1\nname: sample\nregion: {region}\n{text}")
        made = list(area(scope(complete(loaded.architecture)).architecture))
        return Parts(
            {one.address: one for one in made if isinstance(one, Resource)},
            {one.name: one for one in made if isinstance(one, Variable)},
            [(".".join(map(str, one.path)), one.reason) for one in made if isinstance(one, Omission)],
        )

    return of_area


@pytest.fixture
def terraform() -> Terraform:
    """Run Terraform in a folder, without the user's settings; returns what it prints."""
    executable = shutil.which("terraform")
    if executable is None:
        pytest.skip("terraform is not on PATH")
    # The credentials are never sent anywhere, but the provider does not start without.
    names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("TF_", "AWS_"))},
        **dict.fromkeys(names, "offline"),
        **QUICK,
        "AWS_EC2_METADATA_DISABLED": "true",
        "CHECKPOINT_DISABLE": "1",
        "TF_CLI_CONFIG_FILE": os.devnull,
        "TF_IN_AUTOMATION": "1",
    }

    def run(folder: Path, *arguments: str) -> str:
        command = [executable, *arguments]
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=TIMEOUT, check=False
        )
        assert done.returncode == 0, f"terraform {arguments[0]}: {done.stdout}\n{done.stderr}"
        return done.stdout

    return run


@pytest.fixture
def with_provider(terraform: Terraform) -> Callable[[Path], Terraform]:
    """Make a folder ready to validate and plan: `init` from a mirror of the AWS provider on this machine."""

    def ready(folder: Path) -> Terraform:
        found = mirror()
        if found is None:
            pytest.skip("no mirror of the AWS provider; name one in TF_PLUGIN_DIR")
        initialise(folder, lambda: terraform(folder, "init", "-backend=false", "-input=false", f"-plugin-dir={found}"))
        return terraform

    return ready
