"""What operating the system needs to know: limits and how near they are, maintenance windows, decisions."""

from decimal import Decimal
from typing import NamedTuple

from archspec.documents.markup import Markdown, escape
from archspec.documents.page import Page
from archspec.documents.wording import COMPUTED, computed, if_stated, unless_current
from archspec.graph.cost_shares import share, spell_share
from archspec.model.operations import Decision, Limit

TITLE = "Operations"


class LimitRow(NamedTuple):
    """A limit of AWS's; `used_share` is computed, and `act_at` says whether that use is reached."""

    resource: Markdown
    limit: str
    used: Markdown
    used_share: Markdown
    act_at: Markdown
    note: str


class WindowRow(NamedTuple):
    """When an element may be changed."""

    element: Markdown
    at: str
    note: str


class DecisionRow(NamedTuple):
    """A decision, its reasons, and what it is about."""

    decides: Markdown
    because: tuple[str, ...]
    about: Markdown
    status: str


class Operations(NamedTuple):
    """The facts."""

    limits: tuple[LimitRow, ...]
    windows: tuple[WindowRow, ...]
    decisions: tuple[DecisionRow, ...]


def make(page: Page) -> Operations | None:
    """Return the section, if anything is stated for it."""
    stated = page.architecture.operations
    found = Operations(
        limits=tuple(_limit(page, one) for one in stated.limits),
        windows=tuple(
            WindowRow(Markdown(f"{page.refer(one.subject)}{page.marks(one.id)}"), one.at, one.note)
            for one in stated.windows
        ),
        decisions=tuple(_decision(page, one) for one in stated.decisions),
    )
    return found if any(found) else None


def _limit(page: Page, one: Limit) -> LimitRow:
    used = one.used.high if one.used else None
    return LimitRow(
        resource=Markdown(f"{escape(one.resource)}{page.marks(one.id)}"),
        limit=str(one.limit),
        used=if_stated(one.used),
        used_share=Markdown() if used is None else computed(spell_share(share(used, one.limit.high))),
        act_at=_act_at(one, used),
        note=one.note,
    )


def _act_at(one: Limit, used: Decimal | None) -> Markdown:
    """Write from which use on somebody should act, and whether that is now."""
    if one.act_at is None or used is None or used < one.act_at.low:
        return if_stated(one.act_at)
    return Markdown(f"{escape(one.act_at)}, **reached**{COMPUTED}")


def _decision(page: Page, one: Decision) -> DecisionRow:
    named = Markdown(f"{escape(one.decides)}{page.marks(one.id)}")
    return DecisionRow(named, one.because, page.refer_all(one.about), unless_current(one.status))
