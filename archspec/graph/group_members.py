"""Who has a security group."""

from collections.abc import Mapping
from functools import lru_cache

from archspec.graph.graph import Attached, Graph


@lru_cache(maxsize=1)
def group_members(graph: Graph) -> Mapping[str, list[tuple[Attached, ...]]]:
    """Return security group → what has it, in groups of what is alike."""
    found: dict[str, list[tuple[Attached, ...]]] = {}
    for members in graph.alike:
        for group in members[0].security_groups:
            found.setdefault(group, []).append(members)
    return found
