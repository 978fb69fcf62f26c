"""What becomes of a finding between two sides."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.comments import Standing, stand
from archspec.findings import Finding, Severity
from tests.comments.findings import finding

OPEN = finding()
WAIVED, KNOWN = OPEN._replace(waiver="so be it"), OPEN._replace(known=True)
WARNING, INFO = OPEN._replace(severity=Severity.WARNING), OPEN._replace(severity=Severity.INFO)
UNKNOWN = finding(outcome="unknown", severity=Severity.INFO)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ([], [], Standing()),
        ([], [OPEN], Standing(new=(OPEN,))),
        ([OPEN], [OPEN], Standing(still=1)),
        ([OPEN], [], Standing(gone=(OPEN,))),
        ([OPEN], [UNKNOWN], Standing(untold=(OPEN,))),
        ([UNKNOWN], [OPEN], Standing(new=(OPEN,))),
        ([OPEN], [WAIVED], Standing(accepted=(WAIVED,))),
        ([], [WAIVED], Standing(accepted=(WAIVED,))),
        ([WAIVED], [WAIVED], Standing()),
        ([WAIVED], [], Standing()),
        ([WAIVED], [OPEN], Standing(again=(OPEN,))),
        ([KNOWN], [OPEN], Standing(again=(OPEN,))),
        ([], [KNOWN], Standing(known=(KNOWN,))),
        ([KNOWN], [KNOWN], Standing()),
        ([WARNING], [OPEN], Standing(raised=(OPEN,))),
        ([OPEN], [WARNING], Standing(still=1)),
        ([INFO], [WARNING], Standing(raised=(WARNING,))),
        ([], [INFO], Standing()),
        ([INFO], [], Standing()),
        ([OPEN], [INFO], Standing(gone=(INFO,))),
    ],
)
def test_what_becomes_of_a_finding(old: Sequence[Finding], new: Sequence[Finding], found: Standing) -> None:
    assert stand(old, new, {}) == found


def test_another_line_and_other_words_make_no_other_finding() -> None:
    moved = OPEN._replace(location=OPEN.location._replace(line=9), message="is still wrong")
    assert stand([OPEN], [moved], {}) == Standing(still=1)


def test_a_subject_with_another_id_is_the_same() -> None:
    old, new = finding(subject="api -> db 5432"), finding(subject="api -> store 5432")
    assert stand([old], [new], {"db": "store"}) == Standing(still=1)


def test_what_is_found_of_the_old_id_still_is_not_taken_for_the_new_one() -> None:
    assert stand([OPEN], [OPEN], {"db": "store"}) == Standing(still=1)


def test_of_several_findings_of_one_subject_the_one_that_says_something_else_is_new() -> None:
    other = finding(message="is wrong elsewhere")
    assert stand([OPEN], [other, OPEN], {}) == Standing(new=(other,), still=1)
    assert stand([other, OPEN], [OPEN], {}) == Standing(gone=(other,), still=1)


def test_errors_stand_first_and_what_is_said_of_the_architecture_last() -> None:
    claim, warning = finding("DOC012"), finding("SEC001", severity=Severity.WARNING)
    found = Standing(new=(warning, claim), again=(OPEN,))
    assert found.open == (("open again, ", OPEN), ("", claim), ("", warning))


FINDINGS = st.lists(
    st.builds(
        finding,
        st.sampled_from(["NET001", "DOC012"]),
        st.sampled_from(["db", "api"]),
        st.sampled_from([Severity.WARNING, Severity.ERROR]),
        message=st.sampled_from(["one", "two"]),
    ),
    max_size=6,
)


@given(FINDINGS, FINDINGS)
def test_every_open_finding_is_told_once(old: list[Finding], new: list[Finding]) -> None:
    found = stand(old, new, {})
    assert len(found.new) + len(found.raised) + found.still == len(new)
    assert len(found.gone) + len(found.raised) + found.still == len(old)


@given(FINDINGS)
def test_nothing_becomes_of_what_is_the_same(findings: list[Finding]) -> None:
    assert stand(findings, list(reversed(findings)), {}).is_empty


@given(FINDINGS, FINDINGS)
def test_the_order_of_findings_means_nothing(old: list[Finding], new: list[Finding]) -> None:
    assert stand(old, new, {})._replace(raised=(), still=0) == stand(old, new, {})._replace(raised=(), still=0)
