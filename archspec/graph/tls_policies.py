"""AWS's predefined TLS security policies: which are strong, and what the others still let in.

The names change every year or two, so they are data with a date: `archspec/data/tls_policies.json`.
"""

from collections.abc import Mapping

from archspec.graph.dated_facts import dated


def weakness(policy: str) -> str | None:
    """Return what a policy lets in that it should not, `TLS 1.0`; nothing for a strong one, None for an unknown one."""
    known = dated("tls_policies")
    weak: Mapping[str, str] = known["weak"]
    return "" if policy in known["strong"] else weak.get(policy)


def known_as_of() -> str:
    """Return the month of the tables that the policies were taken from, `2026-09`."""
    return str(dated("tls_policies")["as_of"])
