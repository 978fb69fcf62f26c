"""The published schema of findings as JSON: every report fits it, and nothing else does."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from archspec import cli
from archspec.reporters import REPORTERS, findings_schema
from archspec.reporters.report import Report, of
from tests.reporters.made import every_kind, hostile, several

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads(findings_schema.render())
VALIDATOR = Draft202012Validator(SCHEMA)


def reported(report: Report) -> Any:  # noqa: ANN401  JSON
    return json.loads(REPORTERS["json"](report))


@pytest.mark.parametrize("info", [False, True])
@pytest.mark.parametrize("report", [every_kind(), of([]), of(several()), of([hostile()])])
def test_every_report_fits_the_schema(report: Report, info: bool) -> None:
    assert list(VALIDATOR.iter_errors(reported(report._replace(info=info)))) == []


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def objects(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:  # noqa: ANN401
    if isinstance(tree, dict):
        yield path, tree
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in items:
        yield from objects(value, (*path, key))


def test_no_object_of_a_report_may_have_another_key_or_lack_one() -> None:
    report = every_kind()._replace(info=True)
    places = [path for path, _ in objects(reported(report))]
    accepted = []
    for path in places:
        for key in ("", *dict(objects(reported(report)))[path]):
            changed = reported(report)
            at = dict(objects(changed))[path]
            if key:
                del at[key]
            else:
                at["another"] = 1
            accepted += [(path, key)] if VALIDATOR.is_valid(changed) else []

    assert len(places) > 20
    assert accepted == []


def test_every_key_is_described() -> None:
    described = [SCHEMA, *SCHEMA["$defs"].values()]

    assert [key for one in described for key, value in one["properties"].items() if not value["description"]] == []


def test_the_command_prints_the_schema_that_is_published(capsys: pytest.CaptureFixture[str]) -> None:
    status = cli.run(["schema", "--findings"])
    published = (ROOT / "docs" / "reference" / "findings.schema.json").read_text(encoding="utf-8")

    assert (status, capsys.readouterr().out) == (0, published)
