"""What a resource of a template waits for, where no function in it says so: `DependsOn`."""

from collections.abc import Iterable, Iterator, Mapping

from archspec.exporters.cloudformation.attachments import awaited
from archspec.exporters.cloudformation.contents import Entry, address_in
from archspec.exporters.cloudformation.values import Names
from archspec.exporters.terraform import hcl

_UNAWAITED = {"aws_config_delivery_channel": "aws_config_configuration_recorder"}
"""CloudFormation makes both at once: a recorder is only done when it has a channel, so none may wait for it.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-config-configurationrecorder.html
"""


def waits(entry: Entry, names: Names) -> set[str]:
    """Return the logical ids that the Terraform export waits for, by `depends_on` or by reading an attribute."""
    if entry.one.type == "aws_config_configuration_recorder_status":
        return set()
    addresses = {address_in(one.expression) for one in _references(entry.body)}
    no = _UNAWAITED.get(entry.one.type, "-")
    found = {names.ids[one] for one in addresses if one in names.ids and not one.startswith(f"{no}.")}
    return found | awaited(entry.one, names)


def _references(value: object) -> Iterator[hcl.Reference]:
    if isinstance(value, hcl.Reference):
        yield value
    for one in _inside(value):
        yield from _references(one)


def _inside(value: object) -> Iterable[object]:
    match value:
        case hcl.Block(inner) | hcl.Json(inner):
            return (inner,)
        case hcl.Repeated(inner) | hcl.Template(inner):
            return inner
        case Mapping():
            return value.values()
        case list() | tuple():
            return value
        case _:
            return ()


def named(value: object) -> Iterator[str]:
    """Yield the logical ids that a value refers to: what it waits for anyway."""
    match value:
        case {"Ref": str(name)} | {"Fn::GetAtt": [str(name), *_]}:
            yield name
        case dict():
            for one in value.values():
                yield from named(one)
        case list():
            for one in value:
                yield from named(one)
        case _:
            return
