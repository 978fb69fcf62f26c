"""Files of facts that change: each says from when and from where it is, and its lists are what rules take them for."""

import datetime

import pytest

from archspec.graph.dated_facts import dated
from archspec.model.data import DEFAULT_PORTS

NAMES = ("engine_versions", "fargate_sizes", "instance_classes", "managed_policies", "quotas")


@pytest.mark.parametrize("name", NAMES)
def test_a_file_says_from_when_and_from_where_it_is(name: str) -> None:
    found = dated(name)

    assert datetime.date.fromisoformat(found["as_of"]) <= datetime.date(2026, 11, 20)
    assert [source for source in found["sources"] if not source.startswith("https://docs.aws.amazon.com/")] == []
    assert found["sources"]


def test_every_engine_has_classes() -> None:
    assert sorted(dated("instance_classes")["classes"]) == sorted(DEFAULT_PORTS)


def test_no_version_is_both_offered_and_retired() -> None:
    versions = dated("engine_versions")["versions"]

    assert {engine for engine, one in versions.items() if set(one["offered"]) & set(one["retired"])} == set()


def test_fargate_offers_more_memory_with_more_cpu() -> None:
    sizes = dated("fargate_sizes")["sizes"]

    assert [int(cpu) for cpu in sizes] == [256, 512, 1024, 2048, 4096, 8192, 16384, 32768]
    assert all(memory == sorted(memory) for memory in sizes.values())
    assert sizes["4096"][0] == 8 * 1024
    assert sizes["4096"][-1] == 30 * 1024
    assert sizes["16384"] == list(range(32 * 1024, 120 * 1024 + 1, 8 * 1024))
