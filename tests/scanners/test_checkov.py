"""How checkov's report becomes findings, and how everything that goes wrong becomes an error, without checkov."""

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archspec.artifacts import Artifacts, Origin
from archspec.defaults import complete
from archspec.errors import KeyPath, Location, ToolError
from archspec.exporters import EXPORTERS
from archspec.importers import spec
from archspec.scanners import SCANNERS, Export, checkov

RECORDED = Path(__file__).parent / "recorded"
OPEN = (RECORDED / "open.json").read_text(encoding="utf-8")

ONE = Artifacts({"main.tf": ""}, {"aws_vpc.main": Origin("main", ("network", "vpcs", "main"))})
EMPTY_REPORT: dict[str, Any] = {
    "check_type": "terraform",
    "results": {"passed_checks": [], "failed_checks": [], "skipped_checks": [], "parsing_errors": []},
    "summary": {"passed": 0, "failed": 0, "skipped": 0, "parsing_errors": 0, "resource_count": 1},
}


def locate(path: KeyPath) -> Location:
    return Location("spec.yaml", len(path), 1)


def reporting(*checks: dict[str, object], **summary: int) -> str:
    """Return a report on `ONE` with these failed checks."""
    results = {**EMPTY_REPORT["results"], "failed_checks": checks}
    counts = {**EMPTY_REPORT["summary"], "failed": len(checks), **summary}
    return json.dumps({**EMPTY_REPORT, "results": results, "summary": counts})


def failed(**change: object) -> dict[str, object]:
    return {"check_id": "CKV_AWS_1", "check_name": "Ensure it", "resource": "aws_vpc.main", "guideline": None, **change}


def test_a_recorded_report_becomes_findings_at_the_lines_that_cause_them() -> None:
    loaded = spec.parse((RECORDED / "open.yaml").read_text(encoding="utf-8"), "open.yaml")
    artifacts = EXPORTERS["terraform"].export(complete(loaded.architecture))
    scan = checkov.read(OPEN, Export(artifacts, loaded.source.locate))
    assert [(str(f.location), f.rule, f.subject) for f in scan.findings] == [
        ("open.yaml:10:5", "CKV2_AWS_5", "web-sg"),
        ("open.yaml:12:11", "CKV_AWS_260", "web-sg"),
        ("open.yaml:13:11", "CKV_AWS_24", "web-sg"),
        ("open.yaml:16:5", "CKV2_AWS_57", "vault"),
    ]
    assert scan[1:] == (38, 4, 0, 15)
    assert scan.findings[1]._asdict() == {
        "location": Location("open.yaml", 12, 11, "        - {from: internet, port: 80}"),
        "rule": "CKV_AWS_260",
        "name": "checkov",
        "subject": "web-sg",
        "outcome": "fail",
        "severity": 2,
        "message": "Ensure no security groups allow ingress from 0.0.0.0:0 to port 80 "
        "(aws_vpc_security_group_ingress_rule.web_sg__from__internet__80)",
        "fix": "",
        "witness": (),
        "reference": "",
        "waiver": "",
        "known": False,
        "edits": (),
    }


def test_text_from_checkov_is_made_plain() -> None:
    name = "a\x1b[31m\nb\u202e" + "c" * 300
    (finding,) = checkov.read(reporting(failed(check_name=name)), Export(ONE, locate)).findings
    assert finding.message == "a [31m b " + "c" * 191 + " (aws_vpc.main)"


@pytest.mark.parametrize(
    ("guideline", "reference"),
    [
        ("https://docs.example.com/a?b=c", "https://docs.example.com/a?b=c"),
        ("javascript:alert(1)", ""),
        ("https://example.com/\nx", ""),
        ("https://example.com/" + "x" * 300, ""),
        (None, ""),
    ],
)
def test_a_guideline_is_kept_if_it_is_a_link(guideline: str | None, reference: str) -> None:
    (finding,) = checkov.read(reporting(failed(guideline=guideline)), Export(ONE, locate)).findings
    assert finding.reference == reference


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("", "checkov printed nothing"),
        ("not json", "checkov's report is not what version 3.3.30 writes, at the whole: Invalid JSON"),
        (OPEN + OPEN, "checkov's report is not what version 3.3.30 writes, at the whole: Invalid JSON"),
        ("[]", "checkov's report is not what version 3.3.30 writes, at the whole"),
        ((RECORDED / "empty.json").read_text(encoding="utf-8"), "at results: Field required"),
        ((RECORDED / "unparsed.json").read_text(encoding="utf-8"), "checkov cannot parse network.tf"),
        (OPEN, "checkov looked at 15 of 1 exported resources"),
        (reporting(resource_count=0), "checkov looked at 0 of 1 exported resources"),
        (reporting(resource_count=-1), "at summary.resource_count"),
        (reporting(failed(), failed=2), "checkov counts 2 failed checks and lists 1"),
        (reporting(failed(check_id="x\n")), "at results.failed_checks.0.check_id"),
        (reporting(failed(resource="aws_vpc.\x1bx")), "checkov reports on 'aws_vpc. x', which is not among"),
    ],
)  # fmt: skip
def test_a_report_that_is_not_on_exactly_these_files_is_refused(output: str, message: str) -> None:
    with pytest.raises(ToolError) as error:
        checkov.read(output, Export(ONE, locate))
    assert message in str(error.value)


Fake = Callable[[str], None]


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    """Put a shell script in checkov's place."""

    def install(script: str) -> None:
        path = tmp_path / "checkov"
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("ARCHSPEC_CHECKOV", str(path))

    return install


def test_files_are_given_to_checkov_without_settings_of_the_user(
    fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CKV_SKIP_CHECK", "CKV_AWS_1")
    monkeypatch.setenv("BC_API_KEY", "secret")
    seen = tmp_path / "seen"
    fake(f"{{ echo \"$@\" | sed s,/.*files,FILES,; cat files/a.tf files/b/c.tf; env | grep -E '^(CKV|BC|LOG_)' | sort; "
         f"[ \"$HOME\" = \"$PWD\" ] && echo home; }} > '{seen}'; echo '{reporting()}'")  # fmt: skip
    artifacts = Artifacts({"a.tf": "# ü\n", "b/c.tf": "# c\n"}, ONE.origins)
    assert SCANNERS["checkov"](Export(artifacts, locate), tmp_path) == ((), 0, 0, 0, 1)
    assert seen.read_text(encoding="utf-8").splitlines() == [
        "--directory FILES --framework terraform --skip-download --output json",
        "# ü",
        "# c",
        "CKV_SKIP_PACKAGE_UPDATE_CHECK=true",
        "LOG_LEVEL=ERROR",
        "home",
    ]


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("echo 'Traceback: \x1b[31mboom' >&2; exit 2", "checkov failed with exit code 2: Traceback:  [31mboom"),
        ("exit 3", "checkov failed with exit code 3: it printed no reason"),
        ("kill -9 $$", "checkov failed with exit code -9: it printed no reason"),
        ("true", "checkov printed nothing"),
        (f"cat '{RECORDED}/unparsed.json'", "checkov cannot parse network.tf"),
        (f"cat '{RECORDED}/empty.json'", "at results: Field required"),
        (f"cat '{RECORDED}/open.json'; exit 1", "checkov looked at 15 of 1 exported resources"),
        (r"printf '\377\376 garbage'", "Invalid JSON"),
    ],
    ids=["error", "silent", "killed", "nothing", "unparsed", "empty", "count", "garbage"],
)
def test_a_checkov_that_goes_wrong_is_an_error(fake: Fake, tmp_path: Path, script: str, message: str) -> None:
    fake(script)
    with pytest.raises(ToolError) as error:
        checkov.scan(Export(ONE, locate), tmp_path)
    assert message in str(error.value)


def test_a_checkov_that_hangs_is_stopped_with_its_children(
    fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkov, "TIMEOUT", 0.2)
    fake("sleep 60 & sleep 60")
    with pytest.raises(ToolError, match=r"checkov did not finish in 0\.2 seconds"):
        checkov.scan(Export(ONE, locate), tmp_path)


def test_a_checkov_that_does_not_start_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "checkov"
    path.write_text("#!/does/not/exist\n", encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setenv("ARCHSPEC_CHECKOV", str(path))
    with pytest.raises(ToolError, match="checkov does not start: No such file or directory"):
        checkov.scan(Export(ONE, locate), tmp_path)


def test_nothing_to_scan_is_an_error_and_not_a_clean_bill(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="no resource was exported"):
        checkov.scan(Export(Artifacts({"main.tf": ""}), locate), tmp_path)


def test_checkov_is_found_where_it_is_named_then_beside_its_environment_then_on_path_never_in_the_project(
    tmp_path: Path,
) -> None:
    own = tmp_path / "project" / ".venv-checkov" / "bin" / "checkov"
    other = tmp_path / "bin" / "checkov"
    for path in (own, other):
        path.parent.mkdir(parents=True)
        path.write_text("#!/bin/sh\n", encoding="utf-8")
        path.chmod(0o755)
    on_path = {"PATH": str(other.parent)}
    assert checkov.find(tmp_path / "project", {"ARCHSPEC_CHECKOV": str(other)}, tmp_path / "venv") == str(other)
    assert checkov.find(tmp_path / "project", on_path, tmp_path / "venv") == str(other)
    assert checkov.find(tmp_path, on_path, tmp_path / "venv") == str(other)
    assert checkov.find(tmp_path, on_path, tmp_path / "project" / ".venv") == str(own)


def test_a_missing_checkov_is_an_error_that_says_how_to_install_it(tmp_path: Path) -> None:
    with pytest.raises(
        ToolError,
        match=r"^checkov is not installed; run `pipx install checkov==3\.3\.30`, or name it in ARCHSPEC_CHECKOV$",
    ):
        checkov.find(tmp_path, {}, tmp_path / "venv")
    (tmp_path / ".ci" / "lock").mkdir(parents=True)
    (tmp_path / ".ci" / "lock" / "checkov.in").touch()
    with pytest.raises(
        ToolError, match=r"^checkov is not installed; run `make build`, or name it in ARCHSPEC_CHECKOV$"
    ):
        checkov.find(tmp_path, {"PATH": ""}, tmp_path / "venv")
    with pytest.raises(ToolError, match=r"^ARCHSPEC_CHECKOV is '/nowhere', which is no program"):
        checkov.find(tmp_path, {"ARCHSPEC_CHECKOV": "/nowhere"}, tmp_path / "venv")


def test_the_version_is_the_one_that_is_locked() -> None:
    lock = Path(__file__).parents[2] / ".ci" / "lock" / "checkov.in"
    assert f"checkov=={checkov.VERSION}" in lock.read_text(encoding="utf-8").splitlines()


def test_one_run_on_several_exports_tells_which_is_whose(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    two = Artifacts({"main.tf": ""}, {"aws_vpc.main": Origin("other", ("network", "vpcs", "other"))})
    results = {
        "failed_checks": [
            failed(check_id="CKV_AWS_2", file_path="/2/main.tf"),
            failed(check_id="CKV_AWS_1", file_path="/0/main.tf"),
        ],
        "passed_checks": [{"file_path": "/0/main.tf"}, {"file_path": "/2/main.tf"}, {"file_path": "/2/main.tf"}],
        "skipped_checks": [{"file_path": "/2/main.tf"}],
    }
    summary = {"passed": 3, "failed": 2, "skipped": 1, "parsing_errors": 0, "resource_count": 2}
    monkeypatch.setattr(checkov, "_run", lambda *_: json.dumps({"results": results, "summary": summary}))
    monkeypatch.setattr(checkov, "find", lambda *_: "checkov")
    scans = checkov.scan_all([Export(ONE, locate), Export(Artifacts(), locate), Export(two, locate)], tmp_path)

    assert [[(one.rule, one.subject) for one in scan.findings] for scan in scans] == [
        [("CKV_AWS_1", "main")],
        [],
        [("CKV_AWS_2", "other")],
    ]
    assert [scan[1:] for scan in scans] == [(1, 1, 0, 1), (0, 0, 0, 0), (2, 1, 1, 1)]


def test_one_run_that_leaves_a_resource_out_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(checkov, "_run", lambda *_: json.dumps(EMPTY_REPORT))
    monkeypatch.setattr(checkov, "find", lambda *_: "checkov")

    with pytest.raises(ToolError, match="checkov looked at 1 of 2 exported resources"):
        checkov.scan_all([Export(ONE, locate), Export(ONE, locate)], tmp_path)
