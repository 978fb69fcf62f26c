"""The schema in the editor: what yaml-language-server says of specs, and what it offers where somebody types."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from archspec.errors import SpecError
from archspec.importers import spec
from archspec.model.architecture import Architecture
from archspec.model.claim import Waiver
from archspec.model.compute import Scaling, Service
from archspec.model.cost import CostLine
from archspec.model.data import Backups, Database
from archspec.model.document import Section
from archspec.model.element import Model
from archspec.model.environment import Environment
from archspec.model.flow import Flow
from archspec.model.journey import Step
from archspec.model.network import IngressRule, Listener, NetworkArea, Vpc
from archspec.model.policy import Statement
from archspec.model.recovery import RecoveryStep
from archspec.model.security import Permission
from archspec.reference.schema import render
from tests.reference.exemplar import fields
from tests.reference.language_server import PROPERTY, SERVER, Complaint, LanguageServer

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not SERVER.is_file() or shutil.which("node") is None,
        reason="yaml-language-server is not in .drawing; `make test` installs it where npm is there",
    ),
]

ROOT = Path(__file__).parents[2]
SPECS = sorted((ROOT / "specs").rglob("*.yaml"))
HEADER = "archspec: 1\nname: exemplar\nregion: us-east-1\n"
MODELINE = "# yaml-language-server: $schema=archspec.schema.json\n"
OF_A_PART = "# yaml-language-server: $schema=part.schema.json\n"


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    folder = tmp_path_factory.mktemp("editor")
    (folder / "archspec.schema.json").write_text(render(), encoding="utf-8")
    (folder / "part.schema.json").write_text(render(part=True), encoding="utf-8")
    server = LanguageServer(folder)
    yield server
    server.close()


@pytest.fixture(scope="module")
def opened_at_once(editor: LanguageServer) -> Mapping[str, str]:
    """Return where texts are open: the server waits a fifth of a second before it judges one, and so does it once."""
    texts = [*map(as_opened, SPECS), *(MODELINE + HEADER + text for text in MISTAKES)]
    return {text: editor.open(text) for text in texts}


def as_opened(path: Path) -> str:
    """Return a spec or a part of one with the line that names the schema here."""
    text = path.read_text(encoding="utf-8")
    modeline = MODELINE if "\narchspec: " in f"\n{text}" else OF_A_PART
    return modeline + "".join(line for line in text.splitlines(keepends=True) if "yaml-language-server" not in line)


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.relative_to(ROOT / "specs").as_posix())
def test_the_specs_and_their_parts_are_good(
    editor: LanguageServer, opened_at_once: Mapping[str, str], path: Path
) -> None:
    assert editor.complaints(opened_at_once[as_opened(path)]) == []


NOT_AN_ID = "Expected small letters, digits and single hyphens; internet is taken."
VPC = "network:\n  vpcs:\n    main:\n"
SERVICE = "compute:\n  services:\n    web:\n"
ACTOR = "external:\n      actors:\n        one:\n"
PLACED = f"{SERVICE}      subnets: []\n      security_groups: []\n"
MISTAKES = {
    "regoin: us-east-1\n": "Property regoin is not allowed.",
    "network:\n  vpc:\n    main: {}\n": "Property vpc is not allowed.",
    f"{VPC}      cidr: 10.0.0.0/16\n      dns_suport: true\n": "Property dns_suport is not allowed.",
    f"{VPC}      dns_support: true\n": 'Missing property "cidr".',
    "network:\n  vpcs:\n    Main:\n      cidr: 10.0.0.0/16\n": NOT_AN_ID,
    f"{VPC}      cidr: 10.0.0.0\n": "Expected a CIDR block such as 10.0.0.0/16.",
    "network: []\n": 'Incorrect type. Expected "network area".',
    f"{SERVICE}      subnets: a\n      security_groups: []\n": 'Incorrect type. Expected "array".',
    f"{PLACED}      launch: lambda\n":
        'Value is not accepted. Valid values: "fargate", "ec2".',
    f"{PLACED}      public_ip: yes\n":
        "Expected true or false.",
    f"{PLACED}      port: 70000\n":
        "Value is above the maximum of 65535.",
    f"{PLACED}      cpu: 1 vCPU\n":
        "Expected a whole number from 1 on.",
    f"{PLACED}      memory: 1 TB\n":
        "Expected a whole number of MiB such as 512, or 512 MB, or 1 GB.",
    "stage: prod\n": 'Value is not accepted. Valid values: "production", "staging", "development".',
    "flows:\n  - internet -> internet: HTTPS\n": "Expected a port and a protocol after `->`, such as 443 HTTPS.",
    "flows:\n  - internet -> internet: 443\n    statsu: planned\n": "Property statsu is not allowed.",
    "flows:\n  - from: internet\n    to: internet\n    port: 443\n    hard: maybe\n": "Expected true or false.",
    "flows:\n  - internet\n": "Expected a flow such as `internet -> api: 443 HTTPS`.",
    "must_reach:\n  - internet -> internet: 443\n    nte: x\n": "Property nte is not allowed.",
    "recovery:\n  retention: 5 parsecs\n": "Expected a duration such as 5 minutes, < 1 hour or 30 days.",
    "cost:\n  total: 5\n": 'Incorrect type. Expected "string".',
    "waivers:\n  - rule: NET001\n    subject: web\n    expires: next week\n": "Expected a date such as 2027-03-31.",
    "journeys:\n  - title: Sign in\n    steps:\n      - a -> b -> c: asks\n":
        "Several arrows stand in one step; write a step for each.",
    "environments:\n  staging:\n    netwrok: {}\n": "Property netwrok is not allowed.",
    f"environments:\n  staging:\n    {ACTOR}          nte: x\n": "Property nte is not allowed.",
    "shared:\n  flow: []\n": "Property flow is not allowed.",
    "security:\n  roles:\n    one:\n      may:\n        - dose: read\n": "Property dose is not allowed.",
}  # fmt: skip


@pytest.mark.parametrize(("text", "said"), MISTAKES.items(), ids=lambda value: value.replace("\n", " ")[:70])
def test_a_mistake_is_told_on_the_line_where_lint_tells_it(
    editor: LanguageServer, opened_at_once: Mapping[str, str], text: str, said: str
) -> None:
    with pytest.raises(SpecError) as refused:
        spec.parse(MODELINE + HEADER + text)
    lines = [
        problem.location.line
        for problem in refused.value.problems
        if said.startswith("Missing") == ("is missing" in problem.message)
    ]

    assert Complaint(lines[0], said) in editor.complaints(opened_at_once[MODELINE + HEADER + text])


def test_a_spec_without_its_version_is_told_so_and_a_part_is_not(editor: LanguageServer) -> None:
    text = "name: exemplar\nregion: us-east-1\n"
    complaints = [one.message for one in editor.complaints(editor.open(MODELINE + text))]

    assert complaints == ['Missing property "archspec".']
    assert editor.complaints(editor.open(OF_A_PART + text)) == []


PLACES: dict[str, tuple[type[Model], set[str]]] = {
    "|": (Architecture, {"archspec", "name", "region"}),
    "network:\n  |": (NetworkArea, set()),
    f"{VPC}      |": (Vpc, set()),
    f"{VPC}      cidr: 10.0.0.0/16\n      |": (Vpc, {"cidr"}),
    "network:\n  security_groups:\n    sg:\n      ingress:\n        - |": (IngressRule, set()),
    "network:\n  load_balancers:\n    lb:\n      listeners:\n        - port: 443\n          |": (Listener, {"port"}),
    f"{SERVICE}      |": (Service, set()),
    f"{SERVICE}      scaling:\n        |": (Scaling, set()),
    f"{SERVICE}      scaling:\n        min: 1\n        |": (Scaling, {"min"}),
    "data:\n  databases:\n    db:\n      backups:\n        |": (Backups, set()),
    "flows:\n  - |": (Flow, set()),
    "flows:\n  - from: internet\n    |": (Flow, {"from"}),
    "flows:\n  - internet -> internet: 443\n    |": (Flow, {"from", "to", "port"}),
    "journeys:\n  - title: x\n    steps:\n      - |": (Step, set()),
    "security:\n  roles:\n    one:\n      may:\n        - |": (Permission, set()),
    "security:\n  roles:\n    one:\n      trust_policy:\n        - |": (Statement, set()),
    "environments:\n  staging:\n    |": (Environment, set()),
    "environments:\n  staging:\n    data:\n      databases:\n        db:\n          |": (Database, set()),
    f"environments:\n  staging:\n{SERVICE}      |": (Service, set()),
    "shared:\n  network:\n    vpcs:\n      main:\n        |": (Vpc, set()),
    "recovery:\n  steps:\n    - does: x\n      |": (RecoveryStep, {"does"}),
    "cost:\n  lines:\n    - |": (CostLine, set()),
    "document:\n  sections:\n    - |": (Section, set()),
    "waivers:\n  - rule: NET001\n    |": (Waiver, {"rule"}),
}  # fmt: skip


def at_the_bar(text: str) -> tuple[str, int, int]:
    """Return the text without its bar, and the line and column where it stands."""
    before, _, after = text.partition("|")
    return before + after, before.count("\n"), len(before.rpartition("\n")[2])


@pytest.mark.parametrize(("text", "expected"), PLACES.items(), ids=[text.replace("\n", " ")[-60:] for text in PLACES])
def test_the_keys_that_are_offered_are_those_of_the_model(
    editor: LanguageServer, text: str, expected: tuple[type[Model], set[str]]
) -> None:
    model, present = expected
    found = editor.completions(*opened(editor, text))
    offered = [item for item in found if item["kind"] == PROPERTY]

    assert sorted(item["label"] for item in offered) == sorted(set(fields(model)) - present)
    assert [item["label"] for item in offered if not item["documentation"]] == []


def opened(editor: LanguageServer, text: str) -> tuple[str, int, int]:
    text, line, column = at_the_bar(MODELINE + HEADER + text)
    return editor.open(text), line, column


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{SERVICE}      launch: |", {"fargate", "ec2"}),
        (f"{SERVICE}      public_ip: |", {"true", "false"}),
        (f"{SERVICE}      title: |", set()),
        ("data:\n  databases:\n    db:\n      backups:\n        cross_region: |", {"true", "false", "planned"}),
        ("data:\n  databases:\n    db:\n      backups:\n        retention: |", {"30 seconds", "5 minutes", "30 days"}),
        ("network:\n  subnets:\n    a:\n      tier: |", {"public", "private", "data"}),
        ("stage: |", {"production", "staging", "development"}),
    ],
)
def test_the_values_that_are_offered_are_those_of_the_model(
    editor: LanguageServer, text: str, expected: set[str]
) -> None:
    assert {item["label"] for item in editor.completions(*opened(editor, text))} == expected


def test_what_has_to_be_there_is_offered_as_a_whole(editor: LanguageServer) -> None:
    found = editor.completions(*opened(editor, "network:\n  subnets:\n    a:\n      |"))

    assert [item["insertText"] for item in found if item["label"] == "subnet"] == ["az: $1\ntier: $2\ncidr: $3"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{VPC}      ci|dr: 10.0.0.0/16\n", "Its addresses: `10.0.0.0/16`."),
        ("net|work:\n  vpcs: {}\n", "VPCs, subnets, gateways, routes, security groups, endpoints and load balancers."),
        ("recovery:\n  re|tention: 5 days\n", "How long every database has to be restorable to."),
        ("flows:\n  - internet -> internet: 443\n    ha|rd: true\n", "Whether the source fails without its target"),
        (f"{SERVICE}      des|ired: 2\n", "How many tasks are meant to run."),
        (f"environments:\n  staging:\n{SERVICE}      des|ired: 2\n", "How many tasks are meant to run."),
    ],
)
def test_a_key_says_what_it_means(editor: LanguageServer, text: str, expected: str) -> None:
    assert expected in editor.hover(*opened(editor, text))
