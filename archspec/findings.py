"""What checking yields: violations and unknowns from rules, findings once they are rated and placed.

Named tuples, because a finding read back from the cache must cost as little as possible.
"""

from enum import IntEnum
from hashlib import sha256
from typing import Literal, NamedTuple

from archspec.errors import KeyPath, Location

Stage = Literal["production", "staging", "development"]


class Severity(IntEnum):
    """How bad a finding is; `OFF` means that the rule does not run at this stage."""

    OFF = 0
    INFO = 1
    WARNING = 2
    ERROR = 3


class Severities(NamedTuple):
    """A rule's severity by stage."""

    production: Severity
    staging: Severity
    development: Severity


class Hop(NamedTuple):
    """One step of a witness: what was asked there, the answer, and where in the spec it is decided."""

    verdict: Literal["open", "blocked", "note"]
    text: str
    path: KeyPath = ()
    code: str = ""


class Violation(NamedTuple):
    """What a rule yields for a subject that fails it. `path` leads to the line that has to change.

    `at_least` is how bad it is wherever the rule runs, where something makes it worse than the rule's own severity.
    """

    subject: str
    path: KeyPath
    message: str
    fix: str = ""
    witness: tuple[Hop, ...] = ()
    at_least: Severity = Severity.OFF


class Unknown(NamedTuple):
    """What a rule yields when a fact it needs is not stated. `fact` is the key to state, as a dotted path."""

    subject: str
    path: KeyPath
    fact: str


class LocatedHop(NamedTuple):
    """A hop with its place in the spec; `None` where no line decides it (an AWS default)."""

    verdict: Literal["open", "blocked", "note"]
    text: str
    location: Location | None
    code: str


class Finding(NamedTuple):
    """A violation or an unknown with its rule, severity and place. Sorts by place, then rule, then subject."""

    location: Location
    rule: str
    name: str
    subject: str
    outcome: Literal["fail", "unknown"]
    severity: Severity
    message: str
    fix: str = ""
    witness: tuple[LocatedHop, ...] = ()
    reference: str = ""
    waiver: str = ""

    @property
    def fingerprint(self) -> str:
        """Identify the finding across edits: rule and subject, never a line number or the message."""
        return sha256(f"{self.rule}\0{self.subject}".encode()).hexdigest()[:16]
