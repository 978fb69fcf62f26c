"""Pictures of the author's own: a ready one, narrowed to what it is about."""

from typing import ClassVar, Literal

from pydantic import Field

from archspec.model.element import ElementId, Listed, Status

ReadyView = Literal[
    "overview", "network", "traffic", "edge", "services", "security-groups", "security", "permissions", "encryption",
    "journeys", "messaging", "data", "delivery", "recovery", "observability", "cost",
]  # fmt: skip
"""The pictures that every architecture has, as far as it has something to show in them."""

Kind = Literal[
    "vpcs", "subnets", "internet_gateways", "nat_gateways", "elastic_ips", "route_tables", "nacls", "peerings",
    "prefix_lists", "security_groups", "endpoints", "namespaces", "load_balancers", "target_groups",
    "clusters", "services",
    "databases", "caches", "proxies", "buckets",
    "topics", "queues",
    "distributions", "zones", "web_acls",
    "certificates", "keys", "secret_stores", "secrets", "roles", "detectors",
    "monitors", "log_groups", "flow_logs", "alarms", "dashboards", "budgets", "anomaly_monitors",
    "registries", "repositories", "builds", "pipelines",
    "actors", "systems",
]  # fmt: skip
"""A kind of element, by its key in a spec."""


class OwnView(Listed):
    """A picture of the author's own: the ready one that it is made `of`, narrowed.

    It shows what is of one of the `kinds`, has one of the `tags` and one of the `statuses`; each counts where it is
    stated. What is left out is said below it.
    """

    home: ClassVar[str] = "views"

    name: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)
    """The name of its file, in kebab-case, of 60 characters at most."""
    of: ReadyView
    """The ready picture that it is made of."""
    title: str = ""
    """Its heading; left out, that of the ready picture."""
    kinds: tuple[Kind, ...] = ()
    """The kinds of elements that it shows; left out, all."""
    tags: tuple[str, ...] = ()
    """It shows what has one of these tags; left out, tags do not matter."""
    statuses: tuple[Status, ...] = ()
    """It shows what has one of these statuses; left out, statuses do not matter."""
    environments: tuple[str, ...] = ()
    """The environments that have the picture; left out, all."""
    around: tuple[ElementId, ...] = ()
    """Elements that are shown with whatever an arrow joins to them."""
