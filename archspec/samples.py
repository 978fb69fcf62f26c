"""The samples of rules are run: `# expect: ID` stands on each line of one where that rule must find something.

A sample is a spec without its first three lines. It speaks for its own rule and for the rules that it names, so that a
new rule leaves the samples of others alone.
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from archspec import api
from archspec.checks import check
from archspec.errors import Location, Problem, SpecError
from archspec.findings import CRASH
from archspec.mistakes import suggest
from archspec.rulepacks import PackRule, read_pack
from archspec.rules import Documented, Rule, page
from archspec.source import Source
from archspec.source.scalars import places

HEADER = "archspec: 1\nname: sample\nregion: us-east-1\n"
TODAY = datetime.date(2026, 11, 20)
"""The day on which samples judge dates: always the same one."""

_SECTION = re.compile(r"## (?P<title>\w+)\n\n```yaml\n(?P<text>.*?)```", re.DOTALL)
_EXPECT = re.compile(r"# expect: (?P<ids>[A-Za-z0-9_, -]+)")
_ABOVE = HEADER.count("\n")
_LOADING = ("DOC000", "DOC001", "DOC002")
"""What loading finds, which a sample may be about as well."""


class Sample(NamedTuple):
    """One sample: whose it is, `Fails` or `Passes`, its text, and where each of its lines stands."""

    rule: str
    title: str
    text: str
    lines: tuple[Location, ...]


class Failure(NamedTuple):
    """What is wrong with a sample, at the line that it is about."""

    rule: str
    problem: Problem


def of_page(rule: Documented) -> list[Sample]:
    """Return the samples on a rule's page, placed in a file of the rule's name."""
    return [
        Sample(rule.ID, found["title"], found["text"], _numbered(f"{rule.ID}.{found['title']}", found["text"]))
        for found in _SECTION.finditer(page(rule))
    ]


def of_pack(path: Path) -> tuple[Mapping[str, PackRule], list[Sample]]:
    """Return the rules of a pack, and their samples where they stand in its file. Raises `SpecError`."""
    read, rules = read_pack(path)
    return rules, [
        Sample(id_, key.capitalize(), text, _lines(read, (id_, key), text))
        for id_, rule in rules.items()
        for key, text in (("fails", rule.entry.fails), ("passes", rule.entry.passes))
    ]


def _numbered(name: str, text: str) -> tuple[Location, ...]:
    return tuple(Location(name, number, 1, line) for number, line in enumerate(text.splitlines(), start=1))


def _lines(read: Source, where: tuple[str, str], text: str) -> tuple[Location, ...]:
    """Return the place of each line of a sample in its pack; that of the key where one cannot be told."""
    path = ("rules", *where)
    key, starts, at = read.locate(path), [], 0
    for line in text.splitlines(keepends=True):
        starts.append(at + len(line) - len(line.lstrip(" ")) if line.strip() else -1)
        at += len(line)
    found = iter(places(read, path, [start for start in starts if start >= 0]))
    return tuple((next(found, None) if start >= 0 else None) or key for start in starts)


def failures(samples: list[Sample], rules: Mapping[str, Rule]) -> Iterator[Failure]:
    """Yield what is wrong with samples: expected and not found, found and not expected, or nothing to run."""
    for sample in samples:
        for problem in _problems(sample, rules):
            yield Failure(sample.rule, problem)


def _problems(sample: Sample, rules: Mapping[str, Rule]) -> Iterator[Problem]:
    wanted = _expected(sample.text)
    own = {line for line, id_ in wanted if id_ == sample.rule}
    if sample.title == "Fails" and not own:
        hint = f"write `# expect: {sample.rule}` behind the line that it finds"
        yield Problem(f"the sample that fails expects nothing of {sample.rule}", _place(sample, 1), hint)
    elif sample.title == "Passes" and own:
        hint = "move what fails to the sample that fails"
        yield Problem(f"the sample that passes expects {sample.rule}", _place(sample, min(own)), hint)
    for line, id_ in sorted(wanted):
        if id_ not in rules and id_ not in _LOADING:
            yield Problem(f"no rule is called '{id_}'", _place(sample, line), suggest(id_, tuple(rules)))
    known = {id_ for _, id_ in wanted if id_ in rules or id_ in _LOADING} | {sample.rule}
    yield from _differences(sample, {one for one in wanted if one[1] in known}, _found(sample, rules), known)


def _differences(
    sample: Sample, wanted: set[tuple[int, str]], found: Mapping[tuple[int, str], str], named: set[str]
) -> Iterator[Problem]:
    for line, id_ in sorted(wanted - found.keys()):
        yield Problem(f"{id_} is expected here and finds nothing", _place(sample, line), _elsewhere(id_, found))
    for (line, id_), message in sorted(found.items()):
        if (line, id_) in wanted or id_ not in {*named, *_LOADING}:
            continue
        if id_ in _LOADING and id_ not in named:
            yield Problem(f"the sample cannot be loaded: {message}", _place(sample, line))
        else:
            hint = f"write `# expect: {id_}` on this line if that is meant"
            yield Problem(f"{id_} is not expected here and finds: {message}", _place(sample, line), hint)


def _elsewhere(id_: str, found: Mapping[tuple[int, str], str]) -> str:
    lines = [str(line) for line, other in sorted(found) if other == id_]
    return f"it finds something on line {', '.join(lines)} of the sample" if lines else ""


def _expected(text: str) -> set[tuple[int, str]]:
    return {
        (number, id_.strip())
        for number, line in enumerate(text.splitlines(), start=1)
        for found in _EXPECT.finditer(line)
        for id_ in found["ids"].split(",")
        if id_.strip()
    }


def _found(sample: Sample, rules: Mapping[str, Rule]) -> dict[tuple[int, str], str]:
    """Return what the rules that a sample names find in it: its line and the rule → what is said."""
    named = [rule for id_, rule in sorted(rules.items()) if id_ == sample.rule or id_ in sample.text]
    try:
        system = api.parse(HEADER + sample.text, "sample.yaml", TODAY)
        findings = check(system.graph, named, None, system.source.locate, tuple(rules)).findings
    except SpecError as error:
        return {(_line(one.location), one.rule): one.message for one in error.problems}
    failing = [one for one in findings if one.outcome == "fail" and not one.waiver]
    found = {(_line(one.location), one.rule): one.message for one in reversed(failing)}
    crash = next((one.message for one in failing if one.rule == CRASH and one.subject == sample.rule), "")
    return found | ({(1, sample.rule): crash} if crash else {})


def _line(place: Location) -> int:
    """Return the line of a sample; what is about the spec as a whole is about its first line."""
    return max(place.line - _ABOVE, 1)


def _place(sample: Sample, line: int) -> Location:
    """Return where a line of a sample stands; what is about the whole stands at its start."""
    lines = sample.lines or (Location(sample.rule, 1, 1),)
    return lines[min(max(line, 1), len(lines)) - 1]
