"""Lifecycle rules of buckets → words: `30 days`, or `GLACIER after 90 days, deleted after 365 days`."""

from collections.abc import Iterator, Sequence

from archspec.importers.draft.attributes import Values, block, blocks, switch, text
from archspec.importers.draft.spelling import counted
from archspec.resources.resource import Value


def lifecycle(rules: Sequence[Values]) -> str:
    """Return what the rules that are on do; a period alone where all they do is delete after it."""
    phrases = [phrase for rule in rules if _is_on(rule) for phrase in _phrases(rule)]
    said = ", ".join(dict.fromkeys(phrases))
    alone = said.removeprefix("deleted after ")
    return alone if alone != said and "," not in said and "under" not in said else said


def _is_on(rule: Values) -> bool:
    return rule.get("status") == "Enabled" or switch(rule.get("enabled")) is True


def _phrases(rule: Values) -> Iterator[str]:
    where = _where(rule)
    for move in blocks(rule.get("transition")):
        yield from _after(f"{text(move.get('storage_class'))}", move.get("days"), where)
    yield from _after("deleted", block(rule, "expiration").get("days"), where)
    for move in blocks(rule.get("noncurrent_version_transition")):
        yield from _after(f"old versions to {text(move.get('storage_class'))}", _old(move), where)
    yield from _after("old versions deleted", _old(block(rule, "noncurrent_version_expiration")), where)


def _old(part: Values) -> Value:
    return part.get("noncurrent_days") or part.get("days")


def _after(does: str, days: Value, where: str) -> Iterator[str]:
    spelled = counted(days, "day")
    if spelled and spelled != "0 days":
        yield f"{does} after {spelled}{where}"


def _where(rule: Values) -> str:
    filtered = block(rule, "filter")
    prefix = text(filtered.get("prefix")) or text(block(filtered, "and").get("prefix")) or text(rule.get("prefix"))
    return f" under {prefix}" if prefix else ""
