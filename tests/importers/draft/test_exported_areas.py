"""What our own export writes of data, messaging, edge, security, observability and delivery is read back as stated."""

from pathlib import Path
from typing import Any

import pytest

from archspec.defaults import complete
from archspec.exporters.terraform.inventory import inventory
from archspec.importers import spec
from archspec.importers.draft import data, delivery, edge, messaging, observability, security
from archspec.importers.draft.naming import identify
from archspec.importers.draft.piece import Given, Piece
from archspec.model.architecture import Architecture
from archspec.model.element import Element

ROOT = Path(__file__).parents[3]
AREAS = (data, messaging, edge, security, observability, delivery)
READ_BACK = {
    "database": "engine engine_version class multi_az encrypted key tls subnets security_groups public iam_auth"
    " performance_insights enhanced_monitoring deletion_protection final_snapshot logs capacity max_storage"
    " backups.retention",
    "cache": "engine engine_version class serverless subnets security_groups encrypted tls auth cluster_mode key"
    " backups.retention",
    "proxy": "target family subnets security_groups pool tls iam_auth credentials role",
    "bucket": "encryption key versioning replication public public_access_block tls_only",
    "topic": "fifo key encryption",
    "queue": "topic dead_letter max_receives retention visibility_timeout fifo key encryption",
    "distribution": "aliases origins certificate tls_policy origin_access",
    "zone": "domain private vpcs records",
    "web_acl": "scope protects log_group",
    "certificate": "domain region",
    "key": "rotation",
    "secret_store": "service",
    "secret": "store key recovery_window",
    "role": "managed_policies",
    "detector": "service multi_region file_validation",
    "log_group": "retention key",
    "flow_log": "vpc traffic log_group bucket role",
    "alarm": "period datapoints severity notifies",
    "budget": "limit alerts forecast_alerts notifies",
    "anomaly_monitor": "level threshold notifies",
    "registry": "scan_on_push immutable_tags keeps key",
    "build": "spec privileged role log_group variables compute",
    "pipeline": "artifacts role",
}
"""Kind → the fields that a resource has an argument for: as stated, they come back, if the element does."""


@pytest.mark.parametrize("name", ["apexai-crm", "ecs-production", "event-planner", "pge", "z360"])
def test_what_is_stated_and_has_an_argument_comes_back(name: str) -> None:
    stated = complete(spec.load(ROOT / "specs" / f"{name}.yaml").architecture)
    found = _read(stated)
    lost = [
        f"{id_}.{field}: {_plain(stated.elements[id_], field)} became {_plain(one, field)}"
        for id_, one in found.items()
        for field in READ_BACK.get(one.kind, "").split()
        if _is_stated(stated.elements[id_], field) and not _is_same(stated.elements[id_], one, field)
    ]
    assert lost == []


@pytest.mark.parametrize("name", ["apexai-crm", "ecs-production", "event-planner", "pge", "z360"])
def test_nothing_comes_back_that_was_not_stated(name: str) -> None:
    stated = complete(spec.load(ROOT / "specs" / f"{name}.yaml").architecture)
    assert {*_read(stated)} <= {*stated.elements}


def _read(stated: Architecture) -> dict[str, Element]:
    exported = inventory(stated)
    given = Given(exported, identify(exported))
    pieces = [one for area in AREAS for one in area.pieces(given) if isinstance(one, Piece)]
    classes = {type(one).home: type(one) for one in stated.elements.values() if hasattr(type(one), "home")}
    return {one.id: classes[one.home].model_validate({**one.data, "id": one.id}) for one in pieces}


def _is_stated(element: Element, field: str) -> bool:
    first = field.partition(".")[0]
    return (f"{first}_" if first == "class" else first) in element.model_fields_set


def _plain(element: Element, field: str) -> Any:  # noqa: ANN401
    shown: Any = element.model_dump(mode="json", by_alias=True)
    for key in field.split("."):
        shown = shown[key] if shown else shown
    return _measured(shown)


def _measured(value: Any) -> Any:  # noqa: ANN401
    """Compare quantities by what they are, not by how they are written; lists in any order; notes are no arguments."""
    if isinstance(value, dict):
        if "low" in value and "high" in value:
            return value["low"], value["high"]
        return {key: _measured(one) for key, one in value.items() if key != "note"}
    if isinstance(value, list):
        return sorted((_measured(one) for one in value), key=str)
    return value


def _is_same(stated: Element, found: Element, field: str) -> bool:
    return bool(_plain(stated, field) == _plain(found, field))
