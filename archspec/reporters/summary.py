"""The one line that ends a report."""

from collections.abc import Sequence

from archspec.findings import Finding, Severity


def counts(findings: Sequence[Finding]) -> dict[str, int]:
    """Count findings: errors, warnings and infos that are open, waived and known ones, and what could not be told."""
    failed = [one for one in findings if one.outcome == "fail"]
    open_ = [one.severity for one in failed if one.is_open]
    return {
        "errors": open_.count(Severity.ERROR),
        "warnings": open_.count(Severity.WARNING),
        "infos": open_.count(Severity.INFO),
        "waived": sum(bool(one.waiver) for one in failed),
        "known": sum(one.known for one in failed),
        "unknown": len(findings) - len(failed),
    }


def summary(findings: Sequence[Finding], *, info: bool = False) -> str:
    """Write the counts as a sentence; what is zero is left out, except errors. `info` says that nothing is hidden."""
    found = counts(findings)
    words = [_number(found["errors"], "error")]
    words += [_number(found[f"{kind}s"], kind) for kind in ("warning", "info") if found[f"{kind}s"]]
    words += [f"{found[kind]} {kind}" for kind in ("waived", "known", "unknown") if found[kind]]
    hidden = not info and (found["infos"] or found["known"] or found["unknown"])
    return ", ".join(words) + (" (--info shows all)" if hidden else "")


def colour(findings: Sequence[Finding]) -> str:
    """Return what the summary means on a terminal: that of the worst that is open, or that all is well."""
    found = counts(findings)
    return "error" if found["errors"] else "warning" if found["warnings"] else "fix"


def _number(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
