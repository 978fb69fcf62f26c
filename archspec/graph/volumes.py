"""How large a volume is that a spec describes in words."""

import re
from decimal import Decimal

from archspec.model.quantity import Size

_SIZE = re.compile(r"~?\s*([0-9][0-9,]*(?:\.[0-9]+)?\s*[GT]i?B)\b")


def first_size(storage: str) -> Decimal | None:
    """Return the GiB that a text starts with: `20 GB gp3`."""
    found = _SIZE.match(storage.strip())
    try:
        return Size.parse(found[1]).high if found else None
    except ValueError:
        return None
