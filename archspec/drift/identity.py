"""Which resources of an account belong to a system, and which element each one is, also where no tag says so."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import replace

from archspec.exporters.terraform.resource import slug
from archspec.importers.draft.naming import ARCHITECTURE_TAG, identify
from archspec.model.architecture import Architecture
from archspec.resources.kinds import ELEMENT_TAG, KINDS, PART_TAG
from archspec.resources.resource import Inventory, Ref, Resource, Unread, refs

_NAMES = (
    "name",
    "identifier",
    "cluster_identifier",
    "replication_group_id",
    "cluster_id",
    "bucket",
    "alarm_name",
    "dashboard_name",
    "domain_name",
    "cidr_block",
)
"""The attributes that tell a resource from others of its type, the first of them that it has."""

_SHARED = frozenset({"aws_kms_key", "aws_iam_role", "aws_acm_certificate", "aws_route53_zone", "aws_sns_topic"})
"""What others use too: to refer to one of these makes nothing a part of the system."""

_WHOSE = {
    "aws_vpc_security_group_ingress_rule": "security_group_id",
    "aws_vpc_security_group_egress_rule": "security_group_id",
    "aws_security_group_rule": "security_group_id",
    "aws_route": "route_table_id",
    "aws_lb_listener_rule": "listener_arn",
    "aws_iam_role_policy": "role",
    "aws_iam_role_policy_attachment": "role",
    "aws_kms_alias": "target_key_id",
    "aws_kms_key_policy": "key_id",
    "aws_route53_record": "zone_id",
    "aws_sns_topic_policy": "arn",
    "aws_sns_topic_subscription": "topic_arn",
}
"""Types that are a part of something, whatever else they name: the attribute that names it."""

_ONCE = frozenset({
    "aws_config_configuration_recorder", "aws_inspector2_enabler", "aws_macie2_account", "aws_securityhub_account",
})  # fmt: skip
"""Types without names or tags, of which an account has one at most."""


_ELEMENTS = frozenset(type_ for types in KINDS.values() for type_ in types)

_TOLD_WITHOUT_TAGS = frozenset({"aws_budgets_budget", "aws_ce_anomaly_monitor", "aws_cloudwatch_dashboard"})
"""Types whose tags no list of them tells, or that have none: known by what an import calls them."""

Likes = Mapping[Hashable, Resource]


def readings(there: Inventory, wanted: Inventory) -> tuple[Inventory, ...]:
    """Return what an account may mean: what its names say, and where it has no tags of ours also what an import says.

    A spec that was drafted from an account calls things as an import does; one that was written first, as its export.
    """
    named = identified(there, wanted)
    return (named,) if _taken(there) else (named, there)


def identified(there: Inventory, wanted: Inventory) -> Inventory:
    """Return an inventory in which resources without tags of ours have those of their like in `wanted`."""
    taken = _taken(there)
    known, unique, ids = by_likeness(wanted.resources), by_likeness(there.resources), identify(wanted)
    found = []
    for one in there.resources:
        like = next((known[key] for key in likeness(one) if key in known and key in unique), None)
        tags = _own_tags(like, ids) if like else {}
        if (one.type, tags.get(ELEMENT_TAG)) in taken:
            tags = {}
        is_known = ELEMENT_TAG in one.tags or (PART_TAG in one.tags and ELEMENT_TAG not in tags)
        found.append(one if is_known else _tagged(one, tags))
    return replace(there, resources=tuple(found))


def with_derived(wanted: Inventory, architecture: Architecture) -> Inventory:
    """Return an export in which what is derived is an element as any other: a route table that nobody states."""
    ids = {
        f"{type_}.{slug(one.id)}": one.id
        for one in architecture.elements.values()
        if one.derived
        for type_ in KINDS.get(one.kind, ())
    }
    resources = (
        _tagged(one, {ELEMENT_TAG: ids[one.address]} if one.address in ids else {}) for one in wanted.resources
    )
    return replace(wanted, resources=tuple(resources))


def _own_tags(one: Resource, ids: Mapping[str, str]) -> Mapping[str, str]:
    if one.address in ids:
        return {ELEMENT_TAG: ids[one.address]}
    return {PART_TAG: one.tags[PART_TAG]} if PART_TAG in one.tags else {}


def _tagged(one: Resource, tags: Mapping[str, str]) -> Resource:
    return one._replace(values={**one.values, "tags_all": {**one.tags, **tags}}) if tags else one


def _taken(there: Inventory) -> Collection[tuple[str, str | None]]:
    return {(one.type, id_) for one in there.resources if (id_ := one.tags.get(ELEMENT_TAG))}


def _named(there: Inventory, architecture: Architecture) -> Mapping[str, str]:
    """Return the ids of the resources that an import would call as the spec calls an element of their kind."""
    elements, types = architecture.elements, {one.address: one.type for one in there.resources}
    ids = identify(there)
    return {a: id_ for a, id_ in ids.items() if id_ in elements and types[a] in KINDS.get(elements[id_].kind, ())}


def likeness(one: Resource) -> Iterator[Hashable]:
    """Yield by what a resource is known as the same one elsewhere, the surest first: its tags, its name."""
    name = name_of(one)
    tags = one.tags.get(ELEMENT_TAG), one.tags.get(PART_TAG)
    if any(tags):
        yield (one.type, *tags, name if tags[0] is None else "")
    if name:
        yield one.type, name
    if one.type in _ONCE or one.type == "aws_internet_gateway":
        yield one.type, ""


def name_of(one: Resource) -> str:
    """Return what tells a resource from others of its type, or nothing."""
    named = (one.values.get(name) for name in _NAMES)
    return next((name for name in named if isinstance(name, str)), one.tags.get("Name", ""))


def by_likeness(resources: Iterable[Resource]) -> Likes:
    """Return resources by all that only one of them is known by."""
    found = [(key, one) for one in resources for key in likeness(one)]
    often = Counter(key for key, _ in found)
    return {key: one for key, one in found if often[key] == 1}


def within(there: Inventory, wanted: Inventory, architecture: Architecture) -> tuple[Inventory, tuple[Unread, ...]]:
    """Return what belongs to the system, and a note of how much does not.

    That is what its tags or its name say, and what refers to such a resource, such as a rule to its security group,
    unless its own tag names another system.
    """
    strangers = {one.address for one in there.resources if _is_of_another(one, architecture.name)}
    if not there.is_mixed:
        return _kept(there, {one.address for one in there.resources} - strangers)
    users: dict[str, list[str]] = {}
    for one in there.resources:
        for ref in _belongs_to(one):
            users.setdefault(ref.address, []).append(one.address)
    own = set(_first(there, wanted, architecture)) - strangers
    waiting = list(own)
    while waiting:
        address = waiting.pop()
        is_shared = address in there.by_address and there.by_address[address].type in _SHARED
        new = {user for user in users.get(address, ()) if user not in own | strangers}
        new = {user for user in new if not is_shared or there.by_address[user].type in _WHOSE}
        own |= new
        waiting += new
    return _kept(there, own | (_used(there, own) - strangers))


def _used(there: Inventory, own: Collection[str]) -> set[str]:
    """Return what own resources refer to and that is no element, such as a group of parameters; with what that is."""
    found: set[str] = set()
    waiting = list(own)
    while waiting:
        one = there.by_address[waiting.pop()]
        named = {ref.address for ref in refs(one.values) if ref.address in there.by_address} - found - {*own}
        new = {address for address in named if there.by_address[address].type not in _ELEMENTS}
        found |= new
        waiting += new
    return found


def _kept(there: Inventory, own: Collection[str]) -> tuple[Inventory, tuple[Unread, ...]]:
    kept = tuple(one for one in there.resources if one.address in own)
    others = Counter(one.type for one in there.resources if one.address not in own)
    notes = tuple(Unread(type_, "is of no element of this spec", count) for type_, count in sorted(others.items()))
    return replace(there, resources=kept), notes


def _is_of_another(one: Resource, name: str) -> bool:
    return one.tags.get(ARCHITECTURE_TAG, name) != name


def _belongs_to(one: Resource) -> Iterator[Ref]:
    whose = _WHOSE.get(one.type)
    yield from refs(one.values.get(whose) if whose else one.values)


def _first(there: Inventory, wanted: Inventory, architecture: Architecture) -> Iterator[str]:
    """Yield what is known to belong to a system by itself."""
    known, unique = by_likeness(wanted.resources), by_likeness(there.resources)
    named, taken = _named(there, architecture), _taken(there)
    for one in there.resources:
        like = (
            key
            for key in likeness(one)
            if key in known and key in unique and (key != (one.type, "") or one.type in _ONCE)
        )
        if (
            one.tags.get(ARCHITECTURE_TAG) == architecture.name
            or any(like)
            or (one.address in named and (not taken or one.type in _TOLD_WITHOUT_TAGS))
        ):
            yield one.address
