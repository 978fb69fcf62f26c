"""Whatever stands in an inventory, its draft loads."""

import copy
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archspec.importers import spec
from archspec.importers.draft import TYPES, draft
from archspec.resources.resource import Inventory, Ref, Resource
from tests.importers.draft.made import SHOP, inventory

_ADDRESSES = sorted(SHOP)
_REFERENCES = st.sampled_from(_ADDRESSES).map(Ref) | st.just(Ref("aws_vpc.gone"))
_TEXTS = st.sampled_from([
    "", "10.0.0.0/16", "10.0.0.1/8", "::/0", "us-east-1a", "eu-west-1a", "internet", "null", "{x}", "web", "a/b",
    "-1", "tcp", "443", "\x00", "a: b # c", "service/a/b", "HTTPS", "GENEVE", "\ud800", "../x", "${a.b.c}",
]) | st.text(max_size=8)  # fmt: skip
_PLAIN = st.none() | st.booleans() | st.integers(-5, 70_000) | st.floats() | _TEXTS | _REFERENCES
_KEYS = st.sampled_from(
    sorted({key for values in SHOP.values() for key in values} | {"tags_all", "name", "engine", "subnets", "tags"})
)
_VALUES = st.recursive(
    _PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS | _TEXTS, inner, max_size=4),
    max_leaves=8,
)
_TAGS = st.dictionaries(st.sampled_from(["Element", "PartOf", "Name", "Architecture", "Stage", "Tier"]), _TEXTS)


@given(st.data())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
def test_a_system_with_anything_changed_still_loads(data: st.DataObject) -> None:
    resources: dict[str, dict[str, Any]] = copy.deepcopy(SHOP)
    for _ in range(data.draw(st.integers(1, 12))):
        address = data.draw(st.sampled_from(_ADDRESSES))
        if data.draw(st.integers(0, 5)) == 0:
            resources.pop(address, None)
        elif address in resources:
            key = data.draw(st.sampled_from(sorted(resources[address])) | _KEYS)
            resources[address][key] = data.draw(_TAGS if key == "tags" else _VALUES)
    spec.parse(draft(inventory(resources)).text)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(TYPES)) | st.just("aws_lambda_function"), st.dictionaries(_KEYS, _VALUES), _TAGS
        ),
        max_size=12,
    ),
    _TEXTS,
)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=100)
def test_resources_of_any_shape_load(found: list[tuple[str, dict[str, Any], dict[str, str]]], source: str) -> None:
    resources = [
        Resource(f"{type_}.r{i}", type_, {**values, "tags": tags}) for i, (type_, values, tags) in enumerate(found)
    ]
    spec.parse(draft(Inventory(source, tuple(sorted(resources, key=lambda one: one.address)))).text)
