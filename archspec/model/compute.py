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
    """Where its tasks run: `FARGATE`, `FARGATE_SPOT`, or a provider of your own."""
    container_insights: Switch | None = None
    """Whether CloudWatch Container Insights is on."""


class ScalingPolicy(Model):
    """Keeps a metric near its target by changing the number of tasks; a cooldown is the pause after each change.

    https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking.html
    """

    metric: str
    """The metric that is kept near the target: `CPU`, `memory`, `requests per target`."""
    target: Measure | None = None
    """The figure that the metric is kept near: `70%`."""
    out_cooldown: Duration | None = None
    """The pause after tasks were added."""
    in_cooldown: Duration | None = None
    """The pause after tasks were removed."""
    name: str = ""
    """What AWS calls the policy."""
    note: str = ""
    status: Literal["current", "planned", "disabled"] = "current"
    """Whether the policy is there today, planned or disabled."""


class ScalingSchedule(Model):
    """New bounds at a time: `8 AM Mon-Fri`."""

    at: str
    """When the bounds change: `8 AM Mon-Fri`."""
    min: Tasks | None = None
    """The least tasks from then on."""
    max: Tasks | None = None
    """The most tasks from then on."""
    name: str = ""
    """What AWS calls the scheduled action."""
    note: str = ""


class Scaling(Model):
    """The bounds of a service's number of tasks, and what moves it between them."""

    min: Tasks
    """The least tasks."""
    max: Tasks
    """The most tasks."""
    policies: tuple[ScalingPolicy, ...] = ()
    """What moves the number of tasks by a metric."""
    schedules: tuple[ScalingSchedule, ...] = ()
    """What moves the bounds at a time."""


class Deployment(Model):
    """How new tasks replace old ones.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
    """

    type: Literal["rolling", "blue-green", "canary"] = "rolling"
    """How tasks are replaced: a few at a time, all at once beside the old ones, or a share first."""
    circuit_breaker: Switch | None = None
    """Whether a deployment that does not become healthy is given up."""
    rollback: Switch | None = None
    """Whether what was given up is rolled back."""
    minimum_healthy: Percent | None = None
    """The share of the desired tasks that has to be healthy meanwhile."""
    maximum: Percent | None = None
    """How many tasks may run meanwhile, as a share of the desired number: `200%`."""
    grace_period: Duration | None = None
    """How long failing health checks do not count after a task has started."""
    note: str = ""


class Service(Element):
    """An ECS service: `desired` copies of a task.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html
    """

    kind: ClassVar[str] = "service"
    home: ClassVar[tuple[str, str]] = ("compute", "services")
    attached: ClassVar[bool] = True

    cluster: Annotated[str, Refers(("cluster",))] = ""
    """The ECS cluster that it runs in."""
    launch: Literal["fargate", "ec2"] = "fargate"
    """Where its tasks run: on Fargate, or on instances of your own."""
    platform: str = ""
    """The version of the platform that its tasks run on: `1.4.0`."""
    image: str = ""
    """The container image, with its tag or digest."""
    registry: Annotated[str, Refers(("registry",))] = ""
    """The registry that the image comes from."""
    port: Port | None = None
    """The port on which its tasks answer."""
    transport: Transport = "tcp"
    """What carries requests to that port."""
    cpu: PositiveInt | None = None
    """The CPU of one task, in CPU units: 1024 is one vCPU, 512 is half of one."""
    memory: Mebibytes | None = None
    """The memory of one task, in MiB or with a unit: `512`, `1 GB`."""
    desired: Tasks = 1
    """How many tasks are meant to run."""
    scaling: Scaling | None = None
    """The bounds of the number of tasks, and what moves it between them."""
    singleton: str = ""
    """Why no second task may run beside the first, and what keeps it out."""
    availability: Percent | None = None
    """The share of the time in which the service itself answers, where somebody promises or measures it: `99.9%`."""
    throughput: Count | None = None
    """The requests a second that one task can serve."""
    peak: Count | None = None
    """The requests a second that reach the service at its busiest."""
    health_check: str = ""
    """The path that a load balancer asks for: `/health`."""
    health_command: str = ""
    """The command that the container itself is checked by."""
    subnets: tuple[SubnetId, ...]
    """The subnets that its tasks stand in."""
    security_groups: tuple[SecurityGroupId, ...]
    """The security groups of its tasks."""
    load_balancer: Annotated[str, Refers(("load_balancer",))] = ""
    """The load balancer before it."""
    public_ip: Switch = False
    """Whether its tasks have public addresses."""
    namespace: Annotated[str, Refers(("namespace",))] = ""
    """The namespace that it is found in by others."""
    domain: str = ""
    """The name under which it is found: `api.internal`."""
    execution_role: RoleId = ""
    """The role by which ECS starts its tasks: it fetches images and secrets, and writes logs."""
    task_role: RoleId = ""
    """The role that its containers act as."""
    secrets: tuple[SecretId, ...] = ()
    """The secrets that its containers are given."""
    variables: dict[str, str] = {}
    """The environment variables of its containers, by name."""
    user: str = ""
    """Whom its containers run as: `1000`, `node`."""
    privileged: Switch | None = None
    """Whether its containers have the rights of the host's root."""
    read_only_root: Switch | None = None
    """Whether the root file system of its containers is read-only."""
    log_group: LogGroupId = ""
    """The log group that its containers write to."""
    deployment: Deployment | None = None
    """How new tasks replace old ones."""


class ComputeArea(Model):
    """The `compute:` section."""

    clusters: dict[str, Cluster] = {}
    """ECS clusters by id."""
    services: dict[str, Service] = {}
    """ECS services by id."""
