"""What checkov itself says about exported specs."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from archspec import api
from archspec.artifacts import Artifacts
from archspec.errors import ToolError
from archspec.findings import Finding
from archspec.scanners import Export, Scan, checkov

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]

# pge states what costs it more than 8 in 100: ten log groups that forget after a week to three months, ten checks of
# network ACLs that let all in, port 80 without a redirect. To pass,
# its export would have to say otherwise than its spec.
BARS = {"apexai-crm": 0.92, "ecs-production": 0.95, "event-planner": 0.92, "pge": 0.89, "z360": 0.92}
"""System → the share of checks that its export has to pass before anything is waived."""


@pytest.fixture(scope="module")
def executable() -> str:
    """Return checkov, or say why there is none."""
    try:
        return checkov.find(ROOT, os.environ, Path(sys.prefix))
    except ToolError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def systems(executable: str) -> Mapping[str, tuple[Artifacts, Scan]]:
    """Return the systems of `specs/`, each with its export and with what one run on all of them says."""
    assert executable
    loaded = {path.stem: api.load(path) for path in sorted((ROOT / "specs").glob("*.yaml"))}
    scans = api.scan_all(list(loaded.values()), ROOT)
    return {name: (api.export(one), scan) for (name, one), scan in zip(loaded.items(), scans, strict=True)}


def scan(system: api.System) -> Scan:
    return api.scan(system, api.export(system), ROOT)


def spell(finding: Finding) -> str:
    return f"{finding.location.file}:{finding.location.line} {finding.rule} {finding.message}"


@pytest.mark.parametrize("name", list(BARS))
def test_an_export_passes_as_many_checks_as_it_can(systems: Mapping[str, tuple[Artifacts, Scan]], name: str) -> None:
    found = systems[name][1]
    failing = Counter(one.rule for one in found.findings)

    assert found.passed / (found.passed + found.failed) >= BARS[name], failing.most_common()


@pytest.mark.parametrize("name", list(BARS))
def test_a_fact_of_the_spec_explains_every_check_that_fails(
    systems: Mapping[str, tuple[Artifacts, Scan]], name: str
) -> None:
    found = systems[name][1]

    assert [spell(one) for one in found.findings if not one.waiver] == []
    assert found.failed == len(found.findings)


@pytest.mark.parametrize("name", list(BARS))
def test_every_exported_resource_is_looked_at(systems: Mapping[str, tuple[Artifacts, Scan]], name: str) -> None:
    artifacts, found = systems[name]

    assert (found.resources, found.skipped) == (len(artifacts.origins), 0)


def test_one_run_on_all_systems_says_of_each_what_a_run_on_it_alone_says(
    systems: Mapping[str, tuple[Artifacts, Scan]],
) -> None:
    assert systems["ecs-production"][1] == scan(api.load(ROOT / "specs/ecs-production.yaml"))


def test_ecs_production_fails_only_on_what_its_spec_decides(systems: Mapping[str, tuple[Artifacts, Scan]]) -> None:
    found = systems["ecs-production"][1]

    assert Counter((finding.rule, finding.subject) for finding in found.findings) == Counter(
        [
            ("CKV2_AWS_28", "alb"),  # no WAF is stated
            ("CKV2_AWS_50", "redis"),  # the replica is planned
            ("CKV2_AWS_57", "secrets-manager"),  # rotation needs a function
            ("CKV_AWS_144", "alb"),  # access logs are in one region
            ("CKV_AWS_145", "alb"),  # access logs cannot be encrypted with KMS
            ("CKV_AWS_18", "alb"),  # the log bucket has no log of its own
            ("CKV_AWS_260", "alb-sg"),  # port 80 redirects
            ("CKV_AWS_378", "notifier"),  # HTTP behind the load balancer
            ("CKV_AWS_378", "scheduler"),
            ("CKV_AWS_378", "worker"),
        ]
    )


@pytest.mark.usefixtures("executable")
def test_hello_fails_only_on_what_its_spec_decides() -> None:
    found = scan(api.load(ROOT / "specs/examples/hello.yaml"))

    assert [(finding.rule, finding.subject, bool(finding.waiver)) for finding in found.findings] == [
        ("CKV_AWS_333", "web", True)
    ]


SLY = '"checkov:skip=CKV_AWS_24:no checkov:skip= ${x} %{y} \\" \\\\ ü"'
OPEN = (
    "archspec: 1\nname: sly\nregion: us-east-1\n"
    "network: {vpcs: {v: {cidr: 10.0.0.0/16}}, security_groups: "
    f"{{sg: {{assumed: {SLY}, ingress: [{{from: internet, port: 22, note: {SLY}}}]}}}}}}\n"
)


@pytest.mark.usefixtures("executable")
def test_text_in_a_spec_does_not_switch_a_check_off_and_no_fact_excuses_an_open_port() -> None:
    found = scan(api.parse(OPEN))

    assert ("CKV_AWS_24", "sg", "") in {(one.rule, one.subject, one.waiver) for one in found.findings}
    assert found.skipped == 0


@pytest.mark.usefixtures("executable")
def test_everything_that_is_exported_is_looked_at() -> None:
    system = api.load(ROOT / "tests/exporters/specs/everything.yaml")
    artifacts = api.export(system)
    found = api.scan(system, artifacts, ROOT)

    assert found.resources == len(artifacts.origins)
    assert found.failed == len(found.findings)


def _wrapped(folder: Path, command: str) -> str:
    path = folder / "checkov"
    path.write_text(f'#!/bin/sh\nexec {command} "$@"\n', encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_without_a_network_checkov_says_the_same(
    executable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unshare = shutil.which("unshare")
    if not unshare or subprocess.run([unshare, "-rn", "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine gives no process a network of its own")
    system = api.parse(OPEN)
    export = Export(api.export(system), system.source.locate)
    before = checkov.scan(export, ROOT)
    monkeypatch.setenv("ARCHSPEC_CHECKOV", _wrapped(tmp_path, f"'{unshare}' -rn '{executable}'"))

    assert checkov.scan(export, ROOT) == before


WATCH = """\
import sys

def note(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}:
        with open(SEEN, "a", encoding="utf-8") as file:
            print(event, *arguments[1:], file=file)

sys.addaudithook(note)
"""


def test_checkov_does_not_even_try_to_reach_a_network(
    executable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "seen"
    (tmp_path / "sitecustomize.py").write_text(f"SEEN = {str(seen)!r}\n{WATCH}", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    ask = "import socket; socket.getaddrinfo('localhost', 1)"
    subprocess.run([Path(executable).parent / "python", "-c", ask], check=True)
    watched = seen.read_text(encoding="utf-8")
    scan(api.parse(OPEN))

    assert watched.startswith("socket.getaddrinfo")
    assert seen.read_text(encoding="utf-8") == watched
