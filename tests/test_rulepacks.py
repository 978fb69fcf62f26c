"""Rule packs: what is refused when one is loaded, and what its entries answer."""

from collections.abc import Callable
from pathlib import Path

import pytest

from archspec import api
from archspec.checks import check
from archspec.errors import SpecError, UsageError
from archspec.findings import Finding
from archspec.rulepacks import PackRule, built_in, built_in_packs, choose, extended, load
from archspec.rules import page

System = Callable[[str], api.System]
ENTRY = {
    "name": "too-big",
    "says": "A service is too big.",
    "why": "It costs more.",
    "severity": "{production: error, staging: warning, development: 'off'}",
    "for": "services",
    "assert": "self.cpu <= 512",
    "message": '"{id} is too big"',
    "fails": "none",
    "passes": "none",
}


def pack(folder: Path, **changes: str) -> Path:
    entry = ENTRY | {key.rstrip("_"): value for key, value in changes.items()}
    path = folder / "pack.yaml"
    lines = "".join(f"    {key}: {value}\n" for key, value in entry.items() if value)
    path.write_text(f"rules:\n  TST001:\n{lines}", encoding="utf-8")
    return path


def rule(folder: Path, **changes: str) -> PackRule:
    return load(pack(folder, **changes))["TST001"]


def problems(path: Path) -> list[tuple[str, int, int, str]]:
    with pytest.raises(SpecError) as raised:
        load(path)
    return [(one.message, one.location.line, one.location.column, one.hint) for one in raised.value.problems]


TEXT = """\
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets: {private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}
  security_groups: {sg: {}}
compute:
  services:
    big: {cpu: 1024, subnets: [private-a], security_groups: [sg]}
    small: {cpu: 256, subnets: [private-a], security_groups: [sg]}
    untold: {subnets: [private-a], security_groups: [sg]}
    later: {cpu: 1024, status: planned, subnets: [private-a], security_groups: [sg]}
"""


def found(system: System, one: PackRule) -> list[tuple[str, str, str]]:
    built = system(TEXT)
    checked = check(built.graph, [one], "production", built.source.locate)
    return [(finding.subject, finding.outcome, finding.message) for finding in checked.findings]


def findings(system: System, one: PackRule) -> tuple[Finding, ...]:
    built = system(TEXT)
    return check(built.graph, [one], "production", built.source.locate).findings


UNTOLD = ("untold", "unknown", "untold: 'cpu' is not stated, so this cannot be told")


def test_an_entry_judges_the_current_elements_of_its_kind(system: System, tmp_path: Path) -> None:
    assert found(system, rule(tmp_path)) == [("big", "fail", "big is too big"), UNTOLD]


def test_when_narrows_what_an_entry_judges(system: System, tmp_path: Path) -> None:
    assert found(system, rule(tmp_path, when="self.id != 'big'")) == [UNTOLD]


def test_an_element_of_which_when_cannot_tell_stays_in(system: System, tmp_path: Path) -> None:
    one = rule(tmp_path, when="self.cpu == 1024")

    assert found(system, one) == [("big", "fail", "big is too big"), UNTOLD]


def test_at_is_the_line_that_has_to_change(system: System, tmp_path: Path) -> None:
    columns = [finding.location.column for finding in findings(system, rule(tmp_path, at="cpu"))]

    assert columns == [TEXT.splitlines()[6].index("cpu") + 1, 5]


def test_braces_in_a_message_are_only_text(system: System, tmp_path: Path) -> None:
    message = '"{id.__class__} {0} {self} {id!r} %s {{id}} is too big"'

    assert found(system, rule(tmp_path, message=message))[0] == (
        "big",
        "fail",
        "{id.__class__} {0} {self} {id!r} %s {big} is too big",
    )


def test_a_fix_names_what_is_judged(system: System, tmp_path: Path) -> None:
    fixes = [finding.fix for finding in findings(system, rule(tmp_path, fix='"write `watches: [{id}]`"'))]

    assert fixes == ["write `watches: [big]`", "state `cpu`"]


def test_an_expression_without_an_answer_crashes_its_rule_alone(system: System, tmp_path: Path) -> None:
    (only,) = findings(system, rule(tmp_path, assert_="1 / (self.cpu - 1024) == 1"))

    assert (only.rule, only.subject, only.message) == (
        "XXX000",
        "TST001",
        (
            "the rule TST001 too-big crashed: ExpressionError: '1 / (self.cpu - 1024) == 1' answers "
            "'INVALID_ARGUMENT: divide by zero'; expected true or false"
        ),
    )


def test_an_unknown_key_is_refused_with_the_nearest_that_exists(tmp_path: Path) -> None:
    assert problems(pack(tmp_path, asert="self.cpu <= 512")) == [
        ("unknown key 'asert' in rules.TST001", 12, 5, "did you mean 'assert'?")
    ]


def test_a_kind_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    assert problems(pack(tmp_path, for_="servers")) == [
        ("'servers' is nothing that a rule can be about", 7, 5, "did you mean 'services'?")
    ]


def test_a_severity_that_is_no_word_is_refused(tmp_path: Path) -> None:
    (only,) = problems(pack(tmp_path, severity="{production: fatal, staging: warning, development: info}"))

    assert only[:3] == (
        "'fatal' is not a value of 'production'; expected 'off', 'info', 'warning' or 'error'",
        6,
        16,
    )


def test_a_missing_key_is_refused(tmp_path: Path) -> None:
    assert [message for message, *_ in problems(pack(tmp_path, says=""))] == [
        "the key 'says' is missing in rules.TST001"
    ]


def test_an_expression_that_does_not_compile_is_refused_at_its_place(tmp_path: Path) -> None:
    assert problems(pack(tmp_path, assert_="self.cpu <= limit", when="slef.cpu == 1")) == [
        ("`assert`: undeclared reference to 'limit'", 8, 25, "see https://cel.dev"),
        ("`when`: undeclared reference to 'slef.cpu'", 12, 11, "did you mean 'self'?"),
    ]


@pytest.mark.parametrize(
    ("written", "line", "column"),
    [
        ("self.cpu <= 512 && self.memry > 1", 8, 37),
        ("'self.title == ''a'' && self.memry > 1'", 8, 42),
        (r'"self.title == \"a\" && self.memry > 1"', 8, 42),
        (">-\n      self.cpu <= 512 &&\n      self.memry > 1", 10, 12),
        ("|\n      self.title == 'é' &&\n\n        self.memry > 1", 11, 14),
        ("self.cpu <= 512 &&\n      self.memry > 1", 9, 12),
    ],
)
def test_a_mistake_is_told_at_its_own_line_and_column(tmp_path: Path, written: str, line: int, column: int) -> None:
    assert problems(pack(tmp_path, assert_=written)) == [
        ("`assert`: a service has no key 'memry'", line, column, "did you mean 'memory'?")
    ]


def test_where_the_place_cannot_be_told_the_column_in_the_expression_is(tmp_path: Path) -> None:
    written = r'"\x73elf.memry > 1"'

    assert problems(pack(tmp_path, assert_=written)) == [
        ("column 6 of `assert`: a service has no key 'memry'", 8, 5, "did you mean 'memory'?")
    ]


def test_the_line_that_has_to_change_is_one_that_the_kind_has(tmp_path: Path) -> None:
    assert problems(pack(tmp_path, at="cpus")) == [("a service has no key 'cpus'", 12, 5, "did you mean 'cpu'?")]


@pytest.mark.parametrize("path", built_in_packs(), ids=lambda path: path.stem)
def test_our_own_packs_have_no_mistake(path: Path) -> None:
    assert load(path)


def subjects(system: System, one: PackRule) -> list[tuple[str, str]]:
    built = system(TEXT + ASKED)
    checked = check(built.graph, [one], "production", built.source.locate)
    return [(finding.subject, finding.outcome) for finding in checked.findings]


ASKED = """\
flows:
  - big -> small: 80 HTTP
  - {internet -> big: 443 HTTPS, status: planned}
journeys:
  - {title: A visit, steps: [big -> small]}
cost:
  lines:
    - {resource: Fargate, amount: $20}
"""


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("flows", "self.protocol == 'HTTPS'", [("big -> small 80", "fail")]),
        ("flows", "element(self.from).cpu < element(self.to).cpu", [("big -> small 80", "fail")]),
        ("journeys", "size(self.steps) > 1", [("journey A visit", "fail")]),
        ("cost_lines", "self.amount < 20.0", [("cost line Fargate", "fail")]),
        ("spec", "size(services) == 2", [("sample", "fail")]),
        ("spec", "size(services) == 3", []),
        ("services", "named_by(self.id).exists(e, e.kind == 'alarm')", [("big", "fail"), ("small", "fail")]),
    ],
)
def test_an_entry_may_be_about_lists_the_whole_and_the_graph(
    system: System, tmp_path: Path, kind: str, text: str, found: list[tuple[str, str]]
) -> None:
    one = rule(tmp_path, for_=kind, assert_=text)

    assert [pair for pair in subjects(system, one) if pair[0] != "untold"] == found


def test_an_id_that_means_nothing_here_leaves_the_answer_unknown(system: System, tmp_path: Path) -> None:
    one = rule(tmp_path, assert_="reaches(self.id, 'smal')", when="self.id == 'big'")

    assert found(system, one) == [("big", "unknown", "big: no element is called 'smal', so this cannot be told")]


def test_an_empty_assert_is_refused(tmp_path: Path) -> None:
    (only,) = problems(pack(tmp_path, assert_='""'))

    assert only[1:3] == (8, 5)


def test_a_pack_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SpecError):
        load(tmp_path / "nothing.yaml")


def test_the_page_of_an_entry_reads_like_that_of_a_rule_in_code(tmp_path: Path) -> None:
    assert page(rule(tmp_path, fails="|\n      a: 1", passes="|\n      a: 2")) == (
        "A service is too big.\n\n## Why\n\nIt costs more.\n\n"
        "## Fails\n\n```yaml\na: 1\n```\n\n## Passes\n\n```yaml\na: 2\n```\n"
    )


def chosen(*select: str, ignore: tuple[str, ...] = ()) -> list[str]:
    return [one.ID for one in choose(built_in(), select, ignore)]


def test_without_a_choice_every_rule_runs_in_order_of_its_id() -> None:
    assert chosen() == sorted(built_in())


@pytest.mark.parametrize("name", ["NET001", "net001", "flow-blocked-by-security-group"])
def test_a_rule_is_chosen_by_its_id_or_name(name: str) -> None:
    assert chosen(name) == ["NET001"]


def test_rules_are_chosen_by_the_letters_that_their_ids_start_with() -> None:
    assert chosen("CST", "avl00") == [id_ for id_ in sorted(built_in()) if id_.startswith(("AVL00", "CST"))]


def test_what_is_ignored_is_left_out_of_what_is_selected() -> None:
    assert set(chosen("AVL")) - set(chosen("AVL", ignore=("AVL002", "nat-in-another-az"))) == {"AVL002", "AVL003"}


def test_everything_may_be_ignored() -> None:
    assert chosen("AVL", ignore=("AVL",)) == []


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("NET001X", "no rule is called 'NET001X'; did you mean NET001?"),
        ("rpo-mised", "no rule is called 'rpo-mised'; did you mean rpo-missed?"),
        ("quite-something-else", "no rule is called 'quite-something-else'"),
    ],
)
@pytest.mark.parametrize("side", ["select", "ignore"])
def test_a_name_that_means_nothing_is_refused_with_the_nearest(name: str, message: str, side: str) -> None:
    with pytest.raises(UsageError) as raised:
        chosen(*([name] if side == "select" else []), ignore=(name,) if side == "ignore" else ())

    assert str(raised.value) == message


@pytest.mark.parametrize("id_", ["XXX000", "DOC000", "DOC001", "DOC005"])
def test_an_id_that_archspec_finds_by_itself_is_taken(tmp_path: Path, id_: str) -> None:
    path = pack(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("TST001", id_), encoding="utf-8")

    with pytest.raises(SpecError) as caught:
        extended(built_in(), [path])

    (only,) = caught.value.problems
    assert (only.message.split(" by ")[0], only.location.line) == (f"the id '{id_}' is taken", 2)


def test_an_expression_that_takes_too_long_for_all_that_it_judges_is_stopped(
    system: System, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archspec.packrule._LONGEST", -1)

    (only,) = findings(system, rule(tmp_path))

    assert (only.rule, only.message.partition("crashed: ")[2], only.fix) == (
        "XXX000",
        "ExpressionError: its answers take longer than -1 seconds; narrow it with `when`",
        "mend its expression; the other rules ran",
    )
