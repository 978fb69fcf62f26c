"""Differences as Markdown for a pull request: the risks as a table, worst first, and all else folded away."""

from collections.abc import Iterator, Sequence

from archspec.changes.cells import change_table, facts, folded, risk_table
from archspec.changes.change import Difference
from archspec.changes.text import summary
from archspec.documents.markup import Markdown, code, escape

_MOST_CHARACTERS = 65_000
"""GitHub takes no comment beyond 65,536 characters."""


def report(differences: Sequence[Difference]) -> str:
    """Return all differences, one section a spec; those of which nothing changed are said in one line.

    Of more than fits into a comment, the changes are only counted, and then the facts are left out as well.
    """
    found = [_report(differences, folds) for folds in (2, 1, 0)]
    return next((one for one in found if len(one) <= _MOST_CHARACTERS), found[-1])


def _report(differences: Sequence[Difference], folds: int) -> str:
    changed = [one for one in differences if not one.is_empty]
    same = [one for one in differences if one.is_empty]
    blocks = ["\n".join(_section(one, folds)) for one in changed]
    if same:
        blocks.append(f"No change: {', '.join(code(one.name) for one in same)}")
    return "\n\n".join(blocks) + "\n"


def _section(one: Difference, folds: int) -> Iterator[str]:
    yield f"### {escape(one.name)}: {_versions(one)}"
    yield ""
    yield f"{escape(summary(one))}"
    if one.risks:
        yield from ("", *risk_table(one.risks))
    told = [risk for risk in one.risks if risk.facts]
    if told and folds > 0:
        yield from folded(f"Why: {len(told)} with the facts", facts(told))
    if one.changes:
        title = f"{len(one.changes)} {'change' if len(one.changes) == 1 else 'changes'}"
        if folds > 1:
            yield from folded(title, change_table(one.changes))
        else:
            yield from ("", f"{title}, too many for a comment: `archspec diff` lists them.")


def _versions(one: Difference) -> Markdown:
    if one.old and one.new:
        return Markdown(f"{code(one.old)} → {code(one.new)}")
    return Markdown(f"{code(one.new)} is new" if one.new else f"{code(one.old)} is gone")
