"""What is encrypted with which key, and who reads which secret."""

from collections.abc import Iterator, Mapping
from typing import Any

from archspec.graph.graph import Graph
from archspec.model.architecture import Architecture
from archspec.model.element import Element
from archspec.model.observability import LogGroup
from archspec.model.security import Key, Secret, SecretStore
from archspec.views.parts.cards import card, living
from archspec.views.parts.framing import framed
from archspec.views.parts.gathering import gathered
from archspec.views.parts.words import joined, kinds_counted, listing
from archspec.views.view import Edge, Group, View

_KINDS = ("databases", "caches", "buckets", "log_groups", "registries", "secrets")
"""The kinds that keep something that can be encrypted, by their keys in a spec."""

_NOTE = 60
"""Characters of a note that fit on a card; a longer one is for the document."""

_READS = "reads"
_KEYLESS, _OPEN = "@aws-key", "@not-encrypted"
_FRAMES = (
    Group(_KEYLESS, "Encrypted, no KMS key of its own", "keyless"),
    Group(_OPEN, "Not encrypted", "open"),
)


def project(graph: Graph) -> Iterator[View]:
    """Yield the view of keys, of what they encrypt, and of secrets; no nodes where nothing of that is stated."""
    architecture = graph.architecture
    elements = {id_: one for id_, one in architecture.elements.items() if one.status != "removed"}
    kept = {id_: one for id_, one in elements.items() if one.home[1] in _KINDS and _is_told(one, architecture)}
    holding = [one for one in elements.values() if isinstance(one, Key) or _is_store(one, architecture)]
    edges = joined(living(architecture, [*_encrypted(kept), *_read(elements)]))
    readers = [elements[id_] for id_ in dict.fromkeys(edge.source for edge in edges if edge.label == _READS)]
    cards = (*(card(one) for one in readers), *(card(one, facts=_facts(one)) for one in holding))
    things = [one for one in kept.values() if not isinstance(one, Secret)]
    frames, nodes = framed(_FRAMES, (*cards, *(card(one, _frame(one), _facts(one)) for one in things)))
    clusters = gathered(architecture, nodes, edges)
    secrets = (card(one, one.store, _facts(one)) for one in kept.values() if isinstance(one, Secret))
    told = kinds_counted([one for one in (*holding, *kept.values()) if not isinstance(one, SecretStore)])
    yield View(
        name="encryption",
        title=f"{architecture.label}: encryption and secrets",
        description=f"Encryption of {architecture.label}: {listing(told)}.",
        layout="flow",
        groups=(*frames, *clusters.groups, *_stores(architecture)),
        nodes=(*clusters.nodes, *secrets),
        edges=clusters.edges,
        hidden=_hidden(elements, kept),
    )


def _is_told(element: Element, architecture: Architecture) -> bool:
    """Whether it is stated how something is encrypted; of log groups without a key, where others have one."""
    if isinstance(element, LogGroup) and not element.key:
        return any(one.key for one in architecture.observability.log_groups.values())
    return isinstance(element, Secret) or bool(_said(element))


def _is_store(element: Element, architecture: Architecture) -> bool:
    """Whether an element is a place of secrets that is a card; one whose secrets are stated is a frame around them."""
    return isinstance(element, SecretStore) and element.id not in _stores_used(architecture)


def _stores_used(architecture: Architecture) -> set[str]:
    return {one.store for one in architecture.security.secrets.values() if one.status != "removed"}


def _stores(architecture: Architecture) -> Iterator[Group]:
    used = _stores_used(architecture)
    for store in architecture.security.secret_stores.values():
        if store.id in used:
            yield Group(store.id, store.label, "secret_store", subtitle=", ".join(store.holds), status=store.status)


def _said(element: Element) -> str:
    """Return in words whether something is encrypted; nothing where that is not stated.

    AWS encrypts every log group: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
    """
    held: Any = element
    encrypted = getattr(held, "encrypted", None)
    kind = getattr(held, "encryption", None)
    if encrypted is False or kind == "none":
        return "not encrypted"
    if getattr(held, "key", "") or encrypted or kind or isinstance(element, LogGroup):
        return " ".join(filter(None, ["encrypted", kind.upper() if kind else ""]))
    return ""


def _frame(element: Element) -> str:
    if _said(element) == "not encrypted":
        return _OPEN
    return "" if getattr(element, "key", "") else _KEYLESS


def _facts(element: Element) -> Iterator[str]:
    match element:
        case Key(alias=alias, rotation=rotation):
            yield alias
            yield _rotated(rotation)
        case Secret():
            yield from (element.name, element.holds)
            yield _rotated(element.rotation)
            yield f"kept {element.recovery_window} when deleted" if element.recovery_window else ""
            yield element.note if len(element.note) <= _NOTE else ""
        case SecretStore(holds=holds, note=note):
            yield from (*holds, note)
        case _:
            yield _said(element)


def _rotated(rotation: object) -> str:
    if isinstance(rotation, bool):
        return "rotated" if rotation else "not rotated"
    return f"rotation {rotation}" if rotation else ""


def _encrypted(kept: Mapping[str, Element]) -> Iterator[Edge]:
    for element in kept.values():
        key = getattr(element, "key", "")
        if key:
            yield Edge(key, element.id)


def _read(elements: Mapping[str, Element]) -> Iterator[Edge]:
    """Yield who reads which secret: services as they start, proxies to sign in to their database."""
    for element in elements.values():
        field = {"service": "secrets", "proxy": "credentials"}.get(element.kind)
        if field:
            yield from (Edge(element.id, secret, _READS) for secret in getattr(element, field))


def _hidden(elements: Mapping[str, Element], kept: Mapping[str, Element]) -> tuple[str, ...]:
    stated = [one for one in elements.values() if one.home[1] in _KINDS and not isinstance(one, LogGroup)]
    silent = [one for one in stated if one.id not in kept]
    told = listing(one.label for one in silent)
    return (f"Not stated whether encrypted, so not drawn: {told}.",) if silent and kept else ()
