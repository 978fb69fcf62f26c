"""Declared connections: who is meant to talk to whom, on which port. Intent, not permission."""

import re
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from archspec.model.classification import Classification
from archspec.model.element import ElementId, Listed, Status, Switch, WholeNumber
from archspec.model.ports import Ports, Transport, spell_ports
from archspec.model.quantity import Count, Duration

_SHORT = re.compile(
    r"(?P<port>all|[\d, -]*\d)(?:\s*/\s*(?P<transport>[^\s(),]*))?\s*(?P<protocol>[^()]*?)\s*(?:\((?P<note>.*)\))?"
)
_LONGEST = 500
"""Characters of a port, a protocol and a note: no one writes more, and matching more could take long."""

_TRANSPORTS: tuple[str, ...] = get_args(Transport)


class Flow(Listed):
    """One declared connection.

    In a spec it is written short, `- api -> db: 5432 PostgreSQL` or `- api -> dns: 53/udp DNS`, or with its keys.
    """

    home: ClassVar[str] = "flows"

    source: ElementId = Field(alias="from")
    """The element that opens the connection; `internet` is everybody outside."""
    target: ElementId = Field(alias="to")
    """The element that is connected to."""
    port: Ports
    """The ports that it is connected on: `443`, `4000-4003`, `80, 443`, `all`."""
    protocol: str = ""
    """The protocol of the application: `HTTPS`, `PostgreSQL`."""
    transport: Transport = "tcp"
    """What carries it."""
    mode: Literal["sync", "async"] | None = None
    """Whether the source waits for the answer (`sync`) or not (`async`)."""
    hard: Switch | None = None
    """Whether the source fails without its target; `false` says that it goes on."""
    fallback: str = ""
    """What the source does instead, where it goes on."""
    timeout: Duration | None = None
    """How long an attempt may take."""
    retries: Annotated[WholeNumber, Field(ge=0)] | None = None
    """How many attempts follow the first."""
    peak: Count | None = None
    """The requests a second at the busiest time."""
    calls: Count | None = None
    """The requests that the source makes for each one that it serves."""
    tls: Switch | None = None
    """Whether it is encrypted, where its protocol does not tell."""
    carries: Classification | None = None
    """The class of the most sensitive data in it."""
    note: str = ""
    status: Status = "current"

    @property
    def id(self) -> str:
        """How findings, waivers and the command line call the flow."""
        transport = "" if self.transport == "tcp" else f"/{self.transport}"
        return f"{self.source} -> {self.target} {spell_ports(self.port)}{transport}"

    @model_validator(mode="before")
    @classmethod
    def _read_short_form(cls, value: Any) -> Any:
        if isinstance(value, str) and "->" in value:  # the whole in quotes: `- "api -> db: 5432"`
            ends, _, port = value.rpartition(": ")
            value = {ends: port} if ends else value
        short = [key for key in value if "->" in key] if isinstance(value, dict) else []
        if not short:
            return value
        source, _, target = (part.strip() for part in short[0].partition("->"))
        written = " ".join(str(value[short[0]]).split())
        words = _SHORT.fullmatch(written) if len(written) <= _LONGEST else None
        if words is None:
            raise PydanticCustomError("flow", "expected a port and a protocol after `->`, such as 443 HTTPS")
        rest = {key: item for key, item in value.items() if key != short[0]}
        said = {"from": source, "to": target, **_with_transport(words.groupdict())}
        twice = next((key for key in rest if said.get(key)), None)
        if twice:
            raise PydanticCustomError("flow_twice", "'{key}' is said in the arrow and beside it", {"key": twice})
        return {**said, **rest}


class MustReach(Flow):
    """What has to be permitted, on every hop, as a test of the network: written like a flow."""

    home: ClassVar[str] = "must_reach"


class MustNotReach(Flow):
    """What must not be permitted: none of its ports may be open, hop by hop. Ways through others are not meant."""

    home: ClassVar[str] = "must_not_reach"


def _with_transport(words: dict[str, str | None]) -> dict[str, str]:
    """Tell the transport: what stands behind the slash, or a protocol that is nothing else, as in `53 UDP`."""
    stated, protocol = words["transport"], words["protocol"] or ""
    told = {"port": words["port"] or "", "note": words["note"] or ""}
    if stated is None and protocol.lower() not in _TRANSPORTS:
        return {**told, "protocol": protocol}
    transport = (protocol if stated is None else stated).lower()
    if transport not in _TRANSPORTS:
        raise PydanticCustomError("flow_transport", "'/{found}' is no transport", {"found": stated})
    return {**told, "protocol": "" if stated is None else protocol, "transport": transport}
