"""Whether something listens where a connection leads, and whether a load balancer forwards there."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from archspec.errors import KeyPath
from archspec.findings import Hop
from archspec.graph.graph import Graph, is_attached, listens
from archspec.graph.intervals import NOTHING, Intervals, intersect, spell, traffic, union
from archspec.model.compute import Service
from archspec.model.edge import Distribution
from archspec.model.element import Element
from archspec.model.network import LoadBalancer, TargetGroup
from archspec.model.ports import PortRange
from archspec.model.status import current

_VIEWERS = (*traffic((PortRange(80, 80), PortRange(443, 443))), *traffic((PortRange(443, 443),), "udp"))
"""What a distribution takes from viewers: HTTP, HTTPS, and HTTP/3, which is HTTPS over UDP.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-web-values-specify.html
"""


def heard(target: Element) -> Intervals:
    """Return what an element is known to answer to; nothing where no port is stated, or none is known outside."""
    if isinstance(target, Distribution):
        return _VIEWERS
    return listens(target) if is_attached(target) else NOTHING


def answer(target: Element, wanted: Intervals) -> tuple[Hop, ...]:
    """Say whether anything listens there; nothing to say about what stands outside and has no known ports."""
    known = heard(target)
    if not known and not is_attached(target):
        return ()
    if not known:
        text = f"{target.id} states no port, so it is not known whether it answers"
        return (Hop("note", text, target.path, "FACT_MISSING"),)
    if intersect(known, wanted):
        return (Hop("open", f"{target.id} listens on {spell(intersect(known, wanted))}", target.path),)
    code = "ELBV2_LISTENER_PORT_RESTRICTION" if isinstance(target, LoadBalancer) else "FLOW_NO_LISTENER"
    return (Hop("blocked", f"{target.id} listens on {spell(known)} only", target.path, code),)


class Forward(NamedTuple):
    """A listener, or a rule of one, that sends requests to a target group or to a service; and where it stands."""

    to: str
    path: KeyPath


def forwards(balancer: LoadBalancer) -> Iterator[Forward]:
    """Yield where a load balancer's listeners and their rules forward to."""
    for i, listener in enumerate(balancer.listeners):
        path = (*balancer.path, "listeners", i)
        if listener.forward:
            yield Forward(listener.forward, path)
        yield from (Forward(rule.forward, (*path, "rules", j)) for j, rule in enumerate(listener.rules))


@lru_cache(maxsize=1)
def _of_service(graph: Graph) -> Mapping[str, list[TargetGroup]]:
    found: dict[str, list[TargetGroup]] = {}
    for group in current(graph.architecture.network.target_groups.values()):
        found.setdefault(group.target, []).append(group)
    return found


def forwarded(graph: Graph, balancer: LoadBalancer) -> Mapping[str, list[tuple[Forward, TargetGroup]]]:
    """Return where a load balancer forwards to, service by service: the listener or rule, and the target group.

    A listener that names a service means the service's target groups.
    """
    known = _forwarded(graph)
    if balancer.id not in known:
        found = known.setdefault(balancer.id, {})
        for one in forwards(balancer):
            for group in _groups(graph, one.to):
                found.setdefault(group.target, []).append((one, group))
    return known[balancer.id]


def _groups(graph: Graph, id_: str) -> list[TargetGroup]:
    """Return the target groups that an id means; a service of which none is stated or derived is one by itself."""
    named = graph.architecture.network.target_groups.get(id_)
    if named is not None:
        return [named]
    stated = _of_service(graph).get(id_)
    if stated is not None:
        return stated
    service = graph.architecture.compute.services.get(id_)
    return [TargetGroup(id=id_, target=id_, port=service.port)] if service and service.port is not None else []


@lru_cache(maxsize=1)
def _forwarded(_graph: Graph) -> dict[str, dict[str, list[tuple[Forward, TargetGroup]]]]:
    return {}


def forward_hops(graph: Graph, source: Element, target: Element, wanted: Intervals) -> tuple[Hop, ...]:
    """Say whether a load balancer forwards to a service on the port; nothing about anything else."""
    if not isinstance(source, LoadBalancer) or not isinstance(target, Service):
        return ()
    known = forwarded(graph, source)
    if not known or not listens(target):
        text = f"it is not stated on which port {source.id} forwards, so it is not known whether it does to {target.id}"
        return (Hop("note", text, source.path, "FACT_MISSING"),)
    own = known.get(target.id, [])
    if not own:
        others = ", ".join(known)
        text = f"no listener of {source.id} forwards to {target.id}, but to {others}"
        return (Hop("blocked", text, source.path, "ELBV2_LISTENER_HAS_NO_TG"),)
    for forward, group in own:
        if intersect(_heard(group), wanted):
            return (
                Hop(
                    "open",
                    f"{source.id} forwards to {group.id}, which is {target.id} on port {group.port}",
                    forward.path,
                ),
            )
    _, first = own[0]
    heard = spell(union(*(_heard(group) for _, group in own)))
    text = f"{first.id} sends what {source.id} forwards to {target.id} on {heard} only"
    return (Hop("blocked", text, first.path, "TARGET_PORT_RESTRICTION"),)


def _heard(group: TargetGroup) -> Intervals:
    return traffic((PortRange(group.port, group.port),), "udp" if group.protocol == "UDP" else "tcp")
