"""Where the listeners of load balancers lead, and which of them AWS accepts."""

from collections.abc import Mapping

from archspec.model.network import Listener, LoadBalancer


def resolved(listener: Listener, by_target: Mapping[str, str]) -> Listener:
    """Name target groups only. Where none is exported the name becomes empty; a rule stays in place."""
    rules = tuple(rule.model_copy(update={"forward": by_target.get(rule.forward, "")}) for rule in listener.rules)
    return listener.model_copy(update={"forward": by_target.get(listener.forward, ""), "rules": rules})


def forwards(listener: Listener) -> tuple[str, ...]:
    """Return the target groups that a listener sends requests to; a redirecting one has none of its own."""
    own = listener.forward if listener.redirect is None else ""
    return (own, *(rule.forward for rule in listener.rules))


def accepted(balancer: LoadBalancer) -> tuple[tuple[int, Listener], ...]:
    """Return the listeners that AWS accepts, with their positions: one a port, with a target if it must."""
    first = {listener.port: i for i, listener in reversed(tuple(enumerate(balancer.listeners)))}
    return tuple(
        (i, listener)
        for i, listener in enumerate(balancer.listeners)
        if first[listener.port] == i and (balancer.type == "application" or forwards(listener)[0])
    )
