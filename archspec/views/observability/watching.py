"""Who is watched by what, who writes logs where, and who is told: the cards and arrows of observability."""

from collections.abc import Iterable, Iterator

from archspec.model.architecture import Architecture
from archspec.model.element import Element
from archspec.model.messaging import Topic
from archspec.model.network import LoadBalancer
from archspec.model.observability import Alarm, AnomalyMonitor, Budget, Dashboard, FlowLog, LogGroup, Monitor
from archspec.model.security import Detector
from archspec.views.parts.budgets import budget_facts
from archspec.views.parts.cards import card, living
from archspec.views.parts.subscribers import subscribers
from archspec.views.parts.words import joined
from archspec.views.view import Edge, Group, Node

LOGS, ALARMS, ACCOUNT = "@logs", "@alarms", "@account"
_KINDS = ("monitor", "log_group", "flow_log", "alarm", "dashboard", "budget", "anomaly_monitor", "detector")
"""What is drawn whether it is joined to something or not."""


def edges(architecture: Architecture) -> tuple[Edge, ...]:
    """Return the arrows from what is watched to what watches it, and on to those who are told."""
    found = [
        edge
        for element in architecture.elements.values()
        for edge in (*_logs(element), *_watches(architecture, element), *_tells(architecture, element))
    ]
    monitors = architecture.observability.monitors
    found += [
        Edge(one.source, one.target, one.note, one.status) for one in architecture.flows if one.target in monitors
    ]
    return joined(living(architecture, found))


def _logs(element: Element) -> Iterator[Edge]:
    log_group = getattr(element, "log_group", "")
    if log_group:
        yield Edge(element.id, log_group)
    match element:
        case LogGroup(writers=writers):
            yield from (Edge(writer, element.id) for writer in writers)
        case FlowLog(vpc=vpc, bucket=bucket):
            yield from (Edge(*ends) for ends in ((vpc, element.id), (element.id, bucket)) if all(ends))
        case LoadBalancer(access_logs=bucket) if bucket:
            yield Edge(element.id, bucket, "access logs")
        case _:
            return


def _watches(architecture: Architecture, element: Element) -> Iterator[Edge]:
    match element:
        case Monitor(watches=watched) | Alarm(watches=watched):
            yield from (Edge(one, element.id) for one in watched)
        case Dashboard():
            yield from (Edge(one, element.id) for one in _measuring(architecture))
        case Detector():
            yield Edge(ACCOUNT, element.id, status=element.status)
        case _:
            return


def _tells(architecture: Architecture, element: Element) -> Iterator[Edge]:
    match element:
        case Alarm(notifies=topics) | Budget(notifies=topics) | AnomalyMonitor(notifies=topics):
            yield from (Edge(element.id, topic) for topic in topics)
        case Topic() if _is_about_watching(architecture, element):
            yield from (Edge(one, element.id) for one in element.publishers)
            yield from (Edge(element.id, node.id, one.protocol, node.status) for node, one in subscribers(element))
        case _:
            return


def _is_about_watching(architecture: Architecture, topic: Topic) -> bool:
    area = architecture.observability
    told = {id_ for alarm in area.alarms.values() for id_ in alarm.notifies}
    told |= {id_ for budget in area.budgets.values() for id_ in budget.notifies}
    told |= {id_ for monitor in area.anomaly_monitors.values() for id_ in monitor.notifies}
    watchers = {*area.monitors, *area.budgets, *area.anomaly_monitors}
    return topic.id in told or bool(watchers & set(topic.publishers))


def _measuring(architecture: Architecture) -> list[str]:
    """Return the CloudWatch whose metrics a dashboard shows, where only one thing can be meant."""
    found = [one.id for one in architecture.observability.monitors.values() if "metrics" in one.collects]
    return found if len(found) == 1 else []


def nodes(architecture: Architecture, arrows: Iterable[Edge]) -> Iterator[Node]:
    """Yield what watches, and whatever else the arrows join."""
    ends = dict.fromkeys(end for edge in arrows for end in (edge.source, edge.target))
    for element in architecture.elements.values():
        if element.status != "removed" and (element.id in ends or element.kind in _KINDS):
            yield card(element, _frame(element), _facts(architecture, element))
            if isinstance(element, Topic):
                yield from (node for node, _ in subscribers(element) if node.id in ends)
    if ACCOUNT in ends:
        yield Node(ACCOUNT, "AWS account", "AWS account", "account", detail=tuple(filter(None, [architecture.account])))


def _frame(element: Element) -> str:
    return {"log_group": LOGS, "alarm": ALARMS}.get(element.kind, "")


def _facts(architecture: Architecture, element: Element) -> Iterator[str]:
    match element:
        case LogGroup(name=name, holds=holds, retention=retention, key=key):
            yield from (name if name != element.label else "", holds)
            with_key = architecture.elements[key].label if key in architecture.elements else key
            yield ", ".join(filter(None, (f"kept {retention}" if retention else "", with_key)))
        case FlowLog(traffic=traffic):
            yield f"{'all' if traffic == 'all' else f'{traffic}ed'} traffic"
        case Alarm():
            yield from _of_alarm(element)
        case Monitor(collects=collects, metrics=metrics):
            yield from (", ".join(collects), *metrics)
        case Dashboard(shows=shows):
            yield from shows
        case Budget() | AnomalyMonitor():
            yield from budget_facts(element)
        case _:
            return


def _of_alarm(alarm: Alarm) -> Iterator[str]:
    yield f"{alarm.metric} {alarm.threshold}"
    state = f"state {alarm.state}" if alarm.state else ""
    times = f"{alarm.datapoints} × " if alarm.datapoints and alarm.datapoints > 1 else ""
    yield ", ".join(filter(None, (f"{times}{alarm.period}" if alarm.period else "", alarm.severity, state)))
    yield alarm.action


def opened(node: Node) -> tuple[Group, list[Node]]:
    """Return a dashboard as a frame, with a card for each thing that it shows: `ECS Metrics: CPU, Memory`."""
    frame = Group(node.id, node.title, "dashboard", node.parent, status=node.status)
    return frame, [
        Node(f"{node.id}@{number}", node.element, title, "dashboard", node.id, _split(rest), status=node.status)
        for number, (title, _, rest) in enumerate(line.partition(": ") for line in node.detail)
    ]


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split(", ")) if text else ()
