"""What watches: logs, metrics, alarms, dashboards, budgets."""

from typing import Annotated, ClassVar, Literal

from archspec.model.element import Element, ElementId, KeyId, LogGroupId, Model, PositiveInt, Refers, RoleId, VpcId
from archspec.model.quantity import Duration, Measure, Money, Percent

TopicId = Annotated[str, Refers(("topic",))]


class Monitor(Element):
    """CloudWatch or X-Ray: what it collects, and which metrics of which elements."""

    kind: ClassVar[str] = "monitor"
    home: ClassVar[tuple[str, str]] = ("observability", "monitors")

    collects: tuple[Literal["logs", "metrics", "traces"], ...] = ()
    """What it collects."""
    watches: tuple[ElementId, ...] = ()
    """The elements that it watches."""
    metrics: tuple[str, ...] = ()
    """The metrics that it collects: `CPUUtilization`."""


class LogGroup(Element):
    """A CloudWatch log group.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html
    """

    kind: ClassVar[str] = "log_group"
    home: ClassVar[tuple[str, str]] = ("observability", "log_groups")

    retention: Duration | None = None
    """How long it keeps what is written; left out, it is not stated."""
    key: KeyId = ""
    """The KMS key that it is encrypted with; left out, AWS's own."""
    writers: tuple[ElementId, ...] = ()
    """Who writes to it, beside what names it in `log_group:`."""
    holds: str = ""
    """What is written to it, in words."""


class FlowLog(Element):
    """A VPC flow log: which packets were let through or refused, written to a log group or a bucket."""

    kind: ClassVar[str] = "flow_log"
    home: ClassVar[tuple[str, str]] = ("observability", "flow_logs")

    vpc: VpcId = ""
    """The VPC whose packets it records; may be left out where there is one."""
    traffic: Literal["all", "accept", "reject"] = "all"
    """Which packets it records."""
    log_group: LogGroupId = ""
    """The log group that it writes to."""
    bucket: Annotated[str, Refers(("bucket",))] = ""
    """The bucket that it writes to."""
    role: RoleId = ""
    """The role by which it writes."""


class Alarm(Element):
    """A CloudWatch alarm on a metric: its threshold, for how long, what happens then, and its state when last seen."""

    kind: ClassVar[str] = "alarm"
    home: ClassVar[tuple[str, str]] = ("observability", "alarms")

    metric: str
    """The metric: `CPUUtilization`."""
    watches: tuple[ElementId, ...] = ()
    """The elements that it is about."""
    threshold: Measure
    """The figure beyond which it goes off: `> 85%`."""
    period: Duration | None = None
    """The time that one datapoint is about."""
    datapoints: PositiveInt | None = None
    """How many datapoints have to be beyond the threshold."""
    severity: Literal["critical", "high", "medium", "low", "warning"] | None = None
    """How bad it is when it goes off."""
    state: Literal["OK", "ALARM", "INSUFFICIENT_DATA"] | None = None
    """Its state when it was last seen."""
    notifies: tuple[TopicId, ...] = ()
    """The topics that it tells."""
    action: str = ""
    """What happens when it goes off, in words."""


class Dashboard(Element):
    """A CloudWatch dashboard and what it shows."""

    kind: ClassVar[str] = "dashboard"
    home: ClassVar[tuple[str, str]] = ("observability", "dashboards")

    shows: tuple[str, ...] = ()
    """What it shows."""


class Budget(Element):
    """An AWS budget: a limit a month, and the shares of it, spent or forecast, at which it tells somebody."""

    kind: ClassVar[str] = "budget"
    home: ClassVar[tuple[str, str]] = ("observability", "budgets")

    limit: Money
    """The limit a month."""
    alerts: tuple[Percent, ...] = ()
    """The shares of the limit, spent, at which it tells somebody."""
    forecast_alerts: tuple[Percent, ...] = ()
    """The shares of the limit, forecast, at which it tells somebody."""
    notifies: tuple[TopicId, ...] = ()
    """The topics that it tells."""


class AnomalyMonitor(Element):
    """A cost anomaly monitor: what it looks at, from which amount on, and how often it tells somebody."""

    kind: ClassVar[str] = "anomaly_monitor"
    home: ClassVar[tuple[str, str]] = ("observability", "anomaly_monitors")

    level: str = ""
    """What it looks at: `services`, `linked accounts`."""
    threshold: Money | None = None
    """From which amount on it tells somebody."""
    frequency: str = ""
    """How often it tells somebody: `daily`."""
    subscription: str = ""
    """Whom it tells, in words."""
    notifies: tuple[TopicId, ...] = ()
    """The topics that it tells."""


class ObservabilityArea(Model):
    """The `observability:` section."""

    monitors: dict[str, Monitor] = {}
    """CloudWatch, X-Ray and the like, by id."""
    log_groups: dict[str, LogGroup] = {}
    """CloudWatch log groups by id."""
    flow_logs: dict[str, FlowLog] = {}
    """VPC flow logs by id."""
    alarms: dict[str, Alarm] = {}
    """CloudWatch alarms by id."""
    dashboards: dict[str, Dashboard] = {}
    """CloudWatch dashboards by id."""
    budgets: dict[str, Budget] = {}
    """AWS budgets by id."""
    anomaly_monitors: dict[str, AnomalyMonitor] = {}
    """Cost anomaly monitors by id."""
