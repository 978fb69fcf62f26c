"""Every system is created as it is exported, and there is nothing left to do afterwards."""

import json
from pathlib import Path

import pytest

from tests.cloud.applied import SPECS
from tests.cloud.conftest import Apply

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]


@pytest.mark.parametrize("path", SPECS, ids=lambda path: Path(path).stem)
def test_every_resource_is_created_and_a_second_plan_is_empty(applied: Apply, path: str) -> None:
    found = applied(path)
    assert not found.failed, found.log[-6000:]
    planned = json.loads(found.plan.read_text("utf-8"))["resource_changes"]
    state = json.loads(found.state.read_text("utf-8"))["values"]["root_module"]["resources"]
    assert {one["address"] for one in state} == {one["address"] for one in planned}
    assert found.again == "", found.again[-6000:]
