"""The whole: every area of a spec in one typed, frozen value."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from archspec.model.claim import Claim, Waiver
from archspec.model.compute import ComputeArea
from archspec.model.cost import CostArea
from archspec.model.data import DataArea
from archspec.model.delivery import DeliveryArea
from archspec.model.document import DocumentArea
from archspec.model.element import INTERNET, Element, Model
from archspec.model.flow import Flow
from archspec.model.network import Internet, NetworkArea
from archspec.model.observability import ObservabilityArea
from archspec.model.recovery import RecoveryArea
from archspec.model.security import SecurityArea

AREAS = ("network", "compute", "data", "security", "observability", "delivery")
"""The sections of a spec that hold elements, in the order in which everything lists them."""

LISTS = ("flows", "claims", "waivers", "recovery.failover", "cost.lines")
"""The lists of a spec whose items know their position."""


def _parse_region(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"[a-z]{2}(-[a-z]+)+-\d", value):
        raise PydanticCustomError("region", "expected an AWS Region such as us-east-1")
    return value


Region = Annotated[str, BeforeValidator(_parse_region)]


class Architecture(Model):
    """One architecture, in one environment."""

    archspec: Literal["1"]
    name: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    title: str = ""
    subtitle: str = ""
    description: str = ""
    stage: Literal["production", "staging", "development"] = "production"
    region: Region
    account: str = ""
    include: tuple[str, ...] = ()

    network: NetworkArea = Field(default_factory=NetworkArea)
    compute: ComputeArea = Field(default_factory=ComputeArea)
    data: DataArea = Field(default_factory=DataArea)
    security: SecurityArea = Field(default_factory=SecurityArea)
    observability: ObservabilityArea = Field(default_factory=ObservabilityArea)
    delivery: DeliveryArea = Field(default_factory=DeliveryArea)

    flows: tuple[Flow, ...] = ()
    recovery: RecoveryArea = Field(default_factory=RecoveryArea)
    cost: CostArea = Field(default_factory=CostArea)
    claims: tuple[Claim, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    document: DocumentArea = Field(default_factory=DocumentArea)

    @cached_property
    def elements(self) -> Mapping[str, Element]:
        """Every element by id, in the order of the areas; the internet comes first."""
        found: dict[str, Element] = {INTERNET: Internet(id=INTERNET, title="Internet")}
        for area in AREAS:
            for field in type(getattr(self, area)).model_fields:
                found.update(getattr(getattr(self, area), field))
        return found

    @property
    def label(self) -> str:
        """The title, or the name where no title is given."""
        return self.title or self.name


def element_kinds() -> Mapping[tuple[str, str], type[Element]]:
    """Return every kind of element by its home in a spec: (section, key) → class."""
    areas = {area: Architecture.model_fields[area].annotation for area in AREAS}
    return {
        (area, key): get_args(field.annotation)[1]
        for area, model in areas.items()
        if isinstance(model, type) and issubclass(model, Model)
        for key, field in model.model_fields.items()
    }
