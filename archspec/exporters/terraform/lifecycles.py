"""The words for a bucket's lifecycle as the rule that they mean: `7 days`, `GLACIER after 90 days, 365 days`.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html
"""

import re
from typing import NamedTuple

from archspec.exporters.terraform import bucket_settings
from archspec.exporters.terraform.hcl import Block, Body, Repeated
from archspec.model.quantity import Duration

_DAY = 86400
_CLASSES = {
    "deep archive": "DEEP_ARCHIVE",
    "glacier": "GLACIER",
    "glacier deep archive": "DEEP_ARCHIVE",
    "glacier instant retrieval": "GLACIER_IR",
    "glacier ir": "GLACIER_IR",
    "intelligent tiering": "INTELLIGENT_TIERING",
    "onezone ia": "ONEZONE_IA",
    "standard ia": "STANDARD_IA",
}
_CLAUSE = re.compile(r"\s*(?:,|;|\band\b|\bthen\b)\s*")
_OLD = re.compile(r"(?:old|noncurrent) versions?(?: (?:are )?(?:expired?|deleted|kept))?(?: after| for)? (?P<time>.+)")
_OLD_MOVE = re.compile(r"old versions (?:moved )?to (?P<kind>[a-z ]+?) after (?P<time>.+)")
_END = re.compile(r"(?:(?:expires?|expiration|deleted?|kept|keep|retained)(?: after| for)? )?(?P<time>[<~]?\s?\d.*)")
_MOVE = re.compile(r"(?:(?:moved? |transitions? )?to )?(?P<kind>[a-z ]+?) after (?P<time>.+)")


class _Rule(NamedTuple):
    expires: list[int]
    old_versions: list[int]
    moves: list[tuple[int, str]]
    old_moves: list[tuple[int, str]]


def lifecycle_rule(text: str, old_versions: int) -> Body | None:
    """Return the rule that a text means, or nothing. `old_versions` are kept so many days if it does not say."""
    rule = _Rule([], [], [], [])
    clauses = [one for one in _CLAUSE.split(text.lower().replace("_", " ").replace("-", " ").strip()) if one]
    if not clauses or not all(_read(clause, rule) for clause in clauses):
        return None
    if len(rule.expires) > 1 or len(rule.old_versions) > 1:
        return None
    old_moves = [Block({"noncurrent_days": days, "storage_class": kind}) for days, kind in sorted(rule.old_moves)]
    moves = [Block({"days": days, "storage_class": kind}) for days, kind in sorted(rule.moves)]
    return bucket_settings.rule(
        "stated",
        rule.old_versions[0] if rule.old_versions else old_versions,
        transition=Repeated(tuple(moves)),
        noncurrent_version_transition=Repeated(tuple(old_moves)),
        **({"expiration": Block({"days": rule.expires[0]})} if rule.expires else {}),
    )


def _read(clause: str, rule: _Rule) -> bool:
    """Add what a clause says to the rule; returns whether it is understood."""
    if (old := _OLD.fullmatch(clause)) and (days := _days(old["time"])):
        rule.old_versions.append(days)
        return True
    if (end := _END.fullmatch(clause)) and (days := _days(end["time"])):
        rule.expires.append(days)
        return True
    old_move = _OLD_MOVE.fullmatch(clause)
    move = old_move or _MOVE.fullmatch(clause)
    if move and move["kind"] in _CLASSES and (days := _days(move["time"])):
        (rule.old_moves if old_move else rule.moves).append((days, _CLASSES[move["kind"]]))
        return True
    return False


def _days(text: str) -> int:
    """Return a duration in whole days; 0 where it is none."""
    try:
        duration = Duration.parse(text)
    except ValueError:
        return 0
    return int(duration.high // _DAY) if duration.high % _DAY == 0 else 0
