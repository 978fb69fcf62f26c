"""A spec whose Terraform is applied, unmodified, to an AWS on this machine."""

import json
import time
from pathlib import Path
from typing import NamedTuple

import boto3

from archspec.defaults import complete
from archspec.exporters import EXPORTERS
from archspec.importers import spec
from tests.cloud.server import ACCOUNT
from tests.cloud.terraform import Terraform, initialise, terraform
from tests.cloud.untyped import Moto
from tests.exporters.test_terraform_runs import prepare

ROOT = Path(__file__).parents[2]
HOST = "example.com"
SPECS = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "specs").glob("*.yaml"))
"""What is applied as a whole."""

PLAIN = "plain"
"""Stands for what plain moto makes of each type, where a spec is named otherwise."""


class Applied(NamedTuple):
    """What is left of an apply: the folder with its state, and the endpoint of the account.

    `log` is what Terraform said, `seconds` what planning and applying took, `again` what a second plan would change:
    nothing, it has to be.
    """

    folder: Path
    endpoint: str
    region: str
    log: str
    failed: bool
    seconds: float
    again: str = ""

    @property
    def terraform(self) -> Terraform:
        """Terraform in that folder; what it changes is changed for all tests."""
        return terraform(self.folder, self.endpoint)

    @property
    def plan(self) -> Path:
        """The file with `terraform show -json` of the plan that was applied."""
        return self.folder / "plan.json"

    @property
    def state(self) -> Path:
        """The file with `terraform show -json` of the state after it."""
        return self.folder / "state.json"


def apply(path: str, folder: Path, endpoint: str) -> Applied:
    """Apply the export of a spec as it is; only its variables are answered."""
    run, region = answered(path, folder, endpoint)
    started = time.monotonic()
    run("plan", "-input=false", "-out=plan")
    (folder / "plan.json").write_text(run("show", "-json", "plan"), encoding="utf-8")
    done = run.try_("apply", "-input=false", "plan")
    (folder / "state.json").write_text(run("show", "-json"), encoding="utf-8")
    seconds = round(time.monotonic() - started, 1)
    second = run.try_("plan", "-input=false", "-detailed-exitcode")
    again = second.output if second.code else ""
    return Applied(folder, endpoint, region, done.output, done.code != 0, seconds, again)


def answered(path: str, folder: Path, endpoint: str) -> tuple[Terraform, str]:
    """Write the export of a spec with answers to its variables; returns Terraform, ready to plan, and the Region."""
    architecture = complete(spec.load(ROOT / path).architecture)
    prepare(EXPORTERS["terraform"].export(architecture), folder)
    _answer(folder, architecture.region, endpoint)
    run = terraform(folder, endpoint)
    initialise(folder, lambda: run("init", "-backend=false", "-input=false", f"-plugin-dir={run.mirror}"))
    return run, architecture.region


def _answer(folder: Path, region: str, endpoint: str) -> None:
    """Answer as someone with an account would: a certificate that somebody else has made is one of that account."""
    file = folder / "terraform.tfvars.json"
    answers = {**json.loads(file.read_text("utf-8")), "account_id": ACCOUNT, "offline_plan": False}
    for name in answers:
        if name.startswith("certificate"):
            answers[name] = client("acm", region, endpoint).request_certificate(DomainName=HOST)["CertificateArn"]
    file.write_text(json.dumps(answers), encoding="utf-8")


def client(service: str, region: str, endpoint: str) -> Moto:
    """Return a client of boto3 for an account."""
    credentials = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    return boto3.client(service, region_name=region, endpoint_url=endpoint, **credentials)
