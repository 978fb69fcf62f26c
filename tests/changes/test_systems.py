"""The real systems: the same says nothing, nor does another order; edits on them are found and graded."""

import random
from typing import Any

import pytest

from archspec.model.architecture import AREAS, LISTS
from tests.changes.two import SYSTEMS, Data, Edit, data_of, difference

_ORDERED = ("recovery.steps", "cost.environments", "cost.savings")
"""Lists whose order means something: to claims that name an item by its position, to a rule that names the first."""


def _shuffled_map(held: dict[str, Any], by: random.Random) -> dict[str, Any]:
    keys = [*held]
    by.shuffle(keys)
    return {key: held[key] for key in keys}


def _shuffle_areas(holder: Data, by: random.Random) -> None:
    for area in AREAS:
        if area in holder:
            kinds = {key: _shuffled_map(all_, by) for key, all_ in holder[area].items()}
            holder[area] = _shuffled_map(kinds, by)
    if "flows" in holder:
        by.shuffle(holder["flows"])


def _shuffled(data: Data, seed: int) -> Data:
    """Put every section, kind, element and flow elsewhere, and every item of a list whose order means nothing."""
    by = random.Random(seed)  # noqa: S311  a seed, so that a failure can be looked at
    for holder in (data, data.get("shared") or {}, *(data.get("environments") or {}).values()):
        if holder:
            _shuffle_areas(holder, by)
    for home in LISTS:
        area, _, key = home.partition(".")
        if key and key in data.get(area, {}) and home not in _ORDERED:
            by.shuffle(data[area][key])
        elif not key and home != "flows" and home in data:
            by.shuffle(data[area])
    return _shuffled_map(data, by)


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_system_compared_with_itself_says_nothing(system: str) -> None:
    found = difference(data_of(system), data_of(system))
    assert (found.risks, found.changes) == ((), ())


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("system", SYSTEMS)
def test_a_system_in_another_order_says_nothing(system: str, seed: int) -> None:
    found = difference(data_of(system), _shuffled(data_of(system), seed))
    assert (found.risks, found.changes) == ((), ())


def _everybody(data: Data, group: str) -> None:
    held = data["network"]["security_groups"]
    held[group]["ingress"] = [*held[group]["ingress"], {"from": "internet", "port": "22"}]


def _set(area: str, key: str, id_: str, field: str, value: object) -> Edit:
    def edit(data: Data) -> None:
        held = data[area][key][id_]
        *above, last = field.split(".")
        for step in above:
            held[step] = dict(held[step])  # what has an alias is one object in several places
            held = held[step]
        if value is None:
            del held[last]
        else:
            held[last] = value

    return edit


def _nat(subnet: str) -> Edit:
    def edit(data: Data) -> None:
        data["network"].setdefault("nat_gateways", {})["nat-new"] = {"subnet": subnet}

    return edit


def _rename(old: str, new: str) -> Edit:
    """Give a service another id wherever it is named as one."""

    def edit(data: Data) -> None:
        for key, value in [*data.items()]:
            data[key] = _renamed(value, old, new)

    return edit


def _renamed(value: object, old: str, new: str) -> object:
    if isinstance(value, dict):
        return {_word(key, old, new): _renamed(item, old, new) for key, item in value.items()}
    if isinstance(value, list):
        return [_renamed(item, old, new) for item in value]
    if isinstance(value, str) and " -> " in value:
        return _word(value, old, new)
    return new if value == old else value


def _word(key: str, old: str, new: str) -> str:
    return " ".join(new if part == old else f"{new}:" if part == f"{old}:" else part for part in key.split(" "))


EDITS: list[tuple[str, Edit, tuple[str, str, str]]] = [
    ("ecs-production", lambda data: _everybody(data, "alb-sg"), ("MEDIUM", "findings", "SEC003")),
    ("ecs-production", _set("network", "security_groups", "rds-sg", "ingress", [{"from": "alb-sg", "port": "5432"}]),
     ("HIGH", "opened-between", "rds can be reached from the public subnets of main: alb may open tcp/5432")),
    ("ecs-production", _set("network", "security_groups", "rds-sg", "ingress", [{"from": "alb-sg", "port": "5432"}]),
     ("HIGH", "blocked-flows", "ecs -> rds 5432 is blocked")),
    ("ecs-production", _set("data", "databases", "rds", "backups", None),
     ("HIGH", "protection", "rds: backups switched off")),
    ("ecs-production", _set("data", "databases", "rds", "backups.point_in_time", "false"),
     ("HIGH", "recovery-points", "rds: RPO 5 minutes -> 24 hours (application)")),
    ("ecs-production", _set("data", "databases", "rds", "instances", [{"role": "primary", "az": "us-east-1a"}]),
     ("MEDIUM", "redundancy", "rds: 2 instances -> 1")),
    ("ecs-production", _nat("public-a"), ("LOW", "monthly-cost", "+$32.85 a month at least by AWS's list prices")),
    ("apexai-crm", _set("data", "databases", "rds", "encrypted", "false"),
     ("HIGH", "protection", "rds: encryption at rest switched off")),
    ("apexai-crm", _set("data", "databases", "rds", "encrypted", "false"), ("HIGH", "data-lost", "rds is replaced")),
    ("apexai-crm", _set("data", "databases", "rds", "backups.retention", "1 day"),
     ("MEDIUM", "protection", "rds: backups are kept 1 day, not 7 days")),
    ("apexai-crm", _set("compute", "services", "server", "scaling.min", "1"),
     ("MEDIUM", "redundancy", "server: 2 tasks -> 1")),
    ("apexai-crm", _set("observability", "log_groups", "server-logs", "retention", "1 day"),
     ("LOW", "protection", "server-logs: logs are kept 1 day, not 7 days")),
    ("event-planner", _set("network", "security_groups", "rds-sg", "ingress", [{"from": "alb-sg", "port": "5432"}]),
     ("HIGH", "blocked-flows", "auth-service -> auth-db 5432 is blocked")),
    ("event-planner", _set("data", "databases", "auth-db", "backups", None),
     ("HIGH", "recovery-points", "auth-db: RPO")),
    ("event-planner", _set("data", "buckets", "app-data", "versioning", "false"),
     ("MEDIUM", "protection", "app-data: versioning switched off")),
    ("event-planner", _nat("public-a"), ("LOW", "monthly-cost", "+$32.85 a month at least by AWS's list prices")),
    ("pge", _set("network", "security_groups", "db-sg", "ingress", [{"from": "web-sg", "port": "3306"}]),
     ("HIGH", "blocked-flows", "app -> db-proxy 3306 is blocked")),
    ("pge", _set("data", "databases", "aurora", "backups.retention", "1 day"),
     ("MEDIUM", "protection", "aurora: backups are kept 1 day, not 7 days")),
    ("pge", _nat("public-1"), ("LOW", "monthly-cost", "nat-new +$32.85")),
    ("z360", _set("network", "security_groups", "core-db-sg", "ingress", [{"from": "core-https-sg", "port": "5432"}]),
     ("MEDIUM", "opened-between", "staging/core-db can be reached from staging/core-alb: tcp/5432, no flow")),
    ("z360", _set("data", "databases", "core-db", "backups.retention", "1 day"),
     ("MEDIUM", "protection", "beta/core-db: backups are kept 1 day, not 7 days")),
]  # fmt: skip


@pytest.mark.parametrize(("system", "edit", "expected"), EDITS)
def test_an_edit_is_found_and_graded(system: str, edit: Edit, expected: tuple[str, str, str]) -> None:
    new = data_of(system)
    edit(new)
    grade, name, words = expected
    found = [one for one in difference(data_of(system), new).risks if one.name == name and words in one.text]
    assert [one.grade.name for one in found[:1]] == [grade]


RENAMES = [("ecs-production", "worker"), ("apexai-crm", "studio"), ("event-planner", "booking-service"), ("pge", "app")]


@pytest.mark.parametrize(("system", "service"), RENAMES)
def test_a_renamed_service_is_one_change_of_the_elements(system: str, service: str) -> None:
    new = data_of(system)
    _rename(service, "renamed-service")(new)
    found = difference(data_of(system), new)
    assert [(one.what, one.was, one.id) for one in found.changes if one.sort in ("service", "flow")] == [
        ("renamed", service, "renamed-service")
    ]


def test_every_system_has_edits_of_its_own() -> None:
    assert {system for system, _, _ in EDITS} == {*SYSTEMS}
