"""The ways of data: who uses what keeps it, what replicates, and where copies go."""

from collections.abc import Iterator, Mapping

from archspec.model.architecture import Architecture
from archspec.model.data import Bucket, Instance, Proxy, Store
from archspec.model.recovery import Copy
from archspec.views.parts.cards import status_words
from archspec.views.parts.copies import Sent, region_id
from archspec.views.parts.words import purpose
from archspec.views.view import Edge

Keeper = Store | Proxy | Bucket


def uses(architecture: Architecture) -> Iterator[Edge]:
    """Yield who uses what keeps data: as flows say, and as the elements themselves do where no flow does."""
    elements = architecture.elements
    flows = [flow for flow in architecture.flows if isinstance(elements[flow.target], Keeper)]
    yield from (Edge(flow.source, flow.target, purpose(flow), flow.status) for flow in flows)
    told = {(flow.source, flow.target) for flow in flows if flow.status != "removed"}
    yield from (edge for edge in uses_beside_flows(architecture) if (edge.source, edge.target) not in told)


def uses_beside_flows(architecture: Architecture) -> Iterator[Edge]:
    """Yield who uses what keeps data as the elements themselves say: who reads and writes, what a setting names."""
    stated = list(_read_and_written(architecture))
    told = {(edge.source, edge.target) for edge in stated}
    yield from stated
    yield from (edge for edge in _set(architecture) if (edge.source, edge.target) not in told)


def _read_and_written(architecture: Architecture) -> Iterator[Edge]:
    for bucket in architecture.data.buckets.values():
        yield from (Edge(reader, bucket.id, "reads") for reader in bucket.readers)
        yield from (Edge(writer, bucket.id, "writes") for writer in bucket.writers)


def _set(architecture: Architecture) -> Iterator[Edge]:
    """Yield who uses a database or a bucket by a setting of its own: proxies, CDNs, balancers, pipelines."""
    buckets = architecture.data.buckets
    yield from (Edge(proxy.id, proxy.target) for proxy in architecture.data.proxies.values())
    for distribution in architecture.edge.distributions.values():
        yield from (Edge(distribution.id, one, "origin") for one in distribution.origins if one in buckets)
    for balancer in architecture.network.load_balancers.values():
        yield from (Edge(balancer.id, one, "access logs") for one in [balancer.access_logs] if one)
    for pipeline in architecture.delivery.pipelines.values():
        yield from (Edge(pipeline.id, one, "artifacts") for one in [pipeline.artifacts] if one)


def copied(keepers: Mapping[str, Keeper], copies: list[Copy], going: list[Sent]) -> Iterator[Edge]:
    """Yield what stores feed: their own instances, stores filled from them, copies, and other Regions.

    What goes to another Region goes there by way of the copy that is kept, where that is the only one.
    """
    for element in keepers.values():
        if isinstance(element, Store):
            yield from (_replication(element, number, follower) for number, follower in followers(element))
            if element.rebuild_from:
                yield Edge(element.rebuild_from, element.id, "rebuilt from it")
    for copy in copies:
        yield from (Edge(id_, copy_id(copy), "", copy.status) for id_ in copy.covers if id_ in keepers)
    for one in going:
        beside = [copy_id(copy) for copy in copies if one.element in copy.covers and copy.status == "current"]
        source = beside[0] if one.is_backup and len(beside) == 1 else one.element
        yield Edge(source, region_id(one.region), one.label, one.status)


def _replication(store: Store, number: int, follower: Instance) -> Edge:
    label = " ".join(("replication", *status_words(follower.status)))
    return Edge(store.id, follower_id(store, number), label, follower.status)


def followers(element: Keeper) -> list[tuple[int, Instance]]:
    """Return the instances of a store that follow its primary, numbered; without one, nobody says who follows whom."""
    if not isinstance(element, Store):
        return []
    there = [(number, one) for number, one in enumerate(element.instances, 1) if one.status != "removed"]
    primary = next((number for number, one in there if one.role == "primary"), None)
    return [] if primary is None else [(number, one) for number, one in there if number != primary]


def follower_id(element: Keeper, number: int) -> str:
    """Return the id of an instance's node."""
    return f"{element.id}@{number}"


def copy_id(copy: Copy) -> str:
    """Return the id of the node of what is kept to recover from."""
    return f"@copy-{copy.index}"
