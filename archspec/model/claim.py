"""What a document says about the architecture, and which findings its owner accepts."""

import datetime
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from archspec.model.element import ElementId, Listed, PositiveInt


def _parse_day(value: object) -> object:
    if isinstance(value, str) and value.isdigit():
        raise PydanticCustomError("date", "expected a date such as 2027-03-31")
    return value


Day = Annotated[datetime.date, BeforeValidator(_parse_day)]
"""A calendar day. pydantic alone would take a bare number for seconds since 1970."""


class Claim(Listed):
    """A sentence that is checked: `assert` is a CEL expression over the architecture.

    Without one it is a sentence that nothing can check, and the document says so.
    """

    home: ClassVar[str] = "claims"

    says: str
    """The sentence."""
    about: ElementId = ""
    """The element that the sentence is about."""
    topic: str = ""
    """What several claims are about; a section of the document shows the claims of a topic."""
    because: str = ""
    """Why it is so, or is not, for the reader."""
    assertion: str = Field("", alias="assert")
    """A CEL expression over the architecture that is true where the sentence is: `size(services) > 2`."""
    controls: tuple[str, ...] = ()
    """Controls of a framework that the claim says are met: `RDS.3`, `CP-9`, `CIS 3.7`."""
    evidence: str = ""
    """A link to what shows it, where no expression can check it."""

    @property
    def id(self) -> str:
        """How findings and waivers call the claim."""
        return f"claim {self.says}"


class Waiver(Listed):
    """An accepted finding: which rule on which subject, why, who answers for it, and until when.

    Without `reason`, `owner` and `expires` it accepts nothing, and DOC005 says so.
    """

    home: ClassVar[str] = "waivers"

    rule: str
    """The id of the rule whose finding is accepted: `NET004`."""
    subject: str
    """What the finding is about: an id; with `count` also a pattern (`api-*`) or a kind (`services`)."""
    reason: str = ""
    """Why the finding is accepted."""
    owner: str = ""
    """Who answers for that."""
    expires: Day | None = None
    """The day on which it ends: 2027-03-31."""
    count: PositiveInt | None = None
    """How many findings it accepts, where `subject` stands for many; that number may shrink, not grow."""

    @property
    def id(self) -> str:
        """How findings call the waiver."""
        return f"waiver {self.rule} {self.subject}"
