"""What is written on the cards of what guards the way in: rules of a web ACL, listeners of a load balancer."""

from collections.abc import Iterator

from archspec.model.edge import WebAcl, WebAclRule
from archspec.model.network import Listener, LoadBalancer
from archspec.views.parts.words import count


def of_web_acl(acl: WebAcl) -> Iterator[str]:
    """Yield each rule with its limit or what it is for, without rules the note in its parts, and who manages it."""
    yield from (line for rule in acl.rules for line in _rule(rule))
    yield from () if acl.rules else acl.note.split(", ")
    yield f"managed by {acl.managed_by}" if acl.managed_by else ""


def _rule(rule: WebAclRule) -> tuple[str, ...]:
    limit = f"{rule.limit} per {rule.per}" if rule.limit and rule.per else ""
    return tuple(filter(None, (rule.name, limit or rule.note)))


def of_load_balancer(balancer: LoadBalancer) -> Iterator[str]:
    """Yield a line for each listener, in how many subnets it stands, and how long sessions stick."""
    yield from (_listener(listener) for listener in balancer.listeners)
    yield f"in {count(len(balancer.subnets), 'subnet')}"
    yield f"sticky sessions, {balancer.stickiness}" if balancer.stickiness else ""


def _listener(listener: Listener) -> str:
    ends = ", ends TLS" if listener.protocol in ("HTTPS", "TLS") else ""
    redirect = f", redirects to {listener.redirect}" if listener.redirect else ""
    return f"{listener.port} {listener.protocol}{ends}{redirect}"
