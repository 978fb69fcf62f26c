import pytest

from archspec.errors import SpecError
from archspec.importers import spec

HEADER = "archspec: 1\nname: sample\nregion: eu-central-1\n"


def said(text: str) -> list[tuple[str, str]]:
    with pytest.raises(SpecError) as caught:
        spec.parse(HEADER + text, "sample.yaml")
    return [(f"{one.location}: {one.message}", one.hint) for one in caught.value.problems]


def test_with_two_vpcs_everything_has_to_name_its_own() -> None:
    text = """\
network:
  vpcs: {one: {cidr: 10.0.0.0/16}, two: {cidr: 10.1.0.0/16}}
  subnets:
    a: {az: eu-central-1a, tier: data, cidr: 10.0.0.0/24}
    b: {vpc: two, az: eu-central-1a, tier: data, cidr: 10.1.0.0/24}
  security_groups: {sg: {}}
"""

    assert said(text) == [
        ("sample.yaml:7:5: 'a' names no VPC, and there are 2", "add `vpc:`, one of: one, two"),
        ("sample.yaml:9:21: 'sg' names no VPC, and there are 2", "add `vpc:`, one of: one, two"),
    ]


def test_a_zone_of_another_region_is_told() -> None:
    text = """\
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1f, tier: data, cidr: 10.0.0.0/24}
    b: {az: eu-central-1, tier: data, cidr: 10.0.1.0/24}
    c: {az: eu-central-1c, tier: data, cidr: 10.0.2.0/24}
    d: {az: eu-central-1-ham-1a, tier: data, cidr: 10.0.3.0/24}
"""
    hint = "write the Region and a letter, such as eu-central-1a"

    assert said(text) == [
        ("sample.yaml:7:9: 'us-east-1f' is not an Availability Zone of eu-central-1", hint),
        ("sample.yaml:8:9: 'eu-central-1' is not an Availability Zone of eu-central-1", hint),
    ]


def test_a_region_has_the_form_of_one() -> None:
    with pytest.raises(SpecError) as caught:
        spec.parse("archspec: 1\nname: sample\nregion: narnia\n")

    assert [one.message for one in caught.value.problems] == [
        "'region': expected an AWS Region such as us-east-1; found 'narnia'"
    ]


def test_stores_that_are_rebuilt_from_each_other_are_told() -> None:
    text = """\
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {a: {az: eu-central-1a, tier: data, cidr: 10.0.0.0/24}}
data:
  caches:
    hot: {engine: redis, subnets: [a], security_groups: [], rebuild_from: warm}
    warm: {engine: redis, subnets: [a], security_groups: [], rebuild_from: hot}
    edge: {engine: redis, subnets: [a], security_groups: [], rebuild_from: hot}
"""
    hint = "one of them has to be kept by backups instead"

    assert said(text) == [
        ("sample.yaml:9:61: 'hot' is rebuilt from itself: hot -> warm -> hot", hint),
        ("sample.yaml:10:62: 'warm' is rebuilt from itself: warm -> hot -> warm", hint),
    ]


def test_more_subnets_than_aws_takes_anywhere_are_refused() -> None:
    names = [f"s{number}" for number in range(101)]
    subnets = "".join(
        f"    {one}: {{az: eu-central-1a, tier: data, cidr: 10.0.{i}.0/24}}\n" for i, one in enumerate(names)
    )
    text = f"""\
network:
  vpcs: {{main: {{cidr: 10.0.0.0/16}}}}
  security_groups: {{sg: {{}}}}
  subnets:
{subnets}compute:
  services: {{api: {{security_groups: [sg], subnets: [{", ".join(names)}]}}}}
"""

    assert said(text) == [
        ("sample.yaml:110:43: 'api' stands in 101 subnets", "name the subnets that it needs, 100 at most")
    ]
