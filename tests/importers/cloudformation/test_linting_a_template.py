"""A template is linted as a spec is, with findings at its resources."""

from pathlib import Path

import pytest

from archspec.cli import run

TEMPLATES = Path(__file__).parent / "templates"


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("by-hand.yaml", "by-hand.yaml:60:3: warning DEP014 class-not-offered"),
        ("shop-cdk.template.json", "shop-cdk.template.json:334:5: warning SEC001 entry-without-web-acl"),
    ],
)
def test_findings_of_a_template_stand_at_its_resources(
    name: str, place: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(TEMPLATES)
    run(["lint", name])
    assert place in capsys.readouterr().out.splitlines()
