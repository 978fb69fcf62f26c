"""What an account is asked: only what exists, only what reads, and never for a secret."""

import botocore.session
import pytest
from botocore import xform_name
from botocore.model import OperationModel, Shape

from archspec.importers.account.calls import CALLS, NEVER, READS, is_harmless
from archspec.importers.account.calls.call import Call

CALLED = {call.key: call for call in CALLS}
SESSION = botocore.session.Session()


def operation(call: Call) -> OperationModel:
    model = SESSION.get_service_model(call.service)
    names = {xform_name(name): name for name in model.operation_names}
    return model.operation_model(names[call.operation])


def shape_at(shape: Shape, path: str) -> Shape:
    """Return the shape at a path as `at` walks it."""
    for step in path.split("."):
        shape = shape.members[step.removesuffix("[]")]
        if step.endswith("[]"):
            shape = shape.member
    return shape


def item_of(call: Call) -> Shape:
    """Return the shape of one item that a call returns."""
    shape = operation(call).output_shape
    found = shape_at(shape, call.items) if call.items else shape
    return found.member if found.type_name == "list" else found


def test_no_two_calls_have_one_key() -> None:
    assert len(CALLED) == len(CALLS)


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.key)
def test_a_call_only_reads_what_exists(call: Call) -> None:
    assert is_harmless(call)
    shape = operation(call).input_shape
    asked = {*call.parameters}
    if call.each:
        asked |= {call.each.parameter, *call.each.also, *call.each.more}
    assert asked <= {*(shape.members if shape else ())}
    assert {*(shape.required_members if shape else ())} <= asked
    item_of(call)


@pytest.mark.parametrize("call", [call for call in CALLS if call.each], ids=lambda call: call.key)
def test_what_a_call_is_asked_for_is_in_the_items_of_an_earlier_one(call: Call) -> None:
    assert call.each
    source = CALLED[call.each.of]
    assert CALLS.index(source) < CALLS.index(call)
    item = item_of(source)
    paths = [*filter(None, (call.each.path, call.each.unless[0])), *call.each.more.values()]
    for path in paths:
        shape_at(item, path)
    known = {*source.parameters} | ({source.each.parameter, *source.each.also} if source.each else set())
    assert {*call.each.also} <= known
    wanted = operation(call).input_shape.members[call.each.parameter]
    wanted = wanted.member if call.each.batch else wanted
    given = shape_at(item, call.each.path) if call.each.path else item
    assert given.type_name == wanted.type_name


@pytest.mark.parametrize("name", ["ec2.delete_vpc", "s3.put_object", *(f"x.{name}" for name in sorted(NEVER))])
def test_a_call_that_writes_or_returns_a_secret_is_told_apart(name: str) -> None:
    assert not is_harmless(Call(name))


def test_reading_verbs_are_few() -> None:
    assert READS == ("batch_get_", "describe_", "get_", "list_")
