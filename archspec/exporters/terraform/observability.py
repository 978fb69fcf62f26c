"""What watches: log groups, flow logs, alarms, dashboards, budgets."""

from collections.abc import Iterator

from archspec.exporters.terraform import alarms, budgets, dashboards, flow_logs, log_groups
from archspec.exporters.terraform.resource import Part
from archspec.model.architecture import Architecture


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield everything of the area, in the order of its modules."""
    for area in (log_groups, flow_logs, alarms, dashboards, budgets):
        yield from area.resources(architecture)
