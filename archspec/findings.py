"""What checking yields: violations and unknowns from rules, findings once they are rated and placed.

Named tuples, because a finding read back from the cache must cost as little as possible.
"""

from enum import IntEnum
from hashlib import sha256
from typing import Literal, NamedTuple

from archspec.errors import KeyPath, Location

Stage = Literal["production", "staging", "development"]

CRASH = "XXX000"
"""What a rule that crashes is found as."""

UNWAIVABLE = ("DOC000", "DOC001", "DOC005", CRASH)
"""What no waiver and no baseline accepts: a spec that cannot be read, a waiver that does not hold, a rule that crashed.
To accept these would be to accept what nobody has seen."""


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


Ends = tuple[tuple[str, ...], tuple[str, ...]]
"""From which elements a step of a witness leads, and to which; more than one where they are alike."""


class Hop(NamedTuple):
    """One step of a witness: what was asked there, the answer, and where in the spec it is decided.

    `ends` are stated where the step leads from one element to another, so that a picture can show the way.
    """

    verdict: Literal["open", "blocked", "note"]
    text: str
    path: KeyPath = ()
    code: str = ""
    ends: Ends = ((), ())


class Edit(NamedTuple):
    """A change of a spec that needs no person's decision: what stands at a path is removed, or is given a value.

    A key that is set and not there is added. A value is written as a spec writes a text or a number.
    """

    path: KeyPath
    does: Literal["remove", "set"]
    value: str = ""


class Violation(NamedTuple):
    """What a rule yields for a subject that fails it. `path` leads to the line that has to change.

    `at_least` is how bad it is wherever the rule runs, where something makes it worse than the rule's own severity.
    `edits` are what `fix` says, where that is safe to do without asking.
    """

    subject: str
    path: KeyPath
    message: str
    fix: str = ""
    witness: tuple[Hop, ...] = ()
    at_least: Severity = Severity.OFF
    edits: tuple[Edit, ...] = ()


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
    ends: Ends = ((), ())


class Finding(NamedTuple):
    """A violation or an unknown with its rule, severity and place. Sorts by place, then rule, then subject.

    `waiver` is the reason why the spec accepts it, `known` that it was there when the baseline was written.
    """

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
    known: bool = False
    edits: tuple[Edit, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it fails, and neither a waiver nor the baseline says that somebody knows of it."""
        return self.outcome == "fail" and not self.waiver and not self.known

    @property
    def fingerprint(self) -> str:
        """Identify the finding across edits: rule and subject, never a line number or the message."""
        return fingerprint(self.rule, self.subject)


def fingerprint(rule: str, subject: str) -> str:
    """Return the fingerprint of the findings of a rule about a subject."""
    return sha256(f"{rule}\0{subject}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
