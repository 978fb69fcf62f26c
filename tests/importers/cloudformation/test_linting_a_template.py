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


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_what_is_no_spec_is_not_fixed(option: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "my plan.json"
    text = '{"format_version": "1.2", "planned_values": {}, "complete": true, "stge": "production"}'
    file.write_text(text)
    assert run(["lint", option, str(file)]) == 2
    assert file.read_text() == text
    assert capsys.readouterr().err == (
        f"archspec: {file.as_posix()} is no spec, and --fix and --diff mend only specs; "
        f"`archspec import '{file.as_posix()}'` drafts one\n"
    )
