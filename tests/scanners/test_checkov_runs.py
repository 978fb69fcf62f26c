"""What checkov itself says about exported specs."""

import os
import sys
from collections import Counter
from pathlib import Path

import pytest

from archspec.defaults import complete
from archspec.errors import ToolError
from archspec.exporters import EXPORTERS
from archspec.importers import spec
from archspec.scanners import SCANNERS, Scan, checkov

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


def scan(loaded: spec.Loaded) -> Scan:
    try:
        checkov.find(ROOT, os.environ, Path(sys.prefix))
    except ToolError as error:
        pytest.skip(str(error))
    artifacts = EXPORTERS["terraform"].export(complete(loaded.architecture))
    return SCANNERS["checkov"](artifacts, loaded.source.locate, ROOT)


def test_ecs_production_fails_only_on_what_its_spec_decides() -> None:
    found = scan(spec.load(ROOT / "specs/ecs-production.yaml"))
    assert found.passed / (found.passed + found.failed) >= 0.95
    assert Counter((finding.rule, finding.subject) for finding in found.findings) == Counter(
        [
            ("CKV2_AWS_28", "alb"),  # no WAF is stated
            ("CKV2_AWS_50", "redis"),  # the replica is planned
            ("CKV2_AWS_57", "secrets-manager"),  # rotation needs a function
            ("CKV2_AWS_62", "alb"),  # nobody is told of new access logs
            ("CKV_AWS_144", "alb"),  # access logs are in one region
            ("CKV_AWS_145", "alb"),  # access logs cannot be encrypted with KMS
            ("CKV_AWS_18", "alb"),  # the log bucket has no log of its own
            ("CKV_AWS_260", "alb-sg"),  # port 80 redirects
            ("CKV_AWS_378", "notifier"),  # HTTP behind the load balancer
            ("CKV_AWS_378", "scheduler"),
            ("CKV_AWS_378", "worker"),
        ]
    )


def test_hello_fails_only_on_what_its_spec_decides() -> None:
    found = scan(spec.load(ROOT / "specs/examples/hello.yaml"))
    assert [(finding.rule, finding.subject) for finding in found.findings] == [("CKV_AWS_333", "web")]


def test_text_in_a_spec_does_not_switch_a_check_off() -> None:
    note = '"checkov:skip=CKV_AWS_24:no checkov:skip= ${x} %{y} \\" \\\\ ü"'
    text = (
        "archspec: 1\nname: sly\nregion: us-east-1\n"
        "network: {vpcs: {v: {cidr: 10.0.0.0/16}}, security_groups: "
        f"{{sg: {{assumed: {note}, ingress: [{{from: internet, port: 22, note: {note}}}]}}}}}}\n"
    )
    found = scan(spec.parse(text))
    assert ("CKV_AWS_24", "sg") in {(finding.rule, finding.subject) for finding in found.findings}
    assert found.skipped == 0


def test_all_systems_in_one_run_fare_as_each_alone_and_nothing_is_left_out() -> None:
    loaded = [spec.load(path) for path in sorted((ROOT / "specs").glob("*.yaml"))]
    exports = [(EXPORTERS["terraform"].export(complete(one.architecture)), one.source.locate) for one in loaded]
    alone = scan(loaded[1])
    together = checkov.scan_all(exports, ROOT)

    assert together[1] == alone
    assert [one.resources for one in together] == [len(artifacts.origins) for artifacts, _ in exports]
    assert min(one.passed / (one.passed + one.failed) for one in together) >= 0.91


def test_everything_that_is_exported_is_looked_at() -> None:
    found = scan(spec.load(ROOT / "tests/exporters/specs/everything.yaml"))
    assert found.resources == 103
    assert found.failed == len(found.findings)
