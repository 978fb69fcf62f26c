"""Terraform itself accepts what is exported: its format, its types, and a plan without a network or an account."""

import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from archspec import api
from archspec.artifacts import Artifacts
from archspec.exporters.terraform.inventory import inventory
from tests.exporters.hostile import HOSTILE as HOSTILE_TEXTS
from tests.exporters.planned import differences

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]

ROOT = Path(__file__).parents[2]
SPECS = [
    *sorted(path.relative_to(ROOT) for path in (ROOT / "specs").glob("*.yaml")),
    Path("tests/exporters/specs/everything.yaml"),
    Path("tests/exporters/specs/workloads.yaml"),
    Path("tests/exporters/specs/edge.yaml"),
    Path("tests/exporters/specs/storage.yaml"),
    Path("tests/exporters/specs/stores.yaml"),
]
ENVIRONMENTS = [
    (Path("specs/apexai-crm.yaml"), "production"),
    (Path("specs/event-planner.yaml"), "production"),
    (Path("specs/z360.yaml"), "beta"),
    (Path("specs/z360.yaml"), "staging"),
]
CASES = [*((path, "") for path in SPECS), *ENVIRONMENTS]
PLANNED_IN = 10
"""Seconds that a plan may take on a machine of its own; one that many share is this many times slower:"""
SHARED = 8

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
    (folder / "terraform.tfvars.json").write_text(json.dumps(answers(artifacts)), encoding="utf-8")


def answers(artifacts: Artifacts) -> dict[str, str | bool]:
    """Answer every variable that has no default, to plan without an account."""
    names = _UNANSWERED.findall(artifacts.files["variables.tf"])
    return {**{name: _answer(name) for name in names}, "offline_plan": True}


def _answer(name: str) -> str:
    kind = name.partition("_")[0]
    answers = {
        "account": "123456789012",
        "auth": "a-password-for-nothing",
        "branch": "main",
        "certificate": "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000",
        "class": "db.t4g.medium" if name.endswith(("db", "with_replicas")) else "cache.t4g.small",
        "connection": "arn:aws:codestar-connections:us-east-1:123456789012:connection/something",
        "endpoint": "somebody@example.com",
        "email": "somebody@example.com",
        "image": "registry.example.com/image:1",
        "origin": "a-secret-for-nobody",
        "prefix": "pl-3b927c52",
        "iops": "3000",
        "value": "a-secret-for-nobody",
        "repository": "somebody/something",
        "source": "https://example.com/repository.git",
    }
    return answers[kind]


def test_every_environment_of_the_systems_is_among_the_cases() -> None:
    loaded = ((path, yaml.safe_load((ROOT / path).read_text("utf-8"))) for path in SPECS)
    systems = [(path, said) for path, said in loaded if path.parts[0] == "specs"]
    assert sorted((path, name) for path, said in systems for name in said.get("environments", ())) == ENVIRONMENTS


@pytest.mark.parametrize(("path", "environment"), CASES, ids=lambda one: getattr(one, "stem", one))
def test_terraform_formats_validates_and_plans_without_a_network(
    with_provider: Callable[[Path], Terraform], tmp_path: Path, path: Path, environment: str
) -> None:
    """Planning validates first, and warns of what validating warns of. The inventory is compared with the same plan."""
    system = api.load(ROOT / path, environment=environment)
    artifacts = api.export(system, environment=environment)
    prepare(artifacts, tmp_path)
    terraform = with_provider(tmp_path)
    terraform(tmp_path, "fmt", "-check", "-diff")
    started = time.monotonic()
    told = terraform(tmp_path, "plan", "-input=false", "-no-color", "-out=plan")
    seconds = time.monotonic() - started
    sys.stdout.write(f"{path.stem} {environment}: {len(artifacts.origins)} resources planned in {seconds:.1f} s\n")
    assert "Warning:" not in told
    whole = system.architecture
    stated = inventory(whole.in_environment(environment) if environment else whole)
    assert list(stated.by_address) == sorted(artifacts.origins)
    assert differences(stated, terraform(tmp_path, "show", "-json", "plan")) == []
    assert seconds < PLANNED_IN * SHARED


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


ODD = """
network:
  vpcs: {main: {cidr: 10.0.0.0/16, title: %(t)s, note: %(t)s, assumed: %(t)s}}
  subnets: {a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}, b: {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}}
  security_groups: {sg: {title: %(t)s, name: %(n)s, assumed: %(t)s}}
  load_balancers: {lb: {subnets: [a, b], domain: %(t)s, name: %(n)s, listeners: [{port: 80, protocol: HTTP}]}}
  namespaces: {odd: {domain: %(t)s, vpc: main}, inner: {domain: inner.test, vpc: main, title: %(t)s}}
compute:
  services:
    s: {image: %(t)s, port: 1, subnets: [a], security_groups: [sg], namespace: inner, domain: %(t)s, user: %(t)s,
        health_command: %(t)s, platform: %(t)s, variables: {KEY: %(t)s}, name: %(n)s}
data:
  buckets:
    files: {name: %(n)s, title: %(t)s, lifecycle: %(t)s, policy: [{principal: %(t)s, does: %(t)s},
      {principal: "123456789012", does: "s3:GetObject", conditions: {"aws:PrincipalTag/x": %(t)s}}]}
  databases: {db: {engine: postgres, subnets: [a, b], security_groups: [sg], class: db.t4g.medium, name: %(n)s,
                   backups: {window: %(t)s}, maintenance_window: %(t)s, domain: %(t)s}}
messaging:
  topics: {told: {name: %(n)s, title: %(t)s, subscribers: [{protocol: email, to: %(t)s}],
                  policy: [{principal: %(t)s, does: %(t)s}]}}
  queues: {jobs: {name: %(n)s, title: %(t)s, topic: told, policy: [{principal: "*", does: "sqs:SendMessage",
                  conditions: {"aws:PrincipalTag/x": %(t)s}}]}}
edge:
  zones: {out: {domain: out.test, title: %(t)s, records: [{name: %(t)s, target: lb, note: %(t)s}]}}
  web_acls: {waf: {protects: [lb], title: %(t)s, rules: [{name: %(t)s, managed: true}, {name: %(t)s, limit: 100}]}}
  distributions: {cdn: {origins: [files], title: %(t)s, aliases: [a.test], tls_policy: %(t)s}}
security:
  keys: {own: {title: %(t)s, alias: %(t)s, policy: [{principal: %(t)s}]}}
  roles: {act: {name: %(n)s, title: %(t)s, policy: %(t)s, may: [{does: %(t)s, on: [files]},
                {does: "s3:GetObject", arns: [%(t)s]}]}}
  secrets: {pass: {name: %(n)s, title: %(t)s, holds: %(t)s}}
observability:
  log_groups: {logs: {title: %(t)s, name: %(n)s}}
  alarms:
    high: {name: %(n)s, title: %(t)s, note: %(t)s, action: %(t)s, metric: CPUUtilization, threshold: 80%%, watches: [s],
           notifies: [told]}
    low: {title: %(t)s, metric: %(t)s, threshold: "1", watches: [s]}
  dashboards: {board: {name: %(n)s, title: %(t)s, note: %(t)s, shows: [%(t)s, db]}}
"""


def test_hostile_names_and_texts_of_every_kind_are_planned_as_they_are_or_left_out(
    export: Export, with_provider: Callable[[Path], Terraform], tmp_path: Path
) -> None:
    text = " ".join(HOSTILE_TEXTS)
    name = re.sub(r"[{}]", "", text)  # in a name, `{x}` is a variable of the spec
    artifacts = export(ODD % {"t": json.dumps(text), "n": json.dumps(name)})
    prepare(artifacts, tmp_path)
    terraform = with_provider(tmp_path)
    terraform(tmp_path, "fmt", "-check", "-diff")
    planned = _planned(terraform, tmp_path)
    assert planned.keys() == artifacts.origins.keys()
    (container,) = json.loads(planned["aws_ecs_task_definition.s"]["container_definitions"])
    assert container["image"] == text
    assert container["environment"] == [{"name": "KEY", "value": text}]
    assert container["healthCheck"]["command"] == ["CMD-SHELL", text]
    assert planned["aws_cloudwatch_metric_alarm.high"]["alarm_description"] == f"CPUUtilization 80%: {text}"
    assert planned["aws_secretsmanager_secret.pass"]["description"] == text
    assert planned["aws_kms_key.own"]["description"] == text


def _planned(terraform: Terraform, folder: Path) -> dict[str, dict[str, Any]]:
    """Plan and return the planned values by address."""
    terraform(folder, "plan", "-input=false", "-out=plan")
    return _shown(terraform, folder)


def _shown(terraform: Terraform, folder: Path) -> dict[str, dict[str, Any]]:
    plan = json.loads(terraform(folder, "show", "-json", "plan"))
    return {one["address"]: one.get("values", {}) for one in plan["planned_values"]["root_module"]["resources"]}
