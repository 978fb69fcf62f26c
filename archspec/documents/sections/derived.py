"""What nobody stated: derived by archspec because AWS needs it, or assumed by the author, each with the reason."""

from collections.abc import Iterator
from typing import NamedTuple

from archspec.documents.markup import Markdown, code
from archspec.documents.page import Page

TITLE = "Derived and assumed"


class AddedRow(NamedTuple):
    """Something added, and why."""

    what: Markdown
    kind: str
    why: str


class Derived(NamedTuple):
    """The facts."""

    derived: tuple[AddedRow, ...]
    assumed: tuple[AddedRow, ...]


def make(page: Page) -> Derived | None:
    """Return what was added, if anything was."""
    elements = page.architecture.elements.values()
    derived = [AddedRow(page.refer(one.id), _kind(one.kind), one.derived) for one in elements if one.derived]
    assumed = [AddedRow(page.refer(one.id), _kind(one.kind), one.assumed) for one in elements if one.assumed]
    found = Derived((*derived, *_listeners(page)), tuple(assumed))
    return found if found.derived or found.assumed else None


def _kind(kind: str) -> str:
    return kind.replace("_", " ")


def _listeners(page: Page) -> Iterator[AddedRow]:
    for balancer in page.architecture.network.load_balancers.values():
        for listener in balancer.listeners:
            named = f"{page.refer(balancer.id)} {listener.port}"
            if listener.derived:
                yield AddedRow(Markdown(named), "listener's target", listener.derived)
            for rule in listener.rules:
                if rule.derived:
                    yield AddedRow(Markdown(f"{named} {code(rule.path)}"), "listener rule", rule.derived)
