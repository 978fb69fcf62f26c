"""S3: replication of deletions, and events for EventBridge."""

from collections.abc import Callable
from typing import Any

from moto.s3.responses import S3Response

from tests.cloud.untyped import Moto

_FORGOTTEN = ("DeleteMarkerReplication", "SourceSelectionCriteria")


def patch() -> None:
    """Keep that a replication rule copies delete markers and encrypted objects, and that a bucket tells EventBridge.

    moto says that they do not.
    """
    S3Response.get_bucket_replication = _with(S3Response.get_bucket_replication, _add_markers)
    S3Response.get_bucket_notification = _with(S3Response.get_bucket_notification, _add_events)


def _with(get: Callable[[Moto], Moto], add: Callable[[Moto, dict[str, Any]], None]) -> Callable[[Moto], Moto]:
    """Let a call add to what it answers, before that becomes text. Each request has an object of its own."""

    def answered(self: Moto) -> Moto:
        serialized = self.serialized

        def added(answer: Moto) -> Moto:
            if isinstance(answer.result, dict):
                add(self, answer.result)
            return serialized(answer)

        self.serialized = added
        return get(self)

    return answered


def _add_markers(self: Moto, answer: dict[str, Any]) -> None:
    stated = self.backend.get_bucket_replication(self.bucket_name)["Rule"]
    for rule, said in zip(answer["ReplicationConfiguration"]["Rules"], stated, strict=True):
        rule |= {key: said[key] for key in _FORGOTTEN if said.get(key)}


def _add_events(self: Moto, answer: dict[str, Any]) -> None:
    stated = self.backend.get_bucket_notification_configuration(self.bucket_name)
    if stated is not None and stated.event_bridge is not None:
        answer["EventBridgeConfiguration"] = {}
