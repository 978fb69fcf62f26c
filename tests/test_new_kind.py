"""A kind of element that nothing knows yet: it may be left out of what archspec makes, but never without a word."""

from pathlib import Path
from typing import ClassVar

import pytest

from archspec import api
from archspec.checks import Checked
from archspec.checks import check as run_rules
from archspec.documents import markdown, page
from archspec.exporters import EXPORTERS
from archspec.exporters.terraform.scope import scope
from archspec.findings import Finding
from archspec.graph.graph import Graph
from archspec.model.architecture import Architecture, element_kinds
from archspec.model.delivery import DeliveryArea
from archspec.model.element import Element, Status
from archspec.model.flow import Flow
from archspec.rulepacks import built_in
from tests.sample import HEADER, TODAY

ROOT = Path(__file__).parent.parent


class Queue(Element):
    """What somebody might add next."""

    kind: ClassVar[str] = "message_queue"
    home: ClassVar[tuple[str, str]] = ("delivery", "message_queues")


class WithQueues(DeliveryArea):
    """An area with one more field."""

    message_queues: dict[str, Queue] = {}  # noqa: RUF012  pydantic copies it


TEXT = """\
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {sg: {}}
compute:
  services: {api: {desired: 2, port: 80, subnets: [a, b], security_groups: [sg]}}
"""
FLOWS = [
    {"from": "api", "to": "jobs", "port": "443", "index": 0},
    {"from": "jobs", "to": "api", "port": "80", "index": 1},
]


def with_queue(status: Status = "current") -> Graph:
    """Return a system in which the queue `jobs` talks to the service `api`."""
    known = api.parse(HEADER + TEXT, "sample.yaml", TODAY).architecture
    area = WithQueues(message_queues={"jobs": Queue(id="jobs", note="what is to be done", status=status)})
    flows = tuple(Flow.model_validate(flow) for flow in FLOWS)
    return Graph(Architecture.model_construct(**{**dict(known), "delivery": area, "flows": flows}), TODAY)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("current", "archspec does not export message queues"),
        ("planned", "is planned"),
    ],
)
def test_the_export_lists_it_with_the_reason(status: Status, reason: str) -> None:
    artifacts = EXPORTERS["terraform"].export(with_queue(status).architecture)

    assert [one.reason for one in artifacts.omissions if one.path == ("delivery", "message_queues", "jobs")] == [reason]
    assert f"# - delivery.message_queues.jobs: {reason}\n" in artifacts.files["main.tf"]


@pytest.mark.parametrize("kind", element_kinds().values(), ids=lambda kind: kind.kind)
def test_every_element_of_a_kind_of_today_is_taken_by_the_export_or_listed(kind: type[Element]) -> None:
    silent = []
    for path in (ROOT / "specs/ecs-production.yaml", ROOT / "tests/exporters/specs/everything.yaml"):
        whole = api.load(path, TODAY).architecture
        exported, omissions = scope(whole)
        told = {*exported.elements, *(omission.path[2] for omission in omissions)}
        silent += [(path.stem, id_) for id_, one in whole.elements.items() if one.kind == kind.kind and id_ not in told]

    assert silent == []


def found() -> Checked:
    graph = with_queue()
    locate = api.parse(HEADER + TEXT, "sample.yaml", TODAY).source.locate
    return run_rules(graph, [built_in()["NET001"]], "production", locate)


def test_a_flow_to_or_from_it_is_unknown_with_the_reason() -> None:
    def short(finding: Finding) -> tuple[str, str, str]:
        return finding.outcome, finding.message, finding.fix

    why = "the message queue jobs has no security groups that could be asked, so this cannot be told"
    assert [short(finding) for finding in found().findings] == [
        ("unknown", f"api -> jobs 443: {why}", ""),
        ("unknown", f"jobs -> api 80: {why}", ""),
    ]


def test_the_document_says_what_is_known_of_it_and_that_its_flows_cannot_be_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(page, "HOMES", page.homes([*element_kinds().values(), Queue]))
    text = markdown.render(with_queue(), found(), "sample.yaml")
    untold = "cannot be told: the message queue jobs has no security groups that could be asked"

    assert '| <a id="jobs"></a>jobs | message queue | what is to be done |' in text
    assert "[jobs](#jobs)" in text
    assert text.count(untold) == 2
