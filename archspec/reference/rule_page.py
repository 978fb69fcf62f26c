"""A rule → its page in Markdown."""

from archspec.rules import Rule, page


def render(rule: Rule) -> str:
    """Return the page: title, what is wrong, why, samples, severity by stage and references."""
    summary, _, rest = page(rule).partition("\n")
    levels = ", ".join(f"{level.name.lower()} in {stage}" for stage, level in rule.SEVERITY._asdict().items())
    references = "".join(f"- {reference}\n" for reference in rule.REFERENCES)
    tail = f"\n## References\n\n{references}" if references else ""
    return f"# {rule.ID} {rule.NAME}\n\n{summary}\n\nSeverity: {levels}.\n{rest.rstrip()}\n{tail}"
