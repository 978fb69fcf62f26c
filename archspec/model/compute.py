"""What runs: ECS clusters and the services in them."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from archspec.model.element import Element, Model, PositiveInt, Refers, SecurityGroupId, SubnetId, Switch, WholeNumber
from archspec.model.ports import Port, Transport


class Cluster(Element):
    """An ECS cluster. As an end of a flow it stands for every service in it."""

    kind: ClassVar[str] = "cluster"
    home: ClassVar[tuple[str, str]] = ("compute", "clusters")


class Service(Element):
    """An ECS service: `desired` copies of a task. `cpu` in CPU units (1024 = one vCPU), `memory` in MiB.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html
    """

    kind: ClassVar[str] = "service"
    home: ClassVar[tuple[str, str]] = ("compute", "services")
    attached: ClassVar[bool] = True

    cluster: Annotated[str, Refers(("cluster",))] = ""
    launch: Literal["fargate", "ec2"] = "fargate"
    image: str = ""
    port: Port | None = None
    transport: Transport = "tcp"
    cpu: PositiveInt | None = None
    memory: PositiveInt | None = None
    desired: Annotated[WholeNumber, Field(ge=0)] = 1
    health_check: str = ""
    subnets: tuple[SubnetId, ...]
    security_groups: tuple[SecurityGroupId, ...]
    load_balancer: Annotated[str, Refers(("load_balancer",))] = ""
    public_ip: Switch = False


class ComputeArea(Model):
    """The `compute:` section."""

    clusters: dict[str, Cluster] = {}
    services: dict[str, Service] = {}
