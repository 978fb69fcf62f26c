"""Is a declared flow encrypted on its way? By what it says, what it is called, and what its target takes."""

import re

from archspec.graph.graph import Graph
from archspec.model.data import Cache, Proxy, Store
from archspec.model.flow import Flow
from archspec.model.network import LoadBalancer

_ENCRYPTED = frozenset({
    "https", "tls", "ssl", "mtls", "wss", "grpcs", "ssh", "sftp", "ftps", "ldaps", "smtps", "imaps", "amqps", "mqtts",
    "rediss", "doh", "quic",
})  # fmt: skip
_PLAIN = frozenset({"http", "ws", "ftp", "telnet", "plain", "plaintext", "unencrypted"})

_BY_HTTPS = frozenset({
    "bucket", "topic", "queue", "secret_store", "secret", "key", "monitor", "log_group", "registry", "endpoint",
})  # fmt: skip
"""Kinds that AWS answers for, by HTTPS where the port is 443."""

_HTTPS = 443


def is_encrypted(graph: Graph, flow: Flow) -> bool | None:
    """Return whether nobody on the way can read a flow; None where the spec does not tell."""
    if flow.tls is not None:
        return flow.tls
    target = graph.architecture.elements[flow.target]
    found = _by_listeners(flow, target) if isinstance(target, LoadBalancer) else None
    if found is None:
        found = _by_name(flow.protocol)
    if found is None and isinstance(target, Store | Proxy):
        found = takes_tls(target)
    if found is None and target.kind in _BY_HTTPS and all(part == (_HTTPS, _HTTPS) for part in flow.port):
        found = True
    return found


def takes_tls(store: Store | Proxy) -> bool | None:
    """Return whether a store takes encrypted connections only; a serverless cache always does.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html
    """
    return True if isinstance(store, Cache) and store.serverless else store.tls


def _by_name(protocol: str) -> bool | None:
    words = set(re.findall(r"[a-z]+", protocol.lower()))
    if words & _PLAIN:
        return False
    return True if words & _ENCRYPTED else None


def _by_listeners(flow: Flow, target: LoadBalancer) -> bool | None:
    """Tell by the listeners that answer the flow; one that only redirects carries nothing worth reading."""
    asked = [one for one in target.listeners if any(part.low <= one.port <= part.high for part in flow.port)]
    if not asked or any(one.protocol in {"TCP", "UDP"} for one in asked):
        return None
    return all(one.protocol in {"HTTPS", "TLS"} or one.redirect is not None for one in asked)
