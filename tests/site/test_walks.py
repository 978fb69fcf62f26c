"""What pages of the documentation tell a reader to do can be done, and shows what they show."""

from pathlib import Path

import pytest

from tests.site.walk import ROOT, Run, walk

NAMES = ("documents", "drift", "environments", "export", "findings", "first-ten-minutes", "import", "questions")
"""The pages that begin with nothing and say all that is to be done; others have tests of their own."""


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_command_of_a_page_prints_what_it_shows(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CI", raising=False)  # the pages are about a machine in front of somebody
    runs = list(walk(ROOT / "docs" / f"{name}.md", capsys))

    assert [(run.line, run.printed) for run in runs if not run.as_shown] == []
    assert runs != []


@pytest.mark.parametrize(
    ("shown", "printed", "as_shown"),
    [
        ("one\ntwo\n", "one\ntwo\n", True),
        ("one\n…\ntwo\n", "one\n1\n2\ntwo\n", True),
        ("…\n", "", True),
        ("one\n", "one\ntwo\n", False),
        ("one\n…\n", "two\n", False),
        ("a.b\n", "axb\n", False),
    ],
)
def test_an_output_is_as_shown_line_by_line_but_for_what_is_left_out(shown: str, printed: str, as_shown: bool) -> None:
    assert Run("archspec lint", shown, printed).as_shown == as_shown
