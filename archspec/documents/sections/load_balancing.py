"""Load balancers: listeners, redirects, rules and target groups."""

from collections.abc import Iterator
from typing import NamedTuple

from archspec.documents.markup import Markdown, code, escape, join
from archspec.documents.page import Page, refer_if
from archspec.documents.wording import DERIVED, computed, if_stated, number
from archspec.graph.graph import is_public
from archspec.model.network import Listener, LoadBalancer, TargetGroup

TITLE = "Load balancing"


class BalancerRow(NamedTuple):
    """A load balancer."""

    balancer: Markdown
    name: Markdown
    note: str
    type: str
    scheme: Markdown
    domain: Markdown
    subnets: Markdown
    azs: Markdown
    groups: Markdown
    cross_zone: Markdown
    sticky: Markdown
    idle_timeout: Markdown
    access_logs: Markdown


class ListenerRow(NamedTuple):
    """What a listener does with requests to a path."""

    balancer: Markdown
    port: str
    protocol: str
    certificate: Markdown
    path: Markdown
    does: Markdown


class TargetRow(NamedTuple):
    """A target group, and how the health of its targets is told."""

    group: Markdown
    name: Markdown
    service: Markdown
    reached: Markdown
    port: str
    protocol: str
    health_check: Markdown
    interval: Markdown
    timeout: Markdown
    healthy_after: str
    unhealthy_after: str
    deregistration_delay: Markdown
    algorithm: str
    note: str


class LoadBalancing(NamedTuple):
    """The facts."""

    balancers: tuple[BalancerRow, ...]
    listeners: tuple[ListenerRow, ...]
    targets: tuple[TargetRow, ...]


def make(page: Page) -> LoadBalancing | None:
    """Return the load balancers, if there are any."""
    network = page.architecture.network
    if not (network.load_balancers or network.target_groups):
        return None
    balancers = network.load_balancers.values()
    return LoadBalancing(
        balancers=tuple(_balancer(page, one) for one in balancers),
        listeners=tuple(
            row for one in balancers for listener in one.listeners for row in _listener(page, one, listener)
        ),
        targets=tuple(_target(page, one) for one in network.target_groups.values()),
    )


def _target(page: Page, group: TargetGroup) -> TargetRow:
    return TargetRow(
        group=page.define(group),
        name=code(group.name),
        service=page.refer(group.target),
        reached=join(list(dict.fromkeys(_ways(page, group)))),
        port=str(group.port),
        protocol=group.protocol,
        health_check=_health_check(page, group),
        interval=if_stated(group.interval),
        timeout=if_stated(group.timeout),
        healthy_after=number(group.healthy_after, "answer") if group.healthy_after else "",
        unhealthy_after=number(group.unhealthy_after, "answer") if group.unhealthy_after else "",
        deregistration_delay=if_stated(group.deregistration_delay),
        algorithm=(group.algorithm or "").replace("_", " "),
        note=group.note,
    )


def _ways(page: Page, group: TargetGroup) -> Iterator[Markdown]:
    """Yield the ports and paths that lead to a target group, or to the service behind it."""
    for balancer in page.architecture.network.load_balancers.values():
        for listener in balancer.listeners:
            for rule in listener.rules:
                if rule.forward in (group.id, group.target):
                    yield Markdown(f"{listener.port} {code(rule.path)}{DERIVED if rule.derived else ''}")
            if listener.redirect is None and listener.forward in (group.id, group.target):
                rest = " everything else" if listener.rules else ""
                yield Markdown(f"{listener.port}{rest}{DERIVED if listener.derived else ''}")


def _health_check(page: Page, group: TargetGroup) -> Markdown:
    """Return the path, marked where archspec chose it because the service states none."""
    service = page.architecture.compute.services[group.target]
    chosen = group.derived and not service.health_check
    return Markdown(f"{code(group.health_check)}{DERIVED if chosen else ''}")


def _balancer(page: Page, balancer: LoadBalancer) -> BalancerRow:
    public = "internet-facing" if is_public(balancer, page.graph) else "internal"
    return BalancerRow(
        balancer=page.define(balancer),
        name=code(balancer.name),
        note=balancer.note,
        type=balancer.type,
        scheme=Markdown(balancer.scheme) if balancer.scheme else computed(public),
        domain=code(balancer.domain),
        subnets=page.refer_all(balancer.subnets),
        azs=computed(", ".join(page.graph.azs(balancer))),
        groups=page.refer_all(balancer.security_groups),
        cross_zone=if_stated(balancer.cross_zone),
        sticky=_sticky(balancer),
        idle_timeout=if_stated(balancer.idle_timeout),
        access_logs=refer_if(page, balancer.access_logs),
    )


def _sticky(balancer: LoadBalancer) -> Markdown:
    """Say whether a client keeps its target, and how long."""
    if balancer.stickiness is None:
        return if_stated(balancer.sticky)
    return Markdown(f"{'off, ' if balancer.sticky is False else ''}{escape(balancer.stickiness)}")


def _listener(page: Page, balancer: LoadBalancer, listener: Listener) -> Iterator[ListenerRow]:
    """Yield a row for every path that has its own target, then one for everything else."""
    certificate = page.refer(listener.certificate) if listener.certificate else Markdown("–")
    facts = page.refer(balancer.id), str(listener.port), listener.protocol, certificate
    for rule in listener.rules:
        mark = DERIVED if rule.derived else ""
        yield ListenerRow(*facts, code(rule.path), Markdown(f"forwards to {page.refer(rule.forward)}{mark}"))
    mark = DERIVED if listener.derived else ""
    path = "everything else" if listener.rules else "everything"
    yield ListenerRow(*facts, Markdown(path), join([_default(page, listener), Markdown(mark)], ""))


def _default(page: Page, listener: Listener) -> Markdown:
    if listener.redirect is not None:
        return Markdown(f"redirects to {listener.redirect}")
    return (
        Markdown(f"forwards to {page.refer(listener.forward)}")
        if listener.forward
        else Markdown(f"answers 404{DERIVED}")
    )
