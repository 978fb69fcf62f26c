"""Databases and caches: what they hold and run on, how they are protected, their instances and backups."""

from collections.abc import Iterator
from typing import NamedTuple

from archspec.documents.markup import Markdown, code, escape
from archspec.documents.page import Page, refer_if
from archspec.documents.wording import COMPUTED, NOT_STATED, answer, if_stated, stated
from archspec.model.data import Cache, Database, Store

TITLE = "Data"


class StoreRow(NamedTuple):
    """A database or cache: what it holds, what it is, and where it answers."""

    store: Markdown
    name: Markdown
    note: Markdown
    kind: str
    engine: str
    class_: Markdown
    capacity: str
    storage: Markdown
    multi_az: Markdown
    encrypted: Markdown
    port: Markdown
    domain: Markdown


class PlaceRow(NamedTuple):
    """Where a store stands, how it is protected, and when it may change."""

    store: Markdown
    subnets: Markdown
    groups: Markdown
    key: Markdown
    tls: Markdown
    credentials: Markdown
    maintenance_window: str
    logs: str
    log_group: Markdown


class InstanceRow(NamedTuple):
    """A member of a store."""

    store: Markdown
    name: Markdown
    role: str
    class_: Markdown
    az: str
    promotion_tier: Markdown
    status: str
    note: str


class BackupRow(NamedTuple):
    """What is kept of a store, and how long bringing it back takes."""

    store: Markdown
    every: Markdown
    window: str
    retention: Markdown
    point_in_time: Markdown
    cross_region: Markdown
    restore: Markdown
    manual: str
    manual_retention: Markdown


class Data(NamedTuple):
    """The facts."""

    stores: tuple[StoreRow, ...]
    places: tuple[PlaceRow, ...]
    instances: tuple[InstanceRow, ...]
    backups: tuple[BackupRow, ...]


def make(page: Page) -> Data | None:
    """Return the stores, if there are any."""
    stores = page.stores
    if not stores:
        return None
    return Data(
        stores=tuple(_store(page, store) for store in stores),
        places=tuple(_place(page, store) for store in stores),
        instances=tuple(row for store in stores for row in _instances(page, store)),
        backups=tuple(backups(page, store) for store in stores),
    )


def _store(page: Page, store: Store) -> StoreRow:
    return StoreRow(
        store=page.define(store),
        name=code(store.name),
        note=_note(page, store),
        kind=store.kind,
        engine=f"{store.engine} {store.engine_version}".strip(),
        class_=Markdown("serverless") if _is_serverless(store) else code(store.class_) or NOT_STATED,
        capacity=_capacity(store),
        storage=_storage(store),
        multi_az=answer(store.multi_az if "multi_az" in store.model_fields_set else None),
        encrypted=answer(store.encrypted),
        port=Markdown(store.listens if store.port is not None else f"{store.listens}{COMPUTED}"),
        domain=code(store.domain),
    )


def _note(page: Page, store: Store) -> Markdown:
    filled = Markdown(f"filled again from {page.refer(store.rebuild_from)}") if store.rebuild_from else ""
    return Markdown("; ".join(escape(part) for part in (store.note, filled) if part))


def _is_serverless(store: Store) -> bool:
    return not store.class_ and isinstance(store, Cache) and store.serverless


def _capacity(store: Store) -> str:
    bounds = store.capacity if isinstance(store, Database) else None
    if bounds is None:
        return ""
    low, high = (str(count).removesuffix("ACU").strip() for count in (bounds.min, bounds.max))
    return f"{low} to {high} ACU"


def _storage(store: Store) -> Markdown:
    """Write what a database stores on, up to which size that grows by itself, by how much, and when."""
    if not isinstance(store, Database):
        return Markdown()
    parts = [
        escape(store.storage),
        Markdown(f"grows to {escape(store.max_storage)}") if store.max_storage else Markdown(),
        Markdown(f"by {escape(store.grows_by)}") if store.grows_by else Markdown(),
        Markdown(f"when {escape(store.grows_at)} is free") if store.grows_at else Markdown(),
    ]
    return Markdown(", ".join(part for part in parts if part))


def _place(page: Page, store: Store) -> PlaceRow:
    return PlaceRow(
        store=page.refer(store.id),
        subnets=page.refer_all(store.subnets),
        groups=page.refer_all(store.security_groups),
        key=refer_if(page, store.key),
        tls=if_stated(store.tls),
        credentials=page.refer_all(store.credentials),
        maintenance_window=store.maintenance_window,
        logs=", ".join(store.logs),
        log_group=refer_if(page, store.log_group),
    )


def _instances(page: Page, store: Store) -> Iterator[InstanceRow]:
    for one in store.instances:
        yield InstanceRow(
            store=page.refer(store.id),
            name=code(one.name),
            role=one.role,
            class_=code(one.class_),
            az=one.az,
            promotion_tier=if_stated(one.promotion_tier),
            status=Markdown("current") if one.status == "current" else Markdown(f"*{one.status}*"),
            note=one.note,
        )


def backups(page: Page, store: Store) -> BackupRow:
    """Return what is kept of a store."""
    kept, named = store.backups, page.refer(store.id)
    if kept is None:
        none = Markdown()
        return BackupRow(named, NOT_STATED, "", NOT_STATED, NOT_STATED, NOT_STATED, none, "", none)
    return BackupRow(
        store=named,
        every=stated(kept.every),
        window=kept.window,
        retention=stated(kept.retention),
        point_in_time=answer(kept.point_in_time),
        cross_region=answer(kept.cross_region),
        restore=if_stated(kept.restore),
        manual=kept.manual,
        manual_retention=if_stated(kept.manual_retention),
    )
