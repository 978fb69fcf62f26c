"""What is written at names and arrows: how many findings there are, and what became of a thing."""

from collections.abc import Iterator
from typing import Final

from archspec.findings import Severity
from archspec.renderers.palette import SIGNS, signed
from archspec.views.view import Edge, Group, Node, View

LETTERS: Final = {Severity.ERROR: "!", Severity.WARNING: "^", Severity.INFO: "i", Severity.OFF: ""}
"""What stands before a number of findings, and on an arrow that a finding is about."""


def marked(thing: Group | Node) -> str:
    """Return the title with its marks: `+ API [!2,^1]`."""
    found = ",".join(f"{LETTERS[severity]}{count}" for severity, count in thing.badges)
    return " ".join(filter(None, (signed(thing.title, thing.change), f"[{found}]" if found else "")))


def on_arrow(edge: Edge) -> str:
    """Return what stands on an arrow: `! 443 HTTPS`."""
    return " ".join(filter(None, (LETTERS[edge.severity], signed(edge.label, edge.change))))


def legend(view: View) -> Iterator[str]:
    """Yield what the marks of a view mean, where it has any."""
    things: list[Group | Node] = [*view.groups, *view.nodes]
    if any(thing.badges for thing in things):
        yield "Open findings, in brackets: ! errors, ^ warnings, i infos."
    if any(edge.severity for edge in view.edges):
        yield "Findings are about the ways drawn as ══."
    changes = {thing.change for thing in things} | {edge.change for edge in view.edges}
    if any(changes):
        named = ", ".join(f"{sign} {change}" for change, sign in SIGNS.items() if change in changes)
        yield f"Between the two versions: {named}."
