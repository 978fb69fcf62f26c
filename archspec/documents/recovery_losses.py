"""What stores can lose and how soon elements are back: a row for what ends alike, with the reason and the verdict."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from archspec.documents.markup import Markdown, code, escape, join
from archspec.documents.page import Page
from archspec.documents.wording import NOT_STATED, computed
from archspec.graph.recovery import DISRUPTIONS
from archspec.graph.recovery_objectives import Verdict, judge_loss, judge_time, wanted_for
from archspec.graph.recovery_point import Achieved, achieved_rpo
from archspec.graph.recovery_time import Back, Recoverable, achieved_rto, faces, recoverable
from archspec.graph.recovery_timings import looked_up, timing
from archspec.model.data import Store
from archspec.model.quantity import Duration, spell_duration
from archspec.model.recovery import Disruption

AFTER: dict[Disruption, str] = {
    "application": "a bad write or deletion",
    "infrastructure": "loss of an instance",
    "az": "loss of an AZ",
    "region": "loss of the Region",
}


class LossRow(NamedTuple):
    """What a store can lose in a disruption, why, and how that compares with the objective."""

    store: Markdown
    disruption: str
    loss: Markdown
    because: str
    verdict: Markdown


class BackRow(NamedTuple):
    """How soon elements are back after a disruption, by what, and how that compares with the objective."""

    elements: Markdown
    disruption: str
    back: Markdown
    because: str
    verdict: Markdown


_Ending = tuple[str, Markdown, str, Markdown]
"""After what, back within what time, why, and the verdict."""


class Assumption(NamedTuple):
    """A figure of AWS's that a row rests on, and the page that says it."""

    says: str
    source: Markdown


class Assumptions(NamedTuple):
    """Those that any row rests on, and the day on which they were looked up."""

    looked_up: str
    figures: tuple[Assumption, ...]


def losses(page: Page, store: Store) -> Iterator[LossRow]:
    """Yield what a store can lose; disruptions that end alike share a row."""
    found: dict[tuple[Markdown, str, Markdown], list[str]] = {}
    for disruption in DISRUPTIONS:
        achieved = achieved_rpo(store, disruption)
        wanted = wanted_for(page.graph, store, disruption, "rpo")
        verdict = _spell(judge_loss(page.graph, store, achieved), wanted)
        found.setdefault((_loss(achieved), achieved.because, verdict), []).append(AFTER[disruption])
    for (loss, because, verdict), after in found.items():
        yield LossRow(page.refer(store.id), ", ".join(after), loss, because, verdict)


def _loss(achieved: Achieved) -> Markdown:
    if achieved.missing:
        return NOT_STATED
    return computed("everything") if achieved.seconds is None else _seconds(achieved.seconds, "nothing")


def _seconds(seconds: Decimal, none: str) -> Markdown:
    return computed(spell_duration(seconds) if seconds else none)


def backs(page: Page) -> Iterator[BackRow]:
    """Yield how soon elements are back; what ends alike shares a row: an element's disruptions, and elements."""
    found: dict[_Ending, list[Markdown]] = {}
    for element in recoverable(page.graph):
        for ending in _endings(page, element):
            found.setdefault(ending, []).append(page.refer(element.id))
    yield from (BackRow(join(elements), *ending) for ending, elements in found.items())


def _endings(page: Page, element: Recoverable) -> Iterator[_Ending]:
    found: dict[tuple[Markdown, str, Markdown], list[str]] = {}
    for disruption in faces(element):
        back = achieved_rto(page.graph, element, disruption)
        wanted = wanted_for(page.graph, element, disruption, "rto")
        verdict = _spell(judge_time(page.graph, element, disruption, back.seconds), wanted)
        found.setdefault((_back(back), back.because, verdict), []).append(AFTER[disruption])
    yield from ((", ".join(after), *ending) for ending, after in found.items())


def _back(back: Back) -> Markdown:
    return NOT_STATED if back.seconds is None else _seconds(back.seconds, "at once")


def assumptions(page: Page) -> Assumptions | None:
    """Return the figures of AWS's that the rows of `backs` rest on, if there are any."""
    found = sorted(
        {
            name
            for element in recoverable(page.graph)
            for disruption in faces(element)
            for name in achieved_rto(page.graph, element, disruption).assumed
        }
    )
    figures = tuple(Assumption(timing(name).says, code(timing(name).source)) for name in found)
    return Assumptions(looked_up(), figures) if figures else None


_VERDICTS: dict[Verdict, str] = {
    "no objective": "no objective is stated",
    "a cache": "not judged: a cache",
    "no region objective": "not judged: the objective names no Region",
    "not stated": "cannot be told: ",
    "missed": "**missed**: ",
    "at the limit": "at the limit of ",
    "met": "met",
}
"""What ends with a space is followed by the objective."""


def _spell(verdict: Verdict, wanted: Duration | None) -> Markdown:
    words = _VERDICTS[verdict]
    return Markdown(f"{words}{escape(wanted)}" if words.endswith(" ") else words)
