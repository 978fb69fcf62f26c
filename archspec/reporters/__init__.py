"""Findings → text, one file a format."""

from collections.abc import Sequence
from typing import Protocol

from archspec.findings import Finding
from archspec.reporters import json, text


class Reporter(Protocol):
    """What a format offers."""

    def report(self, findings: Sequence[Finding], *, info: bool) -> str:
        """Return the report; `info` also shows what is only informative or unknown."""


REPORTERS: dict[str, Reporter] = {"text": text, "json": json}
