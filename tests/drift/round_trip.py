"""A spec and what an import reads of its export, side by side: elements, flows, edges, attributes."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from archspec.defaults import complete
from archspec.exporters.terraform.files import collect
from archspec.exporters.terraform.scope import WITHOUT_RESOURCES
from archspec.importers import spec
from archspec.importers.draft import draft
from archspec.model.architecture import Architecture
from archspec.model.element import INTERNET, Element, references
from archspec.resources.resource import Inventory
from tests.drift.expected import EDGES, FIELDS


class Sides(NamedTuple):
    """A spec with all that it implies, and what an import reads back, with all that that implies."""

    stated: Architecture
    found: Architecture


def read_back(stated: Architecture, inventory: Inventory) -> Sides:
    """Import what a complete architecture became."""
    return Sides(stated, complete(spec.parse(draft(inventory, stated.name).text).architecture))


def lost_elements(sides: Sides) -> set[str]:
    """Return the elements that somebody stated and nobody reads back."""
    stated = {id_ for id_, one in sides.stated.elements.items() if not one.derived and one.kind != INTERNET}
    return stated - set(sides.found.elements)


def new_elements(sides: Sides) -> set[str]:
    """Return the elements that are read back and that nobody stated."""
    return set(sides.found.elements) - set(sides.stated.elements)


Edge = tuple[str, str, str]
"""From which element, over which port or by which field, to which."""


def flows(architecture: Architecture) -> set[Edge]:
    """Return what passes between single elements of a VPC today, port by port; a cluster is its services."""
    elements = architecture.elements
    clusters: dict[str, list[str]] = {}
    for one in architecture.compute.services.values():
        clusters.setdefault(one.cluster, []).append(one.id)
    return {
        (source, str(part), target)
        for one in architecture.flows
        if one.status == "current"
        for source in clusters.get(one.source, [one.source])
        for target in clusters.get(one.target, [one.target])
        for part in one.port
        if (source == INTERNET or elements[source].attached) and elements[target].attached
    }


def links(architecture: Architecture) -> set[Edge]:
    """Return by which fields elements that are there today refer to others that are; a target group is its service."""
    elements = architecture.elements
    targets = {id_: one.target for id_, one in architecture.network.target_groups.items()}
    return {
        (one.id, field, targets.get(reference.id, reference.id))
        for one in elements.values()
        if one.status == "current" and one.kind not in {"target_group", *WITHOUT_RESOURCES}
        for reference in references(one)
        if (field := str(reference.path[0])) in EDGES.get(one.kind, "").split()
        and (target := elements.get(reference.id)) is not None
        and target.status == "current"
        and target.kind not in {INTERNET, *WITHOUT_RESOURCES}
    }


def edges(architecture: Architecture) -> set[Edge]:
    """Return all that the API of AWS tells of who reaches or names whom."""
    return flows(architecture) | links(architecture)


def exported(architecture: Architecture) -> set[Edge]:
    """Return the edges of a spec without those of which its export says that they are left out."""
    elements = architecture.elements
    omitted = {omission.path for omission in collect(architecture).omissions}
    gone = {id_ for id_, one in elements.items() if one.path in omitted}
    fields = {
        (id_, field)
        for id_, one in elements.items()
        for field in EDGES.get(one.kind, "").split()
        if (*one.path, field) in omitted
    }
    return {
        (source, by, target)
        for source, by, target in edges(architecture)
        if not {source, target} & gone and (source, by) not in fields
    }


def missed_edges(sides: Sides) -> set[Edge]:
    """Return the exported edges that are not read back."""
    return exported(sides.stated) - edges(sides.found)


def changed_fields(sides: Sides) -> set[str]:
    """Return each checked field that somebody stated and that is read back as something else: `db.multi_az`."""
    elements = sides.found.elements
    return {
        f"{one.id}.{field}"
        for one, field in checked_fields(sides)
        if not _says(plain(sides, one, field), plain(sides, elements[one.id], field))
    }


def checked_fields(sides: Sides) -> Iterator[tuple[Element, str]]:
    """Yield what `changed_fields` compares: the fields that somebody stated of what is there today."""
    for id_, one in sides.stated.elements.items():
        if id_ in sides.found.elements and one.status == "current" and not one.derived:
            yield from ((one, field) for field in FIELDS.get(one.kind, "").split() if _is_stated(one, field))


def _is_stated(element: Element, field: str) -> bool:
    first, _, rest = field.partition(".")
    name = "class_" if first == "class" else first
    value = getattr(element, name)
    inner = getattr(value, rest) if rest and value is not None else value
    return name in element.model_fields_set and inner is not None and (not rest or inner != "")


def plain(sides: Sides, element: Element, field: str) -> Any:  # noqa: ANN401 - any field
    """Return a field as plain data: quantities by what they are, and what a value means in place of how it is put."""
    shown: Any = element.model_dump(mode="json", by_alias=True)
    for key in field.split("."):
        shown = shown[key] if shown else shown
    value = _measured(shown)
    match element.kind, field:
        case "security_group", "egress" if value is None:
            return [{"to": INTERNET, "port": [ALL], "protocol": "all"}]
        case (("security_group" | "nacl"), ("ingress" | "egress")):
            return [{**rule, "port": [part]} for rule in value for part in rule["port"]]
        case "load_balancer", "scheme":
            return value or ("internet-facing" if _stands_public(sides, element) else "internal")
        case "load_balancer", "listeners":
            return _by_service(value, {id_: one.target for id_, one in sides.stated.network.target_groups.items()})
        case "service", "scaling.policies":
            return [{**one, "metric": _resource(one["metric"])} for one in value]
        case _:
            return value


def _resource(metric: str) -> str:
    """Return what a metric measures: `ECSServiceAverageCPUUtilization` and `CPU utilization` are one."""
    return next(word for word in ("cpu", "memory", "request") if word in metric.lower())


ALL = (0, 65535)


def _stands_public(sides: Sides, element: Element) -> bool:
    subnets = sides.stated.network.subnets
    return all(subnets[id_].tier == "public" for id_ in getattr(element, "subnets", ()))


def _by_service(value: Any, targets: Mapping[str, str]) -> Any:  # noqa: ANN401 - JSON
    """Name a service where one of its target groups is named."""
    if isinstance(value, dict):
        return {key: _by_service(one, targets) for key, one in value.items()}
    if isinstance(value, list):
        return [_by_service(one, targets) for one in value]
    return targets.get(value, value) if isinstance(value, str) else value


_UNTOLD = ("note", "derived", "name")


def _measured(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        if "low" in value and "high" in value:
            return value["low"], value["high"]
        return {key: _measured(one) for key, one in value.items() if key not in _UNTOLD}
    if isinstance(value, list):
        if len(value) == 2 and all(type(one) is int for one in value):  # a range of ports
            return tuple(value)
        there = [one for one in value if not isinstance(one, dict) or one.get("status", "current") == "current"]
        return [_measured(one) for one in there]
    return INTERNET if value == "0.0.0.0/0" else value


def _says(stated: Any, found: Any) -> bool:  # noqa: ANN401 - JSON
    """Whether all that is stated is found; what a spec leaves open may be anything."""
    if isinstance(stated, dict) and isinstance(found, dict):
        return all(_says(one, found.get(key)) for key, one in stated.items() if one not in (None, "", [], {}))
    if isinstance(stated, list) and isinstance(found, list):
        return len(stated) == len(found) and all(any(_says(one, other) for other in found) for one in stated)
    return bool(stated == found)
