"""What a cost line says in words: that it is cheaper than the list, that it pays for more, or for public addresses."""

import re

from archspec.model.cost import CostLine
from archspec.model.quantity import Money

_CHEAPER = re.compile(r"\b(?:spot|savings?|reserved|committed|commitment|discount|free|credits?)\b", re.IGNORECASE)
_MORE = re.compile(
    r"\b(?:transfers?|traffic|egress|bandwidth|logs?|logging|monitoring|metrics?|insights|storage|volumes?|ebs|efs"
    r"|backups?|snapshots?|support|tax(?:es)?|vat|ipv4|addresses|includ\w*|incl|plus|also|and|other|misc|with)\b|[+&]",
    re.IGNORECASE,
)
_ADDRESSES = re.compile(
    r"\bipv4\b|\bpublic (?:ips?|address(?:es)?)\b|\belastic ip(?:s| address(?:es)?)?\b|\beips?\b", re.IGNORECASE
)


def is_cheaper(line: CostLine) -> bool:
    """Whether a line speaks of what makes it cheaper than the list: Spot, a commitment, a discount, an allowance."""
    return bool(_CHEAPER.search(f"{line.resource} {line.configuration} {line.note}"))


def pays_for_more(line: CostLine) -> bool:
    """Whether a line speaks of something beside tasks and nodes: traffic, logs, storage, or whatever it includes."""
    return bool(_MORE.search(f"{line.resource} {line.configuration} {line.note}"))


def pays_for_addresses(line: CostLine) -> bool:
    """Whether a line is about public IPv4 addresses, by its resource, its group or its configuration."""
    return bool(_ADDRESSES.search(f"{line.resource} {line.group} {line.configuration}"))


def may_be_less(amount: Money) -> bool:
    """Whether an amount is said to be the most: `< $50`."""
    return amount.comparator in {"<", "<=", "≤"}


def may_be_more(amount: Money) -> bool:
    """Whether an amount is said to be the least: `> $50`, `$50+`."""
    return amount.comparator in {">", ">=", "≥"} or "+" in amount.text
