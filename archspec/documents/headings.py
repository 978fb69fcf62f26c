"""Keys of a spec → the words in which a reader says them: `max_receives` → `Max receives`, `web_acls` → `Web ACLs`."""

from collections.abc import Iterator

from archspec.model.element import Element, Model, models_in

_SPELLED = {
    "vcpu": "vCPU",
    "ipv4": "IPv4",
    "ipv6": "IPv6",
    "mib": "MiB",
    "gib": "GiB",
    "github": "GitHub",
    "cloudfront": "CloudFront",
    "cloudwatch": "CloudWatch",
    "iops": "IOPS",
    "nacl": "NACL",
    "dkim": "DKIM",
} | {
    word: word.upper()
    for word in (
        "acl", "acm", "acu", "ami", "api", "arn", "aws", "az", "cdn", "cidr", "cors", "cpu", "db", "dlq", "dns", "ebs",
        "ecr", "ecs", "efs", "fifo", "hsts", "http", "https", "iam", "id", "ip", "json", "kms", "mfa", "nat", "oidc",
        "rds", "rpo", "rto", "s3", "saml", "sns", "sql", "sqs", "sse", "ssh", "ssl", "sso", "sts", "tcp", "tls", "ttl",
        "udp", "uri", "url", "vpc", "vpn", "waf",
    )
}  # fmt: skip
"""Words that are not written in lower case."""

_WHOLE = {"multi_az": "Multi-AZ", "cross_az": "cross-AZ", "cross_region": "cross-Region", "may": "permissions"}


def phrase(key: str) -> str:
    """Return the words within a sentence: `max receives`, `KMS key`, `NAT gateways`."""
    return _WHOLE.get(key) or " ".join(_word(word) for word in key.strip("_").split("_"))


def _word(word: str) -> str:
    plural = word.removesuffix("s")
    return _SPELLED.get(word) or (f"{_SPELLED[plural]}s" if plural in _SPELLED else word)


def heading(key: str) -> str:
    """Return the words as a heading: `Max receives`, `KMS key`, `vCPU`."""
    words = phrase(key)
    first = words.partition(" ")[0]
    return words if first in _SPELLED.values() else f"{words[:1].upper()}{words[1:]}"


def plural(kind: type[Element]) -> str:
    """Return what several elements of a kind are called, which their key in a spec says: `Log groups`."""
    return heading(kind.home[1])


def list_title(kind: type[Element], words: str) -> str:
    """Return the title of a table of what elements of a kind hold: `Pipeline stages`."""
    return f"{heading(kind.kind)} {words}"


def also_title(kind: type[Element]) -> str:
    """Return the title of a table of what a section's own layout leaves out: `More about services`."""
    return f"More about {phrase(kind.home[1])}"


def area_title(area: str) -> str:
    """Return the title of an area's table in the inventory: `Inventory: network`."""
    return f"Inventory: {phrase(area)}"


def possible_titles(kind: type[Element]) -> Iterator[str]:
    """Yield every title that a table about elements of a kind may have."""
    yield from (plural(kind), also_title(kind), area_title(kind.home[0]))
    yield from (list_title(kind, words) for words in _lists(kind))


def _lists(model: type[Model]) -> Iterator[str]:
    """Yield the words for every field that holds models, at any depth: one of them may be a list."""
    for name, field in model.model_fields.items():
        words = phrase(field.alias or name)
        for inner in models_in(field.annotation):
            yield words
            yield from (f"{words} {more}" for more in _lists(inner))
