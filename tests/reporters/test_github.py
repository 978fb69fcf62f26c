"""Findings as workflow commands: what a runner reads of them, and the limit that GitHub sets."""

import re

from archspec.errors import Location
from archspec.findings import Finding, LocatedHop, Severity
from archspec.reporters import REPORTERS
from archspec.reporters.github import MOST
from archspec.reporters.report import Repository, of
from tests.reporters.made import EVIL_FILE, PLACE, finding, hostile, several

COMMAND = re.compile(r"::(?P<name>\w+) (?P<properties>[^:]*)::(?P<message>.*)")


def lines(*findings: Finding, info: bool = False) -> list[str]:
    return REPORTERS["github"](of(findings, info=info)).splitlines()


def read(line: str) -> tuple[str, dict[str, str], str]:
    """Read a command as the runner does: split first, unescape then.

    https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
    """
    found = COMMAND.fullmatch(line)
    assert found is not None
    pairs = [one.partition("=") for one in found["properties"].split(",")]
    return found["name"], {key: unescaped(value) for key, _, value in pairs}, unescaped(found["message"])


def unescaped(text: str) -> str:
    for written, means in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(written, means)
    return text


def test_a_finding_is_a_command_at_its_line() -> None:
    hop = LocatedHop("blocked", "b refuses a", None, "CODE")

    assert lines(finding(fix="do 100%", witness=(hop,))) == [
        "::error file=a.yaml,line=3,col=5,title=TST001 made-up::a is wrong%0Ab refuses a [CODE]%0Afix: do 100%25",
        "1 error",
    ]


def test_levels_are_githubs_and_what_is_accepted_is_not_told() -> None:
    told = [line.split(" ", 1)[0] for line in lines(*several(), info=True)[:-1]]

    assert told == ["::error", "::error", "::error", "::warning", "::notice", "::notice"]


def test_a_runner_reads_back_what_a_hostile_spec_says_and_nothing_more() -> None:
    name, properties, message = read(lines(hostile())[0])

    assert (name, properties["file"], message.count("\n")) == ("error", EVIL_FILE.replace("\u202e", "�"), 2)
    assert message.startswith("�[31mred�]0;t� �evil�")


def test_beyond_githubs_limit_a_finding_is_a_line_of_the_log_and_no_command() -> None:
    found = [finding(subject=str(i)) for i in range(MOST)]
    warning = finding(severity=Severity.WARNING)
    evil = finding(location=Location("::error::x", 1, 1), message="##[error]y ::error::z")
    told = lines(warning, *found, evil)

    assert [line[:9] for line in told[: MOST + 1]] == [*["::error f"] * MOST, "::warning"]
    assert told[MOST + 1 :] == [
        "GitHub shows 10 annotations of a level; 1 more is only here:",
        "- ::error::x:1:1: error TST001 made-up: ## [error]y ::error::z",
        "11 errors, 1 warning",
    ]


def test_a_path_is_one_from_the_root_of_the_repository() -> None:
    report = of([finding(location=PLACE._replace(file="specs/a.yaml"))])
    told = REPORTERS["github"](report._replace(repository=Repository("/r", "/r/infra")))

    assert read(told.splitlines()[0])[1]["file"] == "infra/specs/a.yaml"
