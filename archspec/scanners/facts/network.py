"""Facts about the network: what is open to everybody, and what load balancers answer in."""

from collections.abc import Mapping

from archspec.model.element import INTERNET
from archspec.model.network import IngressRule, LoadBalancer, NaclRule, SecurityGroup, TargetGroup
from archspec.scanners.facts.fact import Asked, Fact, Question, first_of, stated, unstated

_EVERYBODY = frozenset({INTERNET, "0.0.0.0/0", "::/0"})


def _group_rule(asked: Asked) -> IngressRule | None:
    group, path = asked.element, asked.origin.path
    if not isinstance(group, SecurityGroup) or len(path) < 2 or path[-2] != "ingress":
        return None
    at = path[-1]
    return group.ingress[at] if isinstance(at, int) and at < len(group.ingress) else None


def _port_open(asked: Asked) -> Fact | None:
    """Port 80 of a rule for everybody; that a load balancer redirects it is for other rules to see."""
    rule = _group_rule(asked)
    if rule is None or rule.peer not in _EVERYBODY or not any(one.low <= 80 <= one.high for one in rule.port):
        return None
    return Fact(asked.origin.path, "port 80 is let in from the internet")


def _from_a_group(asked: Asked) -> Fact | None:
    """A rule whose peer is a group: checkov takes every rule without a block of addresses for one that is open.

    https://github.com/bridgecrewio/checkov/blob/main/checkov/terraform/checks/resource/aws/AbsSecurityGroupUnrestrictedIngress.py
    """
    rule = _group_rule(asked)
    groups = asked.architecture.network.security_groups
    if rule is None or rule.peer not in groups:
        return None
    return Fact(asked.origin.path, f"only {rule.peer} is let in, a security group")


def _nacl_rule(asked: Asked) -> NaclRule | None:
    nacl, path = asked.architecture.network.nacls.get(asked.origin.element), asked.origin.path
    if nacl is None or len(path) < 2 or path[-2] != "ingress" or not isinstance(path[-1], int):
        return None
    return nacl.ingress[path[-1]] if path[-1] < len(nacl.ingress) else None


def _says_nothing(asked: Asked) -> bool:
    """Whether an entry is that of a network ACL of which no entries are stated."""
    nacl = asked.architecture.network.nacls.get(asked.origin.element)
    return nacl is not None and not nacl.ingress


def _nacl_lets_in(port: int) -> Question:
    def ask(asked: Asked) -> Fact | None:
        rule = _nacl_rule(asked)
        if _says_nothing(asked):
            return Fact(asked.origin.path, "no entry of the network ACL is stated, and AWS's own lets everybody in")
        if rule is None or not rule.allow or rule.peer not in _EVERYBODY:
            return None
        if rule.protocol in {"tcp", "udp"} and not any(one.low <= port <= one.high for one in rule.port):
            return None
        return Fact(asked.origin.path, "the network ACL lets everybody in, as security groups decide")

    return ask


def _nacl_lets_all_in(asked: Asked) -> Fact | None:
    rule = _nacl_rule(asked)
    if _says_nothing(asked):
        return Fact(asked.origin.path, "no entry of the network ACL is stated, and AWS's own lets in every port")
    if rule is None or not rule.allow or rule.protocol != "all":
        return None
    return Fact(asked.origin.path, "the network ACL lets in every port, as security groups decide")


def _plain_targets(asked: Asked) -> Fact | None:
    """A target group in HTTP: its own, or that of a service that a load balancer forwards to."""
    groups = asked.architecture.network.target_groups
    element = asked.origin.element
    found = [one for one in groups.values() if element in {one.id, one.target} and one.protocol == "HTTP"]
    if not found:
        return None
    own = isinstance(asked.element, TargetGroup) and "protocol" in asked.element.model_fields_set
    path = (*asked.element.path, "protocol") if own and asked.element else asked.origin.path
    return Fact(path, f"{found[0].target} is asked in HTTP by its load balancer")


def _plain_listener(asked: Asked) -> Fact | None:
    balancer = asked.element
    if not isinstance(balancer, LoadBalancer):
        return None
    plain = [i for i, one in enumerate(balancer.listeners) if one.protocol == "HTTP" and one.redirect is None]
    if asked.type == "aws_lb_listener":
        plain = [i for i in plain if asked.address.endswith(f"__{balancer.listeners[i].port}")]
    if not plain:
        return None
    path = (*balancer.path, "listeners", plain[0])
    return Fact(path, f"port {balancer.listeners[plain[0]].port} answers in HTTP and does not redirect")


def _weak_listener(asked: Asked) -> Fact | None:
    """A security policy that the spec states: whether it is strong is for checkov to say."""
    balancer = asked.element
    if not isinstance(balancer, LoadBalancer):
        return None
    for i, one in enumerate(balancer.listeners):
        if one.tls_policy and (asked.type == "aws_lb" or asked.address.endswith(f"__{one.port}")):
            return Fact((*balancer.path, "listeners", i, "tls_policy"), f"`tls_policy: {one.tls_policy}`")
    return None


FACTS: Mapping[str, Question] = {
    "CKV_AWS_260": first_of(_port_open, _from_a_group),
    # Ports for administration that are open to everybody are explained by nothing.
    "CKV_AWS_24": _from_a_group,
    "CKV_AWS_25": _from_a_group,
    "CKV_AWS_277": _from_a_group,
    "CKV_AWS_229": _nacl_lets_in(21),
    "CKV_AWS_230": _nacl_lets_in(20),
    "CKV_AWS_231": _nacl_lets_in(3389),
    "CKV_AWS_232": _nacl_lets_in(22),
    "CKV_AWS_352": _nacl_lets_all_in,
    "CKV_AWS_130": stated("auto_public_ip", "true"),
    "CKV_AWS_378": _plain_targets,
    "CKV_AWS_2": _plain_listener,
    "CKV2_AWS_20": _plain_listener,
    "CKV_AWS_103": first_of(_plain_listener, _weak_listener),
    "CKV2_AWS_74": _weak_listener,
    "CKV_AWS_152": stated("cross_zone", "false"),
    "CKV2_AWS_1": unstated("subnets", "the network ACL has no subnets"),
}
"""Check → the fact about the network that makes it fail."""
