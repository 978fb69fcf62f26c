"""`archspec drift`: what it compares, prints and refuses."""

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from archspec.cli import run
from archspec.resources.resource import Inventory, Ref
from tests.drift.made import SHOP, applied

NEXT_MONTH = datetime.datetime.now(tz=datetime.UTC).date() + datetime.timedelta(days=30)
WAIVED = f"""\
{SHOP}waivers:
  - {{rule: DRF003, subject: db, reason: one AZ is enough until the sale, owner: shop team, expires: {NEXT_MONTH}}}
"""


def state(path: Path, text: str = SHOP, **changes: dict[str, object]) -> str:
    """Write what `terraform show -json` says of a spec that was applied, with other values in some resources."""
    made = applied(text)
    resources = [
        {
            "address": one.address,
            "mode": "managed",
            "type": one.type,
            "name": one.address.partition(".")[2],
            "provider_name": "registry.terraform.io/hashicorp/aws",
            "values": {
                **_plain(one.values, made),
                "id": one.address,
                "arn": _arn(one.address),
                **changes.get(one.type, {}),
            },
        }
        for one in made.resources
    ]
    held = {"format_version": "1.0", "values": {"root_module": {"resources": resources}}}
    path.write_text(json.dumps(held), encoding="utf-8")
    return str(path)


def _arn(address: str) -> str:
    return f"arn:aws:test:us-east-1:123456789012:{address}"


def _plain(value: Any, made: Inventory) -> Any:  # noqa: ANN401 - JSON
    match value:
        case Ref():
            own = _arn(value.address) if value.attribute.startswith("arn") else value.address
            named = made.by_address[value.address].values.get(value.attribute, own)
            return f"{_plain(named, made)}{value.rest}"
        case dict():
            return {key: _plain(one, made) for key, one in value.items()}
        case list() | tuple():
            return [_plain(one, made) for one in value]
        case _:
            return value


@pytest.fixture
def spec(tmp_path: Path) -> str:
    path = tmp_path / "shop.yaml"
    path.write_text(SHOP, encoding="utf-8")
    return str(path)


def test_a_spec_without_drift_ends_with_0(spec: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["drift", spec, "--state", state(tmp_path / "state.json")]) == 0
    assert capsys.readouterr().out == "0 errors\n"


def test_drift_is_printed_at_its_line_and_ends_with_1(
    spec: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = state(tmp_path / "state.json", aws_sqs_queue={"message_retention_seconds": 60})
    assert run(["drift", spec, "--state", there]) == 1
    assert capsys.readouterr().out.startswith(
        f"{spec}:22:21: error DRF003 different\n  retention of orders is 4 days in the spec, and 1 minute in {there}\n"
    )


def test_what_was_not_compared_is_told_on_standard_error(
    spec: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = state(tmp_path / "state.json")
    run(["drift", spec, "--state", there])
    assert capsys.readouterr().err.splitlines()[-1] == f"compared with {there}: 42 resources"


def test_a_waiver_accepts_drift(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "shop.yaml"
    path.write_text(WAIVED, encoding="utf-8")
    there = state(tmp_path / "state.json", aws_db_instance={"multi_az": False})
    assert run(["drift", str(path), "--state", there]) == 0
    assert "DRF003" not in capsys.readouterr().out


def test_linting_takes_a_waiver_of_drift_for_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "shop.yaml"
    path.write_text(WAIVED, encoding="utf-8")
    run(["lint", str(path), "--select", "DOC"])
    assert "names a rule that does not exist" not in capsys.readouterr().out


def test_drift_has_pages(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "DRF001", "DRF002", "DRF003"]) == 0
    assert capsys.readouterr().out.count("\n# DRF") == 2


REFUSED = [
    (["none.yaml", "--state", "{state}"], "does not exist"),
    (["{spec}"], "a spec is compared with one thing; name it with --plan, --state or --account"),
    (["{spec}", "--state", "{state}", "--plan", "{state}"], "a spec is compared with one thing"),
    (["{spec}", "--state", "nowhere.json"], "nowhere.json cannot be read: No such file or directory"),
    (["{spec}", "--account", "{state}"], "is no saved account; --account names the folder of one"),
    (["{spec}", "--state", "{spec}"], "is nothing to import from"),
    (["{spec}", "--state", "{state}", "--environment", "staging"], "staging"),
]


@pytest.mark.parametrize(("arguments", "message"), REFUSED, ids=[message[:30] for _, message in REFUSED])
def test_a_mistake_is_told_and_ends_with_2(
    arguments: list[str], message: str, spec: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = state(tmp_path / "state.json")
    assert run(["drift", *(one.format(spec=spec, state=there) for one in arguments)]) == 2
    assert message in capsys.readouterr().err


def test_a_state_of_another_system_is_refused_once(
    spec: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = state(tmp_path / "state.json", SHOP.replace("name: shop", "name: depot"))
    assert run(["drift", spec, "--state", there]) == 1
    assert capsys.readouterr().out.count("DRF") == 1
