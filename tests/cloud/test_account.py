"""An account to which a system was applied says the same as its Terraform state, asked by calls that only read."""

import datetime
from pathlib import Path

import pytest

from archspec import api
from archspec.drift import find
from archspec.importers import account, sources, spec
from archspec.importers.account.capture import capture
from archspec.importers.account.saved import Saved
from archspec.importers.draft import draft
from archspec.resources.resource import Inventory
from tests.cloud.applied import ROOT, Applied
from tests.cloud.conftest import Apply

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]

SYSTEMS = ("specs/ecs-production.yaml", "specs/pge.yaml")


def captured(applied: Applied, patch: pytest.MonkeyPatch) -> Saved:
    """Ask an applied account; what moto cannot answer is refused at once."""
    patch.setenv("AWS_ENDPOINT_URL", applied.endpoint)
    for name, value in (("ACCESS_KEY_ID", "test"), ("SECRET_ACCESS_KEY", "test"), ("MAX_ATTEMPTS", "1")):
        patch.setenv(f"AWS_{name}", value)
    return capture(applied.region, "")


@pytest.fixture
def there(applied: Apply, path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Inventory:
    for name, text in captured(applied(path), monkeypatch).files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return account.read(tmp_path)


@pytest.mark.parametrize("path", SYSTEMS)
def test_an_untouched_account_has_not_drifted(there: Inventory, path: str) -> None:
    system = api.load(ROOT / path, datetime.date(2026, 11, 20))
    assert [one.message for one in find(system.architecture, there, system.source.locate).findings] == []


@pytest.mark.parametrize("path", SYSTEMS)
def test_nothing_in_an_applied_account_is_not_understood(there: Inventory, path: str) -> None:
    assert path
    left = draft(there).left[len(there.unread) :]
    assert left == ()


@pytest.mark.parametrize("path", SYSTEMS)
def test_an_account_drafts_the_elements_that_its_state_drafts(there: Inventory, applied: Apply, path: str) -> None:
    state = sources.read(applied(path).state)
    mine, its = (spec.parse(draft(one).text).architecture.elements for one in (there, state))
    kinds = [sorted(one.kind for one in found.values()) for found in (mine, its)]
    assert kinds[0] == kinds[1]
