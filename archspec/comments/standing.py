"""The findings of two sides → what became of each: new, open again, worse, gone.

A finding is the same by its fingerprint, rule and subject, wherever it stands and whatever it says; a subject that was
renamed is the same subject.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from archspec.changes.renames import Names, renamed_words
from archspec.findings import Finding, Severity

_Key = tuple[str, str]
_WORDS = ("", "open again, ", "now ")
_Pair = tuple[Finding | None, Finding | None]


class Standing(NamedTuple):
    """What became of findings, each in the order of its place; infos are not told.

    `new` are open and were not there. `again` are open and were accepted or known. `raised` are open as before and
    worse now. `gone` were open and are not found. `untold` were open, and a fact is missing now to tell. `accepted` a
    waiver accepts now, and did not. `known` are new, and in the baseline. `still` counts what is open as before.
    """

    new: tuple[Finding, ...] = ()
    again: tuple[Finding, ...] = ()
    raised: tuple[Finding, ...] = ()
    gone: tuple[Finding, ...] = ()
    untold: tuple[Finding, ...] = ()
    accepted: tuple[Finding, ...] = ()
    known: tuple[Finding, ...] = ()
    still: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether every finding stands as it stood."""
        return not any(self._replace(still=0))

    @property
    def open(self) -> tuple[tuple[str, Finding], ...]:
        """What is to be mended, with a word for what became of it where it is not new.

        The worst first, and what is wrong with the architecture before what is wrong with what is said of it.
        """
        told = [(word, one) for word, some in zip(_WORDS, self[:3], strict=True) for one in some]
        return tuple(sorted(told, key=lambda one: (-one[1].severity, one[1].rule.startswith("DOC"))))


def stand(old: Iterable[Finding], new: Iterable[Finding], names: Names) -> Standing:
    """Say what became of the findings of one spec. `names` are the ids that changed, old → new."""
    now = _by_key(new)
    before = _by_key(_called_as_now(old, names, now))
    found: dict[str, list[Finding]] = defaultdict(list)
    for key in dict.fromkeys([*now, *before]):
        is_untold = any(one.outcome == "unknown" for one in now.get(key, ()))
        for was, one in _pairs(_failing(before.get(key, ())), _failing(now.get(key, ()))):
            told = one or was
            if told is not None:
                found[_became(was, one, is_untold=is_untold)].append(told)
    lists = {name: tuple(sorted(found[name], key=_place)) for name in Standing._fields[:-1]}
    return Standing(**lists, still=len(found["still"]))


def _place(one: Finding) -> tuple[object, ...]:
    return one.location, one.rule, one.subject, one.message


def _became(was: Finding | None, now: Finding | None, *, is_untold: bool) -> str:
    """Return the field of a standing that a finding belongs to; nothing where it is not told."""
    was_open = was is not None and was.is_open and was.severity > Severity.INFO
    if now is None:
        return ("untold" if is_untold else "gone") if was_open else ""
    if now.severity <= Severity.INFO:
        return "gone" if was_open and now.is_open else ""
    if not now.is_open:
        return _settled(was, now)
    if was is None or not was.is_open:
        return "again" if was else "new"
    return "raised" if now.severity > was.severity else "still"


def _settled(was: Finding | None, now: Finding) -> str:
    if now.waiver:
        return "" if was and was.waiver else "accepted"
    return "known" if was is None else ""


def _by_key(findings: Iterable[Finding]) -> Mapping[_Key, list[Finding]]:
    found: dict[_Key, list[Finding]] = defaultdict(list)
    for one in findings:
        found[one.rule, one.subject].append(one)
    return found


def _called_as_now(findings: Iterable[Finding], names: Names, now: Mapping[_Key, object]) -> Iterator[Finding]:
    """Yield findings with the ids that subjects have now, but for what is found of the old id still."""
    for one in findings:
        is_there = not names or (one.rule, one.subject) in now
        yield one if is_there else one._replace(subject=renamed_words(one.subject, names))


def _failing(findings: Iterable[Finding]) -> list[Finding]:
    return [one for one in findings if one.outcome == "fail"]


def _pairs(old: Sequence[Finding], new: Sequence[Finding]) -> Iterator[_Pair]:
    """Yield pairs: first what says the same, as badly if there is such, then the rest; a subject may have several."""
    before, now = sorted(old, key=_badness), sorted(new, key=_badness)
    for alike in (lambda one: (one.message, one.severity), lambda one: one.message):
        left = []
        for one in now:
            same = next((was for was in before if alike(was) == alike(one)), None)
            if same is None:
                left.append(one)
            else:
                before.remove(same)
                yield same, one
        now = left
    yield from zip_longest(before, now)


def _badness(one: Finding) -> tuple[object, ...]:
    return -one.severity, one.message, one.location
