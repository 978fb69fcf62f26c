"""Which section describes which kinds of element: one line a section. Kinds are named by their key in a spec.

A key of which there are no elements costs nothing, and a kind that no line names stands among the supporting services.
"""

from collections.abc import Mapping
from typing import NamedTuple

from archspec.model.document import SectionName
from archspec.model.element import Element


class Group(NamedTuple):
    """A section that is nothing but a table for each of its kinds, in this order."""

    title: str
    keys: tuple[str, ...]


GROUPS: Mapping[SectionName, Group] = {
    "edge": Group("Edge and certificates", ("distributions", "zones", "web_acls", "certificates")),
    "storage": Group("Storage", ("buckets",)),
    "external": Group("Actors and external systems", ("actors", "systems")),
    "access": Group("Access and secrets", ("roles", "keys", "secrets", "secret_stores")),
    "protection": Group("Protection", ("detectors",)),
    "observability": Group(
        "Observability",
        ("monitors", "log_groups", "flow_logs", "alarms", "dashboards", "budgets", "anomaly_monitors"),
    ),
    "delivery": Group("Delivery", ("registries", "repositories", "builds", "pipelines")),
}
"""The sections that need no code and no template of their own."""

_STORE = frozenset({
    "name", "note", "engine", "engine_version", "class", "port", "domain", "subnets", "security_groups", "instances",
    "multi_az", "encrypted", "key", "tls", "credentials", "backups", "maintenance_window", "logs", "log_group",
    "rebuild_from",
})  # fmt: skip

LAID_OUT: Mapping[SectionName, Mapping[str, frozenset[str] | None]] = {
    "network": {
        "vpcs": frozenset({"cidr", "secondary_cidrs", "name", "note"}),
        "subnets": frozenset({"vpc", "az", "tier", "cidr", "name", "note"}),
        "internet_gateways": frozenset({"vpc", "name", "note"}),
        "nat_gateways": frozenset({"subnet", "name", "note"}),
        "route_tables": frozenset({"vpc", "subnets", "routes", "name", "note"}),
        "elastic_ips": None,
        "endpoints": None,
        "nacls": frozenset({"vpc", "subnets", "ingress", "egress", "name", "note"}),
        "namespaces": None,
    },
    "security-groups": {"security_groups": frozenset({"vpc", "ingress", "egress", "name", "note"})},
    "services": {
        "clusters": frozenset({"name", "note", "capacity_providers", "container_insights"}),
        "services": frozenset({
            "name", "note", "cluster", "launch", "platform", "image", "registry", "port", "transport", "cpu", "memory",
            "desired", "scaling", "health_check", "health_command", "subnets", "security_groups", "load_balancer",
            "public_ip", "namespace", "domain", "execution_role", "task_role", "secrets", "log_group", "deployment",
        }),
    },
    "load-balancing": {
        "load_balancers": frozenset({
            "name", "note", "type", "scheme", "domain", "subnets", "security_groups", "listeners", "cross_zone",
            "sticky", "stickiness", "access_logs", "idle_timeout",
        }),
        "target_groups": frozenset({
            "name", "note", "target", "port", "protocol", "health_check", "interval", "timeout", "healthy_after",
            "unhealthy_after", "deregistration_delay", "algorithm",
        }),
    },
    "data": {
        "databases": _STORE | {"storage", "max_storage", "grows_at", "grows_by", "capacity"},
        "caches": _STORE | {"serverless"},
        "proxies": None,
    },
    "messaging": {"topics": None, "queues": None},
}  # fmt: skip
"""The sections with a layout of their own: key of a kind → the keys of an element that the layout shows.

What else an element states goes into a table behind the layout, so a key that is left out on purpose stands here too.
Nothing instead of keys: the layout does not know the kind, and its elements are described in tables behind it.
`instances.role` is a key within a model.
"""

USED_BY = frozenset({"keys", "roles", "secrets", "secret_stores", "log_groups"})
"""The kinds of which it is worth knowing who refers to an element."""

_SECTION: Mapping[str, SectionName] = {
    **{key: name for name, group in GROUPS.items() for key in group.keys},
    **{key: name for name, kinds in LAID_OUT.items() for key in kinds},
}


def section_of(kind: type[Element]) -> SectionName:
    """Return the section that describes elements of a kind, if the document has it."""
    return _SECTION.get(kind.home[1], "supporting-services")
