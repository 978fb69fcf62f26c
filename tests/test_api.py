"""The flow as a program calls it."""

from pathlib import Path

import pytest

from archspec import api, scanners
from archspec.artifacts import Artifacts
from archspec.errors import Location
from archspec.findings import Finding, Severity
from archspec.scanners import Export, Scan
from tests.sample import HEADER, TODAY

WAIVED = "waivers:\n  - {rule: CKV_AWS_144, subject: alb, reason: one Region, owner: platform, expires: 2027-01-31}\n"


def of_checkov(rule: str, subject: str) -> Finding:
    return Finding(Location("sample.yaml", 1, 1), rule, "checkov", subject, "fail", Severity.WARNING, "so it is")


def test_a_waiver_accepts_a_finding_of_checkov(monkeypatch: pytest.MonkeyPatch) -> None:
    found = (of_checkov("CKV_AWS_144", "alb"), of_checkov("CKV_AWS_144", "other"), of_checkov("CKV_AWS_18", "alb"))

    def scan(_export: Export, _root: Path) -> Scan:
        return Scan(found, 0, 3, 0, 1)

    monkeypatch.setitem(scanners.SCANNERS, "checkov", scan)
    system = api.parse(HEADER + WAIVED, "sample.yaml", TODAY)
    scanned = api.scan(system, Artifacts(), Path())

    assert [finding.waiver for finding in scanned.findings] == ["one Region", "", ""]
