"""Load balancers: listeners, redirects, rules and target groups."""

from collections.abc import Iterator
from typing import NamedTuple

from archspec.documents.markup import Markdown, code, join
from archspec.documents.page import Page
from archspec.documents.wording import DERIVED, computed
from archspec.graph.graph import is_public
from archspec.model.network import Listener, LoadBalancer, TargetGroup

TITLE = "Load balancing"


class BalancerRow(NamedTuple):
    """A load balancer."""

    balancer: Markdown
    type: str
    scheme: Markdown
    subnets: Markdown
    azs: Markdown
    groups: Markdown


class ListenerRow(NamedTuple):
    """What a listener does with requests to a path."""

    balancer: Markdown
    port: str
    protocol: str
    certificate: Markdown
    path: Markdown
    does: Markdown


class TargetRow(NamedTuple):
    """A target group."""

    group: Markdown
    service: Markdown
    port: str
    protocol: str
    health_check: Markdown


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
        targets=tuple(
            TargetRow(page.define(one), page.refer(one.target), str(one.port), one.protocol, _health_check(page, one))
            for one in network.target_groups.values()
        ),
    )


def _health_check(page: Page, group: TargetGroup) -> Markdown:
    """Return the path, marked where archspec chose it because the service states none."""
    service = page.architecture.compute.services[group.target]
    chosen = group.derived and not service.health_check
    return Markdown(f"{code(group.health_check)}{DERIVED if chosen else ''}")


def _balancer(page: Page, balancer: LoadBalancer) -> BalancerRow:
    public = "internet-facing" if is_public(balancer, page.graph) else "internal"
    return BalancerRow(
        balancer=page.define(balancer),
        type=balancer.type,
        scheme=Markdown(balancer.scheme) if balancer.scheme else computed(public),
        subnets=page.refer_all(balancer.subnets),
        azs=computed(", ".join(page.graph.azs(balancer))),
        groups=page.refer_all(balancer.security_groups) or Markdown("–"),
    )


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
    return Markdown(f"forwards to {page.refer(listener.forward)}") if listener.forward else Markdown("answers nothing")
