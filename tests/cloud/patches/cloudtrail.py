"""CloudTrail: trails by their ARN."""

from collections.abc import Callable

from moto.cloudtrail.models import CloudTrailBackend

from tests.cloud.untyped import Moto


def patch() -> None:
    """Let StartLogging and StopLogging take an ARN, which the provider gives them."""
    for call in ("start_logging", "stop_logging"):
        setattr(CloudTrailBackend, call, _by_arn(getattr(CloudTrailBackend, call)))


def _by_arn(call: Callable[[Moto, str], None]) -> Callable[[Moto, str], None]:
    return lambda self, name: call(self, name.rpartition("/")[2])
