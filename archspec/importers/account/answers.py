"""What AWS answered, in a form that is easy to ask, and the words of AWS's APIs in those of Terraform."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from archspec.importers.terraform.document import parsed
from archspec.resources.resource import Resource, Value

_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+")

Item = Mapping[str, Any]
"""One thing in an answer, under AWS's own names."""


class Asked(NamedTuple):
    """One thing in an answer, and what was asked to get it."""

    parameters: Mapping[str, Any]
    item: Item


class Answers:
    """The answers of an account, by call: `ec2.describe_vpcs`. `folder` is what messages call the place of them."""

    def __init__(self, folder: str, region: str, account: str, calls: Mapping[str, tuple[Asked, ...]]) -> None:
        self.folder = folder
        self.region = region
        self.account = account
        self.calls = calls
        self.last = ""

    @property
    def partition(self) -> str:
        """What ARNs of the account begin with behind `arn:`."""
        starts = {"cn": "aws-cn", "us-gov": "aws-us-gov"}
        return next((found for start, found in starts.items() if self.region.startswith(f"{start}-")), "aws")

    def items(self, *calls: str) -> Iterator[Item]:
        """Yield what calls returned."""
        return (asked.item for asked in self.asked(*calls))

    def asked(self, *calls: str) -> Iterator[Asked]:
        """Yield what calls returned, each with what was asked: the calls of a name, and their variants after them."""
        for name in calls:
            for key, found in self.calls.items():
                if key == name or key.startswith(f"{name}@"):
                    for one in found:
                        self.last = key  # where it stands, should it be other than AWS answers
                        yield one

    def tags(self, call: str, parameter: str, *names: str) -> dict[Any, dict[str, str]]:
        """Return the tags that a call told, by what it was asked them of."""
        return {asked.parameters.get(parameter): tags(asked.item, *names) for asked in self.asked(call)}


def made(type_: str, id_: str, values: Mapping[str, Value], tags: Mapping[str, str] | None = None) -> Resource:
    """Return a resource under its AWS id. Values that are not there are left out."""
    kept = {name: ordered(name, value) for name, value in values.items() if value is not None}
    own: dict[str, Value] = {"tags": dict(tags), "tags_all": dict(tags)} if tags else {}
    return Resource(f"{type_}.{id_}", type_, {"id": id_, **kept, **own})


_SETS = frozenset({
    "aliases", "capacity_providers", "enabled_cloudwatch_logs_exports", "requires_compatibilities", "route_table_ids",
    "security_group_ids", "security_groups", "subject_alternative_names", "subnet_ids", "subnets",
    "vpc_security_group_ids", "vpc_subnet_ids",
})  # fmt: skip
"""Attributes whose order says nothing."""


def ordered(name: str, value: Value) -> Value:
    """Return a value in the order in which Terraform keeps it, where AWS has none."""
    return sorted(value, key=str) if name in _SETS and isinstance(value, list) else value


def tags(item: Item, *names: str) -> dict[str, str]:
    """Return the tags of an item, however its service writes them."""
    listed: Any = next((item[name] for name in (*names, "Tags", "tags", "TagList", "TagSet") if item.get(name)), [])
    if isinstance(listed, Mapping):
        return {str(key): str(value) for key, value in listed.items()}
    pairs = ((one.get("Key", one.get("key")), one.get("Value", one.get("value", ""))) for one in listed)
    return {str(key): str(value) for key, value in pairs if key is not None}


def data(text: Any) -> Value:  # noqa: ANN401
    """Return what JSON text holds; what is data already, or no JSON, stays as it is."""
    if not isinstance(text, str):
        return text  # type: ignore[no-any-return]
    try:
        return parsed(text)  # type: ignore[no-any-return]
    except ValueError:
        return text


def blocks(value: Any) -> Any:  # noqa: ANN401
    """Return an object as Terraform writes a block: its keys in its spelling, objects in it as lists of one."""
    match value:
        case dict():
            found = {snake(str(key)): blocks(one) for key, one in value.items() if one is not None}
            return {key: [one] if isinstance(one, dict) else one for key, one in found.items()}
        case list():
            return [blocks(one) for one in value]
        case _:
            return value


def snake(name: str) -> str:
    """Spell a name as Terraform does: `VpcId` as `vpc_id`."""
    return "_".join(word.lower() for word in _WORDS.findall(name))


def picked(item: Item, names: Mapping[str, str]) -> dict[str, Value]:
    """Return attributes by Terraform's names from an item: `names` is that name → a path of AWS's, with dots."""
    found = {name: ordered(name, at(item, path)) for name, path in names.items()}
    return {name: value for name, value in found.items() if value is not None}


def at(item: Any, path: str) -> Any:  # noqa: ANN401  answers hold data of any shape
    """Return what stands at a path in an item; nothing where a step is missing. `[]` takes a step in every item."""
    first, _, rest = path.partition(".")
    value = item.get(first.removesuffix("[]")) if isinstance(item, Mapping) else None
    if first.endswith("[]"):
        listed = value if isinstance(value, list) else []
        return [found for one in listed if (found := at(one, rest) if rest else one) is not None] or None
    return at(value, rest) if rest and value is not None else value


Resources = Callable[[Answers], Iterator[Resource]]
"""What makes resources of answers."""
