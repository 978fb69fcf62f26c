"""What must and must not be reached, where it asserts nothing."""

from archspec.findings import Violation
from archspec.model.flow import MustNotReach, MustReach


def unjudged(asked: MustReach | MustNotReach) -> Violation:
    """Return what is wrong with an assertion about what sends no packets: one that cannot fail proves nothing."""
    message = f"no packets go from {asked.source} to {asked.target}, so this asserts nothing"
    return Violation(asked.id, asked.path, message, "name services, stores, load balancers, clusters or the internet")
