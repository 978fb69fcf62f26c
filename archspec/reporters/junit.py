"""Findings as JUnit's XML, which CI servers show as tests: a suite for each spec, a case for each finding.

What Jenkins takes: https://github.com/jenkinsci/xunit-plugin; and GitLab: https://docs.gitlab.com/ci/testing/unit_test_reports/.
"""

from collections import Counter
from collections.abc import Iterator
from html import escape

from archspec.findings import UNWAIVABLE, Finding
from archspec.reporters.plain import plain
from archspec.reporters.report import Part, Report, is_shown, level
from archspec.reporters.text import block


def report(given: Report) -> str:
    """Return a suite for each spec. What is accepted is skipped, with its reason; a spec without findings passes."""
    suites = [_Suite(part, given) for part in given.parts]
    totals = {name: sum(one.counts[name] for one in suites) for name in ("tests", "failures", "errors")}
    body = "".join(line for one in suites for line in one.lines())
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f"{head}<testsuites{_attributes(name=given.tool, **totals)}>\n{body}</testsuites>\n"


class _Suite:
    """The cases of one spec, and their numbers."""

    def __init__(self, part: Part, given: Report) -> None:
        self.name = part.spec or given.tool
        self.cases = [one for one in part.findings if one.waiver or one.known or is_shown(one, info=given.info)]
        kinds = Counter(map(_kind, self.cases))
        self.counts = {
            "tests": max(1, len(self.cases)),
            "failures": kinds["failure"],
            "errors": kinds["error"],
            "skipped": kinds["skipped"],
        }

    def lines(self) -> Iterator[str]:
        yield f"  <testsuite{_attributes(name=self.name, **self.counts)}>\n"
        if not self.cases:
            yield f"    <testcase{_attributes(classname=self.name, name='nothing is found')}/>\n"
        seen: Counter[str] = Counter()
        for one in self.cases:
            called = f"{one.rule} {one.name}: {one.subject}"
            seen[called] += 1
            called += f" ({seen[called]})" if seen[called] > 1 else ""
            yield f"    <testcase{_attributes(classname=self.name, name=called)}>\n"
            yield f"      {_said(one)}\n    </testcase>\n"
        yield "  </testsuite>\n"


def _kind(finding: Finding) -> str:
    """Tell what became of a test: an error is one that could not be made at all."""
    if not finding.is_open:
        return "skipped"
    return "error" if finding.rule in UNWAIVABLE else "failure"


def _said(finding: Finding) -> str:
    kind = _kind(finding)
    if kind == "skipped":
        return f"<skipped{_attributes(message=_reason(finding))}/>"
    told = _text("\n".join(block(finding)))
    return f"<{kind}{_attributes(type=level(finding), message=finding.message)}>{told}</{kind}>"


def _reason(finding: Finding) -> str:
    return finding.waiver or ("known: it is in the baseline" if finding.known else f"unknown: {finding.message}")


def _attributes(**values: object) -> str:
    return "".join(f' {name}="{_text(plain(str(value)))}"' for name, value in values.items())


def _text(text: str) -> str:
    """Escape; what XML 1.0 cannot hold at all (https://www.w3.org/TR/xml/#charsets) is shown as `�`."""
    return "".join("�" if char in "\ufffe\uffff" else char for char in escape(text))
