"""Does an environment variable hold a secret in plain text? By its name, and by what its value looks like.

A value is never repeated: whoever reads a finding need not know it.
"""

import re
from collections import Counter
from itertools import pairwise
from math import log2

_WORDS = frozenset({
    "password", "passwd", "passphrase", "pwd", "secret", "secrets", "token", "apikey", "credential", "credentials",
})  # fmt: skip
_PAIRS = frozenset({("api", "key"), ("access", "key"), ("private", "key"), ("secret", "key"), ("signing", "key"),
                    ("encryption", "key"), ("auth", "key"), ("master", "key")})  # fmt: skip
_ABOUT = frozenset({
    "arn", "name", "id", "path", "file", "url", "uri", "endpoint", "region", "version", "ttl", "expiry", "expires",
    "lifetime", "length", "type", "header", "issuer", "audience", "enabled", "policy", "rotation", "prefix", "timeout",
    "days", "hours", "minutes", "seconds", "algorithm", "field", "store", "manager", "provider", "limit", "max", "min",
    "size", "count", "rate", "interval", "host", "port", "service", "mode", "scope", "scopes", "format", "table",
    "queue", "topic", "bucket", "method", "rounds", "required",
})  # fmt: skip
"""Last words of a name that say something about a secret instead of what it is."""

_SHAPES = {
    "an AWS access key": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "a password in an address": re.compile(r"^[a-z][a-z0-9+.-]*://[^/\s:@{}$]*:[^/\s@{}$]+@"),
    "a GitHub token": re.compile(r"\b(?:gh[pousr]_|github_pat_)[0-9A-Za-z_]{20,}"),
    "a Slack token": re.compile(r"\bxox[abeoprs]-[0-9A-Za-z-]{10,}"),
    "a key of a payment service": re.compile(r"\b[rs]k_live_[0-9A-Za-z]{10,}"),
}
_RANDOM = re.compile(r"[A-Za-z0-9+/_=-]{24,128}")
_BITS = 4.25
"""Bits a character from which on a text of letters and digits is taken for a random one; words stay below 4."""

_LONGEST = 4000
_REFERENCE = re.compile(
    r"(?:arn:|\$?\{|<|ssm:|secretsmanager:|/aws/reference/)|.*\b(?:secrets? manager|parameter store)\b", re.IGNORECASE
)
"""What a value begins with, or says, that names a secret and is none."""
_NO_SECRET = frozenset({"", "true", "false", "yes", "no", "on", "off", "none", "null", "0", "1"})


def plain_secret(name: str, value: str) -> str:
    """Return what a variable seems to hold, `a password`; nothing where it refers to a secret or holds none."""
    text = value.strip()[:_LONGEST]
    found = next((what for what, shape in _SHAPES.items() if shape.search(text)), "")
    if found or text.lower() in _NO_SECRET or _REFERENCE.match(text):
        return found
    if named := _named(name):
        return named
    return "a random text, as keys and tokens are" if _is_random(text) else ""


def _named(name: str) -> str:
    """Tell by the words of a name: `DB_PASSWORD`, `stripeApiKey`."""
    words = [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)]
    if not words or words[-1] in _ABOUT:
        return ""
    found = next((word for word in words if word in _WORDS), "")
    pair = next((pair for pair in pairwise(words) if pair in _PAIRS), ())
    return f"what its name says ({found or ' '.join(pair)})" if found or pair else ""


def _is_random(text: str) -> bool:
    if not _RANDOM.fullmatch(text) or not all(any(test(c) for c in text) for test in _KINDS):
        return False
    return -sum(n / len(text) * log2(n / len(text)) for n in Counter(text).values()) >= _BITS


_KINDS = (str.isupper, str.islower, str.isdigit)
