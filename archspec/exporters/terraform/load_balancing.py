"""Load balancers with their listeners and rules."""

from collections import Counter
from collections.abc import Iterator

from archspec.exporters.terraform import access_logs
from archspec.exporters.terraform.amounts import seconds
from archspec.exporters.terraform.certificates import certificate_arn
from archspec.exporters.terraform.hcl import Block, Body, Reference
from archspec.exporters.terraform.listeners import accepted
from archspec.exporters.terraform.resource import (
    Part,
    Resource,
    Variable,
    named,
    origin,
    reasons,
    refer,
    slug,
)
from archspec.model.architecture import Architecture
from archspec.model.network import Listener, LoadBalancer

_NAME_LIMIT = 32
_TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06"
"""TLS 1.3 and 1.2 with forward secrecy.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
"""


def resources(architecture: Architecture) -> Iterator[Part]:
    """Yield load balancers with listeners and rules."""
    for balancer in architecture.network.load_balancers.values():
        yield _load_balancer(balancer, architecture)
        for index, listener in accepted(balancer):
            yield from _listener(balancer, index, listener, architecture)


def _load_balancer(balancer: LoadBalancer, architecture: Architecture) -> Resource:
    name = named(architecture, balancer.id, _NAME_LIMIT)
    domain = balancer.domain
    return Resource(
        "aws_lb",
        slug(balancer.id),
        origin(balancer),
        {
            "name": name,
            "load_balancer_type": balancer.type,
            "internal": is_internal(balancer, architecture),
            "subnets": [refer("aws_subnet", subnet) for subnet in balancer.subnets],
            "security_groups": [refer("aws_security_group", group) for group in balancer.security_groups] or None,
            **(_application(balancer) if balancer.type == "application" else _network(balancer)),
            "enable_deletion_protection": True,
            "access_logs": Block({"bucket": access_logs.bucket(balancer, architecture), "enabled": True}),
            "tags": {"Name": name},
            # Elastic Load Balancing tries to write to the bucket as soon as logging is switched on.
            "depends_on": [access_logs.policy(balancer, architecture)],
        },
        reasons(balancer, f"Not exported: domain: AWS chooses another than {domain}" if domain else ""),
    )


def _application(balancer: LoadBalancer) -> Body:
    """Across zones it always balances; its target groups may say otherwise."""
    return {"drop_invalid_header_fields": True, "idle_timeout": seconds(balancer.idle_timeout)}


def _network(balancer: LoadBalancer) -> Body:
    return {"enable_cross_zone_load_balancing": balancer.cross_zone is not False}


def is_internal(balancer: LoadBalancer, architecture: Architecture) -> bool:
    """Whether only what is inside the VPC reaches a load balancer; as its subnets are, where that is not stated."""
    if balancer.scheme is not None:
        return balancer.scheme == "internal"
    return any(architecture.network.subnets[subnet].tier != "public" for subnet in balancer.subnets)


def _listener(balancer: LoadBalancer, index: int, listener: Listener, architecture: Architecture) -> Iterator[Part]:
    body: Body = {
        "load_balancer_arn": refer("aws_lb", balancer.id, "arn"),
        "port": listener.port,
        "protocol": listener.protocol,
    }
    if listener.protocol in {"HTTPS", "TLS"}:
        certificate = architecture.security.certificates.get(listener.certificate)
        variable = _certificate_variable(balancer, listener)
        yield from () if certificate else (variable,)
        arn = certificate_arn(certificate, architecture) if certificate else variable.reference
        body = {**body, "ssl_policy": listener.tls_policy or _TLS_POLICY, "certificate_arn": arn}
    if listener.protocol == "TCP":
        # Of a network load balancer, only TCP listeners have one that can be set.
        body = {**body, "tcp_idle_timeout_seconds": seconds(balancer.idle_timeout)}
    yield Resource(
        "aws_lb_listener",
        slug(balancer.id, str(listener.port)),
        origin(balancer, "listeners", index),
        {**body, "default_action": _default_action(listener)},
        tuple(f"derived: {reason}" for reason in (listener.derived,) if reason),
    )
    yield from _listener_rules(balancer, index, listener)


def _certificate_variable(balancer: LoadBalancer, listener: Listener) -> Variable:
    name = slug("certificate-arn", balancer.id, str(listener.port))
    return Variable(name, f"ARN of the certificate for port {listener.port} of {balancer.id}; the spec names none")


def _default_action(listener: Listener) -> Block:
    if listener.redirect is not None:
        target = {"port": str(listener.redirect), "protocol": "HTTPS", "status_code": "HTTP_301"}
        return Block({"type": "redirect", "redirect": Block(target)})
    if listener.forward:
        return _forward(listener.forward)
    # Where stated rules lead everywhere, or nothing exported stands behind the listener.
    answer = {"content_type": "text/plain", "message_body": "not found", "status_code": "404"}
    return Block({"type": "fixed-response", "fixed_response": Block(answer)})


def _forward(target_group: str) -> Block:
    return Block({"type": "forward", "target_group_arn": refer("aws_lb_target_group", target_group, "arn")})


def _listener_rules(balancer: LoadBalancer, index: int, listener: Listener) -> Iterator[Resource]:
    for i, name in listener_rule_names(balancer, listener):
        rule = listener.rules[i]
        yield Resource(
            "aws_lb_listener_rule",
            name,
            origin(balancer, "listeners", index, "rules", i),
            {
                "listener_arn": refer("aws_lb_listener", (balancer.id, str(listener.port)), "arn"),
                "priority": (i + 1) * 10,
                "action": _forward(rule.forward),
                "condition": Block({"path_pattern": Block({"values": [rule.path]})}),
            },
            tuple(f"derived: {reason}" for reason in (rule.derived,) if reason),
        )


def listener_rule_names(balancer: LoadBalancer, listener: Listener) -> Iterator[tuple[int, str]]:
    """Yield each exported rule's position and name: its target, with a number from the second one on."""
    used: Counter[str] = Counter()
    for i, rule in enumerate(listener.rules):
        if rule.forward:
            used[rule.forward] += 1
            number = [str(used[rule.forward])] if used[rule.forward] > 1 else []
            yield i, slug(balancer.id, str(listener.port), rule.forward, *number)


def ways_in(target_group: str, architecture: Architecture) -> list[Reference]:
    """Return the listeners and rules that forward to a target group: ECS wants them before the service."""
    found = []
    for balancer in architecture.network.load_balancers.values():
        for _, listener in accepted(balancer):
            if listener.forward == target_group and listener.redirect is None:
                found.append(f"aws_lb_listener.{slug(balancer.id, str(listener.port))}")
            for i, name in listener_rule_names(balancer, listener):
                if listener.rules[i].forward == target_group:
                    found.append(f"aws_lb_listener_rule.{name}")
    return [Reference(address) for address in sorted(found)]
