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
    """A sentence that is checked: `assertion` (`assert:` in a spec) is a CEL expression over the architecture.

    Without one it is a sentence that nothing can check, and the document says so. `because` is for the reader: why it
    is so, or is not. A section of the document shows the claims of a `topic`. `controls` are those of a framework that
    the claim says are met, as `RDS.3`, `CP-9` or `CIS 3.7`; where no expression can check that, `evidence` is a link to
    what shows it.
    """

    home: ClassVar[str] = "claims"

    says: str
    about: ElementId = ""
    topic: str = ""
    because: str = ""
    assertion: str = Field("", alias="assert")
    controls: tuple[str, ...] = ()
    evidence: str = ""

    @property
    def id(self) -> str:
        """How findings and waivers call the claim."""
        return f"claim {self.says}"


class Waiver(Listed):
    """An accepted finding: which rule on which subject, why, who answers for it, and until when.

    Without `reason`, `owner` and `expires` (a date such as 2027-03-31) it accepts nothing, and DOC005 says so. With
    `count`, `subject` may stand for many: a pattern such as `api-*`, where `*` is any text, or a kind such as
    `services`. `count` says how many findings it accepts, and that number may shrink, not grow.
    """

    home: ClassVar[str] = "waivers"

    rule: str
    subject: str
    reason: str = ""
    owner: str = ""
    expires: Day | None = None
    count: PositiveInt | None = None

    @property
    def id(self) -> str:
        """How findings call the waiver."""
        return f"waiver {self.rule} {self.subject}"
