"""What of an answer is saved: not what changes by itself, and not what seems to be secret."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from archspec.importers.harmless import NOT_COPIED, harmless

_CHANGES = frozenset({
    "ActivityMetrics", "AvailableIpAddressCount", "AvailableLabels", "CalculatedSpend", "InProgressInvalidationBatches",
    "ItemCount", "LastStatus",
    "LatestRestorableTime", "NotificationState", "PasswordLastUsed", "RoleLastUsed", "StateReason", "StateReasonData",
    "StateTransitionedTimestamp", "StateValue", "UsedByResources", "activeServicesCount", "deployments", "events",
    "metricFilterCount", "pendingCount", "pendingTasksCount", "registeredContainerInstancesCount", "runningCount",
    "runningTasksCount", "statistics", "storedBytes", "taskSets", "NumberOfRecoveryPoints",
    "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesDelayed", "ApproximateNumberOfMessagesNotVisible",
    "CreatedTimestamp", "LastModifiedTimestamp", "SubscriptionsConfirmed", "SubscriptionsDeleted",
    "SubscriptionsPending", "LatestDeliveryAttemptTime", "LatestNotificationAttemptTime", "TimeLoggingStarted",
    "LatestDeliveryAttemptSucceeded", "LatestNotificationAttemptSucceeded", "TimeLoggingStopped", "lastStatus",
    "lastStartTime", "lastStopTime", "lastStatusChangeTime", "lastAnalyzedAt", "lastResourceAnalyzed",
})  # fmt: skip
"""Counts, states and times, of which a spec says nothing and which are others at every look."""

_TAGS = frozenset({"ResourceTags", "TagList", "TagSet", "Tags", "TagsList", "tags"})
"""Lists that AWS returns in any order."""

_BY_NAME = frozenset({"configuration", "dockerLabels", "options"})
"""Mappings of names that somebody chose to values."""

_HIDDEN = frozenset({"HeaderValue", "SearchString"})
"""What a distribution sends so that its origin knows it, and what a web ACL looks for: often a shared secret."""

_PAIRS = (("name", "value"), ("Name", "Value"), ("Key", "Value"), ("key", "value"))


def kept(value: Any, name: str = "") -> Any:  # noqa: ANN401 - an answer has any shape
    """Return what is saved of something in an answer that stands under a name: plain data of JSON."""
    match value:
        case datetime():
            return None
        case bytes() | bytearray():
            return NOT_COPIED
        case str():
            return NOT_COPIED if name in _HIDDEN else harmless("", value)
        case Mapping():
            return _mapping(value, name)
        case list() | tuple():
            items = [kept(one, name) for one in value]
            return sorted(items, key=json.dumps) if name in _TAGS else items
        case _:
            return value


def _mapping(value: Mapping[str, Any], name: str) -> dict[str, Any]:
    stays = {key: one for key, one in value.items() if key not in _CHANGES and not isinstance(one, datetime)}
    found = {key: kept(one, key) for key, one in stays.items()}
    if name == "HttpHeaderConfig":  # a header that a listener's rule asks for, such as one that CloudFront sends
        found["Values"] = [NOT_COPIED]
    if name in _BY_NAME:
        return {key: harmless(key, one) if isinstance(one, str) else one for key, one in found.items()}
    for of, what in _PAIRS:
        if isinstance(found.get(of), str) and isinstance(found.get(what), str):
            found[what] = harmless(found[of], found[what])
    return found
