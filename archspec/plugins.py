"""Rules in code by others: installed packages offer them under the entry point group `archspec.rules`.

They are code that runs with the rights of whoever runs archspec, so nothing is loaded unless somebody allows it on the
command line; no file of a project can.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from archspec.errors import UsageError
from archspec.findings import Severities
from archspec.rules import Rule

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "archspec.rules"
_ID = re.compile(r"[A-Z]{2,8}[0-9]{3}")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def installed(known: Mapping[str, Rule]) -> Mapping[str, Rule]:
    """Return the known rules with those that installed packages offer, by id.

    Raises `UsageError` with everything that is wrong with any of them, and which package it comes from.
    """
    from importlib.metadata import entry_points  # takes as long as a small spec, and only who allows code needs it

    found: dict[str, Rule] = dict(known)
    mistakes: list[str] = []
    for one in sorted(entry_points(group=GROUP), key=lambda one: (one.name, one.value)):
        try:
            rule = one.load()
        except (Exception, SystemExit) as error:  # noqa: BLE001  code of others may raise anything when it is imported
            mistakes.append(f"{_named(one)} cannot be loaded: {type(error).__name__}: {error}")
            continue
        wrong = list(_wrong(rule))
        if not wrong and rule.ID in found:
            wrong = [f"its id {rule.ID} is taken by {found[rule.ID].NAME}"]
        if wrong:
            mistakes.append(f"{_named(one)} is no rule: {'; '.join(wrong)}")
        else:
            found[rule.ID] = cast("Rule", rule)
    if mistakes:
        raise UsageError("\n".join(mistakes))
    return dict(sorted(found.items()))


def _named(one: "EntryPoint") -> str:
    package = f" of {one.dist.name}" if one.dist else ""
    return f"the entry point '{one.name}'{package} ({one.value})"


def _wrong(rule: Any) -> Iterator[str]:  # noqa: ANN401  whatever a package offers
    """Say what a module or an object lacks to be a rule."""
    if not _fits(_ID, getattr(rule, "ID", None)):
        yield "ID is letters and three digits, such as OWN001"
    if not _fits(_NAME, getattr(rule, "NAME", None)):
        yield "NAME is words with dashes, such as service-without-owner"
    if not isinstance(getattr(rule, "SEVERITY", None), Severities):
        yield "SEVERITY is archspec.findings.Severities(production, staging, development)"
    references = getattr(rule, "REFERENCES", None)
    if not isinstance(references, tuple) or not all(isinstance(one, str) for one in references):
        yield "REFERENCES is a tuple of texts"
    for name in ("subjects", "check"):
        if not callable(getattr(rule, name, None)):
            yield f"{name} is a function"


def _fits(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None
