"""The flow as a program calls it, and the examples of its documentation."""

import doctest
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import archspec
from archspec import api, scanners
from archspec.artifacts import Artifacts
from archspec.errors import Location, NotStatedError, SpecError, UsageError
from archspec.findings import Finding, Severity
from archspec.model.data import Database
from archspec.scanners import Export, Scan
from tests.sample import HEADER, TODAY

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
WAIVED = "waivers:\n  - {rule: CKV_AWS_144, subject: alb, reason: one Region, owner: platform, expires: 2027-01-31}\n"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> api.System:
    """Load the small system that the examples are about, as a reader has it."""
    path = tmp_path / "specs" / "shop.yaml"
    path.parent.mkdir()
    path.write_bytes((ROOT / "specs/examples/hello.yaml").read_bytes())
    monkeypatch.chdir(tmp_path)
    return api.load("specs/shop.yaml")


def of_checkov(rule: str, subject: str) -> Finding:
    return Finding(Location("sample.yaml", 1, 1), rule, "checkov", subject, "fail", Severity.WARNING, "so it is")


def test_a_waiver_accepts_a_finding_of_checkov(monkeypatch: pytest.MonkeyPatch) -> None:
    found = (of_checkov("CKV_AWS_144", "alb"), of_checkov("CKV_AWS_144", "other"), of_checkov("CKV_AWS_18", "alb"))

    def scan(_export: Export, _root: Path) -> Scan:
        return Scan(found, 0, 3, 0, 1)

    monkeypatch.setitem(scanners.SCANNERS, "checkov", scan)
    system = api.parse(HEADER + WAIVED, "sample.yaml", TODAY)
    scanned = api.scan(system, Artifacts(), Path())

    assert [finding.waiver for finding in scanned.findings] == ["one Region", "", ""]


@pytest.mark.usefixtures("shop")
def test_the_examples_in_the_interface_hold() -> None:
    assert (doctest.testmod(api), doctest.testmod(archspec)) == (
        doctest.TestResults(0, 11),
        doctest.TestResults(0, 2),
    )


@pytest.mark.usefixtures("shop")
def test_the_examples_on_the_page_about_python_hold() -> None:
    text = "\n".join(block for block in BLOCKS if ">>> " in block)
    example = doctest.DocTestParser().get_doctest(text, {}, "python.md", None, None)

    assert doctest.DocTestRunner().run(example) == doctest.TestResults(0, 18)


@pytest.mark.usefixtures("shop")
def test_the_tests_on_the_page_pass_in_pytest(tmp_path: Path) -> None:
    tests = [block for block in BLOCKS if "\ndef test_" in block]
    (tmp_path / "test_architecture.py").write_text("\n".join(tests), encoding="utf-8")
    found = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "ignore", "test_architecture.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(ROOT)},
    )

    assert (found.returncode, found.stdout.splitlines()[-1].partition(" in ")[0]) == (0, "6 passed")


def test_elements_are_found_by_their_ids_the_internet_first(shop: api.System) -> None:
    assert list(shop.elements) == [
        "internet", "main", "public-a", "public-b", "data-a", "data-b", "main-igw", "main-public-rt", "main-data-rt",
        "web-sg", "db-sg", "web", "db",
    ]  # fmt: skip


def test_elements_cannot_be_changed(shop: api.System) -> None:
    with pytest.raises(TypeError):
        shop.elements["db"] = shop.elements["web"]  # type: ignore[index]


def test_an_element_is_typed_and_has_a_place(shop: api.System) -> None:
    db = shop.element("db")

    assert isinstance(db, Database)
    assert (db.engine, db.multi_az, shop.locate(db).text.strip()[:9]) == ("postgres", True, "db: {engi")


def test_an_answer_about_a_way_prints_as_the_command_does(shop: api.System) -> None:
    assert str(shop.path("web", "db")) == (
        "web -> db tcp/5432: open\n"
        "  open    web sends tcp/5432 to db: web-sg allows all traffic to anywhere (AWS default)\n"
        "  open    the local route of main joins public-a, public-b, data-a, data-b\n"
        "  open    db receives tcp/5432 from web: db-sg allows tcp/5432 from web-sg  specs/shop.yaml:16:24\n"
        f"  open    db listens on tcp/5432  {shop.locate(shop.element('db'))}"
    )


def test_a_way_that_is_blocked_names_the_edits_that_open_it(shop: api.System) -> None:
    (pair,) = shop.path("internet", "db", "5432").pairs

    assert (pair.is_open, [str(one.location) for one in pair.repairs], pair.repairs[2].text) == (
        False,
        [str(shop.locate(shop.element("db"))), "specs/shop.yaml:12:5", "specs/shop.yaml:16:14"],
        "add to the ingress of db-sg: {from: internet, port: 5432}",
    )


@pytest.mark.parametrize(
    ("source", "target", "port", "message"),
    [
        ("web", "dbb", 5432, "no element is called 'dbb'; did you mean 'db'?"),
        ("web", "db", 70000, "PORT: expected ports from 0 to 65535, not 70000"),
        ("main", "db", None, "no packets go from main to db: name services, stores, balancers, clusters"),
    ],
)
def test_a_way_that_cannot_be_asked_about_is_refused(
    shop: api.System, source: str, target: str, port: int | None, message: str
) -> None:
    with pytest.raises(UsageError) as raised:
        shop.path(source, target, port)

    assert str(raised.value) == message


def test_a_query_answers_with_plain_data(shop: api.System) -> None:
    assert shop.query("databases.map(d, {'id': d.id, 'days': d.backups.retention / 86400.0})") == [
        {"days": 7.0, "id": "db"}
    ]


def test_a_query_about_what_is_not_stated_is_no_answer(shop: api.System) -> None:
    with pytest.raises(NotStatedError) as raised:
        shop.query("databases.all(d, d.encrypted)")

    assert (raised.value.fact, str(raised.value)) == (
        "db.encrypted",
        "'db.encrypted' is not stated, so this cannot be told",
    )


def test_a_query_that_does_not_work_shows_where(shop: api.System) -> None:
    with pytest.raises(UsageError) as raised:
        shop.query("databases.all(d, d.multiaz)")

    assert str(raised.value) == (
        "the expression does not work: a database has no key 'multiaz'; did you mean 'multi_az'?\n"
        "   1 | databases.all(d, d.multiaz)\n"
        "     |                    ^"
    )


def test_findings_are_those_of_check(shop: api.System) -> None:
    assert shop.findings() == api.check(shop).findings


def test_findings_may_be_those_of_some_rules_at_a_stage(shop: api.System) -> None:
    found = shop.findings("development", select=["OBS"], ignore=["OBS001"])

    assert {finding.rule for finding in found} == {
        finding.rule for finding in api.check(shop, "development", select=("OBS",), ignore=("OBS001",)).findings
    }


def test_a_view_that_there_is_not_is_refused_with_those_that_there_are(shop: api.System) -> None:
    with pytest.raises(UsageError) as raised:
        shop.view("networks")

    assert str(raised.value) == (
        "hello has no view called 'networks'; there are: " + ", ".join(view.name for view in api.views(shop))
    )


def test_a_document_needs_no_more_than_the_system(shop: api.System) -> None:
    assert api.document(shop) == api.document(shop, api.check(shop), "specs/shop.yaml")


def test_the_package_offers_the_steps_and_nothing_else() -> None:
    assert {name: getattr(archspec, name) for name in archspec.__all__} == {
        name: getattr(api, name) for name in archspec.__all__
    }
    assert set(archspec.__all__) < set(dir(archspec))


def test_the_package_has_no_other_attributes() -> None:
    with pytest.raises(AttributeError, match="module 'archspec' has no attribute 'lode'"):
        archspec.lode  # noqa: B018  # type: ignore[attr-defined]


def test_importing_the_package_imports_nothing_of_it() -> None:
    code = "import archspec, sys; print([one for one in sys.modules if one.startswith('archspec.')])"
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(ROOT)}
    )

    assert found.stdout == "[]\n"


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda one: api.render(one.view("network"), "jpeg"), "no format is called 'jpeg'; there are: ascii, "),
        (lambda one: api.export(one, "pulumi"), "no target is called 'pulumi'; there are: cloudformation, "),
        (lambda one: api.export(one, environment="beta"), "no environment is called 'beta'; there are: none"),
        (lambda one: one.findings("beta"), "no stage is called 'beta'; there are: production, staging, development"),
        (lambda one: one.path("web", "db", 1, "sctp"), "no protocol is called 'sctp'; there are: tcp, udp, icmp"),
    ],
)
def test_a_word_that_means_nothing_is_refused_with_those_that_there_are(
    shop: api.System, ask: Callable[[api.System], object], message: str
) -> None:
    with pytest.raises(UsageError) as raised:
        ask(shop)

    assert str(raised.value).startswith(message)


def test_a_pack_may_be_named_by_its_path_as_text(shop: api.System) -> None:
    with pytest.raises(SpecError, match=r"no-pack\.yaml:1:1: does not exist"):
        api.check(shop, packs=["no-pack.yaml"])
