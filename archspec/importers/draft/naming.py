"""The ids that a person would choose for resources, and the name of the whole."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import dropwhile, pairwise

from archspec.importers.draft.noise import by_aws
from archspec.importers.draft.words import of_kind
from archspec.model.architecture import element_kinds
from archspec.model.element import INTERNET
from archspec.resources.kinds import ELEMENT_TAG, KINDS, PART_TAG
from archspec.resources.resource import Inventory, Resource

ARCHITECTURE_TAG = "Architecture"
"""The tag that holds the name of the spec that a resource was exported from."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST = 40
_NAMES = (
    "name", "identifier", "cluster_identifier", "replication_group_id", "cluster_id", "bucket", "alarm_name",
    "dashboard_name", "domain_name",
)  # fmt: skip
"""The arguments that name a resource, in the order in which they are asked."""
_BY_CLOUDFRONT = ".cloudfront.net"
"""How a domain ends that CloudFront makes up."""
_SAYS_NOTHING = frozenset({"this", "default", "main", "self", "resource", "example"})
_ZONE = re.compile(r"\b[a-z]{2}-(?:[a-z]+-){1,2}\d([a-z])\b")
_REGION = re.compile(r"\b(?:af|ap|ca|cn|eu|il|me|mx|sa|us)-(?:gov-)?(?:[a-z]+)-\d\b")
_HASHED = re.compile(r"(?<=\w)(?=[A-F]*[0-9])[0-9A-F]{8}$")
"""What CDK puts behind the name of a resource."""
_COMMON = 0.6
"""The share of the names that begin with what is taken for the system's name."""

_ONE_RESOURCE = frozenset(
    kind.kind for (section, _), kind in element_kinds().items() if section in ("network", "compute")
)
"""Kinds of which one resource is one element. Others may be several: the repositories of one registry."""


def identify(inventory: Inventory) -> Mapping[str, str]:
    """Return the id of every resource that is an element, by its address.

    A valid tag `Element` decides; others are called by their names without what all of them begin with.
    """
    found = [(kind, one) for kind, types in KINDS.items() for one in inventory.of(*types) if _is_element(one)]
    stated = {one.address: id_ for _, one in found if (id_ := _stated(one))}
    there = environments(stated.values())
    ids: dict[str, str] = {}
    kinds = dict.fromkeys((INTERNET, *there), "")
    for kind, one in found:
        id_ = stated.get(one.address) or (_labelled(one, there) if stated and not inventory.is_mixed else "")
        if id_ and (id_ not in kinds or (kinds[id_] == kind and kind not in _ONE_RESOURCE)):
            kinds[id_] = kind
            ids[one.address] = id_
    prefix, taken = system(inventory), {id_.rpartition("/")[2]: 2 for id_ in kinds}
    for kind, one in found:
        if one.address not in ids:
            ids[one.address] = id_ = _free(_chosen(kind, one, prefix), kind, taken)
            taken[id_] = 2
    return ids


def environments(ids: Collection[str]) -> tuple[str, ...]:
    """Return the environments that ids stand in, sorted."""
    return tuple(sorted({id_.rpartition("/")[0] for id_ in ids if "/" in id_}))


def called(resource: Resource) -> str:
    """Return what AWS calls a resource: its tag `Name`, or the argument that names it."""
    found = (resource.tags.get("Name"), *(resource.values.get(key) for key in _NAMES))
    told = (one.strip() for one in found if isinstance(one, str))
    return next((one for one in told if one and not one.endswith(_BY_CLOUDFRONT)), "")


def says(id_: str, name: str, architecture: str) -> bool:
    """Whether an id tells a resource's name: it is the name, with the architecture's before it or shortened."""
    full = f"{architecture}-{id_.replace('/', '-')}"
    cut = re.fullmatch(r"(.+)-[0-9a-f]{6}", name)
    return name in (id_.rpartition("/")[2], full) or bool(cut and full.startswith(cut[1]))


def architecture_name(inventory: Inventory, wanted: str = "") -> str:
    """Return the name of the whole: as wanted, as the resources' tags say, as their names begin, or as the source is
    called.
    """
    tagged = Counter(tag for one in inventory.resources if _ID.fullmatch(tag := one.tags.get(ARCHITECTURE_TAG, "")))
    source = re.sub(r"\.\w+$", "", inventory.source.rpartition("/")[2])
    found = (_kebab(wanted), *(name for name, _ in tagged.most_common(1)), "-".join(system(inventory)), _kebab(source))
    return next((name for name in found if name), "imported")


def system(inventory: Inventory) -> tuple[str, ...]:
    """Return the words that most names begin with: those of the system, and often of its stage."""
    types = {type_ for types in KINDS.values() for type_ in types}
    named = [_tokens(called(one)) for one in inventory.of(*sorted(types)) if _is_element(one)]
    named = [words for words in named if words]
    prefix: tuple[str, ...] = ()
    while len(named) >= 3:
        longer = [tuple(words[: len(prefix) + 1]) for words in named if len(words) > len(prefix) + 1]
        best = Counter(one for one in longer if one[:-1] == prefix).most_common(1)
        if not best or best[0][1] < max(3, _COMMON * len(named)):
            break
        prefix = best[0][0]
    return prefix


def _is_element(resource: Resource) -> bool:
    tags = resource.tags
    return (ELEMENT_TAG in tags or PART_TAG not in tags) and not by_aws(resource)


def _stated(resource: Resource) -> str:
    """Return the id in a resource's tag, if one may stand in a spec."""
    environment, slash, own = resource.tags.get(ELEMENT_TAG, "").rpartition("/")
    fits = _ID.fullmatch(own) and (not slash or _ID.fullmatch(environment))
    return f"{environment}{slash}{own}" if fits and len(environment) <= _LONGEST and environment != INTERNET else ""


def _labelled(resource: Resource, there: Collection[str]) -> str:
    """Return the id that the address of a resource tells, where its type has no tags and others were exported."""
    if resource.values.get("tags") or resource.values.get("tags_all"):
        return ""
    environment, joint, own = resource.address.rpartition(".")[2].rpartition("__")
    environment, own = environment.replace("_", "-"), own.replace("_", "-").removeprefix("-")
    if not _ID.fullmatch(own) or (joint and environment not in there):
        return ""
    return f"{environment}/{own}" if joint else own


def _chosen(kind: str, resource: Resource, prefix: Sequence[str]) -> str:
    words = of_kind(kind)
    alone = "nlb" if resource.values.get("load_balancer_type") == "network" else words.alone
    # In an account, the address is AWS's id, which tells nobody anything.
    labels = () if resource.address == f"{resource.type}.{resource.values.get('id')}" else _labels(resource.address)
    for name in (called(resource), *labels):
        own = [*dropwhile(words.repeated.__contains__, _tokens(name))]
        left = [word for word in _without(own, prefix) if word not in words.repeated]
        if left and not _SAYS_NOTHING.issuperset(left):
            return _cut([words.first, *left, words.last])
    return alone


def _without(tokens: Sequence[str], prefix: Sequence[str]) -> list[str]:
    same = 0
    while same < min(len(tokens), len(prefix)) and tokens[same] == prefix[same]:
        same += 1
    return list(tokens[same:])


def _tokens(name: str) -> list[str]:
    """Split a name into words; a zone becomes its letter, and a Region nothing."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", name).lower().replace("_", "-")
    placed = _REGION.sub("-", _ZONE.sub(r"\1", spaced))
    return [word for word in re.split(r"[^a-z0-9]+", placed) if word]


def _labels(address: str) -> Iterator[str]:
    """Yield what Terraform or CloudFormation call a resource, with its key, and then what its module is called."""
    steps = re.findall(r"([^.\[\]]+)((?:\[[^\]]*\])?)", _HASHED.sub("", address))
    yield "-".join(steps[-1]) if steps else address
    yield from (name for (word, _), (name, _) in pairwise(steps) if word == "module")


def _kebab(text: str) -> str:
    return _cut(_tokens(text))


def _cut(words: Sequence[str]) -> str:
    """Join words that are not empty, as many as an id is read with."""
    kept: list[str] = []
    for word in filter(None, words):
        if kept and len("-".join([*kept, word])) > _LONGEST:
            break
        kept.append(word[:_LONGEST])
    return "-".join(kept)


def _free(id_: str, kind: str, taken: dict[str, int]) -> str:
    """Return the id, or with its kind behind it, or with a number: one that is not taken.

    `taken` has a number for each id, and all below that are taken too: thousands of resources may have one name.
    """
    last = kind.replace("_", "-")
    spelled = [] if id_.endswith(last) else [f"{id_}-{last}"]
    found = next((one for one in (id_, *spelled) if one not in taken), "")
    while not found:
        numbered = f"{id_}-{taken[id_]}"
        taken[id_] += 1
        found = "" if numbered in taken else numbered
    return found
