"""Findings that tests of reporters share: every kind of them, and hostile ones."""

from typing import Any

from archspec import api
from archspec.errors import Location
from archspec.findings import Finding, LocatedHop, Severity
from archspec.reporters.report import Part, Report
from tests.sample import HEADER, TODAY

# An error with a witness, a warning, an info, an unknown and a waived finding.
EVERY_KIND = """\
stage: staging
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  subnets:
    private-a: {az: us-east-1a, tier: private, cidr: 10.0.1.0/24}
    private-b: {az: us-east-1b, tier: private, cidr: 10.0.2.0/24}
  security_groups:
    api-sg: {}
    db-sg: {ingress: [{from: api-sg, port: 3306}]}
    spare-sg: {}
compute:
  services:
    api: {desired: 1, subnets: [private-a, private-b], security_groups: [api-sg]}
data:
  databases:
    db: {engine: postgres, subnets: [private-a, private-b], security_groups: [db-sg]}
flows:
  - api -> db: 5432 PostgreSQL
waivers:
  - {rule: NET008, subject: spare-sg, reason: kept for the move, owner: platform, expires: 2026-12-31}
"""
PLACE = Location("a.yaml", 3, 5, "  a: b")

HOSTILE = (
    "\x1b[31mred\x1b]0;t\x07 \u202eevil\u202c \x9b2J a\r\nb\x00\u2028c\u2066 \x7f \U000e0041 \ud800 \ufffe "
    "::error::x ##[error]y %0A % %25 <script>alert(1)</script> ]]> &amp; \"'` | [x](https://evil.example) {0} </title>"
)
EVIL_FILE = 'specs/a b%,:"<ü>\u202e.yaml'


def finding(**changes: Any) -> Finding:  # noqa: ANN401  any field of a finding
    """Return an error about `a`, with some fields changed."""
    plain_one = Finding(PLACE, "TST001", "made-up", "a", "fail", Severity.ERROR, "a is wrong")
    return plain_one._replace(**changes)


def hostile() -> Finding:
    """Return a finding that is hostile in every field that a spec can reach."""
    place = Location(EVIL_FILE, 1, 1, HOSTILE)
    hops = (LocatedHop("blocked", HOSTILE, place, "CODE"), LocatedHop("open", HOSTILE, None, ""))
    return finding(location=place, subject=HOSTILE, message=HOSTILE, fix=HOSTILE, witness=hops)


def several() -> list[Finding]:
    """Return one finding of each sort, and a second one of the same subject."""
    return [
        finding(),
        finding(message="a is wrong again"),
        finding(rule="TST002", severity=Severity.WARNING),
        finding(rule="TST003", severity=Severity.INFO),
        finding(rule="TST004", outcome="unknown", severity=Severity.INFO),
        finding(rule="TST005", waiver="we know"),
        finding(rule="TST006", known=True),
    ]


def every_kind() -> Report:
    """Return the report of a spec in which there is one of each, of one that is clean, and of one that is broken."""
    from archspec.reference.beside_rules import every_page

    found = api.check(api.parse(HEADER + EVERY_KIND, "specs/sample.yaml", TODAY)).findings
    broken = Location("specs/broken.yaml", 2, 1, "netwrok: {}")
    problem = Finding(broken, "DOC002", "invalid-key", "specs/broken.yaml", "fail", Severity.ERROR, "unknown key")
    parts = (Part("specs/sample.yaml", found), Part("specs/clean.yaml", ()), Part("specs/broken.yaml", (problem,)))
    return Report(parts, rules=every_page)
