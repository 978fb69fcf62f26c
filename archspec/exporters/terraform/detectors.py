"""The services of AWS that watch an account."""

from collections.abc import Callable, Iterator

from archspec.artifacts import Omission
from archspec.exporters.terraform import configuration_recorders, trails
from archspec.exporters.terraform.hcl import Body
from archspec.exporters.terraform.resource import ACCOUNT, Part, Resource, named, origin, reasons, slug
from archspec.model.architecture import Architecture
from archspec.model.security import Detector

_SHIELD = (
    "Shield Standard is on in every account, and Shield Advanced is a subscription for a year, which nobody should buy "
    "by applying a file"
)


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield the detectors that are stated. An account has one of each service in a Region, but several trails."""
    seen: dict[str, str] = {}
    for detector in architecture.security.detectors.values():
        first = seen.setdefault(detector.service, detector.id)
        if detector.service == "shield":
            yield Omission(detector.path, _SHIELD)
        elif first != detector.id and detector.service not in {"cloudtrail", "iam"}:
            yield Omission(detector.path, f"an account has one of it in a Region, and {first} stands for it")
        else:
            yield from _DETECTORS[detector.service](detector, architecture)


def _guard_duty(detector: Detector, _: Architecture) -> Iterator[Part]:
    yield _resource("aws_guardduty_detector", detector, {"enable": True})


def _security_hub(detector: Detector, _: Architecture) -> Iterator[Part]:
    yield _resource("aws_securityhub_account", detector, {"enable_default_standards": True})


def _inspector(detector: Detector, _: Architecture) -> Iterator[Part]:
    """https://docs.aws.amazon.com/inspector/latest/user/scanning-resources.html"""
    yield _resource(
        "aws_inspector2_enabler", detector, {"account_ids": [ACCOUNT], "resource_types": ["EC2", "ECR", "LAMBDA"]}
    )


def _macie(detector: Detector, _: Architecture) -> Iterator[Part]:
    yield _resource("aws_macie2_account", detector, {"status": "ENABLED"})


def _access_analyzer(detector: Detector, architecture: Architecture) -> Iterator[Part]:
    body: Body = {"analyzer_name": named(architecture, detector.id), "type": "ACCOUNT"}
    yield _resource("aws_accessanalyzer_analyzer", detector, body)


def _resource(kind: str, detector: Detector, body: Body) -> Resource:
    return Resource(kind, slug(detector.id), origin(detector), body, reasons(detector))


_DETECTORS: dict[str, Callable[[Detector, Architecture], Iterator[Part]]] = {
    "cloudtrail": trails.resources,
    "config": configuration_recorders.resources,
    "guardduty": _guard_duty,
    "iam": _access_analyzer,
    "inspector": _inspector,
    "macie": _macie,
    "security-hub": _security_hub,
}
