"""Rules → their pages in Markdown, and the page that lists them."""

from collections.abc import Iterable, Sequence

from archspec.frameworks import CODES, FRAMEWORKS, OTHERS, PAGES, Framework, address, framework_of
from archspec.rules import Documented, page, summary

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
    references = _references(rule.REFERENCES)
    tail = f"\n## References\n\n{references}" if references else ""
    return f"# {rule.ID} {rule.NAME}\n\n{first}\n\nSeverity: {levels}.\n{rest.rstrip()}\n{tail}"


def _references(references: Sequence[str]) -> str:
    """Return a line for each framework with its controls, then a line for each page."""
    lines = []
    for framework in (*FRAMEWORKS, CODES, OTHERS):
        links = [_link(one) for one in dict.fromkeys(references) if framework_of(one) == framework]
        if links:
            lines.append(f"- {_title(framework)}: {', '.join(links)}\n")
    lines += [f"- <{one}>\n" for one in references if framework_of(one) == PAGES]
    return "".join(lines)


def _title(framework: Framework) -> str:
    return framework.title if framework != OTHERS else "Controls of other frameworks"


def _link(reference: str) -> str:
    found = address(reference)
    return f"[{reference}]({found})" if found else f"`{reference}`"


def index(rules: Iterable[Documented]) -> str:
    """Return the page that lists the rules."""
    rows = [
        f"| [{rule.ID}]({rule.ID}.md) | {rule.NAME} | {rule.SEVERITY.production.name.lower()} | {summary(rule)} |\n"
        for rule in rules
    ]
    return _INDEX + "".join(rows)
