"""The schema and `lint` take the same: every key, every shape, every word, wherever it stands in a spec."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, get_args

import pytest
from jsonschema import Draft7Validator, Draft202012Validator
from ruamel.yaml import YAML

from archspec.errors import SpecError
from archspec.importers import spec
from archspec.model.architecture import AREAS, Architecture, element_kinds
from archspec.model.element import Model, models_in
from tests.reference.exemplar import HEADER, Place, fields, places
from tests.reference.rendered import PART, SCHEMA

ROOT = Path(__file__).parents[2]
SPECS = [ROOT / "specs" / f"{name}.yaml" for name in ("apexai-crm", "ecs-production", "event-planner", "pge", "z360")]
VALIDATOR = Draft202012Validator(SCHEMA)
OF_A_PART = Draft202012Validator(PART)
OLDER = Draft7Validator({**SCHEMA, "$schema": "http://json-schema.org/draft-07/schema#"})
PLACES = list(places())
IN_ENVIRONMENTS = [place for place in PLACES if place.name.partition(".")[0] in (*AREAS, "flows")]
Tree: TypeAlias = Any
Path_: TypeAlias = tuple[Any, ...]

WRONG_SHAPES: tuple[Tree, ...] = (
    None,
    [],
    {},
    "x y z",
    7,
    -3,
    99999999,
    "99999999",
    "7",
    7.5,
    True,
    ["x"],
    {"x": 1},
    "",
    [None],
    {"x": None},
)

ONLY_LINT_KNOWS = re.compile(
    "is not an Availability Zone of"  # depends on the Region of the spec
    "|is already in the route table"  # a subnet is in one
    "|the key '[a-z_]+' is missing in [a-z_.]+[.]production/[a-z_.]+$"  # no environment completes it
)
"""What of DOC002 the schema cannot say. Of DOC001, which is about ids and names, it says nothing at all."""


def lint(texts: Mapping[str, Tree]) -> list[str]:
    """Return what keeps a spec from being loaded, without references and what else only lint knows."""
    try:
        spec.parse_all({name: json.dumps(tree) for name, tree in texts.items()})
    except SpecError as error:
        found = [problem.message for problem in error.problems if problem.rule != "DOC001"]
        return [message for message in found if not ONLY_LINT_KNOWS.search(message)]
    return []


class Asked(NamedTuple):
    """What the schema is asked about, and the files that lint is asked about."""

    validator: Draft202012Validator
    tree: Tree
    texts: Mapping[str, Tree]


def _spec(tree: Tree) -> Asked:
    return Asked(VALIDATOR, HEADER | tree, {"spec": HEADER | tree})


def alone(tree: Tree, _place: Place) -> Asked:
    return _spec(tree)


def shared(tree: Tree, _place: Place) -> Asked:
    return _spec({"shared": tree})


def laid_over(tree: Tree, place: Place) -> Asked:
    return _spec(place.tree | {"environments": {"production": tree}})


def under_environments(tree: Tree, _place: Place) -> Asked:
    return _spec(tree | {"environments": {"production": {}}})


def included(tree: Tree, _place: Place) -> Asked:
    header = HEADER | {"include": ["part"], "environments": {"production": {}}}
    return Asked(OF_A_PART, tree, {"spec": header, "part": tree})


Wrap: TypeAlias = Callable[[Tree, Place], Asked]
EVERYWHERE = [
    *((alone, place) for place in PLACES),
    *((where, place) for where in (shared, laid_over, under_environments, included) for place in IN_ENVIRONMENTS),
]
NAMES = [f"{where.__name__}-{place.name}" for where, place in EVERYWHERE]


def disagreements(where: Wrap, place: Place, mutants: Iterable[tuple[str, Tree]]) -> list[str]:
    """Return the mutants that only one of the two takes."""
    found = []
    for name, mutant in mutants:
        asked = where(mutant, place)
        problems = lint(asked.texts)
        if asked.validator.is_valid(asked.tree) == bool(problems):
            found.append(f"{name}: the schema {'takes' if problems else 'refuses'} it, lint says {problems[:1]}")
    return found


def paths(tree: Tree, path: Path_ = ()) -> Iterator[Path_]:
    for step, item in tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ():
        yield (*path, step)
        yield from paths(item, (*path, step))


def at(tree: Tree, path: Path_) -> Tree:
    for step in path:
        tree = tree[step]
    return tree


def with_other_keys(tree: Tree, chosen: Sequence[Path_]) -> Iterator[tuple[str, Tree]]:
    """Yield the tree with each key removed, each misspelt, and a key too many in each mapping."""
    yield "as it is", tree
    for path in chosen:
        holder, key = path[:-1], path[-1]
        if isinstance(key, str):
            removed, misspelt = deepcopy(tree), deepcopy(tree)
            del at(removed, holder)[key]
            yield f"{path} removed", removed
            at(misspelt, holder)[f"{key}x"] = at(misspelt, holder).pop(key)
            yield f"{path} misspelt", misspelt
        if isinstance(at(tree, path), dict):
            more = deepcopy(tree)
            at(more, path)["zzz"] = "x"
            yield f"{path} with a key too many", more


def with_other_values(tree: Tree, chosen: Sequence[Path_], values: Sequence[Tree]) -> Iterator[tuple[str, Tree]]:
    """Yield the tree with each value replaced by one of another shape, an unknown word or a number out of range."""
    for path in chosen:
        for value in values:
            other = deepcopy(tree)
            at(other, path[:-1])[path[-1]] = value
            yield f"{path} = {value!r}", other


@pytest.mark.no_cover
@pytest.mark.parametrize(("where", "place"), EVERYWHERE, ids=NAMES)
def test_every_key_of_the_model_is_taken_and_no_other(where: Wrap, place: Place) -> None:
    # An element is the same part of the schema there as alone, or as it is laid over.
    deepest = 3 if where in (shared, under_environments, included) else 99
    chosen = [path for path in paths(place.tree) if len(path) <= deepest]

    assert disagreements(where, place, with_other_keys(place.tree, chosen)) == []


def once_each() -> Iterator[tuple[Place, list[Path_]]]:
    """Yield what every key may hold: a key of the same name and value is tried where it stands first."""
    seen = set()
    for place in PLACES:
        chosen = []
        for path in paths(place.tree):
            key = (path[-1], json.dumps(at(place.tree, path)))
            if len(path) <= 3 or key not in seen:
                chosen.append(path)
            seen.add(key)
        yield place, chosen


@pytest.mark.no_cover
@pytest.mark.parametrize(("place", "chosen"), list(once_each()), ids=[place.name for place in PLACES])
def test_values_of_every_shape_are_judged_alike(place: Place, chosen: list[Path_]) -> None:
    assert disagreements(alone, place, with_other_values(place.tree, chosen, WRONG_SHAPES)) == []


@pytest.mark.no_cover
@pytest.mark.parametrize("where", [shared, laid_over, under_environments, included])
def test_sections_kinds_and_elements_of_every_shape_are_judged_alike(where: Wrap) -> None:
    found = []
    for place in IN_ENVIRONMENTS:
        chosen = [path for path in paths(place.tree) if len(path) in (1, 3)]
        found += disagreements(where, place, with_other_values(place.tree, chosen, (None, {}, "x", {"x": None})))

    assert found == []


@pytest.mark.parametrize("value", [None, [], ""])
def test_loading_takes_a_kind_that_is_left_empty_beside_environments_however_that_is_written(value: Tree) -> None:
    trees = [
        HEADER | {"environments": {"production": {"network": {"vpcs": value}}}},
        HEADER | {"shared": {"network": {"vpcs": value}}},
    ]

    assert [lint({"spec": tree}) for tree in trees] == [[], []]
    assert [VALIDATOR.is_valid(tree) for tree in trees] == [value is None, False]


def file_of(path: Path) -> Tree:
    return plain(YAML(typ="safe", pure=True).load(path))


@pytest.mark.slow
@pytest.mark.no_cover
@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_some_mutants_of_the_specs_are_judged_alike(path: Path) -> None:
    whole = {path.name: file_of(path)}
    whole |= {name: file_of(path.parent / name) for name in whole[path.name].get("include", ())}
    found = []
    for name, tree in whole.items():
        validator, chosen = VALIDATOR if name == path.name else OF_A_PART, distinct(tree)[::EACH]
        mutants = chain(with_other_keys(tree, chosen), with_other_values(tree, chosen, (None, "x y z", -3)))
        asked = partial(_in_file, validator, whole, name)
        found += disagreements(asked, Place(name, {}), mutants)

    assert [one for one in found if not LEFT_OUT_IN_A_PART.search(one) and not EMPTY_KIND.match(one)] == []


def _in_file(validator: Draft202012Validator, whole: Mapping[str, Tree], name: str, tree: Tree, _place: Place) -> Asked:
    return Asked(validator, tree, {**whole, name: tree})


EMPTY_KIND = re.compile(r"\(('shared', )?'\w+', '\w+'\) = None: the schema refuses it")
"""Beside environments that are only planned, which is not worth another schema of every section."""

EACH = 32
"""Of so many places one is taken: all of them take minutes."""

LEFT_OUT_IN_A_PART = re.compile(r"the schema takes it, lint says \[[\"'](the key '|'[a-z_]+' is left empty)")


def distinct(tree: Tree) -> list[Path_]:
    """Return one path of each kind: what holds of one service holds of the next."""
    found: dict[Path_, Path_] = {}
    for path in paths(tree):
        shape = tuple("#" if isinstance(step, int) else step for step in path)
        found.setdefault((*shape[:2], "*", *shape[3:]) if path[0] in AREAS else shape, path)
    return list(found.values())


def resolved(node: Tree) -> Tree:
    """Follow a reference, and take the long form of what has a short one."""
    name = node["$ref"].rpartition("/")[2]
    return SCHEMA["$defs"].get(f"{name}Long", SCHEMA["$defs"][name])


def parts(model: type[Model], node: Tree) -> Iterator[tuple[type[Model], Tree]]:
    """Walk the model by its annotations and the schema by its references, side by side."""
    yield model, node
    for key, name in fields(model).items():
        annotation = model.model_fields[name].annotation
        held = node["properties"][key]
        for inner in models_in(annotation):
            below = held
            while "items" in below or isinstance(below.get("additionalProperties"), dict):
                below = below["items"] if "items" in below else below["additionalProperties"]
            yield from parts(inner, resolved(below))


def whole() -> Tree:
    return {**SCHEMA, "properties": SCHEMA["properties"] | SCHEMA["else"]["properties"]}


def test_the_schema_and_the_model_have_the_same_keys() -> None:
    found = list(parts(Architecture, whole()))

    assert [model.__name__ for model, node in found if set(node["properties"]) != set(fields(model))] == []
    assert [
        model.__name__
        for model, node in found
        if set(node.get("required", ()))
        != {key for key, name in fields(model).items() if model.model_fields[name].is_required()}
    ] == []
    assert {model for model, _ in found} >= set(element_kinds().values())


def test_every_key_says_what_it_means() -> None:
    silent = [
        (model.__name__, key)
        for model, node in parts(Architecture, whole())
        for key, held in node["properties"].items()
        if not str(held.get("description", "")).endswith((".", "`"))
    ]
    assert silent == []


def test_what_is_left_empty_is_taken_where_the_model_takes_nothing() -> None:
    told = {
        (model.__name__, key): Draft202012Validator({**SCHEMA["$defs"], **held, "$defs": SCHEMA["$defs"]}).is_valid(
            None
        )
        for model, node in parts(Architecture, whole())
        for key, held in node["properties"].items()
    }
    meant = {
        (model.__name__, key): type(None) in get_args(model.model_fields[name].annotation)
        for model, _ in parts(Architecture, whole())
        for key, name in fields(model).items()
    }
    assert told == meant


WRITTEN = {
    "flows: [{internet -> internet: HERE}]": (
        "443", "'443'", "443 HTTPS", "80, 443 HTTP", "4000-4003/udp", "53/udp DNS", "all", "'443 HTTPS (a: b)'",
        "443/TCP x",
        "70000", "x", "''", "", "443/icmp", "443 (a) b", "80-70000 x", "[1]", "{port: 1}", "443 5", "true",
        "'80,, 81'", "443HTTPS",
    ),
    "flows: [{HERE: 443}]": ("'-> b'", "'a ->'", "a -> b -> c", "'->'", "' '", "a=>b", "internet->internet"),
    "flows: [HERE]": (
        "'internet -> internet: 443'", "internet -> internet", "'internet: 443'", "'internet -> internet: x'",
        "'a -> b: 443 (c: d)'", "''", "7", "true", "[]", "'a: b -> c'",
    ),
    "flows: [{internet -> internet: 443, HERE}]": (
        "note: x", "note: 7", "from: internet", "port: 1", "status: gone", "hard: maybe", "nte: x",
    ),
    "must_reach: [HERE]": ("{internet -> internet: 443}", "{x: 443}", "'a -> b: 1'"),
    "must_not_reach: [HERE]": ("{internet -> internet: 443}", "{x: 443}", "'a -> b: 1'"),
    "journeys: [{title: x, steps: [HERE]}]": (
        "internet", "internet -> internet", "a -> b -> c", "a goes -> b -> c", "7", "~", "[]", "{}", "{details: [x]}",
        "{internet: waits}", "{internet -> internet: asks, details: [x]}", "{internet: asks, target: internet}",
        "{internet -> internet: asks, target: internet}", "{internet: a, internet -> internet: b}", "{internet: }",
        "{internet: [x]}", "{internet: asks, does: x}", "{internet: asks, source: x}", "{target: internet}",
        "{target: internet, details: [x]}", "{does: x, details: x}", "{does: 7}", "{a -> b -> c: asks}",
        "{internet: asks, target: internet, details: [x]}", "{internet: asks, target: internet, more: x}",
        "{source: ''}",
    ),
    "security: {roles: {one: {may: [HERE]}}}": (
        "read", "7", "true", "''", "~", "[]", "{does: x}", "{on: [internet]}", "{does: x, arns: x}",
    ),
    "environments: {production: HERE}": ("~", "{}", "[]", "x", "{stage: test}", "{title: }", "{differences: []}"),
    "environments: {HERE: {}}": ("a", "A", "a b", "internet", "a" * 40, "a" * 41, "a-1", "-a"),
    "network: {vpcs: {HERE: {cidr: 10.0.0.0/16}}}": ("a", "A", "internet", "a_b", "1"),
    "network: {vpcs: {a: {cidr: HERE}}}": (
        "10.0.0.0", "10.0.0.0/33", "10.0.0/16", "256.0.0.0/8", "2600:1f18::/56", "10.0.0.0/255.255.0.0", "10", "10.0",
    ),
    "waivers: [{rule: X, subject: y, expires: HERE}]": (
        "2027-03-31", "2027-3-31", "'2027-13-01'", "next week", "20270331", "", "''", "'2027-03-31'",
    ),
    "network: {security_groups: {a: {ingress: [{from: internet, port: HERE}]}}}": (
        "443", "'443'", "'80, 443'", "4000-4003", "all", "65535", "65536", "-1", "'65536'", "x", "''", "", "[443]",
        "true",
        "'80,'", "any",
    ),
    "recovery: {retention: HERE}": (
        "5 minutes", "30d", "5 parsecs", "5", "'5'", "< 1 hour", "~2 Hours", "1-2 days", "2 months", "", "''",
        "'1,5 days'",
        "hour", "12:30",
    ),
    "cost: {total: HERE}": (
        "$5", "~$150", "$75-95", "$425/month", "5", "'5'", "'$1,000.50'", "'$1,5'", "€5", "$5+", "$", "5 usd",
    ),
    "cost: {lines: [{resource: x, amount: $1, HERE}]}": (
        "unit_price: $0.045/GB", "unit_price: $5", "unit_price: $5/", "unit_price: 5", "quantity: 2",
        "quantity: 730 hrs × 2 tasks", "quantity: 5M", "quantity: x", "quantity: -1", "quantity: 1.5",
    ),
    "compute: {services: {a: {subnets: [], security_groups: [], HERE}}}": (
        "memory: 512", "memory: 1 GB", "memory: 1GB", "memory: 0", "memory: 1 TB", "memory: 512.5", "cpu: 256",
        "cpu: '256'",
        "cpu: 0", "cpu: '0'", "cpu: 1 vCPU", "desired: 0", "desired: '00'", "desired: -1", "public_ip: 'true'",
        "public_ip: yes", "public_ip: 1", "port: '0443'", "port: '65536'", "platform: 7.0", "platform: on",
        "title: 22:22",
        "title: true", "title: ~", "title: 2027-03-31", "variables: {A: 1, B: true}", "variables: {A: ~}",
    ),
}  # fmt: skip
"""Places of a spec, and what is written there."""


@pytest.mark.parametrize(
    "text",
    [place.replace("HERE", written) for place, all_ in WRITTEN.items() for written in all_],
    ids=lambda text: text[-70:],
)
def test_what_is_written_is_judged_alike(text: str) -> None:
    text = f"archspec: 1\nname: exemplar\nregion: us-east-1\n{text}\n"
    try:
        spec.parse(text)
        loads = True
    except SpecError as error:
        loads = {problem.rule for problem in error.problems} == {"DOC001"}

    assert VALIDATOR.is_valid(plain(YAML(typ="safe", pure=True).load(text))) == loads


def plain(tree: Tree) -> Tree:
    """Return what YAML holds as JSON has it: a day is a text to editors."""
    return json.loads(json.dumps(tree, default=str))


@pytest.mark.parametrize(
    "text",
    [
        "flows: [{internet -> internet: 443, internet -> b: 443}]",  # keys that fit a pattern cannot be counted
        "flows: [{internet -> internet: 443 HTTPS, protocol: TLS}]",
        "network: {subnets: {a: {az: eu-west-1a, tier: public, cidr: 10.0.0.0/24}}}",
        "network: {vpcs: {main: }}\nenvironments: {production: }",  # no environment completes it
        "network: {vpcs: {main: {cidr: 10.0.0.0/16}}}\nenvironments: {production: {network: {vpcs: {more: {}}}}}",
    ],
)
def test_what_depends_on_another_place_is_left_to_lint(text: str) -> None:
    refused_by_lint_alone(text)


@pytest.mark.parametrize(
    "text",
    [
        "network: {vpcs: {main: {cidr: 10.0.1.0/16}}}",  # host bits
        "network: {security_groups: {a: {ingress: [{from: internet, port: 443-80}]}}}",
        "cost: {total: $5-1}",
        "compute: {services: {a: {subnets: [], security_groups: [], memory: 0.3 MB}}}",
        "compute: {services: {a: {subnets: [], security_groups: [], desired: 0x10}}}",  # sixteen, to YAML
        "compute: {services: {a: {subnets: [], security_groups: [], desired: 2.0}}}",
        "compute: {services: {a: {subnets: [], security_groups: [], public_ip: True}}}",
    ],
)
def test_what_a_pattern_cannot_say_of_a_value_is_left_to_lint(text: str) -> None:
    refused_by_lint_alone(text)


def refused_by_lint_alone(text: str) -> None:
    text = f"archspec: 1\nname: exemplar\nregion: us-east-1\n{text}\n"
    with pytest.raises(SpecError) as refused:
        spec.parse(text)

    assert {problem.rule for problem in refused.value.problems} == {"DOC002"}
    assert VALIDATOR.is_valid(YAML(typ="safe", pure=True).load(text))


def test_a_waiver_with_a_time_is_refused_by_editors_alone() -> None:
    tree = HEADER | {"waivers": [{"rule": "X", "subject": "y", "expires": "2027-03-31T00:00:00"}]}

    assert (lint({"spec": tree}), VALIDATOR.is_valid(tree)) == ([], False)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_editors_that_know_only_draft_7_judge_keys_the_same(place: Place) -> None:
    trees = [HEADER | tree for _, tree in with_other_keys(place.tree, list(paths(place.tree))[::5])]

    assert [OLDER.is_valid(tree) for tree in trees] == [VALIDATOR.is_valid(tree) for tree in trees]
