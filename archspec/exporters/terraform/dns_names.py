"""Domain names, and the zones that they belong to."""

import re

from archspec.model.architecture import Architecture
from archspec.model.edge import Zone
from archspec.model.element import Element

_NAME = re.compile(r"(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")


def zone_for(domain: str, element: Element, architecture: Architecture) -> Zone | None:
    """Return the public zone that a name of an element belongs to: the innermost, of its own environment first."""
    name = spelled(domain)
    found = [one for one in architecture.edge.zones.values() if not one.private and _holds(one, name)]
    return max(found, key=lambda one: (len(one.domain), one.environment == element.environment), default=None)


def _holds(zone: Zone, name: str) -> bool:
    return f".{name}".endswith(f".{spelled(zone.domain)}") if spelled(zone.domain) else False


def spelled(name: str) -> str:
    """Return a name as DNS has it, without the dot at its end; nothing if it is no name."""
    plain = name.strip().rstrip(".").lower()
    return plain if _NAME.fullmatch(plain) else ""
