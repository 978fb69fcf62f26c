"""What the page about pull requests says is so: its examples are valid, its tables complete."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "pull-requests.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"```yaml\n# (\S+)\n(.*?)```", PAGE, re.DOTALL))
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS = [one["id"] for one in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))]
JOB = yaml.safe_load((ROOT / ".ci" / "gitlab.yml").read_text(encoding="utf-8"))["archspec"]
SCHEMA = ["check_jsonschema", "--builtin-schema"]


def rows(title: str) -> dict[str, str]:
    """Return what the table under a title of its first column has in the first two."""
    table = PAGE.partition(f"| {title} |")[2].partition("\n\n")[0]
    return dict(re.findall(r"^\| (`[^|]*?) \| ([^|]*) \|", table, re.MULTILINE))


def words(cells: dict[str, str]) -> list[str]:
    return [word for cell in cells for word in re.findall(r"`([^`]+)`", cell)]


@pytest.mark.parametrize(
    ("name", "command"),
    [
        (".pre-commit-config.yaml", ["pre_commit", "validate-config"]),
        (".github/workflows/architecture.yml", [*SCHEMA, "vendor.github-workflows"]),
        (".gitlab-ci.yml", [*SCHEMA, "vendor.gitlab-ci"]),
    ],
)
def test_the_examples_are_what_the_tools_take(name: str, command: list[str], tmp_path: Path) -> None:
    path = tmp_path / Path(name).name
    path.write_text(EXAMPLES[name], encoding="utf-8")
    checked = subprocess.run([sys.executable, "-m", *command, path], capture_output=True, text=True, check=False)

    assert (checked.returncode, checked.stdout + checked.stderr if checked.returncode else "") == (0, "")


def test_no_example_is_left_out() -> None:
    assert sorted(EXAMPLES) == [".github/workflows/architecture.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml"]
    assert PAGE.count("```yaml") == len(EXAMPLES)


def test_the_example_and_the_table_name_the_hooks_that_there_are() -> None:
    (repository,) = yaml.safe_load(EXAMPLES[".pre-commit-config.yaml"])["repos"]

    assert [one["id"] for one in repository["hooks"]] == words(rows("hook")) == HOOKS


def test_the_example_and_the_tables_name_the_inputs_and_outputs_that_there_are() -> None:
    steps = yaml.safe_load(EXAMPLES[".github/workflows/architecture.yml"])["jobs"]["archspec"]["steps"]
    inputs = rows("input")

    assert set(steps[1]["with"]) <= set(ACTION["inputs"])
    assert (words(inputs), words(rows("output"))) == (list(ACTION["inputs"]), list(ACTION["outputs"]))
    stated = {name: one["default"] for name, one in ACTION["inputs"].items()}
    assert {name: stated[name.strip("`")] for name, says in inputs.items() if says.startswith("`")} == {
        name: says.strip("`") for name, says in inputs.items() if says.startswith("`")
    }


def test_the_example_and_the_table_name_the_variables_that_there_are() -> None:
    ours = [name for name in JOB["variables"] if name.startswith("ARCHSPEC")]

    assert words(rows("variable")) == [*ours, "ARCHSPEC_TOKEN"]
    assert set(yaml.safe_load(EXAMPLES[".gitlab-ci.yml"])["variables"]) <= set(ours)
