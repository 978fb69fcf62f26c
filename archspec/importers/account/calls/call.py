"""What one question to an account is."""

from collections.abc import Mapping
from typing import Any, NamedTuple

ACCOUNT = "{account}"
"""Stands for the account's number in a parameter."""

GLOBAL = "us-east-1"
"""Where AWS keeps what belongs to no Region, and all that CloudFront uses.

https://docs.aws.amazon.com/general/latest/gr/rande.html#global-endpoints
"""


class Each(NamedTuple):
    """What a call is asked once for: every item that another call returned, or so many of them at a time.

    `of` is that call's key; `parameter` is what AWS calls what is passed on; `path` says where it stands in the item,
    nothing that it is the item itself. `also` are parameters of the other call that are repeated, such as the cluster
    of a service; `more` are others, with their paths in the item. Items are skipped whose text at the path in `unless`
    begins as said there. `without` is what is taken from the beginning of what is passed on.
    """

    of: str
    parameter: str
    path: str = ""
    batch: int = 0
    also: tuple[str, ...] = ()
    more: Mapping[str, str] = {}
    unless: tuple[str, str] = ("", "")
    without: str = ""


class Call(NamedTuple):
    """A call: `service.operation` as boto3 names them, and where its answer holds the items; nothing: it is one item.

    `region` is where it is asked, where that is not the Region of the account's architecture. `variant` tells two calls
    of one name apart. Of each item only the keys in `keep` are kept, or all of them where it is empty.
    """

    name: str
    items: str = ""
    each: Each | None = None
    parameters: Mapping[str, Any] = {}
    region: str = ""
    variant: str = ""
    keep: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """What its answers are kept under: its name, and what tells it from another of that name."""
        return f"{self.name}@{self.variant}" if self.variant else self.name

    @property
    def service(self) -> str:
        """The service that answers, as boto3 calls it."""
        return self.name.partition(".")[0]

    @property
    def operation(self) -> str:
        """What it is asked, as boto3 calls it."""
        return self.name.partition(".")[2]

    def is_asked_in(self, region: str) -> bool:
        """Whether it is asked for an architecture in a Region: what is asked there anyway is not asked twice."""
        return not (self.variant == self.region == region)
