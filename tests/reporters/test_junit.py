"""Findings as JUnit's XML: it fits Jenkins' schema, and each case says what became of it."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import xmlschema

from archspec.findings import Finding
from archspec.reporters import REPORTERS
from archspec.reporters.report import Part, Report, of
from tests.reporters.made import HOSTILE, every_kind, finding, hostile, several

SCHEMA = xmlschema.XMLSchema(str(Path(__file__).parent / "schemas" / "junit-10.xsd"))


def parsed(report: Report) -> ET.Element:
    return ET.fromstring(REPORTERS["junit"](report))  # noqa: S314  what archspec has written


def cases(*findings: Finding, info: bool = False) -> list[tuple[str, str, str]]:
    found = parsed(of(findings, info=info)).iter("testcase")
    return [(one.get("name", ""), child.tag, child.get("message", "")) for one in found for child in one]


@pytest.mark.parametrize("info", [False, True])
@pytest.mark.parametrize("report", [every_kind(), of([]), of(several()), of([hostile()]), Report(())])
def test_every_report_fits_the_schema_of_jenkins(report: Report, info: bool) -> None:
    SCHEMA.validate(ET.ElementTree(parsed(report._replace(info=info))))


def test_the_schema_refuses_what_is_no_report() -> None:
    assert not SCHEMA.is_valid("<testsuites><testsuite/></testsuites>")


def test_a_spec_is_a_suite_and_one_without_findings_has_a_case_that_passes() -> None:
    root = parsed(Report((Part("a.yaml", (finding(), finding(waiver="why"))), Part("b.yaml", ()))))
    suites = [(one.get("name"), one.get("tests"), one.get("failures"), one.get("skipped")) for one in root]

    assert (root.get("tests"), root.get("failures"), suites) == (
        "3",
        "1",
        [("a.yaml", "2", "1", "1"), ("b.yaml", "1", "0", "0")],
    )
    assert [(one.get("name"), len(one)) for one in root[1]] == [("nothing is found", 0)]


def test_what_fails_and_what_is_accepted_are_told_apart() -> None:
    assert cases(*several()) == [
        ("TST001 made-up: a", "failure", "a is wrong"),
        ("TST001 made-up: a (2)", "failure", "a is wrong again"),
        ("TST002 made-up: a", "failure", "a is wrong"),
        ("TST005 made-up: a", "skipped", "we know"),
        ("TST006 made-up: a", "skipped", "known: it is in the baseline"),
    ]


def test_what_could_not_be_told_is_skipped_with_info() -> None:
    assert cases(finding(outcome="unknown"), info=True) == [
        ("TST001 made-up: a", "skipped", "unknown: a is wrong"),
    ]


def test_a_spec_that_cannot_be_read_is_an_error() -> None:
    assert cases(finding(rule="DOC000")) == [("DOC000 made-up: a", "error", "a is wrong")]


def test_a_failure_holds_the_text_of_the_finding() -> None:
    (failure,) = parsed(of([finding(fix="write ]]> & <b>")])).iter("failure")

    assert (failure.get("type"), failure.text) == (
        "error",
        "a.yaml:3:5: error TST001 made-up\n  a is wrong\n   3 |   a: b\n     |     ^\n  fix: write ]]> & <b>",
    )


def test_what_xml_cannot_hold_is_shown_as_a_mark() -> None:
    ((_, _, message),) = cases(finding(message=HOSTILE))

    assert message.startswith("�[31mred�]0;t� �evil� �2J a��b��c� � � � � ::error::x")
