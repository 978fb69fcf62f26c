"""Databases and caches, their instances and backups."""

from collections.abc import Iterator
from typing import NamedTuple

from archspec.documents.markup import Markdown, code
from archspec.documents.page import Page
from archspec.documents.wording import COMPUTED, NOT_STATED, answer, stated
from archspec.model.data import Store

TITLE = "Data"


class StoreRow(NamedTuple):
    """A database or cache."""

    store: Markdown
    kind: str
    engine: str
    class_: Markdown
    port: Markdown
    multi_az: Markdown
    encrypted: Markdown
    subnets: Markdown
    groups: Markdown
    note: str


class InstanceRow(NamedTuple):
    """A member of a store."""

    store: Markdown
    role: str
    az: str
    status: str


class BackupRow(NamedTuple):
    """What is kept of a store."""

    store: Markdown
    every: Markdown
    retention: Markdown
    point_in_time: Markdown
    cross_region: Markdown


class Data(NamedTuple):
    """The facts."""

    stores: tuple[StoreRow, ...]
    instances: tuple[InstanceRow, ...]
    backups: tuple[BackupRow, ...]
    has_notes: bool


def make(page: Page) -> Data | None:
    """Return the stores, if there are any."""
    stores = page.stores
    if not stores:
        return None
    instances = tuple(row for store in stores for row in _instances(page, store))
    rows = tuple(_store(page, store) for store in stores)
    return Data(rows, instances, tuple(_backups(page, store) for store in stores), any(row.note for row in rows))


def _store(page: Page, store: Store) -> StoreRow:
    note = getattr(store, "storage", "")
    filled = f"filled again from {page.refer(store.rebuild_from)}" if store.rebuild_from else ""
    return StoreRow(
        store=page.define(store),
        kind=store.kind,
        engine=f"{store.engine} {store.engine_version}".strip(),
        class_=code(store.class_) or NOT_STATED,
        port=Markdown(store.listens if store.port is not None else f"{store.listens}{COMPUTED}"),
        multi_az=answer(store.multi_az),
        encrypted=answer(store.encrypted),
        subnets=page.refer_all(store.subnets),
        groups=page.refer_all(store.security_groups),
        note="; ".join(part for part in (note, filled, store.note) if part),
    )


def _instances(page: Page, store: Store) -> Iterator[InstanceRow]:
    for instance in store.instances:
        status = instance.status if instance.status == "current" else f"*{instance.status}*"
        yield InstanceRow(page.refer(store.id), instance.role, instance.az, Markdown(status))


def _backups(page: Page, store: Store) -> BackupRow:
    kept, named = store.backups, page.refer(store.id)
    if kept is None:
        return BackupRow(named, NOT_STATED, NOT_STATED, NOT_STATED, NOT_STATED)
    return BackupRow(
        named, stated(kept.every), stated(kept.retention), answer(kept.point_in_time), answer(kept.cross_region)
    )
