"""The findings that were there when a project began to look, kept in a file that only shrinks.

Known findings do not fail `lint`; new ones do. A finding is known by its rule and its subject in its spec, so that it
stays known when lines move. JSON, one finding a line, sorted, so that a review sees what goes.
"""

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from archspec.errors import KeyPath, Location, Problem, SpecError, UsageError
from archspec.findings import UNWAIVABLE, Finding, fingerprint
from archspec.project import Project, shown

VERSION = 1
_REMEDY = "take it back from version control, or delete it and run `archspec baseline`"


class Known(NamedTuple):
    """What findings are known by; a subject may have several of a rule."""

    rule: str
    subject: str


Baseline = Mapping[str, Mapping[Known, int]]
"""Spec, as a path from the project's root, → what is known of it."""


def name(spec: Path, project: Project) -> str:
    """Return what a baseline calls a spec: its path from the project's root, whoever asks from wherever."""
    return Path(os.path.relpath(spec.absolute(), project.root.absolute())).as_posix()


def record(findings: Iterable[Finding]) -> Counter[Known]:
    """Return what would be known of a spec: what is open in it, except what must be mended at once."""
    return Counter(Known(one.rule, one.subject) for one in findings if _may_be_known(one))


def _may_be_known(finding: Finding) -> bool:
    return finding.outcome == "fail" and not finding.waiver and finding.rule not in UNWAIVABLE


def apply(findings: Iterable[Finding], known: Mapping[Known, int]) -> list[Finding]:
    """Mark what is known. Where a subject has more findings of a rule than are known, the last ones are new."""
    left = Counter(known)
    marked: list[Finding] = []
    for one in findings:
        kept = Known(one.rule, one.subject)
        is_known = _may_be_known(one) and left[kept] > 0
        left[kept] -= is_known
        marked.append(one._replace(known=True) if is_known else one)
    return marked


def shrunk(known: Mapping[Known, int], found: Mapping[Known, int]) -> Counter[Known]:
    """Return what is known and still found."""
    return Counter(known) & Counter(found)


def stale(baseline: Baseline, found: Baseline, project: Project) -> int:
    """Count what is known and found no more, of the specs that were looked at and of those that are gone."""
    return sum(
        sum(known.values()) - sum(shrunk(known, found.get(spec, {})).values())
        for spec, known in baseline.items()
        if spec in found or not os.path.lexists(project.root / spec)
    )


def write_text(baseline: Baseline) -> str:
    """Return the file's text. Everything but ASCII is escaped: it would hide in a review."""
    specs = [
        f"    {json.dumps(spec)}: [\n"
        + ",\n".join(f"      {_entry(*one)}" for one in sorted(known.items()))
        + "\n    ]"
        for spec, known in sorted(baseline.items())
        if known
    ]
    body = "{\n" + ",\n".join(specs) + "\n  }" if specs else "{}"
    return f'{{\n  "version": {VERSION},\n  "specs": {body}\n}}\n'


def _entry(known: Known, count: int) -> str:
    entry = {"rule": known.rule, "subject": known.subject, "fingerprint": fingerprint(*known)}
    return json.dumps(entry if count == 1 else {**entry, "count": count})


def read(file: Path) -> Baseline:
    """Read a baseline; there may be none. Raises `SpecError` with everything in it that archspec did not write."""
    if file.exists() and not (file.is_file() or file.is_dir()):
        raise UsageError(f"{shown(file).as_posix()} is no file, and reading it might never end; name another")
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError as error:
        raise _broken(file, f"is not UTF-8 text: the byte 0x{error.object[error.start]:02x} stands in it") from None
    except OSError as error:
        raise UsageError(f"{shown(file).as_posix()} cannot be read: {error.strerror}") from None
    return _read(file, text)


def _read(file: Path, text: str) -> Baseline:
    repeated: list[str] = []
    try:
        data = json.loads(text, object_pairs_hook=lambda pairs: _unique(pairs, repeated))
    except json.JSONDecodeError as error:
        place = Location(shown(file).as_posix(), error.lineno, error.colno, _line(text, error.lineno))
        raise SpecError((Problem(f"is not JSON: {error.msg}", place, _REMEDY),)) from None
    except (ValueError, RecursionError):  # a number of a million digits, a million brackets
        raise _broken(file, "is no baseline") from None
    wrong = [*_mistakes(data), *(((), f"the key '{key}' is written twice") for key in repeated)]
    if wrong:
        raise SpecError(tuple(_problem(file, text, place, message) for place, message in wrong))
    return {spec: _counted(entries) for spec, entries in data["specs"].items()}


def _unique(pairs: list[tuple[str, Any]], repeated: list[str]) -> dict[str, Any]:
    """Note keys that are written twice: JSON takes the last, and what the first says would be lost."""
    made = dict(pairs)
    if len(made) != len(pairs):
        repeated += [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]
    return made


def _counted(entries: Sequence[Mapping[str, Any]]) -> Counter[Known]:
    return Counter({Known(one["rule"], one["subject"]): one.get("count", 1) for one in entries})


_Wrong = tuple[KeyPath, str]


def _mistakes(data: object) -> list[_Wrong]:
    """Return what is wrong with the data of a file, with its places."""
    if not isinstance(data, dict) or "version" not in data:
        return [((), "is no baseline of archspec")]
    if data["version"] != VERSION or isinstance(data["version"], bool):
        return [(("version",), f"has another version than {VERSION}, the one that this archspec reads")]
    if data.keys() != {"version", "specs"} or not isinstance(data["specs"], dict):
        return [((), "is no baseline of archspec: it holds a version and specs")]
    wrong: list[_Wrong] = []
    for spec, entries in data["specs"].items():
        if isinstance(entries, list):
            wrong += [(("specs", spec, i), said) for i, one in enumerate(entries) if (said := _mistake(one))]
            wrong += _twice(spec, entries) if not wrong else []
        else:
            wrong.append((("specs", spec), "a spec has a list of findings here"))
    return wrong


def _twice(spec: str, entries: Sequence[Mapping[str, Any]]) -> list[_Wrong]:
    seen: set[Known] = set()
    wrong: list[_Wrong] = []
    for i, one in enumerate(entries):
        known = Known(one["rule"], one["subject"])
        if known in seen:
            wrong.append((("specs", spec, i), "this finding stands here twice"))
        seen.add(known)
    return wrong


def _mistake(entry: object) -> str:
    """Say what is wrong with one finding of a file; nothing where it is as archspec writes it."""
    keys = {"rule", "subject", "fingerprint"}
    if not isinstance(entry, dict) or entry.keys() - {"count"} != keys:
        return "a finding has a rule, a subject and a fingerprint"
    if not all(isinstance(entry[key], str) for key in keys):
        return "rule, subject and fingerprint are texts"
    count = entry.get("count", 1)
    if type(count) is not int or count < 1:
        return "`count` is a whole number from 1"
    if entry["rule"] in UNWAIVABLE:
        return f"{entry['rule']} is mended, and never kept as known"
    fits = entry["fingerprint"] == fingerprint(entry["rule"], entry["subject"])
    return "" if fits else "the fingerprint is not that of its rule and subject: it is written by hand"


def _problem(file: Path, text: str, place: KeyPath, message: str) -> Problem:
    from archspec import source

    called = shown(file).as_posix()
    try:
        return Problem(message, source.parse(text, called).locate(place), _REMEDY)  # JSON is YAML, and YAML has places
    except SpecError:
        return Problem(message, Location(called, 1, 1, _line(text, 1)), _REMEDY)


def _broken(file: Path, message: str) -> SpecError:
    return SpecError((Problem(message, Location(shown(file).as_posix(), 1, 1), _REMEDY),))


def _line(text: str, number: int) -> str:
    lines = text.split("\n")
    return lines[number - 1].rstrip("\r") if number <= len(lines) else ""
