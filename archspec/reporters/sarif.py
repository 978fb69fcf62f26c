"""Findings as SARIF 2.1.0, for code scanning and for editors that show it.

The standard: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. What GitHub reads of it, and how much:
https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning.

GitHub shows what is suppressed as open, so that waived and known findings are there only with `info`. It refuses a
file in which a place has no file; a hop that no line decides therefore has the finding's place, and its kind says so.
No fixes: SARIF has them as replacements of text, and a finding says only what is to become of the data.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from archspec.documents.markup import message as as_markdown
from archspec.errors import Location
from archspec.findings import Finding, LocatedHop, Severity
from archspec.frameworks import PAGES, framework_of
from archspec.frameworks import shown as address
from archspec.reporters.json import write
from archspec.reporters.plain import plain
from archspec.reporters.report import Report, Repository, is_shown, worst_first

if TYPE_CHECKING:
    from archspec.rules import Documented

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_CHECKOV = "https://www.checkov.io/5.Policy%20Index/all.html"
_ROOT = "SRCROOT"
_LEVELS = {Severity.OFF: "none", Severity.INFO: "note", Severity.WARNING: "warning", Severity.ERROR: "error"}
_IMPORTANCE = {"open": "important", "blocked": "essential", "note": "unimportant"}

# GitHub refuses a file with more; of a description it takes so many characters.
_MOST_RESULTS = 25_000
_MOST_STEPS = 10_000
_MOST_TAGS = 20
_LONGEST_DESCRIPTION = 1024
_LONGEST_SNIPPET = 1000

_Json = dict[str, Any]


def report(given: Report) -> str:
    """Return one run with the findings that are open, and with `info` every one."""
    found = [one for one in given.findings if given.info or is_shown(one, info=False)]
    kept = set(map(id, worst_first(found)[:_MOST_RESULTS]))
    shown = [one for one in found if id(one) in kept]
    rules = list(_rules(shown, given.rules() if shown else {}))
    run: _Json = {
        "tool": {"driver": {"name": given.tool, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "results": list(_results(shown, {one["id"]: i for i, one in enumerate(rules)}, given.repository)),
    }
    if len(shown) < len(found):
        told = f"{len(found) - len(shown)} more findings are left out; GitHub takes {_MOST_RESULTS} in a file"
        run["invocations"] = [
            {"executionSuccessful": True, "toolExecutionNotifications": [{"level": "note", "message": {"text": told}}]}
        ]
    return write({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rules(shown: Sequence[Finding], pages: "Mapping[str, Documented]") -> Iterator[_Json]:
    """Yield what is known of every rule that found something; of another tool's checks only what a finding says."""
    first = {one.rule: one for one in reversed(shown)}
    for id_ in sorted(first):
        page = pages.get(id_)
        yield _rule(page) if page else _foreign(first[id_])


def _rule(page: "Documented") -> _Json:
    from archspec.reference.rule_page import render
    from archspec.rules import summary

    said, help_ = plain(summary(page)), render(page)
    more = {"helpUri": address(page.REFERENCES)} if address(page.REFERENCES) else {}
    return {
        "id": page.ID,
        "name": page.NAME,
        "shortDescription": {"text": said[:_LONGEST_DESCRIPTION]},
        "fullDescription": {"text": f"{said} {_why(help_)}".strip()[:_LONGEST_DESCRIPTION]},
        "help": {"text": help_, "markdown": help_},
        **more,
        "defaultConfiguration": {"level": _LEVELS[page.SEVERITY.production]},
        "properties": {"tags": _tags(page)},
    }


def _why(page: str) -> str:
    """Return the first paragraph of what a page gives as the reason."""
    _, _, after = page.partition("\n## Why\n")
    paragraph, _, _ = after.strip().partition("\n\n")
    return plain(" ".join(paragraph.split()))


def _tags(page: "Documented") -> list[str]:
    controls = [one for one in dict.fromkeys(page.REFERENCES) if framework_of(one) != PAGES]
    return ["architecture", *controls][:_MOST_TAGS]


def _foreign(finding: Finding) -> _Json:
    """Return what a finding says of a check that has no page of ours; checkov's ends with the resource's address."""
    said = plain(finding.message.rpartition(" (")[0] or finding.message)[:_LONGEST_DESCRIPTION]
    page = finding.reference if finding.reference.startswith("https://") else ""
    page = page or (_CHECKOV if finding.rule.startswith("CKV") else "")
    return {
        "id": finding.rule,
        "shortDescription": {"text": said},
        "fullDescription": {"text": said},
        "help": {"text": f"{said} {page}".rstrip()},
        **({"helpUri": page} if page else {}),
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
    }


def _results(shown: Sequence[Finding], index: Mapping[str, int], repository: Repository) -> Iterator[_Json]:
    seen: Counter[tuple[str, str]] = Counter()
    is_compared = any(one.known for one in shown)
    for one in shown:
        known_by = (one.location.file, one.fingerprint)
        seen[known_by] += 1
        count = seen[known_by]
        result = _result(one, index[one.rule], repository)
        result["partialFingerprints"] = {"archspec/v1": f"{one.fingerprint}:{count}"}
        if is_compared:
            result["baselineState"] = "unchanged" if one.known else "new"
        yield result


def _result(finding: Finding, index: int, repository: Repository) -> _Json:
    told = plain(finding.message) + (f"\n\nFix: {plain(finding.fix)}" if finding.fix else "")
    is_unknown = finding.outcome == "unknown"
    result: _Json = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "kind": "open" if is_unknown else "fail",
        "level": "none" if is_unknown else _LEVELS[finding.severity],
        # `](` would make a link of what stands before it (section 3.11.6).
        "message": {"text": told.replace("](", "] ("), "markdown": "\n\n".join(_markdown(finding))},
        "locations": [{"physicalLocation": _place(finding.location, repository)}],
        "suppressions": list(_suppressions(finding)),
        "properties": {"subject": plain(finding.subject)},
    }
    if finding.witness:
        result["codeFlows"] = [{"threadFlows": [{"locations": list(_steps(finding, repository))}]}]
    return result


def _markdown(finding: Finding) -> Iterator[str]:
    yield as_markdown(finding.message)
    if finding.witness:
        yield "\n".join(
            f"{number}. **{hop.verdict}** {as_markdown(hop.text)}" for number, hop in enumerate(finding.witness, 1)
        )
    if finding.fix:
        yield f"**Fix:** {as_markdown(finding.fix)}"


def _suppressions(finding: Finding) -> Iterator[_Json]:
    """Yield why somebody accepts a finding. A waiver stands in the spec, the baseline in a file of its own."""
    if finding.waiver:
        yield {"kind": "inSource", "status": "accepted", "justification": plain(finding.waiver)}
    if finding.known:
        yield {"kind": "external", "status": "accepted", "justification": "It is in the baseline."}


def _steps(finding: Finding, repository: Repository) -> Iterator[_Json]:
    for number, hop in enumerate(finding.witness[:_MOST_STEPS], 1):
        place = _place(hop.location or finding.location, repository)
        yield {
            "location": {"physicalLocation": place, "message": {"text": _step(hop)}},
            "kinds": [hop.verdict] if hop.location else [hop.verdict, "default"],
            "executionOrder": number,
            "importance": _IMPORTANCE[hop.verdict],
        }


def _step(hop: LocatedHop) -> str:
    return plain(f"{hop.verdict}: {hop.text}" + (f" [{hop.code}]" if hop.code else "")).replace("](", "] (")


def _place(location: Location, repository: Repository) -> _Json:
    path = repository.path(location.file)
    file: _Json = {"uri": quote(path.encode("utf-8", "surrogatepass"))}
    if not path.startswith("../"):
        file["uriBaseId"] = _ROOT
    region: _Json = {"startLine": location.line, "startColumn": location.column}
    snippet = location.text[location.column - 1 :]
    if snippet.strip() and len(snippet) <= _LONGEST_SNIPPET:
        region["snippet"] = {"text": plain(snippet)}
    return {"artifactLocation": file, "region": region}
