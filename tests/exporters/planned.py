"""An inventory of an export beside what Terraform plans for it."""

from typing import Any, TypeAlias

from archspec.importers import terraform
from archspec.resources.resource import Inventory, Ref, Resource, Value, refs

Plain: TypeAlias = Any


def differences(stated: Inventory, plan: str) -> list[object]:
    """Return what an inventory says otherwise than the JSON of a plan: addresses, or attributes with both values."""
    planned = terraform.read(plan, "plan.json")
    if list(stated.by_address) != list(planned.by_address):
        return [*(stated.by_address.keys() ^ planned.by_address.keys())]
    return [
        (one.address, name, value, planned.by_address[one.address].values.get(name))
        for one in stated.resources
        for name, value in one.values.items()
        if not _agrees(name, one, planned.by_address[one.address], stated)
    ]


def _agrees(name: str, stated: Resource, planned: Resource, all_: Inventory) -> bool:
    """Whether an attribute is the same. Of what a plan does not know, it tells only what it refers to.

    Among that are attributes that the export sets, where it has their text instead.
    """
    one, other = stated.values[name], planned.values.get(name)
    if name not in stated.unknown | planned.unknown:
        return _contains(_plain(other), _plain(one))
    found, told = ({ref.address for ref in refs(value)} for value in (one, other))
    written = {ref.address for ref in refs(other) if ref.attribute in all_.by_address[ref.address].values}
    return found <= told and told - found <= written


def _contains(planned: Plain, stated: Plain) -> bool:
    """Whether what is planned is what is stated, and what the provider adds."""
    match stated:
        case dict():
            return isinstance(planned, dict) and all(_contains(planned.get(key), one) for key, one in stated.items())
        case list():
            left = list(planned) if isinstance(planned, list) else []
            for one in stated:
                found = next((other for other in left if _contains(other, one)), None)
                if found is None and one is not None:
                    return False
                left.remove(found)
            return not left
        case _:
            return bool(planned == stated)


def _plain(value: Value) -> Plain:
    """Spell a value so that what Terraform takes for the same is the same: 300 as "300", the rest of a reference."""
    match value:
        case Ref():
            return f"→ {value.address}"
        case dict():
            return {key: _plain(one) for key, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case bool():
            return str(value).lower()
        case _:
            return str(value)
