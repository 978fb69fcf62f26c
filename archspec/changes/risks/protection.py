"""What protects, switched off or on: encryption, backups, locks, standbys, guards. A literal table of what counts."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from archspec.changes.change import Grade, Risk
from archspec.changes.versions import Versions
from archspec.model.edge import WebAcl
from archspec.model.element import Element, spell_kind
from archspec.model.quantity import Duration


class _Switch(NamedTuple):
    """A field, what its being on is called, and how bad it is where that goes. `off` are the values that are off."""

    kinds: tuple[str, ...]
    field: str
    means: str
    grade: Grade
    off: tuple[object, ...] = (None, False, "", "planned", "none")


_STORES = ("database", "cache")
_SWITCHES = (
    _Switch((*_STORES, "registry"), "encrypted", "encryption at rest", Grade.HIGH),
    _Switch(("bucket", "topic", "queue"), "encryption", "encryption at rest", Grade.HIGH),
    _Switch((*_STORES, "proxy"), "tls", "encryption in transit", Grade.HIGH),
    _Switch(_STORES, "backups", "backups", Grade.HIGH),
    _Switch(_STORES, "backups.every", "automated backups", Grade.HIGH),
    _Switch(_STORES, "backups.point_in_time", "point-in-time recovery", Grade.HIGH),
    _Switch(_STORES, "backups.cross_region", "copies of backups in another Region", Grade.MEDIUM),
    _Switch(_STORES, "backups.isolated", "a backup out of reach of whoever can delete it", Grade.MEDIUM),
    _Switch(_STORES, "multi_az", "Multi-AZ", Grade.HIGH),
    _Switch(("database",), "deletion_protection", "deletion protection", Grade.HIGH),
    _Switch(("database",), "final_snapshot", "the final snapshot", Grade.MEDIUM),
    _Switch(("database", "proxy"), "iam_auth", "sign-in by role", Grade.MEDIUM),
    _Switch(("cache",), "auth", "sign-in of clients", Grade.HIGH),
    _Switch(("bucket",), "public_access_block", "the block of public access", Grade.HIGH),
    _Switch(("bucket",), "versioning", "versioning", Grade.MEDIUM),
    _Switch(("bucket",), "tls_only", "the refusal of requests without TLS", Grade.MEDIUM),
    _Switch(("bucket", "registry"), "replication", "replication", Grade.MEDIUM),
    _Switch(("key", "secret"), "rotation", "rotation", Grade.MEDIUM),
    _Switch(("load_balancer",), "access_logs", "access logs", Grade.LOW),
    _Switch(("service",), "read_only_root", "a root file system that is read only", Grade.LOW),
    _Switch(("detector",), "multi_region", "recording of every Region", Grade.MEDIUM),
    _Switch(("detector",), "file_validation", "validation of log files", Grade.MEDIUM),
    _Switch(("registry",), "scan_on_push", "scanning of images", Grade.LOW),
    _Switch(("registry",), "immutable_tags", "tags that do not move", Grade.LOW),
)
_EXPOSING = (
    _Switch(("service", "build"), "privileged", "privileged mode", Grade.MEDIUM),
    _Switch(("service",), "public_ip", "public address", Grade.LOW),
    _Switch(("database",), "public", "public address", Grade.HIGH),
)
"""Fields that are worse on than off."""

_KEPT = (
    (_STORES, "backups.retention", "backups are kept", Grade.MEDIUM),
    (("log_group",), "retention", "logs are kept", Grade.LOW),
    (("queue",), "retention", "messages are kept", Grade.LOW),
    (("secret",), "recovery_window", "a deleted secret is kept", Grade.LOW),
)
"""Kinds, a field that says how long something is kept, what that is, and how bad it is where it is shorter."""

_GUARDS = {"web_acl": Grade.HIGH, "detector": Grade.MEDIUM, "flow_log": Grade.MEDIUM, "alarm": Grade.LOW}
"""Kinds that are there to protect or to watch, and how bad it is where one is gone."""


def risks(versions: Versions) -> Iterator[Risk]:
    """Yield what was switched off or on, what is kept for a shorter or longer time, and guards that are gone."""
    for old, new in versions.kept():
        if type(old) is type(new):
            yield from _switched(old, new)
            yield from _kept(old, new)
    yield from _unguarded(versions)
    for element in versions.gone:
        if element.kind in _GUARDS:
            text = f"{element.id} is gone, {_a(element)}"
            yield Risk(_GUARDS[element.kind], element.id, text, element.path, side="old")


def _unguarded(versions: Versions) -> Iterator[Risk]:
    """Yield what a web ACL that is still there protects no more, where no other does."""
    there = [one for one in versions.now.values() if isinstance(one, WebAcl)]
    guarded = {id_ for acl in there for id_ in acl.protects}
    for acl in there:
        old = versions.before.get(acl.id)
        for id_ in old.protects if isinstance(old, WebAcl) else ():
            if id_ in versions.now and id_ not in guarded:
                yield Risk(_GUARDS[acl.kind], id_, f"{acl.id} protects {id_} no more", (*acl.path, "protects"))


def _a(element: Element) -> str:
    noun = spell_kind(element.kind)
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _switched(old: Element, new: Element) -> Iterator[Risk]:
    told: set[str] = set()
    for one in _SWITCHES:
        if new.kind in one.kinds and not any(one.field.startswith(f"{above}.") for above in told):
            was, is_ = _value(old, one.field) not in one.off, _value(new, one.field) not in one.off
            if was != is_:
                told.add(one.field)
                yield _risk(new, one, one.grade if was else Grade.NONE, on=is_)
    for one in _EXPOSING:
        if new.kind in one.kinds and bool(_value(old, one.field)) != bool(_value(new, one.field)):
            is_ = bool(_value(new, one.field))
            yield _risk(new, one, one.grade if is_ else Grade.NONE, on=is_)


def _risk(element: Element, switch: _Switch, grade: Grade, *, on: bool) -> Risk:
    text = f"{element.id}: {switch.means} switched {'on' if on else 'off'}"
    return Risk(grade, element.id, text, (*element.path, *switch.field.split(".")))


def _value(element: Element, field: str) -> Any:  # noqa: ANN401  fields of any type
    found: Any = element
    for name in field.split("."):
        found = getattr(found, name, None)
    return found


def _kept(old: Element, new: Element) -> Iterator[Risk]:
    for kinds, field, what, grade in _KEPT:
        before, now = _value(old, field), _value(new, field)
        if new.kind in kinds and isinstance(before, Duration) and isinstance(now, Duration) and before.low != now.low:
            text = f"{new.id}: {what} {now}, not {before}"
            worse = now.low < before.low
            yield Risk(grade if worse else Grade.NONE, new.id, text, (*new.path, *field.split(".")))
