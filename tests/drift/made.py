"""A small spec, the inventory of its export, and that with changes."""

from dataclasses import replace
from typing import Any

from archspec import api
from archspec.drift import Drift, find
from archspec.exporters.terraform.inventory import inventory
from archspec.model.architecture import Architecture
from archspec.resources.resource import Inventory, Resource

SHOP = """\
archspec: 1
name: shop
region: us-east-1
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    app-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    app-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups:
    api-sg: {ingress: [{from: 10.0.0.0/16, port: 443}]}
    db-sg: {ingress: [{from: api-sg, port: 5432}]}
compute:
  clusters: {main-cluster: {}}
  services:
    api: {cluster: main-cluster, port: 443, cpu: 256, memory: 512, desired: 2, subnets: [app-a, app-b],
          security_groups: [api-sg]}
data:
  databases:
    db: {engine: postgres, class: db.t4g.small, subnets: [app-a, app-b], security_groups: [db-sg], multi_az: true,
         backups: {retention: 7 days}}
messaging:
  queues: {orders: {retention: 4 days}}
"""


def applied(text: str = SHOP, source: str = "account") -> Inventory:
    """Return what an account holds once the export of a spec is applied."""
    return account(api.parse(text).architecture, source)


def account(architecture: Architecture, source: str = "account") -> Inventory:
    """Return what an account holds once the export of an architecture is applied: its own number is known in it."""
    numbered = {**dict(architecture), "account": architecture.account or "123456789012"}
    made = inventory(Architecture.model_construct(**numbered), is_applied=True)
    return replace(made, source=source, is_mixed=True)


def changed(there: Inventory, address: str, **values: Any) -> Inventory:  # noqa: ANN401 - attributes
    """Return an inventory in which a resource has other values; `None` takes one away."""
    assert address in there.by_address, sorted(there.by_address)
    return _each(there, lambda one: _with(one, values) if one.address == address else one)


def untagged(there: Inventory) -> Inventory:
    """Return an inventory without tags, except for names: as people make things by hand."""
    return _each(there, lambda one: _with(one, {"tags": _named(one), "tags_all": _named(one)}))


def without(there: Inventory, *addresses: str) -> Inventory:
    """Return an inventory without some resources."""
    assert {*addresses} <= there.by_address.keys()
    return replace(there, resources=tuple(one for one in there.resources if one.address not in addresses))


def plus(there: Inventory, *more: Resource) -> Inventory:
    """Return an inventory with more resources."""
    return replace(there, resources=tuple(sorted((*there.resources, *more))))


def drift(there: Inventory, text: str = SHOP) -> Drift:
    """Compare a spec with what is there."""
    system = api.parse(text, "shop.yaml")
    return find(system.architecture, there, system.source.locate)


def messages(there: Inventory, text: str = SHOP) -> list[str]:
    """Return what is found, each with its line and rule."""
    return [f"{one.location.line} {one.rule} {one.message}" for one in drift(there, text).findings]


def _each(there: Inventory, change: Any) -> Inventory:  # noqa: ANN401 - a function
    return replace(there, resources=tuple(change(one) for one in there.resources))


def _with(one: Resource, values: dict[str, Any]) -> Resource:
    merged = {**one.values, **values}
    return one._replace(values={name: value for name, value in merged.items() if value is not None})


def _named(one: Resource) -> dict[str, str] | None:
    return {"Name": one.tags["Name"]} if "Name" in one.tags else None
