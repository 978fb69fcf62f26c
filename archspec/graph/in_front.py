"""What stands before an element: the distributions that it is an origin of, the web ACLs that protect it."""

from collections.abc import Mapping
from functools import lru_cache

from archspec.graph.graph import Graph
from archspec.model.edge import Distribution, WebAcl


@lru_cache(maxsize=1)
def fronts(graph: Graph) -> Mapping[str, list[Distribution]]:
    """Return origin → the current distributions before it, in the order of the spec."""
    found: dict[str, list[Distribution]] = {}
    for one in graph.architecture.edge.distributions.values():
        for origin in one.origins if one.status == "current" else ():
            found.setdefault(origin, []).append(one)
    return found


@lru_cache(maxsize=1)
def guards(graph: Graph) -> Mapping[str, list[WebAcl]]:
    """Return element → the current web ACLs that protect it; under "" those that do not say what they protect."""
    found: dict[str, list[WebAcl]] = {}
    for acl in graph.architecture.edge.web_acls.values():
        for protected in (acl.protects or ("",)) if acl.status == "current" else ():
            found.setdefault(protected, []).append(acl)
    return found
