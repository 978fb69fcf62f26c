"""Target groups, those apart that archspec would derive just so."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from archspec.importers.draft.attributes import block, text, whole
from archspec.importers.draft.links import resource
from archspec.importers.draft.listeners import Balancing, Behind
from archspec.importers.draft.piece import Given, Left, Piece
from archspec.importers.draft.spelling import seconds
from archspec.resources.kinds import ELEMENT_TAG
from archspec.resources.resource import Ref, Resource, Value

# What AWS does where a target group says nothing:
# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
# https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lb_target_group
_USUAL = {
    "interval": (None, 30),
    "timeout": (None, 5),
    "healthy_threshold": (None, 3, 5),
    "unhealthy_threshold": (None, 2, 3),
}
_WITHOUT_SERVICE = "no ECS service is behind it, and archspec knows no other targets"


class Groups(NamedTuple):
    """The target groups to write, and the services of those that archspec derives, by the groups' addresses."""

    pieces: list[Piece | Left]
    derived: dict[str, str]


def drafted_groups(balancing: Balancing) -> Groups:
    """Return the target groups of an inventory. One that no service is behind is left."""
    given = balancing.given
    services: dict[str, list[Behind]] = {}
    for one in balancing.behind:
        services.setdefault(one.group, []).append(one)
    made = Groups([], {})
    for group in given.inventory.of("aws_lb_target_group"):
        behind, id_ = services.get(group.address, []), given.ids.get(group.address, "")
        piece = _group(id_, group, behind) if behind else None
        if piece and (not id_ or _is_derived(balancing, piece, group, behind)):
            made.derived[group.address] = behind[0].service
        elif id_:
            made.pieces.append(piece or Left(group.address, _WITHOUT_SERVICE))
    return made


def _group(id_: str, group: Resource, behind: Sequence[Behind]) -> Piece:
    values = group.values
    check = block(values, "health_check")
    port = behind[0].port or whole(values.get("port"))
    health_port = whole(check.get("port"))
    algorithm = text(values.get("load_balancing_algorithm_type"))
    delay = whole(values.get("deregistration_delay"))
    data: dict[str, Any] = {
        "target": behind[0].service,
        "port": port,
        "protocol": text(values.get("protocol")) if values.get("protocol") != "HTTP" else "",
        "health_check": text(check.get("path")),
        "health_port": health_port if health_port != port else None,
        **_health(check),
        "deregistration_delay": seconds(delay) if delay not in (None, 300) else "",
        "algorithm": algorithm if algorithm != "round_robin" else "",
    }
    more = [one.service for one in behind[1:] if one.service != behind[0].service]
    guesses = (f"also behind it: {', '.join(more)}",) if more else ()
    return Piece(("network", "target_groups"), id_, data, group.address, guesses)


def _health(check: Mapping[str, Value]) -> dict[str, Any]:
    """Return how often and how long a health check asks, where any of it is not as usual."""
    if all(whole(check.get(key)) in usual for key, usual in _USUAL.items()):
        return {}
    return {
        "interval": seconds(check.get("interval")),
        "timeout": seconds(check.get("timeout")),
        "healthy_after": whole(check.get("healthy_threshold")),
        "unhealthy_after": whole(check.get("unhealthy_threshold")),
    }


def _is_derived(balancing: Balancing, piece: Piece, group: Resource, behind: Sequence[Behind]) -> bool:
    """Whether archspec derives the group: the only one of its service, with nothing in it that the service does not
    say.
    """
    service = behind[0].service
    mine = [one for one in balancing.behind if one.service == service]
    stated = {key for key, value in piece.data.items() if value not in (None, "", [])}
    protocol = "TCP" if _is_network(balancing, behind[0].balancer) else ""
    chosen = ELEMENT_TAG in group.tags and piece.id != f"{service}-tg"
    return (
        len(mine) == len(behind) == 1
        and bool(behind[0].balancer)
        and piece.data["port"] is not None
        and stated <= {"target", "port", "protocol", "health_check"}
        and piece.data["protocol"] == protocol
        and not chosen
    )


def _is_network(balancing: Balancing, id_: str) -> bool:
    by_id = dict(balancing.given.elements("aws_lb"))
    return id_ in by_id and by_id[id_].values.get("load_balancer_type") == "network"


def path_of(given: Given, group: str) -> str:
    """Return the path of the health check of a target group, `/` where it says nothing."""
    found = resource(given, Ref(group))
    return (found and text(block(found.values, "health_check").get("path"))) or "/"
