"""What GitHub, GitLab and pre-commit read of ours is what they call so."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from archspec.outputs import PAGE
from archspec.project import Project
from archspec.renderers import RENDERERS

ROOT = Path(__file__).parents[2]
HOOKS = {one["id"]: one for one in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
STEPS = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"]
SCRIPTS = sorted((ROOT / ".ci" / "github").iterdir())
SCHEMA = ["check_jsonschema", "--builtin-schema"]


@pytest.mark.parametrize(
    ("file", "command"),
    [
        ("action.yml", [*SCHEMA, "vendor.github-actions"]),
        (".ci/gitlab.yml", [*SCHEMA, "vendor.gitlab-ci"]),
        (".pre-commit-hooks.yaml", ["pre_commit", "validate-manifest"]),
    ],
)
def test_a_file_is_what_its_tool_takes(file: str, command: list[str]) -> None:
    checked = subprocess.run(
        [sys.executable, "-m", *command, file], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (checked.returncode, checked.stdout if checked.returncode else "") == (0, "")


def test_no_text_of_a_pull_request_is_pasted_into_a_script() -> None:
    assert [step["run"] for step in STEPS if "${{" in step.get("run", "")] == []


def test_every_action_that_is_used_is_of_a_stated_version() -> None:
    assert [step["uses"] for step in STEPS if "uses" in step and not re.search(r"@v\d+$", step["uses"])] == []


def test_every_script_is_run_by_a_step_or_read_by_one_that_is() -> None:
    texts = "".join([*(step.get("run", "") for step in STEPS), *(path.read_text(encoding="utf-8") for path in SCRIPTS)])

    assert [path.name for path in SCRIPTS if f"/.ci/github/{path.name}" not in texts] == []


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not on PATH")
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_script_is_bash_that_parses(script: Path) -> None:
    command = [str(shutil.which("bash")), "-n", str(script)]
    parsed = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (parsed.returncode, parsed.stderr) == (0, "")


def starts(hook: str, *files: str) -> list[str]:
    """Return those of the files that a hook is run for."""
    return [file for file in files if re.search(HOOKS[hook]["files"], file)]


def test_every_picture_and_document_of_ours_starts_the_hook_that_writes_it() -> None:
    extensions = [one.EXTENSION for one in RENDERERS.values()]
    pictures = [f"diagrams_out/shop/network.{extension}" for extension in [*extensions, PAGE]]
    documents = ["docs/systems/shop.md", "docs/systems/shop.html", "README.md", "templates/page.md.j2"]

    assert (starts("archspec-diagrams", *pictures), starts("archspec-docs", *documents)) == (pictures, documents)


@pytest.mark.parametrize("hook", HOOKS)
def test_specs_start_every_hook_and_sources_of_programs_none(hook: str) -> None:
    specs = ["shop.yaml", "a/my shop.yml", "b/shop.yaml"]

    assert starts(hook, *specs, "src/app.py", "Makefile", "shop.yaml.orig", "setup.cfg") == specs


def test_settings_and_the_baseline_start_the_hooks_that_they_concern() -> None:
    names = ["pyproject.toml", "app/archspec.toml", Project(Path()).baseline]

    assert {hook: starts(hook, *names, "my-pyproject.toml", "other.json") for hook in HOOKS} == {
        "archspec-lint": names,
        "archspec-fmt": [],
        "archspec-docs": names[:2],
        "archspec-diagrams": names[:2],
    }
