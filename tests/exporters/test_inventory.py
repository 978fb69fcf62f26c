"""What an export consists of is known without running Terraform; that it is what Terraform plans, its runs show."""

from collections.abc import Mapping

from archspec.defaults import complete
from archspec.exporters.terraform.inventory import inventory
from archspec.importers import spec
from archspec.resources.resource import Ref, Resource


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
