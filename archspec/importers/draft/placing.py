"""What a template leaves open until it is deployed: its Region, its part of AWS, its account."""

from collections.abc import Mapping
from dataclasses import replace

from archspec.importers.draft.heading import Heading
from archspec.resources.resource import Inventory, Resource, Value

_PARTITIONS = {"cn-": "aws-cn", "us-gov-": "aws-us-gov"}


def placed(inventory: Inventory, head: Heading) -> Inventory:
    """Return an inventory in the Region of its heading, with that in place of `${AWS::Region}` wherever it stands.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
    """
    partition = next((name for start, name in _PARTITIONS.items() if head.region.startswith(start)), "aws")
    known = {"${AWS::Region}": head.region, "${AWS::Partition}": partition}
    known |= {"${AWS::AccountId}": head.account} if head.account else {}
    resources = tuple(_placed(one, known) for one in inventory.resources)
    return replace(inventory, resources=resources, region=inventory.region or head.region)


def _placed(one: Resource, known: Mapping[str, str]) -> Resource:
    return one._replace(values={name: _value(value, known) for name, value in one.values.items()})


def _value(value: Value, known: Mapping[str, str]) -> Value:
    match value:
        case str() if "${AWS::" in value:
            for mark, text in known.items():
                value = value.replace(mark, text)
            return value
        case Mapping():
            return {name: _value(one, known) for name, one in value.items()}
        case list() | tuple():
            return [_value(one, known) for one in value]
        case _:
            return value
