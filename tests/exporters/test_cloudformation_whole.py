"""Whole templates: everything in them leads somewhere, nothing in a circle, and CloudFormation's linter is content."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import networkx as nx
import pytest

from archspec import api
from archspec.artifacts import Artifacts
from archspec.exporters.cloudformation.waiting import named

pytestmark = pytest.mark.no_cover  # thousands of examples, or whole systems: measuring coverage would take longer

ROOT = Path(__file__).parents[2]


class Case(NamedTuple):
    """A spec, and which of its environments alone."""

    path: Path
    environment: str = ""

    def __str__(self) -> str:
        return f"{self.path.stem} {self.environment}".strip()


SPECS = [*sorted((ROOT / "specs").glob("*.yaml")), *sorted((ROOT / "tests/exporters/specs").glob("*.yaml"))]
Z360 = ROOT / "specs" / "z360.yaml"
CASES = [*map(Case, SPECS), *(Case(Z360, name) for name in sorted(api.load(Z360).architecture.environments))]
PSEUDO = {"AWS::AccountId", "AWS::Partition", "AWS::Region"}


@cache
def exported(case: Case) -> Artifacts:
    system = api.load(case.path, environment=case.environment)
    return api.export(system, "cloudformation", case.environment)


def template(case: Case) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(exported(case).files["template.json"])
    return found


each = pytest.mark.parametrize("case", CASES, ids=str)


@each
def test_every_reference_leads_to_a_resource_or_a_parameter(case: Case) -> None:
    found = template(case)
    there = {*found["Resources"], *found.get("Parameters", {}), *PSEUDO}
    assert {one for resource in found["Resources"].values() for one in named(resource)} - there == set()
    assert {one for resource in found["Resources"].values() for one in resource.get("DependsOn", [])} - there == set()


@each
def test_every_parameter_is_read(case: Case) -> None:
    found = template(case)
    read = {one for resource in found["Resources"].values() for one in named(resource)}
    assert set(found.get("Parameters", {})) - read == set()


@each
def test_no_resource_waits_for_itself(case: Case) -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    for id_, resource in template(case)["Resources"].items():
        graph.add_edges_from((id_, other) for other in [*named(resource["Properties"]), *resource.get("DependsOn", [])])
    assert nx.is_directed_acyclic_graph(graph)


@each
def test_the_source_map_has_every_resource(case: Case) -> None:
    assert sorted(exported(case).origins) == sorted(template(case)["Resources"])


@each
def test_every_type_is_written_down(case: Case) -> None:
    assert [
        one.reason for one in exported(case).omissions if "is not written as CloudFormation yet" in one.reason
    ] == []


@each
def test_what_is_tagged_says_whose_it_is(case: Case) -> None:
    lists = [one["Properties"]["Tags"] for one in template(case)["Resources"].values() if "Tags" in one["Properties"]]
    owners = {tag["Value"] for tags in lists if isinstance(tags, list) for tag in tags if tag["Key"] == "Architecture"}
    assert owners == {api.load(case.path).architecture.name}


def test_the_same_spec_gives_the_same_bytes() -> None:
    case = Case(Z360)
    assert exported.__wrapped__(case).files == exported(case).files


EXPECTED = {"event-planner": ["E3680"]}
"""What is wrong with a spec itself, and found by our own rules: event-planner's load balancer stands in one subnet."""


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES[: len(SPECS)], ids=str)
def test_cfn_lint_takes_every_template(case: Case, tmp_path: Path) -> None:
    pytest.importorskip("cfnlint", reason="cfn-lint is not installed")
    file = tmp_path / "template.json"
    file.write_text(exported(case).files["template.json"], encoding="utf-8")
    command = [str(Path(sys.prefix, "bin", "cfn-lint")), "--format", "json", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert [one["Rule"]["Id"] for one in json.loads(done.stdout)] == EXPECTED.get(case.path.stem, []), done.stdout
