"""AWS's own guards of an account: trails, GuardDuty, Config and the like → `security.detectors`."""

from collections.abc import Iterator
from typing import Any

from archspec.importers.draft import links
from archspec.importers.draft.attributes import switch, text
from archspec.importers.draft.piece import Given, Piece
from archspec.resources.resource import Resource

HOME = ("security", "detectors")
_SERVICES = {
    "aws_accessanalyzer_analyzer": "iam",
    "aws_cloudtrail": "cloudtrail",
    "aws_config_configuration_recorder": "config",
    "aws_guardduty_detector": "guardduty",
    "aws_inspector2_enabler": "inspector",
    "aws_macie2_account": "macie",
    "aws_securityhub_account": "security-hub",
}
TYPES = frozenset({*_SERVICES, "aws_config_configuration_recorder_status", "aws_config_delivery_channel",
                   "aws_guardduty_detector_feature", "aws_securityhub_standards_subscription"})  # fmt: skip


def pieces(given: Given) -> Iterator[Piece]:
    """Yield the guards."""
    recording = links.parts(given, "aws_config_configuration_recorder_status", "name")
    for id_, found in links.by_id(given, *_SERVICES).items():
        one = found[0]
        statuses = [switch(each.values.get("is_enabled")) for each in recording.get(one.address, [])]
        data = {
            "name": text(one.values.get("name")) or text(one.values.get("analyzer_name")),
            "service": _SERVICES[one.type],
            "status": "disabled" if _is_off(one) or False in statuses else "",
            **(_trail(one) if one.type == "aws_cloudtrail" else {}),
        }
        yield Piece(HOME, id_, data, one.address)


def _is_off(one: Resource) -> bool:
    return any(switch(one.values.get(key)) is False for key in ("enable", "enable_logging"))


def _trail(one: Resource) -> dict[str, Any]:
    """Read a trail: without a word, it is of one Region and its files are not validated."""
    return {
        "multi_region": bool(switch(one.values.get("is_multi_region_trail"))),
        "file_validation": bool(switch(one.values.get("enable_log_file_validation"))),
    }
