"""Facts of AWS that change: quotas, sizes, classes and versions, each file with the day and the pages it was read from.

The files stand in `archspec/data` and are read when a rule asks for one.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent.parent / "data"


@cache
def dated(name: str) -> Mapping[str, Any]:
    """Return the facts of `archspec/data/<name>.json`; `as_of` is their day, `sources` are the pages."""
    found: Mapping[str, Any] = json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))
    return found
