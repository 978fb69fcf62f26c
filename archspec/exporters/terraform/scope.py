"""What of an architecture can be exported, and what cannot, with the reason: nothing is left out silently."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from archspec.artifacts import Omission
from archspec.errors import KeyPath
from archspec.exporters.terraform.listeners import accepted, forwards, resolved
from archspec.exporters.terraform.problems import problem
from archspec.model.architecture import AREAS, Architecture, is_region
from archspec.model.element import INTERNET, Element, Model, id_fields, inner_classes, is_block, references, spell_kind
from archspec.model.network import LoadBalancer
from archspec.resources.kinds import KINDS

NOT_IN_AWS = {
    "actor": "people and clients are no resources of AWS",
    "system": "it is no resource of this account",
}
"""Kinds that stand for no resource, with the reason."""

WITHOUT_RESOURCES = frozenset({"monitor", "repository", "secret_store", *NOT_IN_AWS})
"""Kinds that need none. CloudWatch and X-Ray are there as soon as something is written to them, and source code is kept
outside of AWS; but pipelines read the branch and the name of a repository."""

_IN_A_VPC = frozenset(
    {"subnet", "internet_gateway", "route_table", "nacl", "security_group", "endpoint", "namespace", "flow_log"}
)
# A store or service without security groups gets its VPC's default one, which is closed.
_DISPENSABLE = frozenset({"security_groups"})


class Scope(NamedTuple):
    """The exportable part of an architecture, each kind sorted by id, and what was left out."""

    architecture: Architecture
    omissions: tuple[Omission, ...]


def scope(architecture: Architecture) -> Scope:
    """Drop what does not exist today, what is not supported, and whatever cannot stand without those.

    A field that names what is dropped names it no more. In lists of other things (routes, rules, listeners) the items
    keep their positions, and whoever exports them skips those that lead nowhere.
    """
    found: dict[KeyPath, Omission] = {}
    elements = {id_: one for id_, one in architecture.elements.items() if id_ != INTERNET}
    kept = dict(elements)
    while problems := {id_: reason for id_, one in kept.items() if (reason := _problem(one, kept))}:
        found |= {kept[id_].path: Omission(kept[id_].path, reason) for id_, reason in problems.items()}
        kept = {id_: one for id_, one in kept.items() if id_ not in problems}
    for element in kept.values():
        found |= {one.path: one for one in (*_dangling(element, kept, elements), *_not_there(element, element.path))}
    routed = _routed({id_: _narrowed(one, kept) for id_, one in kept.items()}, found)
    # Of target groups some are gone only now.
    lost = (one for element in routed.values() for one in _dangling(element, routed, elements))
    found |= {one.path: one for one in lost if one.path not in found}
    narrowed = {id_: _narrowed(one, routed) for id_, one in routed.items()}
    # Not `model_copy`: it would take the whole architecture's index of elements along.
    recovery = architecture.recovery
    if recovery.region and not is_region(recovery.region):
        path = ("recovery", "region")
        found[path] = Omission(path, f"'{recovery.region}' is no AWS Region")
        recovery = recovery.model_copy(update={"region": ""})
    selected = Architecture.model_construct(
        **{**dict(architecture), **_areas(architecture, narrowed), "recovery": recovery}
    )
    return Scope(selected, tuple(found.values()))


def is_open(peer: str) -> bool:
    """Whether the other side of a security group's rule is addresses and not a group."""
    return peer == INTERNET or is_block(peer)


def _problem(element: Element, kept: Collection[str]) -> str:
    if element.status != "current":
        return f"is {element.status}"
    if element.kind in NOT_IN_AWS:
        return NOT_IN_AWS[element.kind]
    if element.kind not in KINDS and element.kind not in WITHOUT_RESOURCES:
        return f"archspec does not export {element.home[1].replace('_', ' ')}"
    return next(_unmet(element, kept), "") or problem(element)


def _unmet(element: Element, kept: Collection[str]) -> Iterator[str]:
    """Yield what an element cannot do without and does not have."""
    for name, kinds in id_fields(type(element)).items():
        value = getattr(element, name)
        if name == "vpc" and element.kind in _IN_A_VPC:
            value = value or None
        elif name in _DISPENSABLE or not type(element).model_fields[name].is_required():
            continue
        kind = spell_kind(kinds[0])
        if not value:
            yield f"names no {kind}"
        elif isinstance(value, str) and value not in kept:
            yield f"its {kind} {value} is not exported"
        elif not isinstance(value, str) and not {*value} & {*kept}:
            yield f"none of its {name} is exported"
        elif element.kind == "peering" and not {*value} <= {*kept}:
            yield "one of its VPCs is not exported"


def _dangling(element: Element, kept: Collection[str], known: Mapping[str, Element]) -> Iterator[Omission]:
    """Note what leads to something that is left out; what names somebody outside of AWS needs no note."""
    for reference in references(element):
        target = known.get(reference.id)
        if target is not None and target.kind not in WITHOUT_RESOURCES and reference.id not in kept:
            inner = reference.path[:2] if len(reference.path) > 2 else reference.path[:1]
            yield Omission((*element.path, *inner), f"{reference.id} is not exported")


def _not_there(model: Model, path: KeyPath) -> Iterator[Omission]:
    """Note what is planned or gone inside an element, such as a second node of a cache."""
    for name in inner_classes(type(model)):
        value, key = getattr(model, name), type(model).model_fields[name].alias or name
        items = enumerate(value) if isinstance(value, tuple) else [("", value)] if isinstance(value, Model) else ()
        for step, inner in items:
            at = (*path, key) if step == "" else (*path, key, step)
            status = getattr(inner, "status", "current")
            if status != "current":
                yield Omission(at, f"is {status}")
            elif isinstance(inner, Model):
                yield from _not_there(inner, at)


def _narrowed(element: Element, kept: Collection[str]) -> Element:
    """Return an element whose own fields name only what is exported."""
    update: dict[str, object] = {}
    for name in id_fields(type(element)):
        value = getattr(element, name)
        if isinstance(value, str):
            update[name] = value if value in kept else ""
        else:
            update[name] = tuple(id_ for id_ in value if id_ in kept)
    return element.model_copy(update=update)


def _areas(architecture: Architecture, kept: Mapping[str, Element]) -> dict[str, Model]:
    areas: dict[str, Model] = {}
    for area in AREAS:
        held: Model = getattr(architecture, area)
        kinds = {key: {id_: kept[id_] for id_ in sorted(all_) if id_ in kept} for key, all_ in held}
        areas[area] = held.model_copy(update=kinds)
    return areas


def _routed(kept: Mapping[str, Element], found: dict[KeyPath, Omission]) -> dict[str, Element]:
    """Resolve where listeners forward to, and drop the target groups that none of them forwards to."""
    groups = {id_: one for id_, one in sorted(kept.items()) if one.kind == "target_group"}
    by_target = {getattr(one, "target", ""): id_ for id_, one in reversed(groups.items())} | {
        id_: id_ for id_ in groups
    }
    reached: set[str] = set()
    result = dict(kept)
    for id_, balancer in kept.items():
        if isinstance(balancer, LoadBalancer):
            listeners = tuple(resolved(one, by_target) for one in balancer.listeners)
            served = balancer.model_copy(update={"listeners": listeners})
            found |= {one.path: one for one in _unserved(balancer, served)}
            reached |= {group for one in listeners for group in forwards(one)}
            result[id_] = served
    for id_ in sorted(groups.keys() - reached):
        found[groups[id_].path] = Omission(groups[id_].path, "no listener forwards to it")
        del result[id_]
    return result


def _unserved(stated: LoadBalancer, served_by: LoadBalancer) -> Iterator[Omission]:
    """Note the listeners and rules that AWS would not accept, or that lead nowhere."""
    served = {i for i, _ in accepted(served_by)}
    for i, (before, after) in enumerate(zip(stated.listeners, served_by.listeners, strict=True)):
        path = (*stated.path, "listeners", i)
        if i not in served:
            other = any(one.port == after.port for one in stated.listeners[:i])
            yield Omission(
                path, "another listener has its port" if other else "it forwards to nothing that is exported"
            )
        for j, rule in enumerate(after.rules):
            if not rule.forward:
                yield Omission((*path, "rules", j), f"{before.rules[j].forward} is not exported")
