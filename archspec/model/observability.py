"""What watches: CloudWatch."""

from typing import ClassVar, Literal

from archspec.model.element import Element, Model


class Monitor(Element):
    """CloudWatch, and what it collects."""

    kind: ClassVar[str] = "monitor"
    home: ClassVar[tuple[str, str]] = ("observability", "monitors")

    collects: tuple[Literal["logs", "metrics", "traces"], ...] = ()


class ObservabilityArea(Model):
    """The `observability:` section."""

    monitors: dict[str, Monitor] = {}
