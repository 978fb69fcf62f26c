"""Running rules: severities, crashes, waivers, order, tallies."""

import json
import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec import api, rulepacks
from archspec.checks import Checked, Tally, check
from archspec.commands import lint
from archspec.errors import Location, SpecError
from archspec.findings import Edit, Finding, Severities, Severity, Stage, Unknown, Violation
from archspec.graph.graph import Graph
from archspec.model.element import Element
from archspec.rulepacks import built_in
from archspec.rules import Rule
from archspec.waiving import fits
from tests.graph.networks import REPEATABLE
from tests.sample import HEADER, TODAY

System = Callable[[str], api.System]
ALWAYS = Severities(Severity.ERROR, Severity.ERROR, Severity.ERROR)

# One service in one zone (AVL001), an unused group (NET008), a database that cannot tell about its backups (REC004).
TEXT = """\
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups: {sg: {}, spare: {}}
compute:
  services:
    api: {desired: 2, subnets: [private-a], security_groups: [sg]}
data:
  databases:
    db: {engine: postgres, multi_az: true, subnets: [private-a, private-b], security_groups: [sg]}
"""


@dataclass(frozen=True)
class MadeUp:
    """A rule of the tests' own: says what `answers` says of every VPC."""

    answers: Callable[[Element], Iterable[Violation | Unknown]]
    ID: str = "TST001"
    NAME: str = "made-up"
    SEVERITY: Severities = ALWAYS
    REFERENCES: tuple[str, ...] = ("TST.1", "https://one.test/page", "https://two.test/page")

    def subjects(self, graph: Graph) -> Iterable[Element]:
        return graph.architecture.network.vpcs.values()

    def check(self, _graph: Graph, subject: Element) -> Iterator[Violation | Unknown]:
        yield from self.answers(subject)


def run(system: api.System, *rules: Rule, stage: Stage = "production") -> Checked:
    return check(system.graph, rules, stage, system.source.locate, tuple(built_in()))


def short(checked: Checked) -> list[tuple[int, str, str, str]]:
    return [(one.location.line, one.rule, one.subject, one.severity.name) for one in checked.findings]


def broken(_element: Element) -> Iterable[Violation]:
    message = "no such thing"
    raise KeyError(message)


@pytest.mark.parametrize(
    ("stage", "severity"), [("production", "ERROR"), ("staging", "WARNING"), ("development", "INFO")]
)
def test_a_finding_is_rated_by_stage(system: System, stage: Stage, severity: str) -> None:
    found = api.check(system(TEXT), stage, select=("AVL001",))

    assert short(found) == [(12, "AVL001", "api", severity)]


def test_the_stage_of_the_spec_is_the_default(system: System) -> None:
    found = api.check(system("stage: staging\n" + TEXT), select=("AVL001",))

    assert short(found) == [(13, "AVL001", "api", "WARNING")]


def test_a_rule_that_is_off_at_a_stage_does_not_run(system: System) -> None:
    off = MadeUp(broken, SEVERITY=Severities(Severity.ERROR, Severity.OFF, Severity.ERROR))

    assert run(system(TEXT), off, stage="staging") == Checked((), {})


def test_a_crashing_rule_is_a_finding_that_names_it_and_the_others_still_run(system: System) -> None:
    found = run(system(TEXT), MadeUp(broken), built_in()["AVL001"])

    assert found.findings == (
        Finding(
            Location("sample.yaml", 1, 1, "archspec: 1"),
            "XXX000",
            "rule-crashed",
            "TST001",
            "fail",
            Severity.ERROR,
            "the rule TST001 made-up crashed: KeyError: 'no such thing'",
            "report it; the other rules ran",
        ),
        *run(system(TEXT), built_in()["AVL001"]).findings,
    )


def test_a_crashed_rule_has_no_tally(system: System) -> None:
    assert run(system(TEXT), MadeUp(broken)).tallies == {}


def test_a_rule_that_crashes_half_way_says_nothing_of_what_it_found_before(system: System) -> None:
    def half(element: Element) -> Iterator[Violation]:
        yield Violation(element.id, element.path, "first")
        raise RuntimeError

    found = run(system(TEXT), MadeUp(half))

    assert [one.rule for one in found.findings] == ["XXX000"]


def test_a_violation_becomes_a_finding_at_its_place_with_the_first_page_to_read(system: System) -> None:
    rule = MadeUp(lambda one: [Violation(one.id, (*one.path, "cidr"), "it is wrong", "mend it")])

    assert run(system(TEXT), rule).findings == (
        Finding(
            Location("sample.yaml", 5, 17, "  vpcs: {main: {cidr: 10.0.0.0/16}}"),
            "TST001",
            "made-up",
            "main",
            "fail",
            Severity.ERROR,
            "it is wrong",
            "mend it",
            (),
            "https://one.test/page",
        ),
    )


def test_an_unknown_names_the_fact_and_is_never_more_than_informative(system: System) -> None:
    found = api.check(system(TEXT), select=("REC004",))

    assert found.findings == (
        Finding(
            Location("sample.yaml", 15, 5, TEXT.splitlines()[11]),
            "REC004",
            "store-without-backup",
            "db",
            "unknown",
            Severity.INFO,
            "db: 'backups' is not stated, so this cannot be told",
            "state `backups`",
            (),
            "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_backing_up_data_identified_backups_data.html",
        ),
    )


def test_an_unknown_is_counted_apart_and_is_no_pass(system: System) -> None:
    tally = api.check(system(TEXT), select=("REC004",)).tallies["REC004"]

    assert (tally, tally.passed) == (Tally(subjects=1, failed=0, unknown=1), 0)


def test_what_passes_and_fails_is_counted_by_subject(system: System) -> None:
    tally = api.check(system(TEXT), select=("NET008",)).tallies["NET008"]

    assert (tally, tally.passed) == (Tally(subjects=2, failed=1, unknown=0), 1)


def test_a_subject_that_fails_twice_and_lacks_a_fact_is_counted_once_as_failed(system: System) -> None:
    rule = MadeUp(lambda one: [Unknown(one.id, (), "a"), Violation(one.id, (), "b"), Violation(one.id, (), "c")])

    assert run(system(TEXT), rule).tallies == {"TST001": Tally(subjects=1, failed=1, unknown=0)}


def test_two_subjects_of_one_id_are_two_subjects(system: System) -> None:
    text = TEXT + "flows:\n  - db -> api: 80\n  - db -> api: 80\n"

    assert api.check(system(text), select=("NET001",)).tallies["NET001"] == Tally(subjects=2, failed=2, unknown=0)


def test_findings_are_sorted_by_place_then_rule_then_subject(system: System) -> None:
    found = api.check(system(TEXT), select=("REC004", "NET008", "AVL001"))

    assert short(found) == [
        (9, "NET008", "spare", "WARNING"),
        (12, "AVL001", "api", "ERROR"),
        (15, "REC004", "db", "INFO"),
    ]


def test_the_order_of_rules_does_not_matter(system: System) -> None:
    rules = list(built_in().values())
    shuffled = random.Random(7).sample(rules, len(rules))  # noqa: S311  an order, not a secret

    assert run(system(TEXT), *shuffled).findings == run(system(TEXT), *rules).findings


def waived(system: System, *waivers: str) -> list[tuple[str, str, str]]:
    text = TEXT + "waivers:\n" + "".join(f"  - {{{waiver}}}\n" for waiver in waivers)
    found = api.check(system(text), select=("AVL001", "NET008", "DOC005"))
    return [(one.rule, one.message, one.waiver) for one in found.findings]


AVL001 = ("AVL001", "api runs in one Availability Zone (us-east-1a)")
NET008 = ("NET008", "spare is attached to nothing, and no group in use refers to it", "")
BY = "owner: platform"


def test_a_valid_waiver_marks_the_finding_with_its_reason(system: System) -> None:
    assert waived(system, f"rule: AVL001, subject: api, reason: a singleton, {BY}, expires: 2026-12-31") == [
        NET008,
        (*AVL001, "a singleton"),
    ]


def test_a_waiver_holds_on_its_last_day(system: System) -> None:
    assert waived(system, f"rule: AVL001, subject: api, reason: a singleton, {BY}, expires: {TODAY}") == [
        NET008,
        (*AVL001, "a singleton"),
    ]


def test_an_expired_waiver_revives_the_finding_and_is_one_itself(system: System) -> None:
    assert waived(system, f"rule: AVL001, subject: api, reason: a singleton, {BY}, expires: 2026-11-19") == [
        NET008,
        (*AVL001, ""),
        ("DOC005", "the waiver AVL001 api expired on 2026-11-19, so its finding counts again", ""),
    ]


def test_a_waiver_that_matches_nothing_is_a_finding(system: System) -> None:
    assert waived(system, f"rule: AVL001, subject: web, reason: a singleton, {BY}, expires: 2026-12-31") == [
        NET008,
        (*AVL001, ""),
        ("DOC005", "the waiver AVL001 web matches no finding", ""),
    ]


def test_a_waiver_of_an_unknown_rule_is_a_finding(system: System) -> None:
    assert waived(system, f"rule: AVL999, subject: api, reason: a singleton, {BY}, expires: 2026-12-31") == [
        NET008,
        (*AVL001, ""),
        ("DOC005", "the waiver AVL999 api names a rule that does not exist", ""),
    ]


def test_a_waiver_of_a_checkov_check_is_for_scan_to_match(system: System) -> None:
    assert waived(system, f"rule: CKV_AWS_91, subject: alb, reason: no logs, {BY}, expires: 2026-12-31") == [
        NET008,
        (*AVL001, ""),
    ]


def test_a_waiver_of_a_rule_that_does_not_run_is_left_alone(system: System) -> None:
    assert waived(system, f"rule: REC001, subject: db, reason: later, {BY}, expires: 2026-12-31") == [
        NET008,
        (*AVL001, ""),
    ]


@pytest.mark.parametrize(
    ("key", "rest"),
    [
        ("reason", f"{BY}, expires: 2026-12-31"),
        ("owner", "reason: a singleton, expires: 2026-12-31"),
        ("expires", f"reason: a singleton, {BY}"),
    ],
)
def test_an_incomplete_waiver_is_a_finding_and_accepts_nothing(system: System, key: str, rest: str) -> None:
    assert waived(system, f"rule: AVL001, subject: api, {rest}") == [
        NET008,
        (*AVL001, ""),
        ("DOC005", f"the waiver AVL001 api states no {key}", ""),
    ]


@pytest.mark.parametrize(("expires", "found"), [("2027-11-21", []), ("2027-11-22", ["DOC005"])])
def test_a_waiver_lasts_a_year_at_most_which_may_be_a_leap_year(system: System, expires: str, found: list[str]) -> None:
    rows = waived(system, f"rule: AVL001, subject: api, reason: a singleton, {BY}, expires: {expires}")

    assert [rule for rule, _, _ in rows] == ["NET008", "AVL001", *found]


def test_a_project_may_give_waivers_for_less_or_longer() -> None:
    text = HEADER + TEXT + f"waivers:\n  - {{rule: AVL001, subject: api, reason: no, {BY}, expires: 2026-12-31}}\n"
    found = [
        one.message
        for days in (40, 41)
        for one in api.check(api.load_texts({"a.yaml": text}, TODAY, longest_waiver=days), select=("DOC005",)).findings
    ]

    assert found == ["the waiver AVL001 api lasts until 2026-12-31, more than 40 days from today"]


def test_an_expired_waiver_is_found_on_the_line_of_its_date_and_what_it_accepted_on_its_own(system: System) -> None:
    text = TEXT + "waivers:\n  - rule: AVL001\n    subject: api\n    reason: a singleton\n    owner: platform\n"
    found = api.check(system(text + "    expires: 2026-11-19\n"), select=("AVL001", "DOC005"))

    assert short(found) == [(12, "AVL001", "api", "ERROR"), (21, "DOC005", "waiver AVL001 api", "ERROR")]


def test_a_stale_waiver_cannot_be_waived(system: System) -> None:
    stale = "rule: AVL001, subject: api, owner: platform, expires: 2026-12-31"
    cover = f"rule: DOC005, subject: waiver AVL001 api, reason: no, {BY}, expires: 2026-12-31"

    assert waived(system, stale, cover) == [
        NET008,
        (*AVL001, ""),
        ("DOC005", "the waiver AVL001 api states no reason", ""),
        ("DOC005", "DOC005 cannot be waived", ""),
    ]


def test_a_crash_cannot_be_waived(system: System) -> None:
    text = TEXT + f"waivers:\n  - {{rule: XXX000, subject: TST001, reason: no, {BY}, expires: 2026-12-31}}\n"
    found = run(system(text), MadeUp(broken), built_in()["DOC005"])

    assert [(one.rule, one.subject, one.waiver) for one in found.findings] == [
        ("XXX000", "TST001", ""),
        ("DOC005", "waiver XXX000 TST001", ""),
    ]
    assert found.findings[1].message == "XXX000 cannot be waived"


def test_everything_that_is_wrong_with_waivers_is_told_at_once(system: System) -> None:
    until = f"reason: no, {BY}, expires: 2026-12-31"
    rows = waived(
        system,
        f"rule: AVL001, subject: web, {until}",
        f"rule: NET008, subject: sg, {until}",
        f"rule: AVL999, subject: api, {until}",
        "rule: AVL001, subject: api, expires: 2026-01-01",
    )

    assert [message for rule, message, _ in rows if rule == "DOC005"] == [
        "the waiver AVL001 web matches no finding",
        "the waiver NET008 sg matches no finding",
        "the waiver AVL999 api names a rule that does not exist",
        "the waiver AVL001 api states no owner",
        "the waiver AVL001 api states no reason",
        "the waiver AVL001 api expired on 2026-01-01, so its finding counts again",
    ]


# Four groups that nothing uses, and one with another name.
GROUPS = "network: {vpcs: {main: {cidr: 10.0.0.0/16}}, security_groups: {old-a: {}, old-b: {}, old-c: {}, new: {}}}\n"


def accepted(system: System, *waivers: str, rules: tuple[str, ...] = ("NET008", "DOC005")) -> list[tuple[str, str]]:
    """Return the subject of each finding with the reason it is accepted for, and what is wrong with waivers."""
    rows = [f"  - {{rule: NET008, {waiver}, owner: platform, expires: 2026-12-31}}\n" for waiver in waivers]
    found = api.check(system(GROUPS + "waivers:\n" + "".join(rows)), select=rules).findings
    return [(one.message if one.rule == "DOC005" else one.subject, one.waiver) for one in found]


def test_a_pattern_accepts_as_many_findings_as_it_counts(system: System) -> None:
    assert accepted(system, "subject: old-*, count: 3, reason: moving") == [
        ("old-a", "moving"),
        ("old-b", "moving"),
        ("old-c", "moving"),
        ("new", ""),
    ]


def test_a_kind_may_be_waived_with_a_count(system: System) -> None:
    assert accepted(system, "subject: security_groups, count: 4, reason: moving") == [
        ("old-a", "moving"),
        ("old-b", "moving"),
        ("old-c", "moving"),
        ("new", "moving"),
    ]


def test_what_is_found_beyond_the_count_is_not_accepted_and_the_waiver_is_found(system: System) -> None:
    assert accepted(system, "subject: old-*, count: 2, reason: moving") == [
        ("old-a", "moving"),
        ("old-b", "moving"),
        ("old-c", ""),
        ("new", ""),
        ("the waiver NET008 old-* accepts 2, and there are 3 findings", ""),
    ]


def test_a_count_that_is_too_high_is_found_with_the_one_that_holds(system: System) -> None:
    text = GROUPS + f"waivers:\n  - {{rule: NET008, subject: old-*, count: 9, reason: no, {BY}, expires: 2026-12-31}}\n"
    (found,) = [one for one in api.check(system(text)).findings if one.rule == "DOC005"]

    assert (found.message, found.fix, found.edits, str(found.location)) == (
        "the waiver NET008 old-* accepts 9, and 3 findings are left",
        "lower it: `count: 3`",
        (Edit(("waivers", 0, "count"), "set", "3"),),
        "sample.yaml:6:36",
    )


def test_a_pattern_without_a_count_is_a_name_like_any_other_and_told_what_it_needs(system: System) -> None:
    text = GROUPS + f"waivers:\n  - {{rule: NET008, subject: old-*, reason: no, {BY}, expires: 2026-12-31}}\n"
    found = api.check(system(text), select=("NET008", "DOC005")).findings

    assert [(one.message, one.fix, one.edits) for one in found if one.rule == "DOC005"] == [
        (
            "the waiver NET008 old-* matches no finding",
            "what stands for many says for how many: add `count: 3`; or name one subject",
            (),
        )
    ]
    assert [one.waiver for one in found] == [""] * 5


def test_a_pattern_that_matches_nothing_is_a_finding(system: System) -> None:
    assert accepted(system, "subject: gone-*, count: 1, reason: no")[-1] == (
        "the waiver NET008 gone-* matches no finding",
        "",
    )


def test_a_waiver_that_names_a_finding_gives_the_reason_whatever_pattern_fits_as_well(system: System) -> None:
    named, many = "subject: old-b, reason: named", "subject: old-*, count: 3, reason: many"

    assert [reason for _, reason in accepted(system, named, many)] == ["many", "named", "many", ""]
    assert [reason for _, reason in accepted(system, many, named)] == ["many", "named", "many", ""]


def test_which_findings_a_count_accepts_does_not_hang_on_their_order(system: System) -> None:
    waiver = f"waivers:\n  - {{rule: NET008, subject: old-*, count: 2, reason: no, {BY}, expires: 2026-12-31}}\n"
    turned = GROUPS.replace("old-a: {}, old-b: {}, old-c: {}", "old-c: {}, old-b: {}, old-a: {}")
    found = api.check(system(turned + waiver), select=("NET008",)).findings

    assert [one.subject for one in found if one.waiver] == ["old-b", "old-a"]


def test_what_cannot_be_told_counts_for_a_waiver_and_is_not_accepted(system: System) -> None:
    text = TEXT + f"waivers:\n  - {{rule: REC004, subject: d*, count: 1, reason: no, {BY}, expires: 2026-12-31}}\n"
    found = api.check(system(text), select=("REC004", "DOC005")).findings

    assert [(one.rule, one.outcome, one.waiver) for one in found] == [("REC004", "unknown", "")]


@pytest.mark.parametrize("count", ["0", "-1", "many", "1.5"])
def test_a_count_is_a_whole_number_from_1(system: System, count: str) -> None:
    with pytest.raises(SpecError):
        accepted(system, f"subject: old-*, count: {count}, reason: no")


def test_a_pattern_of_many_stars_takes_no_longer_than_another() -> None:
    assert not fits("*a" * 20_000 + "b", "a" * 40_000)


@given(st.text("ab*", max_size=8), st.text("ab", max_size=8))
def test_a_pattern_fits_what_shells_say_it_fits(pattern: str, text: str) -> None:
    assert fits(pattern, text) is fnmatchcase(text, pattern)


def test_a_waiver_for_a_planned_environment_is_judged_when_that_is_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    waiver = f"{{rule: NET008, subject: next/spare, reason: no, {BY}, expires: 2026-12-31}}"
    environments = "environments: {production: {}, next: {status: planned}}\n"
    path.write_text(f"{HEADER}{environments}{GROUPS}waivers: [{waiver}]\n", encoding="utf-8")
    found = [
        [one.message for one in api.check(api.load(path, TODAY, name), select=("NET008", "DOC005")).findings]
        for name in ("", "next")
    ]

    assert [[one for one in messages if "waiver" in one] for messages in found] == [
        [],
        ["the waiver NET008 next/spare matches no finding"],
    ]


WORSE = Violation("main", (), "it is open to the world", at_least=Severity.ERROR)


@pytest.mark.parametrize(
    ("stage", "severity"), [("production", "ERROR"), ("staging", "ERROR"), ("development", "ERROR")]
)
def test_what_makes_a_violation_worse_raises_its_severity_where_the_rule_runs(
    system: System, stage: Stage, severity: str
) -> None:
    mild = MadeUp(lambda _: [WORSE], SEVERITY=Severities(Severity.ERROR, Severity.WARNING, Severity.INFO))

    assert [one.severity.name for one in run(system(TEXT), mild, stage=stage).findings] == [severity]


def test_what_makes_a_violation_worse_never_lowers_its_severity_and_never_runs_a_rule_that_is_off(
    system: System,
) -> None:
    mild = Violation("main", (), "it is open a little", at_least=Severity.INFO)
    rule = MadeUp(lambda _: [mild], SEVERITY=Severities(Severity.ERROR, Severity.OFF, Severity.WARNING))
    rated = [
        [one.severity.name for one in run(system(TEXT), rule, stage=stage).findings]
        for stage in ("production", "staging", "development")
    ]

    assert rated == [["ERROR"], [], ["WARNING"]]


def test_a_rule_that_is_off_in_one_environment_stays_off_there_however_bad_it_is(system: System) -> None:
    text = (
        "environments: {production: {stage: production}, beta: {stage: development}}\n"
        "network: {vpcs: {main: {cidr: 10.0.0.0/16}}}\n"
    )
    rule = MadeUp(
        lambda one: [WORSE._replace(subject=one.id)],
        SEVERITY=Severities(Severity.WARNING, Severity.OFF, Severity.OFF),
    )
    whole = system(text)

    assert [
        (one.subject, one.severity.name) for one in check(whole.graph, [rule], None, whole.source.locate).findings
    ] == [("production/main", "ERROR")]


def test_an_unmatched_waiver_counts_as_failed(system: System) -> None:
    text = TEXT + f"waivers:\n  - {{rule: AVL001, subject: web, reason: no, {BY}, expires: 2026-12-31}}\n"

    assert api.check(system(text)).tallies["DOC005"] == Tally(subjects=1, failed=1, unknown=0)


def test_a_waiver_accepts_no_answer_that_is_unknown(system: System) -> None:
    text = TEXT + f"waivers:\n  - {{rule: REC004, subject: db, reason: no, {BY}, expires: 2026-12-31}}\n"
    found = api.check(system(text), select=("REC004", "DOC005"))

    assert [(one.rule, one.outcome, one.waiver) for one in found.findings] == [("REC004", "unknown", "")]


def test_lint_fails_when_a_rule_crashes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = tmp_path / "sample.yaml"
    spec.write_text(HEADER + "network: {vpcs: {main: {cidr: 10.0.0.0/16}}}\n", encoding="utf-8")
    crashing = {"TST001": MadeUp(broken)}
    monkeypatch.setattr(rulepacks, "built_in", lambda: crashing)  # no rule of archspec's own crashes
    monkeypatch.chdir(tmp_path)

    assert (lint.run(["--no-cache", "sample.yaml"]), capsys.readouterr().out) == (
        1,
        (
            "sample.yaml:1:1: error XXX000 rule-crashed\n"
            "  the rule TST001 made-up crashed: KeyError: 'no such thing'\n"
            "   1 | archspec: 1\n"
            "     | ^\n"
            "  fix: report it; the other rules ran\n"
            "\n"
            "1 error\n"
        ),
    )


def test_fingerprints_stay_when_lines_move(system: System) -> None:
    moved = "# a comment\n\n" + TEXT.replace("network:\n", "network:\n\n\n")

    assert [one.fingerprint for one in api.check(system(moved)).findings] == [
        one.fingerprint for one in api.check(system(TEXT)).findings
    ]


@pytest.mark.parametrize(
    ("rule", "subject", "fingerprint"),
    [
        ("A", "b", "0cd324c9286a44e4"),
        ("A", "c", "5970b5db369bce72"),
        ("B", "b", "1babfc8e9033664a"),
        ("Ab", "", "a4f6a5f1963e157d"),
    ],
)
def test_a_fingerprint_is_the_same_in_every_version(rule: str, subject: str, fingerprint: str) -> None:
    place = Location("sample.yaml", 1, 1)

    assert Finding(place, rule, "", subject, "fail", Severity.ERROR, "").fingerprint == fingerprint


SECTIONS: dict[str, Any] = {
    "network": {
        "vpcs": {"main": {"cidr": "10.0.0.0/16"}},
        "subnets": {
            "public-a": {"az": "us-east-1a", "tier": "public", "cidr": "10.0.1.0/24"},
            "public-b": {"az": "us-east-1b", "tier": "public", "cidr": "10.0.2.0/24"},
            "private-b": {"az": "us-east-1b", "tier": "private", "cidr": "10.0.3.0/24"},
            "data-a": {"az": "us-east-1a", "tier": "data", "cidr": "10.0.3.128/25"},
        },
        "nat_gateways": {"nat": {"subnet": "public-a"}},
        "security_groups": {
            "web-sg": {"ingress": [{"from": "internet", "port": "443"}, {"from": "internet", "port": "22"}]},
            "api-sg": {"ingress": [{"from": "web-sg", "port": "4000-4100"}]},
            "db-sg": {"ingress": [{"from": "api-sg", "port": "5432"}]},
            "old-sg": {"ingress": [{"from": "db-sg", "port": "1"}]},
        },
        "load_balancers": {"alb": {"subnets": ["public-a", "public-b"], "security_groups": ["web-sg"]}},
    },
    "compute": {
        "services": {
            "api": {"port": 4000, "desired": 1, "subnets": ["private-b"], "security_groups": ["api-sg"]},
            "job": {"subnets": ["private-b"], "security_groups": ["api-sg", "db-sg"], "title": "TBD"},
        }
    },
    "data": {"databases": {"db": {"engine": "postgres", "subnets": ["data-a"], "security_groups": ["db-sg"]}}},
    "flows": [{"internet -> alb": "443 HTTPS"}, {"alb -> api": "5000 HTTP"}],
    "recovery": {"objectives": {"rpo": "1 hour"}},
    "cost": {"lines": [{"resource": "all", "amount": "$10"}], "total": "$11"},
}
Findings = list[tuple[str, str, str, str, str]]


def findings(sections: dict[str, Any]) -> Findings:
    text = HEADER + "".join(f"{key}: {json.dumps(value)}\n" for key, value in sections.items())
    checked = api.check(api.parse(text, "sample.yaml", TODAY))
    return sorted((one.rule, one.subject, one.outcome, one.message, one.fix) for one in checked.findings)


def reordered(value: Any, order: random.Random) -> Any:  # noqa: ANN401  plain data of any shape
    """Return the mappings in another order; lists keep theirs, as it means something."""
    if isinstance(value, list):
        return [reordered(item, order) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: reordered(value[key], order) for key in order.sample(list(value), len(value))}


def test_the_sections_under_property_have_findings_of_most_families() -> None:
    families = {rule.rstrip("0123456789") for rule, *_ in findings(SECTIONS)}

    assert families >= {"AVL", "CST", "DEP", "DOC", "NET", "REC"}


@REPEATABLE
@given(st.integers(0, 2**32))
def test_the_order_of_keys_in_a_spec_does_not_matter(seed: int) -> None:
    assert findings(reordered(SECTIONS, random.Random(seed))) == findings(SECTIONS)  # noqa: S311


IDS = ["public-a", "public-b", "private-b", "data-a", "nat", "web-sg", "api-sg", "db-sg", "old-sg", "alb", "api", "job",
       "db", "main"]  # fmt: skip


def renamed(value: Any, names: dict[str, str]) -> Any:  # noqa: ANN401  plain data of any shape
    if isinstance(value, list):
        return [renamed(item, names) for item in value]
    if isinstance(value, dict):
        return {
            " -> ".join(names.get(part, part) for part in key.split(" -> ")): renamed(item, names)
            for key, item in value.items()
        }
    return names.get(value, value) if isinstance(value, str) else value


@REPEATABLE
@given(st.permutations(range(len(IDS))))
def test_renaming_ids_renames_the_findings_and_nothing_else(numbers: list[int]) -> None:
    names = {id_: f"x{number:02}" for id_, number in zip(IDS, numbers, strict=True)}
    ids = re.compile(r"(?<![\w-])(" + "|".join(sorted(IDS, key=len, reverse=True)) + r")(?![\w-])")
    expected = [tuple(ids.sub(lambda found: names[found[0]], text) for text in one) for one in findings(SECTIONS)]

    assert findings(renamed(SECTIONS, names)) == sorted(expected)
