"""Whom a rule means by its peer: addresses, as blocks, as seen from the element on the other side."""

from collections.abc import Mapping
from functools import lru_cache
from typing import TypeGuard

from archspec.graph.blocks import (
    ALL,
    VERSIONS,
    Block,
    Pieces,
    added_up,
    block_of,
    overlap,
    own_block,
    subnet_block,
    vpc_networks,
)
from archspec.graph.graph import Attached, Graph, is_attached
from archspec.graph.intervals import EVERYTHING
from archspec.model.element import INTERNET, Element, is_block, parse_network
from archspec.model.network import Endpoint

_MANAGED: Mapping[str, frozenset[str]] = {
    "cloudfront": frozenset({"distribution"}),
    "s3": frozenset({"bucket"}),
    "dynamodb": frozenset(),
}
"""A prefix list of AWS's own → the kinds of elements whose addresses stand in it.

https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
"""


def meant(graph: Graph, peer: str, other: Element) -> tuple[Block, ...]:
    """Return the addresses of `other` that a peer means, wherever `other` stands; a group means all of its members'."""
    if peer == INTERNET:
        return ALL
    blocks = _blocks(graph)
    if peer in blocks:
        return ALL if _is_managed(graph, peer, other) else blocks[peer]
    if is_block(peer):
        return (_block(peer),)
    return ALL if is_attached(other) and peer in other.security_groups else ()


@lru_cache(maxsize=4096)
def _block(text: str) -> Block:
    return block_of(parse_network(text))


@lru_cache(maxsize=1)
def _blocks(graph: Graph) -> Mapping[str, tuple[Block, ...]]:
    """Return the blocks behind an id: of a VPC, or of a prefix list, which has none where it is not there today."""
    network = graph.architecture.network
    vpcs = {id_: tuple(map(own_block, vpc_networks(vpc))) for id_, vpc in network.vpcs.items()}
    lists = {
        id_: tuple(map(block_of, one.entries)) if one.status == "current" else ()
        for id_, one in network.prefix_lists.items()
    }
    return vpcs | lists


def _is_managed(graph: Graph, peer: str, other: Element) -> bool:
    """Whether the peer is a prefix list of AWS's own in which `other` stands."""
    one = graph.architecture.network.prefix_lists.get(peer)
    if one is None or one.managed is None or one.status != "current" or is_in_subnets(other):
        return False
    return other.kind in _MANAGED[one.managed] or (isinstance(other, Endpoint) and other.service == one.managed)


def is_in_subnets(element: Element) -> TypeGuard[Attached]:
    """Whether the element has addresses of its own; an endpoint without subnets has none."""
    return is_attached(element) and not (isinstance(element, Endpoint) and not element.subnets)


def covers(graph: Graph, peer: str, element: Element) -> bool:
    """Whether a rule's peer means this element wherever it stands: its group, or all addresses of all its subnets.

    `internet` is 0.0.0.0/0 and ::/0, which private addresses are part of as well.
    """
    blocks = meant(graph, peer, element)
    if not is_in_subnets(element):
        return any(block.low < 0 for block in blocks)
    if blocks == ALL:
        return True
    return any(_cover_all(graph, blocks, element, version) for version in VERSIONS)


def touches(graph: Graph, peer: str, element: Element) -> bool:
    """Whether a rule's peer means this element somewhere: one of its addresses is enough."""
    blocks = meant(graph, peer, element)
    if blocks == ALL or not is_in_subnets(element):
        return any(block.low < 0 for block in blocks)
    own = [block for subnet in graph.subnets(element) for one in VERSIONS if (block := subnet_block(subnet, one))]
    return any(overlap(block, one) for block in blocks for one in own)


def _cover_all(graph: Graph, blocks: tuple[Block, ...], element: Element, version: int) -> bool:
    own = own_blocks(graph, element, version)
    return bool(own) and all(_is_within(added_up(one, ((block, EVERYTHING) for block in blocks))) for one in own)


def _is_within(pieces: Pieces) -> bool:
    return all(value for _, value in pieces)


def own_blocks(graph: Graph, element: Element, version: int) -> tuple[Block, ...]:
    """Return the blocks of an element's subnets in a version of IP; none where one of the subnets has none."""
    subnets = graph.subnets(element) if is_attached(element) else ()
    found = [subnet_block(subnet, version) for subnet in subnets]
    return tuple(block for block in found if block) if all(found) else ()
