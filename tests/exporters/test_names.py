"""What AWS calls the resources of elements."""

import pytest

from archspec.defaults import complete
from archspec.exporters.terraform.files import collect
from archspec.exporters.terraform.resource import named, named_part
from archspec.exporters.terraform.seats import Seat, seat_name
from archspec.importers import spec
from archspec.model.architecture import Architecture


def stated(section: str, kind: str, *ids: str, name: str = "shop") -> Architecture:
    """Return an architecture that has elements of a kind with these ids, some of them in environments."""
    environments: dict[str, list[str]] = {}
    shared: list[str] = []
    for environment, _, own in (id_.rpartition("/") for id_ in ids):
        (environments.setdefault(environment, []) if environment else shared).append(own)
    text = f"archspec: 1\nname: {name}\nregion: us-east-1\nshared: {_held(section, kind, shared)}\nenvironments:\n"
    texts = [f"  {one}: {_held(section, kind, held)}\n" for one, held in environments.items()]
    return spec.parse("".join((text, *texts, "  other: {}\n"))).architecture


def _held(section: str, kind: str, ids: list[str]) -> str:
    body = "{engine: postgres, subnets: [], security_groups: []}" if kind == "databases" else "{}"
    return f"{{{section}: {{{kind}: {{{', '.join(f'{one}: {body}' for one in ids)}}}}}}}"


def topics(*ids: str, name: str = "shop") -> Architecture:
    """Return an architecture that has topics of these ids."""
    return stated("messaging", "topics", *ids, name=name)


def test_an_id_in_an_environment_has_a_hyphen_for_its_slash() -> None:
    architecture = topics("staging/api", "api")
    assert [named(architecture, id_) for id_ in ("staging/api", "api")] == ["shop-staging-api", "shop-api"]


@pytest.mark.parametrize(
    "ids",
    [("staging/api", "staging-api"), ("staging/api-task", "staging-api"), ("a/b-c", "a-b/c")],
    ids=" and ".join,
)
def test_no_two_elements_that_read_alike_have_one_name(ids: tuple[str, str]) -> None:
    architecture = topics(*ids)
    scoped, other = (f"{id_}{end}" for id_, end in zip(ids, ("", ids[0].removeprefix("staging/api")), strict=True))
    names = {named(architecture, id_) for id_ in (scoped, other)}
    assert len(names) == 2


def test_what_belongs_to_elements_that_read_alike_is_not_called_alike_either() -> None:
    architecture = topics("staging/api", "staging-api")
    assert len({named(architecture, f"{id_}-task", 30) for id_ in architecture.messaging.topics}) == 2


def test_only_the_element_in_the_environment_gives_way() -> None:
    alone, both = topics("staging-api"), topics("staging/api", "staging-api")
    assert named(alone, "staging-api") == named(both, "staging-api") == "shop-staging-api"


def test_what_nobody_stated_is_not_called_like_an_element() -> None:
    architecture = topics("api", "api-task")
    names = [named_part(architecture, "api", part) for part in ("task", "execution")]
    assert names[0].startswith("shop-api-task-")
    assert names[1] == "shop-api-execution"


@pytest.mark.parametrize("name", ["3d", "internal-tools", "sg-tools"])
def test_no_name_begins_with_what_aws_refuses(name: str) -> None:
    assert named(topics("api", name=name), "api") == f"arch-{name}-api"


def test_instances_of_databases_that_read_alike_have_names_of_their_own() -> None:
    architecture = stated("data", "databases", "staging/db", "staging-db")
    names = {seat_name(one, Seat(1), architecture) for one in architecture.data.databases.values()}
    assert len(names) == 2


NAMED = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16, name: %s}}
messaging: {queues: {jobs: {fifo: true, name: work}, odd: {name: a b}}}
data: {buckets: {files: {name: my-files, replication: true}}}
security: {keys: {own: {name: main}}}
recovery: {region: us-west-2}
"""


def unexported(text: str) -> dict[str, str]:
    """Return by address what is said of names that are not exported."""
    loaded = spec.parse(f"archspec: 1\nname: shop\nregion: us-east-1\n{text}")
    found = collect(complete(loaded.architecture)).resources
    return {
        address: reason
        for address, one in found.items()
        for reason in one.reasons
        if "Not exported: the name" in reason
    }


def test_a_name_that_an_element_does_not_get_is_told_once_and_only_there() -> None:
    assert unexported(NAMED % "somewhere") == {
        "aws_kms_key.own": "Not exported: the name 'main'; it is called by its id here.",
        "aws_sqs_queue.odd": "Not exported: the name 'a b', which AWS does not take.",
        "aws_vpc.main": "Not exported: the name 'somewhere'; it is called by its id here.",
    }


def test_a_name_that_an_element_gets_anyway_is_not_told() -> None:
    assert "aws_vpc.main" not in unexported(NAMED % "shop-main")


def test_a_name_that_only_another_argument_holds_is_told() -> None:
    text = """
network:
  vpcs: {v: {cidr: 10.0.0.0/16}}
  subnets: {a: {az: us-east-1a, tier: data, cidr: 10.0.1.0/24}, b: {az: us-east-1b, tier: data, cidr: 10.0.2.0/24}}
  security_groups: {sg: {}}
data: {caches: {c: {engine: redis, name: redis, subnets: [a, b], security_groups: [sg]}}}
"""
    assert unexported(text) == {
        "aws_elasticache_replication_group.c": "Not exported: the name 'redis'; it is called by its id here."
    }


def test_a_hostile_name_is_no_instruction_in_the_comment() -> None:
    loaded = spec.parse(
        "archspec: 1\nname: shop\nregion: us-east-1\n"
        'network: {vpcs: {v: {cidr: 10.0.0.0/16, name: "x\\n} checkov:skip=CKV_AWS_1"}}}\n'
    )
    text = str(collect(complete(loaded.architecture)).resources["aws_vpc.v"])
    assert (
        text.splitlines()[1] == "# Not exported: the name 'x } checkov: skip=CKV_AWS_1'; it is called by its id here."
    )
