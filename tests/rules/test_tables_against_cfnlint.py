"""What archspec holds as data of AWS's values, beside what cfn-lint reads from AWS's own APIs, version for version.

Where the two differ, the difference is listed here with its reason; a new cfn-lint that knows more makes a test fail.
"""

import json
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, get_args

import pytest

from archspec import api
from archspec.graph.dated_facts import dated
from archspec.model.data import CacheEngine, DatabaseEngine
from tests.sample import HEADER

cfnlint = pytest.importorskip("cfnlint", reason="cfn-lint is not installed; it comes with the development dependencies")

VERSION = "1.58.0"
"""Which cfn-lint the tables were read from; another one knows of other versions and classes."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(version("cfn-lint") != VERSION, reason=f"the tables are compared with cfn-lint {VERSION}"),
]

_SCHEMAS = Path(cfnlint.__file__).parent / "data" / "schemas"


def _read(name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads((_SCHEMAS / "extensions" / name).read_text(encoding="utf-8"))
    return found


def _of_engine(schema: Mapping[str, Any], answer: str, key: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield engine → values of a schema that says `if` the engine is this `then` the key is one of those."""
    for one in schema["allOf"]:
        engine = one["if"]["properties"].get("Engine", {})
        values = one[answer]["properties"].get(key, {}).get("enum", ()) if answer in one else ()
        for name in (engine["const"],) if "const" in engine else engine.get("enum", ()):
            yield name, frozenset(str(value) for value in values)


def _joined(pairs: Iterator[tuple[str, frozenset[str]]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for name, values in pairs:
        found[name] = found.get(name, frozenset()) | values
    return found


def _cfnlint_versions() -> Mapping[str, frozenset[str]]:
    """Return engine → the versions that can be created."""
    names = ("aws_rds_dbinstance", "aws_rds_dbcluster")
    known = _joined(
        pair for name in names for pair in _of_engine(_read(f"{name}/engine_version.json"), "then", "EngineVersion")
    )
    retired = _joined(
        pair
        for name in names
        for pair in _of_engine(_read(f"{name}/engine_version_deprecated.json"), "if", "EngineVersion")
    )
    return {engine: values - retired.get(engine, frozenset()) for engine, values in known.items()}


def _plain(engine: str, version: str) -> str:
    """Return a version without what the table leaves out: dates, `-limitless`, and bare majors of PostgreSQL."""
    if "-limitless" in version or (engine in {"postgres", "aurora-postgresql"} and "." not in version):
        return ""
    return version.partition("-rds.")[0]


def _classes_of_regions(name: str) -> frozenset[str]:
    regions = (region for region in _read(name).values() if isinstance(region, dict))  # some name another Region
    return frozenset(value for region in regions for value in region["enum"])


def _cfnlint_classes() -> Mapping[str, frozenset[str]]:
    """Return engine → the classes that some Region offers."""
    regions = [one for one in _read("aws_rds_dbinstance/dbinstanceclass_enum.json").values() if isinstance(one, dict)]
    found = dict(_joined(pair for region in regions for pair in _of_engine(region, "then", "DBInstanceClass")))
    found["docdb"] = _classes_of_regions("aws_docdb_dbinstance/dbinstanceclass_enum.json")
    nodes = _classes_of_regions("aws_elasticache_cachecluster/cachenodetype_enum.json")
    return found | dict.fromkeys(("redis", "valkey", "memcached"), nodes)


def _our_classes(engine: str) -> frozenset[str]:
    prefix = "cache" if engine in {"redis", "valkey", "memcached"} else "db"
    families: Mapping[str, list[str]] = dated("instance_classes")["classes"][engine]
    return frozenset(f"{prefix}.{family}.{size}".rstrip(".") for family, sizes in families.items() for size in sizes)


def _resource(type_: str) -> Mapping[str, Any]:
    """Return the schema of a type of resource in us-east-1."""
    file = json.loads((_SCHEMAS / "providers" / "us-east-1.json").read_text(encoding="utf-8"))[type_]
    found: Mapping[str, Any] = json.loads((_SCHEMAS / "resources" / f"{file}.json").read_text(encoding="utf-8"))
    return found


def _fargate() -> Mapping[str, frozenset[int]]:
    """Return CPU units → MiB that Fargate offers with them."""
    found: dict[str, frozenset[int]] = {}
    for one in _read("aws_ecs_taskdefinition/fargate_cpu_memory.json")["then"]["anyOf"]:
        memory = one["properties"]["Memory"]["then"]
        sizes = memory.get("enum") or range(memory["minimum"], memory["maximum"] + 1, memory["multipleOf"])
        found |= dict.fromkeys(one["properties"]["Cpu"]["then"]["enum"], frozenset(sizes))
    return found


def _differences(ours: frozenset[str], theirs: frozenset[str]) -> tuple[list[str], list[str]]:
    return sorted(ours - theirs), sorted(theirs - ours)


@pytest.mark.parametrize("engine", ["postgres", "mysql", "mariadb", "aurora-postgresql", "aurora-mysql"])
def test_versions_of_databases_are_those_of_cfn_lint(engine: str) -> None:
    ours = frozenset(dated("engine_versions")["versions"][engine]["offered"])
    theirs = frozenset(filter(None, (_plain(engine, one) for one in _cfnlint_versions()[engine])))

    assert _differences(ours, theirs) == ([], [])


@pytest.mark.parametrize("engine", ["redis", "valkey", "memcached"])
def test_versions_of_caches_are_those_of_cfn_lint_but_for_patches(engine: str) -> None:
    ours = frozenset(dated("engine_versions")["versions"][engine]["offered"])
    schema = _read("aws_elasticache_cachecluster/engine_version.json")
    theirs = _joined(_of_engine(schema, "then", "EngineVersion"))[engine]

    assert ours == {".".join(one.split(".")[:2]) for one in theirs}


OTHER_CLASSES: Mapping[str, tuple[list[str], list[str]]] = {
    # The page of DocumentDB names it; AWS's list of prices, from which cfn-lint reads, has no such class.
    "docdb": (["db.serverless"], []),
}
"""Engine → offered for us alone, offered for cfn-lint alone."""


@pytest.mark.parametrize("engine", list(dated("instance_classes")["classes"]))
def test_classes_are_those_of_cfn_lint(engine: str) -> None:
    assert _differences(_our_classes(engine), _cfnlint_classes()[engine]) == OTHER_CLASSES.get(engine, ([], []))


def test_sizes_of_fargate_are_those_of_cfn_lint() -> None:
    ours = {cpu: frozenset(sizes) for cpu, sizes in dated("fargate_sizes")["sizes"].items()}

    assert ours == _fargate()


MONTHS_AND_YEARS = {390, 540, 720, 730, 1080, 1095, 1825, 2190, 2555, 2920, 3285, 3650}
"""Days that CloudWatch does not offer and a spec comes to, as its months have 30 days and its years 365."""


def test_log_retentions_are_those_of_cfn_lint_and_what_months_and_years_come_to() -> None:
    days = range(1, 3700)
    groups = "".join(f"    d{day}: {{retention: {day} days}}\n" for day in days)
    checked = api.check(api.parse(f"{HEADER}observability:\n  log_groups:\n{groups}"), select=("DEP024",))
    ours = set(days) - {int(one.subject[1:]) for one in checked.findings}
    theirs = set(_resource("AWS::Logs::LogGroup")["properties"]["RetentionInDays"]["enum"])

    assert (ours - theirs, theirs - ours) == (MONTHS_AND_YEARS, set())


def test_names_of_engines_are_those_of_cfn_lint() -> None:
    theirs = {
        *_cfnlint_versions(),
        *_read("aws_elasticache_cachecluster/engine_version.json")["allOf"][0]["then"]["properties"]["Engine"]["enum"],
    }

    assert {*get_args(DatabaseEngine), *get_args(CacheEngine)} - theirs == {"docdb"}
