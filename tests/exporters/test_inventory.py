"""What an export consists of is known without running Terraform, and it is what Terraform plans."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from archspec.artifacts import Artifacts
from archspec.defaults import complete
from archspec.exporters.terraform.inventory import inventory
from archspec.importers import spec, terraform
from archspec.resources.resource import Inventory, Ref, Resource, Value, refs
from tests.exporters.test_terraform_runs import ROOT, SPECS, prepare

Terraform = Callable[..., str]
Plain: TypeAlias = Any


def made(text: str) -> Mapping[str, Resource]:
    loaded = spec.parse(f"archspec: 1\nname: sample\nregion: us-east-1\n{text}")
    return inventory(complete(loaded.architecture)).by_address


SMALL = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}}
"""


def test_a_reference_is_one_and_the_provider_adds_its_tags() -> None:
    subnet = made(SMALL)["aws_subnet.a"]
    assert subnet.values["vpc_id"] == Ref("aws_vpc.main")
    assert subnet.unknown == {"vpc_id"}
    assert subnet.tags == {
        "Architecture": "sample",
        "Element": "a",
        "ManagedBy": "archspec",
        "Name": "sample-a",
        "Stage": "production",
        "Tier": "public",
    }


@pytest.mark.slow
@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_it_is_what_a_plan_says(
    export: Callable[..., Artifacts], with_provider: Callable[[Path], Terraform], tmp_path: Path, path: Path
) -> None:
    prepare(export(path), tmp_path)
    run = with_provider(tmp_path)
    run(tmp_path, "plan", "-input=false", "-out=plan")
    planned = terraform.read(run(tmp_path, "show", "-json", "plan"), "plan.json")
    stated = inventory(complete(spec.load(ROOT / path).architecture))
    assert list(stated.by_address) == list(planned.by_address)
    differences = [
        (one.address, name, value, planned.by_address[one.address].values.get(name))
        for one in stated.resources
        for name, value in one.values.items()
        if not _agrees(name, one, planned.by_address[one.address], stated)
    ]
    assert differences == []


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
