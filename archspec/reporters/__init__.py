"""Findings → text, one file a format. Each entry of the table imports its module when it is called."""

from importlib import import_module
from typing import Protocol

from archspec.reporters.report import Report


class Reporter(Protocol):
    """Writes a report in one format; a module of that name offers it as `report`."""

    def __call__(self, given: Report, /) -> str:
        """Return the report. Its text is what a spec says: a reporter escapes it for its format."""


def _late(name: str) -> Reporter:
    """Return the reporter of a module that is imported when it is first asked: text needs nothing of the others."""

    def report(given: Report, /) -> str:
        reporter: Reporter = import_module(f"archspec.reporters.{name}").report
        return reporter(given)

    return report


REPORTERS: dict[str, Reporter] = {
    "text": _late("text"),
    "compact": _late("compact"),
    "json": _late("json"),
    "sarif": _late("sarif"),
    "junit": _late("junit"),
    "github": _late("github"),
    "gitlab": _late("gitlab"),
    "markdown": _late("markdown"),
    "html": _late("html"),
}
"""Format → reporter."""
