"""The whole: every area of a spec in one typed, frozen value."""

import re
from collections.abc import Collection, Mapping
from functools import cache, cached_property
from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from archspec.model.claim import Claim, Waiver
from archspec.model.compute import ComputeArea
from archspec.model.cost import CostArea
from archspec.model.data import DataArea
from archspec.model.delivery import DeliveryArea
from archspec.model.document import DocumentArea
from archspec.model.edge import EdgeArea
from archspec.model.element import INTERNET, Element, Model
from archspec.model.environment import Environment, Stage, Variable
from archspec.model.external import ExternalArea
from archspec.model.flow import Flow, MustNotReach, MustReach
from archspec.model.journey import Journey
from archspec.model.messaging import MessagingArea
from archspec.model.network import Internet, NetworkArea
from archspec.model.observability import ObservabilityArea
from archspec.model.operations import OperationsArea
from archspec.model.recovery import RecoveryArea
from archspec.model.security import SecurityArea
from archspec.model.view import OwnView

AREAS = (
    "network",
    "compute",
    "data",
    "messaging",
    "edge",
    "security",
    "observability",
    "delivery",
    "external",
)
"""The sections of a spec that hold elements, in the order in which everything lists them."""

LISTS = (
    "flows", "must_reach", "must_not_reach", "journeys", "claims", "waivers", "views",
    "recovery.targets", "recovery.failover", "recovery.region_holds", "recovery.steps", "recovery.copies",
    "recovery.drills",
    "cost.lines", "cost.groups", "cost.environments", "cost.savings", "cost.saving_totals", "cost.periods",
    "operations.limits", "operations.windows", "operations.decisions",
)  # fmt: skip
"""The lists of a spec whose items know their position."""


def is_region(text: str) -> bool:
    """Whether a text is a Region as AWS writes it: us-east-1."""
    return bool(re.fullmatch(_REGION, text))


_REGION = r"[a-z]{2}(-[a-z]+)+-\d"


def _parse_region(value: object) -> object:
    if isinstance(value, str) and not is_region(value):
        raise PydanticCustomError("region", "expected an AWS Region such as us-east-1")
    return value


Region = Annotated[str, BeforeValidator(_parse_region), WithJsonSchema({"type": "string", "pattern": f"^{_REGION}$"})]


# Areas that a spec does not have are `model_construct`ed: nothing in them needs a validator, and each would take 1 ms.


class Shared(Model):
    """The `shared:` section: what stands once, where everything else stands in every environment."""

    network: NetworkArea = Field(default_factory=NetworkArea.model_construct)
    """VPCs, subnets, gateways, security groups and load balancers that stand once."""
    compute: ComputeArea = Field(default_factory=ComputeArea.model_construct)
    """Clusters and services that stand once."""
    data: DataArea = Field(default_factory=DataArea.model_construct)
    """Databases, caches and buckets that stand once."""
    messaging: MessagingArea = Field(default_factory=MessagingArea.model_construct)
    """Topics and queues that stand once."""
    edge: EdgeArea = Field(default_factory=EdgeArea.model_construct)
    """Distributions, zones and web ACLs that stand once."""
    security: SecurityArea = Field(default_factory=SecurityArea.model_construct)
    """Certificates, keys, secrets, roles and detectors that stand once."""
    observability: ObservabilityArea = Field(default_factory=ObservabilityArea.model_construct)
    """Logs, alarms, dashboards and budgets that stand once."""
    delivery: DeliveryArea = Field(default_factory=DeliveryArea.model_construct)
    """Registries, repositories, builds and pipelines that stand once."""
    external: ExternalArea = Field(default_factory=ExternalArea.model_construct)
    """People and other systems, which all environments work with."""
    flows: tuple[Flow, ...] = ()
    """Connections among what stands once."""


class Architecture(Model):
    """One architecture, in one environment or in several that stand beside each other.

    Loading lays environments over what they share: their elements are then in the areas here, as `staging/web`.
    """

    archspec: Literal["1"]
    """The version of the spec language: 1."""
    name: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    """The name of the system in kebab-case; files are called by it."""
    title: str = ""
    """The heading of the document and of pictures; left out, the name."""
    subtitle: str = ""
    """A line below the heading of the document."""
    description: str = ""
    """What the system is for, in a few sentences."""
    stage: Stage = "production"
    """How serious findings are: rules are stricter in production. An environment may have a stage of its own."""
    region: Region
    """The AWS Region that the system stands in: `us-east-1`."""
    account: str = ""
    """The AWS account, by its twelve digits or a name."""
    include: tuple[str, ...] = ()
    """Further files that are part of this spec, as seen from its folder: `network.yaml`."""
    variables: dict[str, Variable] = {}
    """Placeholders in names (`{project}`) by their names, with what they stand for."""
    environments: dict[str, Environment] = {}
    """Deployments of this architecture by name; each says only how it differs from the rest of the spec."""
    shared: Shared | None = None
    """What stands once for all environments, as the sections of a spec."""

    network: NetworkArea = Field(default_factory=NetworkArea.model_construct)
    """VPCs, subnets, gateways, routes, security groups, endpoints and load balancers."""
    compute: ComputeArea = Field(default_factory=ComputeArea.model_construct)
    """ECS clusters and the services in them."""
    data: DataArea = Field(default_factory=DataArea.model_construct)
    """Databases, caches, proxies before them, and buckets."""
    messaging: MessagingArea = Field(default_factory=MessagingArea.model_construct)
    """Topics and queues."""
    edge: EdgeArea = Field(default_factory=EdgeArea.model_construct)
    """What stands before the system: CDN distributions, DNS zones, web ACLs."""
    security: SecurityArea = Field(default_factory=SecurityArea.model_construct)
    """Certificates, keys, secrets, roles, and AWS's own guards."""
    observability: ObservabilityArea = Field(default_factory=ObservabilityArea.model_construct)
    """Logs, metrics, alarms, dashboards, budgets."""
    delivery: DeliveryArea = Field(default_factory=DeliveryArea.model_construct)
    """Registries, repositories, builds and pipelines."""
    external: ExternalArea = Field(default_factory=ExternalArea.model_construct)
    """People and systems of others."""

    flows: tuple[Flow, ...] = ()
    """Who is meant to talk to whom: `- api -> db: 5432 PostgreSQL`."""
    must_reach: tuple[MustReach, ...] = ()
    """What the network has to permit, as a test: written like a flow."""
    must_not_reach: tuple[MustNotReach, ...] = ()
    """What the network must not permit, as a test: written like a flow."""
    journeys: tuple[Journey, ...] = ()
    """Named ways of a request through the system, step by step."""
    recovery: RecoveryArea = Field(default_factory=RecoveryArea.model_construct)
    """What is wanted after a loss, and how the system is recovered."""
    cost: CostArea = Field(default_factory=CostArea.model_construct)
    """What the system costs, and what could be saved."""
    operations: OperationsArea = Field(default_factory=OperationsArea.model_construct)
    """Limits, maintenance windows, decisions."""
    claims: tuple[Claim, ...] = ()
    """Sentences about the system, with the expressions that check them."""
    waivers: tuple[Waiver, ...] = ()
    """Findings that are accepted: with a reason, an owner and a day on which that ends."""
    views: tuple[OwnView, ...] = ()
    """Pictures of your own, beside those that every system has."""
    document: DocumentArea = Field(default_factory=DocumentArea.model_construct)
    """The sections of the document, where they differ from the usual ones."""

    @cached_property
    def elements(self) -> Mapping[str, Element]:
        """Every element by id, in the order of the areas; the internet comes first."""
        found: dict[str, Element] = {INTERNET: Internet(id=INTERNET, title="Internet")}
        for area in AREAS:
            for field in type(getattr(self, area)).model_fields:
                found.update(getattr(getattr(self, area), field))
        return found

    def in_environment(self, name: str) -> "Architecture":
        """Return what stands in an environment, and what stands once for all of them; with the flows among those.

        What stands once, but in subnets of several environments, stands in those of this one; without any it is left
        out, as is what stands in a VPC or a cluster of another.
        """
        kept = {id_ for id_, element in self.elements.items() if element.environment in ("", name)}
        while gone := {id_ for id_ in kept if not _has_place(self.elements[id_], kept)}:
            kept -= gone
        update: dict[str, object] = {}
        for area in AREAS:
            held = getattr(self, area)
            kinds = {key: {id_: _among(e, kept) for id_, e in all_.items() if id_ in kept} for key, all_ in held}
            update[area] = held.model_copy(update=kinds)
        update["flows"] = tuple(one for one in self.flows if {one.source, one.target} <= kept)
        # Not `model_copy`: it would take the index of elements along.
        return Architecture.model_construct(**{**dict(self), **update})

    def stage_of(self, id_: str) -> Stage:
        """Return the stage of an element's environment, by its id; the architecture's own where it has none."""
        environment = self.environments.get(id_.rpartition("/")[0])
        return (environment and environment.stage) or self.stage

    def stands_in(self, subject: str, environment: str) -> bool:
        """Whether a finding's subject, an element or a flow, stands in an environment, or what it names has none."""
        ends = [end.rpartition("/")[0] for end in subject.split(" ")[0::2]]
        return not environment or not any(end in self.environments and end != environment for end in ends)

    @property
    def label(self) -> str:
        """The title, or the name where no title is given."""
        return self.title or self.name


def _has_place(element: Element, there: Collection[str]) -> bool:
    """Whether an element's VPC, subnet and cluster are there, and of several subnets at least one."""
    needed = (getattr(element, name, "") for name in ("vpc", "subnet", "cluster"))
    subnets = getattr(element, "subnets", ())
    return all(not id_ or id_ in there for id_ in needed) and (not subnets or any(id_ in there for id_ in subnets))


def _among(element: Element, there: Collection[str]) -> Element:
    """Return an element in those of its subnets and groups that are there."""
    stated = {name: getattr(element, name, ()) for name in ("subnets", "security_groups")}
    update = {name: tuple(id_ for id_ in ids if id_ in there) for name, ids in stated.items() if ids}
    return element if all(update[name] == stated[name] for name in update) else element.model_copy(update=update)


@cache
def element_kinds() -> Mapping[tuple[str, str], type[Element]]:
    """Return every kind of element by its home in a spec: (section, key) → class."""
    areas = {area: Architecture.model_fields[area].annotation for area in AREAS}
    return {
        (area, key): get_args(field.annotation)[1]
        for area, model in areas.items()
        if isinstance(model, type) and issubclass(model, Model)
        for key, field in model.model_fields.items()
    }
