"""Values without what seems to be a secret: specs and saved accounts are read by more people than a state."""

import re

NOT_COPIED = "not copied"
"""Stands where a secret was: what is left still shows that one is there."""

_GONE = 20 * "x"
_SECRETS = (
    (re.compile(r"(://[^/\s:@\"]*:)[^/\s@\"]+@"), r"\1not-copied@"),
    (re.compile(r"(-----BEGIN [A-Z ]*PRIVATE KEY-----).*", re.DOTALL), r"\1"),
    (re.compile(r"\b(gh[pousr]_|github_pat_|glpat-|npm_|xox[abeoprs]-|[rs]k_(?:live|test)_)[\w-]{10,}"), rf"\1{_GONE}"),
    (re.compile(r"\b(sk-(?:ant|proj|svcacct)-|AIza)[\w-]{16,}"), rf"\1{_GONE}"),
    (re.compile(r"\b(AKIA|ASIA)[0-9A-Z]{16}\b"), rf"\1{_GONE}"),
    (re.compile(r"\b(SG\.)[\w-]{16,}\.[\w-]{16,}"), rf"\1{_GONE}"),
    (re.compile(r"\b(eyJ)[0-9A-Za-z_-]{5,}\.[0-9A-Za-z_-]{5,}\.[0-9A-Za-z_-]*"), r"\1" + _GONE),  # a JSON Web Token
    (re.compile(r"(hooks\.slack\.com/services/)[^\s\"]+"), r"\1not-copied"),
    (
        re.compile(
            r"(?i)((?:^|[?&;\s-])(?:access_?token|api_?key|passw(?:or)?d|pwd|secret|sig|token)=)(?!\$?\{)[^&;\s\"]+"
        ),
        r"\1not-copied",
    ),
)
_NAMED_SECRET = re.compile(
    r"passw(or)?d|passphrase|(^|_)(pwd?|pass|salt|pepper)(_|$)|secret|token|credential"
    r"|(api|access|private|auth|encryption|signing|master|secret|stripe)_?key",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(arn|name|id|path|file|ur[li]|ttl|region|version|type|host|port|expir\w*|length|enabled)$", re.IGNORECASE
)
_NAMES_A_SECRET = re.compile(r"arn:|\$?\{|true$|false$|\d{1,6}$")


def harmless(name: str, value: str) -> str:
    """Return the value of a variable without a secret that stands in it, or that its name says it is."""
    for shape, instead in _SECRETS:
        value = shape.sub(instead, value)
    named = _NAMED_SECRET.search(name) and not _NAMES_A_SECRET.match(value) and not _ABOUT.search(name)
    return NOT_COPIED if named and value else value
