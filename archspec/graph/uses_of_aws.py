"""Which services of AWS's are used by what runs: by declared flows, by messages, secrets, images and logs."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from archspec.errors import KeyPath
from archspec.graph.graph import Graph
from archspec.graph.services_meant import services_meant
from archspec.model.compute import Service
from archspec.model.element import Element
from archspec.model.network import Endpoint
from archspec.model.status import current

Need = tuple[tuple[str, ...], ...]
"""The actions that a use takes: of each group, one is enough. `sqs:` is any action of that service."""

_READ_SECRET: Need = (
    ("secretsmanager:GetSecretValue", "ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"),
)
_ANY: Mapping[str, Need] = {
    "bucket": (("s3:",),),
    "topic": (("sns:",),),
    "queue": (("sqs:",),),
    "secret": _READ_SECRET,
    "secret_store": _READ_SECRET,
    "key": (("kms:",),),
    "registry": (("ecr:GetAuthorizationToken",), ("ecr:BatchGetImage",)),
    "log_group": (("logs:PutLogEvents",),),
}
"""Kind → what a use of it takes where its purpose is not stated.

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

_SEND: Need = (("sqs:SendMessage",),)
_RECEIVE: Need = (("sqs:ReceiveMessage",), ("sqs:DeleteMessage",))
_PUBLISH: Need = (("sns:Publish",),)
_READ: Need = (("s3:GetObject",),)
_WRITE: Need = (("s3:PutObject",),)

_ENDPOINTS: Mapping[str, str] = {
    "ecr.api": "ecr:",
    "ecr.dkr": "ecr:",
    "s3": "s3:",
    "sqs": "sqs:",
    "sns": "sns:",
    "kms": "kms:",
    "logs": "logs:",
    "monitoring": "cloudwatch:",
    "secretsmanager": "secretsmanager:",
    "ssm": "ssm:",
    "dynamodb": "dynamodb:",
}
"""Short name of an endpoint's service → that of its actions."""


class Use(NamedTuple):
    """Services with the same roles that use an element of AWS's, what that takes, and the line that says so."""

    clients: tuple[Service, ...]
    target: Element
    need: Need
    path: KeyPath

    @property
    def id(self) -> str:
        """How findings and waivers call it: by the first of its clients."""
        return f"{self.clients[0].id} -> {self.target.id}"

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that the clients have: that of the application first."""
        return tuple(role for role in _roles(self.clients[0]) if role)


@lru_cache(maxsize=1)
def uses(graph: Graph) -> tuple[Use, ...]:
    """Return every use, in the order of the spec: that of a stated purpose instead of one of any."""
    found: dict[tuple[tuple[str, str], str, Need], tuple[list[Service], KeyPath]] = {}
    purposes: set[tuple[str, str]] = set()
    elements = graph.architecture.elements
    for service, target, need, path in (*_stated(graph), *_flows(graph)):
        if need == _ANY.get(elements[target].kind) and (service.id, target) in purposes:
            continue
        purposes.add((service.id, target))
        clients, _ = found.setdefault((_roles(service), target, need), ([], path))
        if not clients or clients[-1] is not service:
            clients.append(service)
    return tuple(
        Use(tuple(clients), elements[target], need, path) for (_, target, need), (clients, path) in found.items()
    )


def _roles(service: Service) -> tuple[str, str]:
    return service.task_role, service.execution_role


_Found = tuple[Service, str, Need, KeyPath]


def _stated(graph: Graph) -> Iterator[_Found]:
    """Yield the uses of a stated purpose."""
    messaging, buckets = graph.architecture.messaging, graph.architecture.data.buckets
    listed: list[tuple[Element, str, Iterable[str], Need]] = []
    for queue in messaging.queues.values():
        listed += [(queue, "producers", queue.producers, _SEND), (queue, "consumers", queue.consumers, _RECEIVE)]
    listed += [(topic, "publishers", topic.publishers, _PUBLISH) for topic in messaging.topics.values()]
    for bucket in buckets.values():
        listed += [(bucket, "readers", bucket.readers, _READ), (bucket, "writers", bucket.writers, _WRITE)]
    for element, key, users, need in listed:
        if element.status == "current":
            for i, id_ in enumerate(users):
                yield from ((one, element.id, need, (*element.path, key, i)) for one in services_meant(graph, id_))
    for service in current(graph.architecture.compute.services.values()):
        yield from _of_tasks(service)


def _of_tasks(service: Service) -> Iterator[_Found]:
    """Yield what ECS does for a task before it runs: secrets, the image, the logs."""
    for i, secret in enumerate(service.secrets):
        yield service, secret, _READ_SECRET, (*service.path, "secrets", i)
    if service.registry:
        yield service, service.registry, _ANY["registry"], (*service.path, "registry")
    if service.log_group:
        yield service, service.log_group, _ANY["log_group"], (*service.path, "log_group")


def _flows(graph: Graph) -> Iterator[_Found]:
    elements = graph.architecture.elements
    for flow in graph.architecture.flows:
        need = _need(elements[flow.target])
        if flow.status == "current" and need:
            yield from ((one, flow.target, need, flow.path) for one in services_meant(graph, flow.source))


def _need(target: Element) -> Need:
    if isinstance(target, Endpoint):
        service = _ENDPOINTS.get(target.service)
        return ((service,),) if service and target.status == "current" else ()
    return _ANY.get(target.kind, ()) if target.status == "current" else ()


@lru_cache(maxsize=1)
def standing_for(graph: Graph) -> Mapping[str, frozenset[str]]:
    """Return element → others that a grant may name for it: a secret's store, a store's secrets, logs and monitors."""
    architecture = graph.architecture
    found: dict[str, set[str]] = {}
    monitors = [one.id for one in architecture.observability.monitors.values()]
    groups = [one.id for one in architecture.observability.log_groups.values()]
    for secret in architecture.security.secrets.values():
        if secret.store:
            found.setdefault(secret.id, set()).add(secret.store)
            found.setdefault(secret.store, set()).add(secret.id)
    shared = frozenset(monitors), frozenset(groups)
    return {
        **{id_: frozenset(others) for id_, others in found.items()},
        **dict.fromkeys(groups, shared[0]),
        **dict.fromkeys(monitors, shared[1]),
    }
