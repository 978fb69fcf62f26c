"""Terraform itself accepts what is exported: its format, its types, and a plan without a network or an account."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archspec.artifacts import Artifacts

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SPECS = [
    *sorted(path.relative_to(ROOT) for path in (ROOT / "specs").glob("*.yaml")),
    Path("specs/examples/hello.yaml"),
    Path("tests/exporters/specs/everything.yaml"),
]
HOSTILE = r"""
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}, b: {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}}
  security_groups:
    sg:
      title: "\"}${x}"
      assumed: "a\n}\nb */ EOT"
      ingress: [{from: internet, port: 1, note: "${x} {y} \"\\ ü\nEOT */"}]
  load_balancers:
    lb:
      subnets: [a, b]
      listeners:
        - {port: 80, protocol: HTTP, forward: s, rules: [{path: "/${path}/%{if}/\\/ü*", forward: s}]}
compute:
  services:
    s: {image: "x/${y}:%{z}\"\\\nEOT 日本", port: 1, subnets: [a], security_groups: [sg], load_balancer: lb}
"""

Export = Callable[..., Artifacts]
Terraform = Callable[..., str]
_UNANSWERED = re.compile(r'variable "(\w+)" \{\n(?:(?!\}|  default).*\n)*\}')


def prepare(artifacts: Artifacts, folder: Path) -> None:
    """Write the files with an answer to every variable that has no default."""
    for name, text in artifacts.files.items():
        (folder / name).write_text(text, encoding="utf-8")
    names = _UNANSWERED.findall(artifacts.files["variables.tf"])
    answers = {name: _answer(name) for name in names}
    (folder / "terraform.tfvars.json").write_text(json.dumps({**answers, "offline_plan": True}), encoding="utf-8")


def _answer(name: str) -> str:
    kind = name.partition("_")[0]
    answers = {
        "account": "123456789012",
        "auth": "a-password-for-nothing",
        "certificate": "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000",
        "class": "db.t4g.medium" if name.endswith("db") else "cache.t4g.small",
        "image": "registry.example.com/image:1",
    }
    return answers[kind]


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_terraform_formats_validates_and_plans_without_a_network(
    export: Export, with_provider: Callable[[Path], Terraform], tmp_path: Path, path: Path
) -> None:
    artifacts = export(path)
    prepare(artifacts, tmp_path)
    terraform = with_provider(tmp_path)
    terraform(tmp_path, "fmt", "-check", "-diff")
    assert json.loads(terraform(tmp_path, "validate", "-json"))["diagnostics"] == []
    assert _planned(terraform, tmp_path).keys() == artifacts.origins.keys()


def test_hostile_text_arrives_as_it_is(
    export: Export, with_provider: Callable[[Path], Terraform], tmp_path: Path
) -> None:
    prepare(export(HOSTILE), tmp_path)
    terraform = with_provider(tmp_path)
    terraform(tmp_path, "fmt", "-check", "-diff")
    planned = _planned(terraform, tmp_path)
    rule = planned["aws_lb_listener_rule.lb__80__s_tg"]["condition"][0]["path_pattern"][0]["values"]
    assert rule == ["/${path}/%{if}/\\/ü*"]
    # EC2 takes few characters in a description; the others become spaces.
    assert planned["aws_vpc_security_group_ingress_rule.sg__from__internet__1"]["description"] == "${x} {y} EOT */"
    (container,) = json.loads(planned["aws_ecs_task_definition.s"]["container_definitions"])
    assert container["image"] == 'x/${y}:%{z}"\\\nEOT 日本'


def _planned(terraform: Terraform, folder: Path) -> dict[str, dict[str, Any]]:
    """Plan and return the planned values by address."""
    terraform(folder, "plan", "-input=false", "-out=plan")
    plan = json.loads(terraform(folder, "show", "-json", "plan"))
    return {one["address"]: one.get("values", {}) for one in plan["planned_values"]["root_module"]["resources"]}
