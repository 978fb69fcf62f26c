"""Who connects to a store, by declared flows: directly, or through a proxy before it."""

from collections.abc import Mapping
from functools import lru_cache

from archspec.graph.graph import Connection, Graph
from archspec.model.data import Proxy, Store


@lru_cache(maxsize=1)
def client_connections(graph: Graph) -> Mapping[str, list[Connection]]:
    """Return store → the connections to it and to its proxies, but for those that its proxies open themselves."""
    found: dict[str, list[Connection]] = {}
    for connection in graph.connections:
        if isinstance(connection.source, Proxy):
            continue
        for target in connection.targets:
            store = target.target if isinstance(target, Proxy) else target.id if isinstance(target, Store) else ""
            if store:
                found.setdefault(store, []).append(connection)
    return found
