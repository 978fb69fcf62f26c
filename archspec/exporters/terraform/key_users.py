"""Who needs which of the keys that nobody stated."""

from collections.abc import Callable, Mapping

from archspec.exporters.terraform import access_logs
from archspec.exporters.terraform.certificates import CLOUDFRONT_REGION
from archspec.exporters.terraform.dns_names import spelled
from archspec.model.architecture import Architecture
from archspec.model.data import Bucket
from archspec.model.element import Element
from archspec.model.security import SecretStore


def _always(_: Element) -> bool:
    return True


def _without_key(element: Element) -> bool:
    return not getattr(element, "key", "")


def _store(store: Element) -> bool:
    return _without_key(store) and getattr(store, "encrypted", None) is not False


def _config(detector: Element) -> bool:
    return getattr(detector, "service", "") == "config"


def _messages(element: Element) -> bool:
    return _without_key(element) and getattr(element, "encryption", None) in {None, "sse-kms"}


def _logs(element: Element) -> bool:
    """Whether it writes to a log group that is made for it."""
    is_written_elsewhere = getattr(element, "log_group", "") or getattr(element, "bucket", "")
    return not is_written_elsewhere and getattr(element, "service", "cloudtrail") == "cloudtrail"


def _acl(acl: Element) -> bool:
    return _logs(acl) and not getattr(acl, "managed_by", "")


def _zone(zone: Element) -> bool:
    return not getattr(zone, "private", False) and bool(spelled(getattr(zone, "domain", "")))


_USERS: Mapping[str, Mapping[str, Callable[[Element], bool]]] = {
    "data": {
        "database": _store,
        "cache": _store,
        "bucket": _messages,
        "build": _always,
        "detector": _config,
        "pipeline": _always,
    },
    "logs": dict.fromkeys(("vpc", "service", "database", "flow_log", "build", "detector"), _logs)
    | {"log_group": _without_key, "web_acl": _acl, "zone": _zone},
    "messages": {"topic": _messages, "queue": _messages},
    "registry": {"registry": _store},
    "secrets": {"database": _always, "secret": _without_key, "secret_store": _always},
}
"""Purpose of a key → the kinds of elements that it encrypts something of, and whether one of them needs it."""


def users(architecture: Architecture) -> dict[str, list[Element]]:
    """Return the elements that the key of each purpose encrypts something of: data, logs, messages, ..."""
    elements = architecture.elements.values()
    return {
        purpose: [
            one for one in elements if one.kind in kinds and kinds[one.kind](one) and not _idle(one, architecture)
        ]
        for purpose, kinds in _USERS.items()
    }


def copied(architecture: Architecture) -> list[Bucket]:
    """Return the buckets whose copies are encrypted with KMS."""
    return [
        one
        for one in architecture.data.buckets.values()
        if one.replication is True
        and one.versioning is not False
        and one.encryption in {None, "sse-kms"}
        and not access_logs.is_left_to_s3(one, architecture)
    ]


def _idle(element: Element, architecture: Architecture) -> bool:
    """Whether an element that could use a key has nothing to encrypt: a place of secrets that are known one by one.

    Or whether it logs where the key is not: CloudFront and Route 53 do in one Region only.
    """
    if element.kind == "zone" or getattr(element, "scope", "") == "cloudfront":
        return architecture.region != CLOUDFRONT_REGION
    if isinstance(element, SecretStore):
        kept = any(one.store == element.id for one in architecture.security.secrets.values())
        return kept or element.service == "parameter-store"
    return access_logs.is_left_to_s3(element, architecture)
