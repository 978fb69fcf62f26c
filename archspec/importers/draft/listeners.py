"""What load balancers lead to: their listeners, the rules of these, and the services behind them."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from archspec.importers.draft.attributes import block, blocks, text, whole
from archspec.importers.draft.links import parts
from archspec.importers.draft.piece import Given
from archspec.importers.draft.routes import Routing
from archspec.resources.resource import Ref, Resource, Value

_LAST_RULE = 10**6


class Behind(NamedTuple):
    """A service behind a load balancer, in a target group, on a port."""

    service: str
    balancer: str
    group: str
    port: int | None


class Balancing:
    """What the listeners of an inventory lead to."""

    def __init__(self, given: Given) -> None:
        self.given = given

    @cached_property
    def routing(self) -> Routing:
        """Where the subnets lead."""
        return Routing(self.given)

    @cached_property
    def listeners(self) -> Mapping[str, Sequence[Resource]]:
        """The listeners of each load balancer by its address, sorted by port, the encrypted ones first."""
        found = parts(self.given, "aws_lb_listener", "load_balancer_arn")
        return {address: sorted(some, key=_order) for address, some in found.items()}

    @cached_property
    def rules(self) -> Mapping[str, Sequence[Resource]]:
        """The rules of each listener by its address, in the order in which they are tried."""
        found = parts(self.given, "aws_lb_listener_rule", "listener_arn")
        return {address: sorted(some, key=_priority) for address, some in found.items()}

    def groups_of(self, action: Mapping[str, Value]) -> list[str]:
        """Return the addresses of the target groups that an action forwards to."""
        own = [action.get("target_group_arn")] if action.get("target_group_arn") else []
        shared = [one.get("arn") for one in blocks(block(action, "forward").get("target_group"))]
        return [*dict.fromkeys(one.address for one in (*own, *shared) if isinstance(one, Ref))]

    @cached_property
    def balancer_of(self) -> Mapping[str, str]:
        """The id of the load balancer that forwards to each target group, by the group's address, in the order in
        which it does: by default, then by its rules.
        """
        found: dict[str, str] = {}
        for id_, one in self.given.elements("aws_lb"):
            for listener in self.listeners.get(one.address, ()):
                for action in blocks(listener.values.get("default_action")):
                    found.update({group: id_ for group in self.groups_of(action) if group not in found})
                for rule in self.rules.get(listener.address, ()):
                    for action in blocks(rule.values.get("action")):
                        found.update({group: id_ for group in self.groups_of(action) if group not in found})
        return found

    @cached_property
    def behind(self) -> Sequence[Behind]:
        """The services behind load balancers, in the order in which listeners lead to them."""
        rank = {address: i for i, address in enumerate(self.balancer_of)}
        found = []
        for id_, service in self.given.elements("aws_ecs_service"):
            for one in blocks(service.values.get("load_balancer")):
                group = one.get("target_group_arn")
                if isinstance(group, Ref):
                    balancer = self.balancer_of.get(group.address, "")
                    found.append(Behind(id_, balancer, group.address, whole(one.get("container_port"))))
        return sorted(found, key=lambda one: (rank.get(one.group, len(rank)), one.service))


def _order(listener: Resource) -> tuple[bool, int]:
    protocol = text(listener.values.get("protocol"))
    return protocol not in ("HTTPS", "TLS"), whole(listener.values.get("port")) or 0


def _priority(rule: Resource) -> int:
    return whole(rule.values.get("priority")) or _LAST_RULE
