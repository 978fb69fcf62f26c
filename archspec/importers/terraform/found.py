"""The resources in a plan or a state as Terraform writes them, before what they name is joined."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from archspec.importers.terraform.node import Node
from archspec.resources.resource import Unread

LOOKED_UP = "a data source looks something up and makes nothing"
NOT_AWS = "belongs to another provider than hashicorp/aws"
LEFT_BEHIND = "is to be deleted: a replacement of it exists"
_OLD = "aws_alb"
"""Terraform still knows load balancers and all that belongs to them by this name too.

https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lb
"""


class Found(NamedTuple):
    """A resource. `prefix` is the module that it stands in, with its dot; `key` is `[0]` or `["a"]`."""

    node: Node
    prefix: str
    type: str
    name: str
    key: str
    values: Mapping[str, object]
    sensitive: object

    @property
    def address(self) -> str:
        """What Terraform calls it."""
        return f"{self.prefix}{self.type}.{self.name}{self.key}"


def called_now(type_: str) -> str:
    """Return a type by the name under which an inventory has it: `aws_lb_listener` for `aws_alb_listener`."""
    return f"aws_lb{type_.removeprefix(_OLD)}" if type_ == _OLD or type_.startswith(f"{_OLD}_") else type_


class Held(NamedTuple):
    """The resources of AWS in a source, and how many of what else, with the reason why it is not read."""

    resources: list[Found]
    others: Counter[tuple[str, str]]

    def unread(self) -> tuple[Unread, ...]:
        """Return what is not read, sorted."""
        return tuple(Unread(what, reason, count) for (what, reason), count in sorted(self.others.items()))


def in_values(values: Node) -> Held:
    """Return what stands in the `values` of a state or the `planned_values` of a plan.

    https://developer.hashicorp.com/terraform/internals/json-format#values-representation
    """
    held = Held([], Counter())
    for prefix, module in _modules(values.at("root_module"), ""):
        for one in module.at("resources").each():
            reason = _reason(one, "mode", "provider_name", "deposed_key")
            if reason:
                held.others[_what(one), reason] += 1
            else:
                held.resources.append(_found(one, prefix))
    return held


def _modules(module: Node, prefix: str) -> Iterator[tuple[str, Node]]:
    yield prefix, module
    for child in module.at("child_modules").each():
        yield from _modules(child, f"{child.at('address').text()}.")


def _reason(one: Node, mode: str, provider: str, deposed: str) -> str:
    """Say why a resource is not read, or nothing."""
    if one.at(mode).text() == "data":
        return LOOKED_UP
    if not is_aws(one.at(provider).text(), one.at("type").text()):
        return NOT_AWS
    return LEFT_BEHIND if one.at(deposed).text() else ""


def is_aws(provider: str, type_: str) -> bool:
    """Whether a resource belongs to the AWS provider, by the name of that or, where it has none, its own type."""
    return provider.rpartition("/")[2].rstrip('"]') == "aws" if provider else type_.startswith("aws_")


def _what(one: Node) -> str:
    return ("data." if one.at("mode").text() == "data" else "") + one.at("type").text()


def _found(one: Node, prefix: str) -> Found:
    type_, name, address = (one.at(key).text() for key in ("type", "name", "address"))
    start = f"{prefix}{type_}.{name}"
    if not type_ or not address.startswith(start):
        raise one.error(f"the address '{address}' is not that of {start}")
    values = one.at("values").mapping()
    return Found(one, prefix, type_, name, address.removeprefix(start), values, one.at("sensitive_values").value)


def in_raw_state(state: Node) -> Held:
    """Return what stands in a `terraform.tfstate` of version 4, which is Terraform's own and may change."""
    held = Held([], Counter())
    for one in state.at("resources").each():
        provider = one.at("provider").text().rpartition("].")[0] or one.at("provider").text()
        for instance in one.at("instances").each():
            merged = Node(one.document, {**one.mapping(), **instance.mapping(), "provider": provider}, instance.path)
            reason = _reason(merged, "mode", "provider", "deposed")
            if reason:
                held.others[_what(one), reason] += 1
            else:
                held.resources.append(_instance(one, instance))
    return held


def _instance(one: Node, instance: Node) -> Found:
    module = one.at("module").text()
    key = instance.at("index_key").value
    return Found(
        one,
        f"{module}." if module else "",
        one.at("type").text(),
        one.at("name").text(),
        "" if key is None else f"[{json.dumps(key)}]",
        instance.at("attributes").mapping(),
        dict.fromkeys(_secrets(instance), True),
    )


def _secrets(instance: Node) -> Iterator[str]:
    """Yield the attributes in which something is secret: the first step of every path to it."""
    for path in instance.at("sensitive_attributes").each():
        for step in list(path.each())[:1]:
            yield step.at("value").text()
