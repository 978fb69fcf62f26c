"""Two versions of a spec in tests: from text, or from the data of a real one with edits on it."""

import copy
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from archspec import source
from archspec.changes import Change, Difference, compare, side_by_side, version
from archspec.changes.risks import RISKS
from archspec.changes.versions import Versions
from archspec.importers import spec
from archspec.importers.spec.inclusion import read_with_includes
from archspec.rulepacks import built_in, choose, extended
from archspec.rules import Rule
from tests.sample import HEADER

Data = dict[str, Any]
Told = tuple[str, str]

SYSTEMS = ("apexai-crm", "ecs-production", "event-planner", "pge", "z360")

NETWORK = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    public-b: {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.3.0/24}
    data-a: {az: us-east-1a, tier: data, cidr: 10.0.5.0/24}
    data-b: {az: us-east-1b, tier: data, cidr: 10.0.6.0/24}
  security_groups:
    alb-sg: {ingress: [{from: internet, port: 443}]}
    api-sg: {ingress: [{from: alb-sg, port: 4000}]}
    db-sg: {ingress: [{from: api-sg, port: 5432}]}
  load_balancers:
    alb: {subnets: [public-a, public-b], security_groups: [alb-sg], listeners: [{port: 443, protocol: HTTPS}]}
compute:
  clusters: {ecs: {}}
  services:
    api: {cluster: ecs, port: 4000, subnets: [private-a], security_groups: [api-sg], load_balancer: alb, desired: 2}
data:
  databases:
    db: {engine: postgres, subnets: [data-a, data-b], security_groups: [db-sg], encrypted: true, multi_az: true,
         backups: {every: 1 day, retention: 30 days, point_in_time: true}}
flows:
  - internet -> alb: 443 HTTPS
  - alb -> api: 4000 HTTP
  - api -> db: 5432 PostgreSQL
"""
"""A small system that has a way from the internet to a database."""


@cache
def all_rules() -> tuple[Rule, ...]:
    return tuple(choose(extended(built_in(), []), (), ()))


def side(old: str, new: str, rules: tuple[Rule, ...] = ()) -> Versions:
    """Put two texts of a spec, both without its header, side by side."""
    return side_by_side(
        version(spec.parse(HEADER + old, "old.yaml")), version(spec.parse(HEADER + new, "new.yaml")), rules
    )


def changes(old: str, new: str) -> tuple[Change, ...]:
    return compare(side(old, new), ("old.yaml", "new.yaml")).changes


def edited(old: str, *edits: tuple[str, str]) -> str:
    """Replace texts, each of which has to be there."""
    for before, after in edits:
        assert before in old, before
        old = old.replace(before, after)
    return old


def risks(name: str, old: str, *edits: tuple[str, str]) -> list[Told]:
    """Return grade and sentence of what one module says of edits of a text."""
    rules = all_rules() if name == "findings" else ()
    return [(one.grade.name, one.text) for one in RISKS[name].risks(side(old, edited(old, *edits), rules))]


@cache
def _data(system: str) -> Data:
    path = Path("specs", f"{system}.yaml")
    read: Data = read_with_includes(path, path.as_posix()).data
    return {key: value for key, value in read.items() if key != "include"}


def data_of(system: str) -> Data:
    """Return a real spec as plain data, for a test to change."""
    return copy.deepcopy(_data(system))


def loaded(data: Data, name: str = "new.yaml") -> spec.Loaded:
    """Load a spec from plain data, which is YAML where it is written as JSON."""
    return spec.build(source.parse(json.dumps(data, indent=1), name))


def difference(old: Data, new: Data) -> Difference:
    """Return all that is said of two versions of plain data."""
    versions = side_by_side(version(loaded(old, "old.yaml")), version(loaded(new)), all_rules())
    return compare(versions, ("old.yaml", "new.yaml"))


Edit = Callable[[Data], None]
