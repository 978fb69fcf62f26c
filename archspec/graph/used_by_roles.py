"""What holds a role, and what of AWS's that uses: the backing of its grants."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from archspec.graph.graph import Graph
from archspec.graph.uses_of_aws import standing_for, uses
from archspec.model.architecture import Architecture
from archspec.model.network import Endpoint
from archspec.model.status import current

_SERVED: Mapping[str, frozenset[str]] = {
    "ecr.api": frozenset({"registry"}),
    "ecr.dkr": frozenset({"registry"}),
    "s3": frozenset({"bucket"}),
    "sqs": frozenset({"queue"}),
    "sns": frozenset({"topic"}),
    "kms": frozenset({"key"}),
    "logs": frozenset({"log_group", "monitor"}),
    "monitoring": frozenset({"monitor"}),
    "secretsmanager": frozenset({"secret", "secret_store"}),
    "ssm": frozenset({"secret_store"}),
}
"""Short name of an endpoint's service → the kinds that a flow to it may be about."""


_RELATED: Mapping[str, frozenset[str]] = {
    "monitor": frozenset({"log_group"}),
    "log_group": frozenset({"monitor"}),
}
"""Kind → the kinds that a use of one may be about as well: CloudWatch keeps the logs."""


class Used(NamedTuple):
    """What whatever has a role uses: elements, and kinds of which any may be meant."""

    elements: set[str]
    kinds: set[str]


@lru_cache(maxsize=1)
def used_by_roles(graph: Graph) -> Mapping[str, Used]:
    """Return role → what whatever has it uses; roles that nothing has are left out."""
    found: dict[str, Used] = {}
    for role, id_ in _pairs(graph):
        used = found.setdefault(role, Used(set(), set()))
        element = graph.architecture.elements[id_]
        used.elements.add(id_)
        used.kinds.update(_RELATED.get(element.kind, ()))
        if isinstance(element, Endpoint):
            used.kinds.update(_SERVED.get(element.service, ()))
    return found


def is_backed(graph: Graph, role: str, id_: str) -> bool:
    """Whether something that has the role uses an element, what stands for it, or what is encrypted with it."""
    used = used_by_roles(graph)[role]
    if id_ in used.elements or graph.architecture.elements[id_].kind in used.kinds:
        return True
    # Each on its own: a joined set would be as large as all secrets of a store, for every role.
    meant = (standing_for(graph).get(id_, frozenset()), _encrypted(graph).get(id_, frozenset()))
    return any(not used.elements.isdisjoint(ids) for ids in meant)


@lru_cache(maxsize=1)
def _encrypted(graph: Graph) -> Mapping[str, frozenset[str]]:
    """Return key → what is encrypted with it, and what stands for that."""
    found: dict[str, set[str]] = {}
    for element in graph.architecture.elements.values():
        key: str = element.__dict__.get("key", "")
        if key:
            found.setdefault(key, set()).update((element.id, *standing_for(graph).get(element.id, ())))
    return {key: frozenset(ids) for key, ids in found.items()}


def _pairs(graph: Graph) -> Iterator[tuple[str, str]]:
    """Yield role and element; what has a role counts as using itself, so that no role with a holder is left out."""
    for service in current(graph.architecture.compute.services.values()):
        yield from ((role, service.id) for role in (service.task_role, service.execution_role) if role)
    for use in uses(graph):
        yield from ((role, use.target.id) for role in use.roles)
    yield from _flow_targets(graph)
    yield from _of_others(graph.architecture)


def _flow_targets(graph: Graph) -> Iterator[tuple[str, str]]:
    """Yield what flows lead to that takes no actions known here: monitors, other systems, stores."""
    for connection in graph.connections:
        for source in connection.sources:
            for role in (getattr(source, "task_role", ""), getattr(source, "execution_role", "")):
                if role:
                    yield role, connection.flow.target


def _of_others(architecture: Architecture) -> Iterator[tuple[str, str]]:
    delivery, data = architecture.delivery, architecture.data
    for build in delivery.builds.values():
        yield from ((build.role, id_) for id_ in (build.id, build.log_group) if build.role and id_)
    for pipeline in delivery.pipelines.values():
        used = {id_ for stage in pipeline.stages for id_ in stage.uses}
        roles = {pipeline.role, *(delivery.builds[id_].role for id_ in used if id_ in delivery.builds)}
        held = {pipeline.id, pipeline.artifacts, pipeline.source, *used}
        yield from ((role, id_) for role in sorted(roles) if role for id_ in sorted(held) if id_)
    for proxy in data.proxies.values():
        yield from ((proxy.role, id_) for id_ in (proxy.target, *proxy.credentials) if proxy.role)
    for log in architecture.observability.flow_logs.values():
        yield from ((log.role, id_) for id_ in (log.id, log.log_group, log.bucket) if log.role and id_)
    for bucket in data.buckets.values():
        yield from (
            (id_, bucket.id) for id_ in (*bucket.readers, *bucket.writers) if id_ in architecture.security.roles
        )
