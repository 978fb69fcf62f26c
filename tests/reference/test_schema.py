import json
import re
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from archspec.errors import SpecError
from archspec.importers import spec
from archspec.reference.schema import render

STEADY = settings(derandomize=True, database=None, deadline=None, max_examples=60)
ROOT = Path(__file__).parents[2]
SPECS = sorted([*(ROOT / "specs").rglob("*.yaml"), *(ROOT / "tests").rglob("specs/*.yaml")])
SCHEMA = json.loads(render())
VALIDATOR = Draft202012Validator(SCHEMA)
OF_A_PART = Draft202012Validator({key: value for key, value in SCHEMA.items() if key != "required"})
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


def key_paths(tree: Tree, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(tree, dict):
        return [found for key, item in tree.items() for found in [(*path, key), *key_paths(item, (*path, key))]]
    if isinstance(tree, list):
        return [found for i, item in enumerate(tree) for found in key_paths(item, (*path, i))]
    return []


PRODUCTION = read((ROOT / "specs" / "ecs-production.yaml").read_text(encoding="utf-8"))
KEYS = key_paths(PRODUCTION)


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_is_the_same_every_time() -> None:
    assert render() == render()


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_editors_accept_what_lint_accepts(path: Path) -> None:
    tree = read(path.read_text(encoding="utf-8"))
    validator = VALIDATOR if "archspec" in tree else OF_A_PART
    errors = [f"{list(error.absolute_path)}: {error.message}" for error in validator.iter_errors(tree)]

    assert errors == []


@given(st.sampled_from(KEYS), st.integers(0, 30), st.sampled_from(["insert", "drop", "swap", "upper"]))
@STEADY
def test_editors_and_lint_agree_on_misspelt_keys(path: tuple[Any, ...], at: int, how: str) -> None:
    tree = read(json.dumps(PRODUCTION))
    holder = tree
    for step in path[:-1]:
        holder = holder[step]
    body = {misspelt(key, at, how) if key == path[-1] else key: value for key, value in holder.items()}
    holder.clear()
    holder.update(body)
    text = json.dumps(tree)

    # What only lint knows: where a reference leads, and the grammar of a flow's short form.
    assert accepts(text) == (loads(text) or only_about_references(text)), misspelt(path[-1], at, how)


def misspelt(key: str, at: int, how: str) -> str:
    at %= len(key)
    match how:
        case "insert":
            return f"{key[:at]}x{key[at:]}"
        case "drop":
            return key[:at] + key[at + 1 :] or "x"
        case "swap":
            return key[:at] + key[at : at + 2][::-1] + key[at + 2 :]
        case _:
            return key[:at] + key[at].upper() + key[at + 1 :]


def only_about_references(text: str) -> bool:
    try:
        spec.parse(text)
    except SpecError as error:
        return {problem.rule for problem in error.problems} == {"DOC001"}
    return False


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
