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
    watches: tuple[ElementId, ...] = ()
    metrics: tuple[str, ...] = ()


class LogGroup(Element):
    """A CloudWatch log group. `writers` are those who write to it beside what names it in `log_group:`.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html
    """

    kind: ClassVar[str] = "log_group"
    home: ClassVar[tuple[str, str]] = ("observability", "log_groups")

    retention: Duration | None = None
    key: KeyId = ""
    writers: tuple[ElementId, ...] = ()
    holds: str = ""


class FlowLog(Element):
    """A VPC flow log: which packets were let through or refused, written to a log group or a bucket."""

    kind: ClassVar[str] = "flow_log"
    home: ClassVar[tuple[str, str]] = ("observability", "flow_logs")

    vpc: VpcId = ""
    traffic: Literal["all", "accept", "reject"] = "all"
    log_group: LogGroupId = ""
    bucket: Annotated[str, Refers(("bucket",))] = ""
    role: RoleId = ""


class Alarm(Element):
    """A CloudWatch alarm on a metric: its threshold, for how long, what happens then, and its state when last seen.

    It goes off when `datapoints` of them, each over one `period`, are beyond the threshold.
    """

    kind: ClassVar[str] = "alarm"
    home: ClassVar[tuple[str, str]] = ("observability", "alarms")

    metric: str
    watches: tuple[ElementId, ...] = ()
    threshold: Measure
    period: Duration | None = None
    datapoints: PositiveInt | None = None
    severity: Literal["critical", "high", "medium", "low", "warning"] | None = None
    state: Literal["OK", "ALARM", "INSUFFICIENT_DATA"] | None = None
    notifies: tuple[TopicId, ...] = ()
    action: str = ""


class Dashboard(Element):
    """A CloudWatch dashboard and what it shows."""

    kind: ClassVar[str] = "dashboard"
    home: ClassVar[tuple[str, str]] = ("observability", "dashboards")

    shows: tuple[str, ...] = ()


class Budget(Element):
    """An AWS budget: a limit a month, and the shares of it, spent or forecast, at which it tells somebody."""

    kind: ClassVar[str] = "budget"
    home: ClassVar[tuple[str, str]] = ("observability", "budgets")

    limit: Money
    alerts: tuple[Percent, ...] = ()
    forecast_alerts: tuple[Percent, ...] = ()
    notifies: tuple[TopicId, ...] = ()


class AnomalyMonitor(Element):
    """A cost anomaly monitor: what it looks at, from which amount on, and how often it tells somebody."""

    kind: ClassVar[str] = "anomaly_monitor"
    home: ClassVar[tuple[str, str]] = ("observability", "anomaly_monitors")

    level: str = ""
    threshold: Money | None = None
    frequency: str = ""
    subscription: str = ""
    notifies: tuple[TopicId, ...] = ()


class ObservabilityArea(Model):
    """The `observability:` section."""

    monitors: dict[str, Monitor] = {}
    log_groups: dict[str, LogGroup] = {}
    flow_logs: dict[str, FlowLog] = {}
    alarms: dict[str, Alarm] = {}
    dashboards: dict[str, Dashboard] = {}
    budgets: dict[str, Budget] = {}
    anomaly_monitors: dict[str, AnomalyMonitor] = {}
