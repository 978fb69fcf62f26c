"""Rules → their pages in Markdown, and the page that lists them."""

import re
from collections.abc import Iterable

from archspec.rules import Documented, page, summary

_CONTROL = re.compile(r"(?P<service>[A-Za-z0-9]+)\.(?P<number>\d+)")
_CONTROLS = "https://docs.aws.amazon.com/securityhub/latest/userguide"

_INDEX = """\
# Rules

Severity in production; each page tells it for every stage.

| | name | severity | finds |
|---|---|---|---|
"""


def render(rule: Documented) -> str:
    """Return the page: title, what is wrong, why, samples, severity by stage and references."""
    first, _, rest = page(rule).partition("\n")
    levels = ", ".join(f"{level.name.lower()} in {stage}" for stage, level in rule.SEVERITY._asdict().items())
    references = "".join(f"- {_link(reference)}\n" for reference in rule.REFERENCES)
    tail = f"\n## References\n\n{references}" if references else ""
    return f"# {rule.ID} {rule.NAME}\n\n{first}\n\nSeverity: {levels}.\n{rest.rstrip()}\n{tail}"


def _link(reference: str) -> str:
    """Link a control of AWS Security Hub, such as ELB.13, to its description; an address is its own link."""
    control = _CONTROL.fullmatch(reference)
    if control is None:
        return f"<{reference}>"
    service = control["service"].lower()
    return f"[AWS Security Hub {reference}]({_CONTROLS}/{service}-controls.html#{service}-{control['number']})"


def index(rules: Iterable[Documented]) -> str:
    """Return the page that lists the rules."""
    rows = [
        f"| [{rule.ID}]({rule.ID}.md) | {rule.NAME} | {rule.SEVERITY.production.name.lower()} | {summary(rule)} |\n"
        for rule in rules
    ]
    return _INDEX + "".join(rows)
