"""What runs: ECS clusters and the services in them."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from archspec.model.element import (
    Element,
    LogGroupId,
    Model,
    PositiveInt,
    Refers,
    RoleId,
    SecretId,
    SecurityGroupId,
    SubnetId,
    Switch,
    WholeNumber,
)
from archspec.model.memory import Mebibytes
from archspec.model.ports import Port, Transport
from archspec.model.quantity import Count, Duration, Measure, Percent

Tasks = Annotated[WholeNumber, Field(ge=0)]


class Cluster(Element):
    """An ECS cluster. As an end of a flow it stands for every service in it."""

    kind: ClassVar[str] = "cluster"
    home: ClassVar[tuple[str, str]] = ("compute", "clusters")

    capacity_providers: tuple[str, ...] = ()
    container_insights: Switch | None = None


class ScalingPolicy(Model):
    """Keeps a metric near its target by changing the number of tasks; a cooldown is the pause after each change.

    https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking.html
    """

    metric: str
    target: Measure | None = None
    out_cooldown: Duration | None = None
    in_cooldown: Duration | None = None
    name: str = ""
    note: str = ""
    status: Literal["current", "planned", "disabled"] = "current"


class ScalingSchedule(Model):
    """New bounds at a time: `8 AM Mon-Fri`."""

    at: str
    min: Tasks | None = None
    max: Tasks | None = None
    name: str = ""
    note: str = ""


class Scaling(Model):
    """The bounds of a service's number of tasks, and what moves it between them."""

    min: Tasks
    max: Tasks
    policies: tuple[ScalingPolicy, ...] = ()
    schedules: tuple[ScalingSchedule, ...] = ()


class Deployment(Model):
    """How new tasks replace old ones. `maximum` is how many may run meanwhile, as a share of the desired number.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
    """

    type: Literal["rolling", "blue-green", "canary"] = "rolling"
    circuit_breaker: Switch | None = None
    rollback: Switch | None = None
    minimum_healthy: Percent | None = None
    maximum: Percent | None = None
    grace_period: Duration | None = None
    note: str = ""


class Service(Element):
    """An ECS service: `desired` copies of a task. `cpu` in CPU units (1024 = one vCPU), `memory` in MiB or as `1 GB`.

    `throughput` are the requests a second that one task can serve, `peak` those that reach the service at its busiest.
    `variables` are the environment variables of its containers and `user` is whom they run as; `privileged` and
    `read_only_root` are what those keys of a container definition say.
    `singleton` says why no second task may run beside the first, and what keeps it out. `availability` is the share of
    the time in which the service itself answers, where somebody promises or measures it.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html
    """

    kind: ClassVar[str] = "service"
    home: ClassVar[tuple[str, str]] = ("compute", "services")
    attached: ClassVar[bool] = True

    cluster: Annotated[str, Refers(("cluster",))] = ""
    launch: Literal["fargate", "ec2"] = "fargate"
    platform: str = ""
    image: str = ""
    registry: Annotated[str, Refers(("registry",))] = ""
    port: Port | None = None
    transport: Transport = "tcp"
    cpu: PositiveInt | None = None
    memory: Mebibytes | None = None
    desired: Tasks = 1
    scaling: Scaling | None = None
    singleton: str = ""
    availability: Percent | None = None
    throughput: Count | None = None
    peak: Count | None = None
    health_check: str = ""
    health_command: str = ""
    subnets: tuple[SubnetId, ...]
    security_groups: tuple[SecurityGroupId, ...]
    load_balancer: Annotated[str, Refers(("load_balancer",))] = ""
    public_ip: Switch = False
    namespace: Annotated[str, Refers(("namespace",))] = ""
    domain: str = ""
    execution_role: RoleId = ""
    task_role: RoleId = ""
    secrets: tuple[SecretId, ...] = ()
    variables: dict[str, str] = {}
    user: str = ""
    privileged: Switch | None = None
    read_only_root: Switch | None = None
    log_group: LogGroupId = ""
    deployment: Deployment | None = None


class ComputeArea(Model):
    """The `compute:` section."""

    clusters: dict[str, Cluster] = {}
    services: dict[str, Service] = {}
