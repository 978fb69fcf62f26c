"""Metrics that nothing sends, as far as a spec tells: which ones people mean, and what would have to be there.

The lag of a replica takes a replica, the number of tasks Container Insights, the load of a database Performance
Insights. People write the names of metrics as they like.

- https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html
- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Cloudwatch.html
"""

import re
from collections.abc import Iterable

from archspec.graph.graph import Graph
from archspec.graph.signals import compact
from archspec.model.compute import Cluster, Service
from archspec.model.data import Database, Store
from archspec.model.element import Element

_LAG = re.compile(r"(?<![a-z])lag(?![a-z])|replica(?:tion)?[ _-]?lag")
_COPIES = ("reader", "replica")
_TASKS = ("runningtask", "taskcount", "desiredtask", "pendingtask")
_LOAD = ("performanceinsights", "dbload")


def speaks_of_lag(metric: str) -> bool:
    """Whether a metric is how far a replica is behind: `AuroraReplicaLag`, `Replication lag`; no feature flag."""
    return bool(_LAG.search(metric.lower()))


def speaks_of_tasks(metric: str) -> bool:
    """Whether a metric is a number of tasks: `RunningTaskCount`, `Task count (running, pending)`."""
    return any(word in compact(metric) for word in _TASKS)


def speaks_of_load(metric: str) -> bool:
    """Whether a metric is one of Performance Insights: `DBLoad`, `Performance Insights: top SQL`."""
    return any(word in compact(metric) for word in _LOAD)


def could_lag(store: Store) -> bool:
    """Whether a store has a copy that follows it, in the Region or in another."""
    return any(one.role in _COPIES for one in store.members) or any(
        one.status == "current" for one in store.distant_replicas
    )


def clusters_of(graph: Graph, elements: Iterable[Element]) -> list[Cluster]:
    """Return the clusters among elements, and those of the services among them, sorted."""
    known = graph.architecture.compute.clusters
    names = {
        one.cluster if isinstance(one, Service) else one.id for one in elements if isinstance(one, Service | Cluster)
    }
    return [known[name] for name in sorted(names) if name in known]


def without_load(elements: Iterable[Element]) -> list[Database]:
    """Return the databases among elements if Performance Insights is off in all of them, and else none."""
    databases = [one for one in elements if isinstance(one, Database) and one.status == "current"]
    return databases if all(one.performance_insights is False for one in databases) else []
