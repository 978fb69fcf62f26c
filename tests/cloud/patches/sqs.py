"""SQS: which queues may send their dead letters, and where dead letters go."""

import json
from typing import Any

from moto.sqs.models import Queue

from tests.cloud.untyped import Moto


def patch() -> None:
    """Keep the redrive allow policy, for which the provider waits 20 minutes; spell a redrive policy as AWS does."""
    attributes = Queue.attributes.fget

    def kept(self: Moto) -> dict[str, Any]:
        found: dict[str, Any] = attributes(self)
        found.pop("RedriveAllowPolicy", None)
        allowed = self.redrive_allow_policy
        if allowed:
            found["RedriveAllowPolicy"] = allowed if isinstance(allowed, str) else json.dumps(allowed)
        if found.get("RedrivePolicy"):
            found["RedrivePolicy"] = json.dumps(json.loads(found["RedrivePolicy"]), separators=(",", ":"))
        return found

    Queue.redrive_allow_policy = None
    Queue.BASE_ATTRIBUTES = [*Queue.BASE_ATTRIBUTES, "RedriveAllowPolicy"]
    Queue.attributes = property(kept)
