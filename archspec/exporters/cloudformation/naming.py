"""What resources and parameters are called in a template: letters and digits only."""

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256

_MAX = 200


def logical_ids(addresses: Iterable[str]) -> Mapping[str, str]:
    """Return a logical id for each Terraform address, no two alike.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html
    """
    taken: dict[str, str] = {}
    for address in sorted(addresses):
        name = alphanumeric(address.removeprefix("aws_"))
        if name in taken.values():
            name = f"{name}{sha256(address.encode()).hexdigest()[:6]}"
        taken[address] = name
    return taken


def alphanumeric(text: str) -> str:
    """Write a name in camel case, `subnet.private_a` as `SubnetPrivateA`; a joint of ids stays to be seen as X."""
    words = re.split(r"[^A-Za-z0-9]+", text.replace("__", "_x_"))
    return "".join(word[:1].upper() + word[1:] for word in words)[:_MAX]
