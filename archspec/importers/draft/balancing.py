"""Load balancers with their listeners, and target groups, those apart that archspec would derive just so."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archspec.errors import KeyPath
from archspec.importers.draft.attributes import block, blocks, items, switch, text, texts, whole
from archspec.importers.draft.links import element, elements, free, resource
from archspec.importers.draft.listeners import Balancing
from archspec.importers.draft.piece import Given, Left, Piece
from archspec.importers.draft.spelling import seconds
from archspec.importers.draft.target_groups import drafted_groups
from archspec.resources.resource import Resource, Value

TYPES = frozenset({
    "aws_lb",
    "aws_lb_listener",
    "aws_lb_listener_certificate",
    "aws_lb_listener_rule",
    "aws_lb_target_group",
    "aws_lb_target_group_attachment",
})  # fmt: skip
_CROSSES = "enable_cross_zone_load_balancing"
_SECURE = frozenset({"HTTPS", "TLS"})


def pieces(given: Given) -> Iterator[Piece | Left]:
    """Yield load balancers and target groups."""
    balancing = Balancing(given)
    groups = drafted_groups(balancing)
    for id_, one in given.elements("aws_lb"):
        yield from _with_certificate(_balancer(balancing, id_, one, groups.derived), given)
    yield from groups.pieces


def _with_certificate(balancer: Piece, given: Given) -> Iterator[Piece]:
    """Yield a load balancer, and the certificate that its listeners have where that is not among the resources.

    AWS takes no such listener without one, so there is one somewhere: imported by hand, or of another stack.
    """
    listeners = balancer.data["listeners"]
    bare = [one for one in listeners if one["protocol"] in _SECURE and not one.get("certificate")]
    if bare:
        id_ = free(f"{balancer.id}-cert", given)
        for one in bare:
            one["certificate"] = id_
        ports = ", ".join(str(one.get("port")) for one in bare)
        guess = f"the certificate of port {ports} of {balancer.id} is not among the resources"
        yield Piece(("security", "certificates"), id_, {}, balancer.address, (guess,))
    yield balancer


def _balancer(balancing: Balancing, id_: str, one: Resource, derived: Mapping[str, str]) -> Piece:
    given, values = balancing.given, one.values
    subnets = [*items(values.get("subnets")), *(each.get("subnet_id") for each in blocks(values.get("subnet_mapping")))]
    network = values.get("load_balancer_type") == "network"
    listeners = [_listener(balancing, each, derived) for each in balancing.listeners.get(one.address, ())]
    logs = block(values, "access_logs")
    sticky = _stickiness(balancing, id_)
    data: dict[str, Any] = {
        "type": "network" if network else "",
        "scheme": _scheme(balancing, one, subnets),
        "subnets": elements(given, subnets),
        "security_groups": elements(given, values.get("security_groups")),
        "listeners": [data for data, _ in listeners],
        "cross_zone": _cross_zone(balancing, id_) if not network else switch(values.get(_CROSSES)),
        "sticky": bool(sticky) or None,
        "stickiness": seconds(sticky.get("cookie_duration")),
        "access_logs": element(given, logs.get("bucket")) if switch(logs.get("enabled")) is not False else "",
        "idle_timeout": seconds(values.get("idle_timeout")) if whole(values.get("idle_timeout")) != 60 else "",
    }
    guesses = [f"port {data.get('port')}: {guess}" for data, some in listeners for guess in some]
    if "internal" in one.unknown:
        guesses.append("the source does not say whether it faces the internet; its subnets are taken to tell")
    if not data["subnets"]:
        guesses.append("the source does not say in which subnets it stands")
    at: dict[KeyPath, str] = {
        ("listeners", i): each.address for i, each in enumerate(balancing.listeners.get(one.address, ()))
    }
    return Piece(("network", "load_balancers"), id_, data, one.address, tuple(guesses), at)


def _scheme(balancing: Balancing, one: Resource, subnets: Sequence[Value]) -> str:
    """Return the scheme; nothing where it follows from the tiers of the subnets. One that is not said to be internal
    faces the internet.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
    """
    if "internal" in one.unknown:
        return ""
    is_internal = switch(one.values.get("internal")) is True
    stands_in = [found for subnet in subnets if (found := resource(balancing.given, subnet))]
    follows = any(balancing.routing.tier(subnet)[0] != "public" for subnet in stands_in)
    if stands_in and is_internal == follows:
        return ""
    return "internal" if is_internal else "internet-facing"


def _stickiness(balancing: Balancing, id_: str) -> Mapping[str, Value]:
    found = (block(one.values, "stickiness") for one in _groups(balancing, id_))
    return next((one for one in found if one and switch(one.get("enabled")) is not False), {})


def _cross_zone(balancing: Balancing, id_: str) -> bool | None:
    """Return whether requests cross AZs, where the target groups of a load balancer for applications say so.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html
    """
    said = {switch(one.values.get("load_balancing_cross_zone_enabled")) for one in _groups(balancing, id_)}
    return False if False in said else True if said == {True} else None


def _groups(balancing: Balancing, id_: str) -> list[Resource]:
    there = balancing.given.inventory.by_address
    return [there[group] for group, owner in balancing.balancer_of.items() if owner == id_ and group in there]


def _listener(balancing: Balancing, one: Resource, derived: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    given, values = balancing.given, one.values
    actions = blocks(values.get("default_action"))
    redirect = next((block(action, "redirect") for action in actions if action.get("redirect")), {})
    forwards = [group for action in actions for group in balancing.groups_of(action)]
    as_derived = not redirect and _as_derived(balancing, one, forwards, derived)
    rules, guesses = ([], []) if as_derived else _rules(balancing, one, derived)
    data: dict[str, Any] = {
        "port": whole(values.get("port")),
        "protocol": text(values.get("protocol")) or ("HTTPS" if values.get("certificate_arn") else "HTTP"),
        "certificate": element(given, values.get("certificate_arn")),
        "tls_policy": text(values.get("ssl_policy")) if text(values.get("protocol")) in _SECURE else "",
        "redirect": _redirected(redirect, whole(values.get("port"))) if redirect else None,
    }
    if not as_derived:
        data |= {"forward": _target(given, forwards[0], derived) if forwards else "", "rules": rules}
    if len(forwards) > 1:
        guesses.append("it shares requests among several target groups; the first is written")
    return {key: value for key, value in data.items() if value not in (None, "", [])}, guesses


def _redirected(redirect: Mapping[str, Value], own: int | None) -> int | None:
    return whole(redirect.get("port")) or (443 if text(redirect.get("protocol")) == "HTTPS" else own)


def _target(given: Given, group: str, derived: Mapping[str, str]) -> str:
    """Return what a listener forwards to: the target group's id, or its service where the group is derived."""
    return derived.get(group) or given.ids.get(group, "")


def _rules(
    balancing: Balancing, listener: Resource, derived: Mapping[str, str]
) -> tuple[list[dict[str, str]], list[str]]:
    found, guesses = [], []
    for rule in balancing.rules.get(listener.address, ()):
        groups = [group for action in blocks(rule.values.get("action")) for group in balancing.groups_of(action)]
        paths = _paths(rule)
        target = _target(balancing.given, groups[0], derived) if groups else ""
        if paths and target:
            found += [{"path": path, "forward": target} for path in paths]
        else:
            why = "looks at more than the path" if target else "forwards to nothing that archspec knows"
            guesses.append(f"a rule is left out: it {why}")
    return found, guesses


def _paths(rule: Resource) -> list[str]:
    """Return the paths of a rule that asks for nothing else."""
    asked = blocks(rule.values.get("condition"))
    if any(not one.get("path_pattern") for one in asked):
        return []
    return [path for one in asked for path in texts(block(one, "path_pattern").get("values"))]


def _as_derived(balancing: Balancing, listener: Resource, forwards: Sequence[str], derived: Mapping[str, str]) -> bool:
    """Whether archspec leads the listener just so: to the first service behind it, and by path to the others."""
    balancer = balancing.given.id(listener.values.get("load_balancer_arn"))
    services = [*dict.fromkeys(one.service for one in balancing.behind if one.balancer == balancer)]
    if len(forwards) != 1 or not services or derived.get(forwards[0]) != services[0]:
        return False
    rules = [
        (_paths(rule), [derived.get(group) for action in blocks(rule.values.get("action"))
                        for group in balancing.groups_of(action)])
        for rule in balancing.rules.get(listener.address, ())
    ]  # fmt: skip
    return rules == [([f"/{service}/*"], [service]) for service in services[1:]]
