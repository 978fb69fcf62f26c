import re
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml
from jsonschema import Draft202012Validator

from archspec.cli import run
from archspec.errors import SpecError
from archspec.importers import spec
from archspec.reference.schema import render
from tests.reference.rendered import PART, SCHEMA

ROOT = Path(__file__).parents[2]
SPECS = sorted([*(ROOT / "specs").rglob("*.yaml"), *(ROOT / "tests").rglob("specs/*.yaml")])
VALIDATOR = Draft202012Validator(SCHEMA)
OF_A_PART = Draft202012Validator(PART)
Tree: TypeAlias = Any
"""What YAML holds."""


class Yaml12(yaml.SafeLoader):
    """Reads scalars as YAML 1.2 does, and so the language servers of editors."""


Yaml12.yaml_implicit_resolvers = {}
for tag, pattern in {"bool": "true|false", "null": "~|null|", "int": r"-?[0-9]+", "float": r"-?[0-9]*\.[0-9]+"}.items():
    Yaml12.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), None)


def read(text: str) -> Tree:
    return yaml.load(text, Loader=Yaml12)  # noqa: S506  a safe loader with fewer types


def accepts(text: str) -> bool:
    return bool(VALIDATOR.is_valid(read(text)))


def loads(text: str) -> bool:
    try:
        spec.parse(text)
    except SpecError:
        return False
    return True


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_is_the_same_every_time() -> None:
    assert render() == render()


def test_the_schema_says_what_it_is() -> None:
    assert [SCHEMA[key] for key in ("$schema", "$id", "title")] == [
        "https://json-schema.org/draft/2020-12/schema",
        "urn:archspec:spec:1",
        "archspec",
    ]
    assert PART["$id"] == "urn:archspec:part:1"


def test_the_schema_of_a_part_requires_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "--part"]) == 0

    printed = capsys.readouterr().out
    assert printed == render(part=True)
    assert [OF_A_PART.is_valid({key: []}) for key in ("flows", "flow")] == [True, False]


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_editors_accept_what_lint_accepts(path: Path) -> None:
    tree = read(path.read_text(encoding="utf-8"))
    validator = VALIDATOR if "archspec" in tree else OF_A_PART
    errors = [f"{list(error.absolute_path)}: {error.message}" for error in validator.iter_errors(tree)]

    assert errors == []


@pytest.mark.parametrize(
    "text",
    [
        "archspec: 1\nname: a\n",
        "archspec: 2\nname: a\nregion: us-east-1\n",
        "archspec: 1\nname: A\nregion: us-east-1\n",
        "archspec: 1\nname: a\nregion: us-east-1\nnetwork: {vpcs: {A: {cidr: 10.0.0.0/16}}}\n",
        "archspec: 1\nname: a\nregion: us-east-1\nnetwork: {vpcs: {internet: {cidr: 10.0.0.0/16}}}\n",
        "archspec: 1\nname: a\nregion: us-east-1\nnetwork: {vpcs: {x: {cidr: 10.0.0.0/16, id: x}}}\n",
        "archspec: 1\nname: a\nregion: us-east-1\nnetwork: {vpcs: {x: {cidr: 10.0.0.0/16, derived: x}}}\n",
        "archspec: 1\nname: a\nregion: us-east-1\nnetwork: {vpcs: {x: }}\n",
        "archspec: 1\nname: a\nregion: us-east-1\nnetwork: []\n",
        "archspec: 1\nname: a\nregion: us-east-1\nnetwork: \n",
        "archspec: 1\nname: a\nregion: us-east-1\nclaims: [{says: x, index: 1}]\n",
        "archspec: 1\nname: a\nregion: us-east-1\nclaims: [x]\n",
        "archspec: 1\nname: a\nregion: us-east-1\nflows: [{from: internet, to: internet}]\n",
        "archspec: 1\nname: a\nregion: us-east-1\nflows: [{}]\n",
        "archspec: 1\nname: a\nregion: us-east-1\nflows: [{note: x}]\n",
        "archspec: 1\nname: a\nregion: us-east-1\nflows: [{internet -> internet: }]\n",
        "archspec: 1\nname: a\nregion: us-east-1\nflows: [{internet -> internet: 1, statsu: planned}]\n",
        "archspec: 1\nname: a\nregion: us-east-1\nflows: [internet]\n",
        "archspec: 1\nname: a\nregion: us-east-1\ncost: {lines: [{resource: x, amount: [1]}]}\n",
        "archspec: 1\nname: a\nregion: us-east-1\nstage: prod\n",
        "archspec: 1\nname: a\nregion: us-east-1\nenvironments: {b: {differences: []}}\n",
        "archspec: 1\nname: a\nregion: us-east-1\nenvironments: {B: {}}\n",
        "archspec: 1\nname: a\nregion: us-east-1\nenvironments: {b: {network: {vpc: {}}}}\n",
        "archspec: 1\nname: a\nregion: us-east-1\nenvironments: {b: {delivery: {registries: {x: {nte: y}}}}}\n",
        "archspec: 1\nname: a\nregion: us-east-1\nshared: {network: {vpcs: {x: {}}}}\n",
        "archspec: 1\nname: a\nregion: us-east-1\njourneys: [{title: x, steps: [{}]}]\n",
    ],
)
def test_editors_and_lint_refuse_the_same(text: str) -> None:
    assert (accepts(text), loads(text)) == (False, False)


@pytest.mark.parametrize(
    "text",
    [
        "archspec: 1\nname: a\nregion: us-east-1\n",
        "archspec: '1'\nname: a\nregion: us-east-1\n",
        "archspec: 1\nname: a\nregion: us-east-1\ncompute: {clusters: {ecs: }}\n",
        "archspec: 1\nname: a\nregion: us-east-1\nnetwork: {vpcs: {x1: {cidr: 10.0.0.0/16}}}\n",
        "archspec: 1\nname: a\nregion: us-east-1\nflows: [internet -> internet: 443]\n",
        "archspec: 1\nname: a\nregion: us-east-1\nflows: [internet -> internet: all]\n",
        "archspec: 1\nname: a\nregion: us-east-1\nflows: [{from: internet, to: internet, port: '80, 443'}]\n",
        "archspec: 1\nname: a\nregion: us-east-1\nflows: [{internet -> internet: 443 HTTPS, status: planned}]\n",
        "archspec: 1\nname: a\nregion: us-east-1\ncost: {total: $5}\n",
        "archspec: 1\nname: a\nregion: us-east-1\nwaivers: [{rule: A, subject: b, expires: 2027-03-31}]\n",
        (
            "archspec: 1\nname: a\nregion: us-east-1\ndelivery: {registries: {z: {}}}\n"
            "environments: {b: {delivery: {registries: {x: {note: y}, z: }}}}\n"
        ),
        "archspec: 1\nname: a\nregion: us-east-1\nenvironments: {b: }\n",
        "archspec: 1\nname: a\nregion: us-east-1\nsecurity: {roles: {r: {may: [read, {does: write, on: [r]}]}}}\n",
        (
            "archspec: 1\nname: a\nregion: us-east-1\n"
            "journeys: [{title: x, steps: [{internet -> internet: 1}, {internet: waits}, ends, {does: x}]}]\n"
        ),
    ],
)
def test_editors_and_lint_accept_the_same(text: str) -> None:
    assert (accepts(text), loads(text)) == (True, True)
