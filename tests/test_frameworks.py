"""References as data: which framework, which control, which address."""

import pytest

from archspec.frameworks import (
    BEST_PRACTICES,
    CODES,
    FRAMEWORKS,
    OTHERS,
    PAGES,
    address,
    framework_of,
    order,
    shown,
)
from archspec.reference.beside_rules import every_page

HUB = "https://docs.aws.amazon.com/securityhub/latest/userguide"
REFERENCES = sorted({(id_, text) for id_, rule in every_page().items() for text in rule.REFERENCES})


@pytest.mark.parametrize(("id_", "reference"), REFERENCES)
def test_every_reference_of_a_rule_is_written_in_exactly_one_form(id_: str, reference: str) -> None:
    forms = [one.key for one in (*FRAMEWORKS, CODES, PAGES) if one.holds(reference)]

    assert len(forms) == 1, id_


def test_every_best_practice_that_a_rule_names_is_one_that_is_known() -> None:
    named = {text for _, text in REFERENCES if framework_of(text).key == "wa"}

    assert named - BEST_PRACTICES == set()


def test_no_rule_writes_out_the_address_of_a_best_practice() -> None:
    assert [pair for pair in REFERENCES if "/wellarchitected/" in pair[1] and "_" in pair[1]] == []


@pytest.mark.parametrize("id_", list(every_page()))
def test_a_rule_names_a_reference_once(id_: str) -> None:
    references = every_page()[id_].REFERENCES

    assert list(references) == list(dict.fromkeys(references))


@pytest.mark.parametrize(
    ("reference", "key", "place"),
    [
        ("RDS.5", "fsbp", f"{HUB}/rds-controls.html#rds-5"),
        ("CloudFront.13", "fsbp", f"{HUB}/cloudfront-controls.html#cloudfront-13"),
        ("CIS 5.2", "cis", f"{HUB}/cis-aws-foundations-benchmark.html"),
        (
            "sec_network_protection_layered",
            "wa",
            "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_network_protection_layered.html",
        ),
        ("AC-4(21)", "nist", f"{HUB}/standards-reference-nist-800-53.html"),
        (
            "ENI_SG_RULES_MISMATCH",
            "codes",
            "https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html",
        ),
        ("https://cel.dev", "pages", "https://cel.dev"),
        ("OPS-7 of ours", "others", ""),
        ("javascript:alert(1)", "others", ""),
    ],
)
def test_a_reference_tells_its_framework_and_its_address(reference: str, key: str, place: str) -> None:
    assert (framework_of(reference).key, address(reference)) == (key, place)


@pytest.mark.parametrize(
    ("references", "place"),
    [
        (("RDS.5", "https://one.example", "https://two.example"), "https://one.example"),
        (("RDS.5", "sec_identities_unique", "https://two.example"), address("sec_identities_unique")),
        (("ours", "RDS.5"), address("RDS.5")),
        (("ours",), ""),
        ((), ""),
    ],
)
def test_a_finding_shows_the_first_page_or_else_the_first_control(references: tuple[str, ...], place: str) -> None:
    assert shown(references) == place


def test_controls_are_sorted_by_their_numbers() -> None:
    assert sorted(["RDS.15", "RDS.5", "CP-10", "CP-9(1)", "CP-9", "CIS 5.10", "CIS 5.2"], key=order) == [
        "CIS 5.2", "CIS 5.10", "CP-9", "CP-9(1)", "CP-10", "RDS.5", "RDS.15",
    ]  # fmt: skip


def test_what_belongs_nowhere_is_of_others() -> None:
    assert framework_of("x") == OTHERS
