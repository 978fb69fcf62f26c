"""Data that goes away with what holds it: stores that are deleted, or that AWS can only replace.

Encryption at rest, and its key, are chosen when a database or a cache is made; whether a topic or a queue is first in,
first out as well.
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html#Overview.Encryption.Limitations
https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-moving.html
"""

from collections.abc import Iterator, Mapping
from typing import Any

from archspec.changes.change import Grade, Risk
from archspec.changes.spelling import spell
from archspec.changes.versions import Versions
from archspec.model.data import Bucket, Cache, Database
from archspec.model.element import Element, spell_kind
from archspec.model.messaging import Queue, Topic
from archspec.model.security import Key, Secret

_DELETED: Mapping[type[Element], tuple[Grade, str]] = {
    Database: (Grade.HIGH, "its data goes with it"),
    Bucket: (Grade.HIGH, "its objects go with it"),
    Key: (Grade.HIGH, "what is encrypted under it can be read no more"),
    Cache: (Grade.MEDIUM, "what it holds goes with it"),
    Queue: (Grade.MEDIUM, "the messages in it go with it"),
    Secret: (Grade.MEDIUM, "whoever reads it does not start any more"),
}
_REPLACED: Mapping[type[Element], tuple[str, ...]] = {
    Database: ("engine", "encrypted", "key"),
    Cache: ("encrypted", "key"),
    Queue: ("fifo",),
    Topic: ("fifo",),
}
"""Kind → the fields that AWS changes by making another one in its place."""


def risks(versions: Versions) -> Iterator[Risk]:
    """Yield what is deleted, and what AWS replaces because of what changed."""
    for element in versions.gone:
        if type(element) in _DELETED:
            grade, what = _DELETED[type(element)]
            text = f"{element.id}, {_article(element)}, is deleted: {what}{_kept(element)}"
            yield Risk(grade, element.id, text, element.path, side="old")
    for old, new in versions.kept():
        for name in _REPLACED.get(type(new), ()) if type(old) is type(new) else ():
            if _is_other(old, new, name):
                yield _replaced(old, new, name)
    yield from _left_behind(versions)


def _left_behind(versions: Versions) -> Iterator[Risk]:
    """Yield what stands in another Region now: AWS moves nothing between Regions."""
    old, new = versions.old.stated.region, versions.new.stated.region
    for _, element in versions.kept() if old != new else ():
        if type(element) in _DELETED:
            text = (
                f"{element.id} is replaced: AWS moves no {spell_kind(element.kind)} to another Region ({old} -> {new})"
            )
            yield Risk(_DELETED[type(element)][0], element.id, f"{text}; what it holds stays behind", ("region",))


def _article(element: Element) -> str:
    return f"a {spell_kind(element.kind)}"


def _kept(element: Element) -> str:
    return ", but for a final snapshot" if isinstance(element, Database) and element.final_snapshot else ""


def _is_other(old: Element, new: Element, name: str) -> bool:
    """Whether a value is known to differ: what was not stated may have been what it is now."""
    before, now = getattr(old, name), getattr(new, name)
    return before != now and before not in (None, "") and now not in (None, "")


def _replaced(old: Any, new: Any, name: str) -> Risk:  # noqa: ANN401  kinds that share a field and no class
    before, now = spell(getattr(old, name)), spell(getattr(new, name))
    text = f"{new.id} is replaced: AWS does not change its `{name}` ({before} -> {now}); its data has to be moved"
    grade = Grade.HIGH if isinstance(new, Database) else Grade.MEDIUM
    return Risk(grade, new.id, text, (*new.path, name))
