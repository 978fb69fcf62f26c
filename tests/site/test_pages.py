"""Pages that list something have all of it, and say of it what is so."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from archspec import api, project
from archspec.importers import spec
from tests.sample import HEADER, TODAY
from tests.site.walk import ROOT

DOCS = ROOT / "docs"


def test_every_setting_is_on_its_page_with_its_default() -> None:
    text = (DOCS / "reference" / "settings.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| `(.*?)` \|", text, re.MULTILINE))
    defaults = {name: value for name, value in project.Project._field_defaults.items() if name != "root"}

    assert {name: json.loads(value) for name, value in rows.items()} == {
        name: list(value) if isinstance(value, tuple) else value for name, value in defaults.items()
    }


def test_every_layer_is_on_the_page_of_the_design() -> None:
    text = (DOCS / "design.md").read_text(encoding="utf-8").partition("## The layers")[2].partition("\n## ")[0]
    named = {name for row in re.findall(r"^\| (`.*?) \|", text, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    modules = {name.strip() for layer in layers for name in layer.split("|")}

    assert modules - named == {"__main__", *SMALL}
    assert named - modules == set()


SMALL = {"artifacts", "defaults", "expressions", "findings", "frameworks", "mistakes", "waiving"}
"""Modules that the table leaves out: each says in one line what it is."""


def test_the_waivers_on_the_page_of_findings_accept_what_they_say() -> None:
    text = (DOCS / "findings.md").read_text(encoding="utf-8")
    (sample,) = [block for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if "waivers:" in block]
    checked = api.check(api.parse(HEADER + sample, "sample.yaml", TODAY), select=("NET008", "DOC005"))

    assert [(one.rule, one.subject, bool(one.waiver)) for one in checked.findings] == [
        ("NET008", "spare-sg", True),
        ("NET008", "old-web-sg", True),
        ("NET008", "old-db-sg", True),
    ]


def test_the_workflow_of_the_tutorial_is_one_to_github(tmp_path: Path) -> None:
    text = (DOCS / "first-ten-minutes.md").read_text(encoding="utf-8")
    (workflow,) = re.findall(r'```yaml title="\.github/workflows/[^"]*"\n(.*?)```', text, re.DOTALL)
    (tmp_path / "workflow.yml").write_text(workflow, encoding="utf-8")
    checked = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", "workflow.yml"],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip

    assert (checked.returncode, checked.stdout) == (0, "ok -- validation done\n")


def test_the_environments_of_their_page_are_as_it_says() -> None:
    text = (DOCS / "environments.md").read_text(encoding="utf-8")
    whole = spec.parse(text.partition('```yaml title="specs/shop.yaml"\n')[2].partition("```")[0]).architecture

    assert {id_: (one.desired, one.cpu) for id_, one in whole.compute.services.items()} == {
        "staging/web": (1, 512),
        "production/web": (4, 1024),
        "production/report": (2, 256),
    }
    assert list(whole.edge.zones) == ["dns"]
