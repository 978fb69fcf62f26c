"""What stands above the elements of a draft: its name, stage, Region and account."""

import re
from collections import Counter
from typing import NamedTuple

from archspec.importers.draft.naming import architecture_name
from archspec.resources.resource import Inventory

_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")
_ZONE = re.compile(r"([a-z]{2}(?:-[a-z]+)+-\d)[a-z]")
_STAGE_TAGS = ("Stage", "stage", "Environment", "environment", "Env", "env")
_STAGES = {
    "production": "prod production prd live",
    "staging": "stag stage staging stg preprod uat beta qa test testing",
    "development": "dev develop development sandbox",
}
"""Stage, and the words for it."""


class Heading(NamedTuple):
    """The first keys of a draft. `guesses` say which of them the source does not say."""

    name: str
    stage: str
    region: str
    account: str
    source: str
    guesses: tuple[str, ...]


def heading(inventory: Inventory, name: str = "") -> Heading:
    """Return the heading of an inventory's draft."""
    called = architecture_name(inventory, name)
    region, stage = _region(inventory), _tagged_stage(inventory)
    guesses = []
    if not region:
        guesses.append("The source does not say its Region; it is taken for us-east-1.")
    if not stage:
        stage = stage_of(called)
        guesses.append(f"No resource is tagged with its stage; it is taken for {stage or 'production'}.")
    account = inventory.account if re.fullmatch(r"\d{12}", inventory.account) else ""
    source = inventory.source.replace("\\", "/").rpartition("/")[2]
    return Heading(called, stage or "production", region or "us-east-1", account, source, tuple(guesses))


def stage_of(word: str) -> str:
    """Return the stage that a word is for, or one of the words of a name; nothing where none is."""
    parts = re.split(r"[^a-z]+", word.lower())
    return next((stage for stage, words in _STAGES.items() for part in parts if part and part in words.split()), "")


def _region(inventory: Inventory) -> str:
    if _REGION.fullmatch(inventory.region):
        return inventory.region
    zones = (one.values.get("availability_zone") for one in inventory.of("aws_subnet"))
    found = Counter(zone[1] for one in zones if isinstance(one, str) and (zone := _ZONE.fullmatch(one)))
    return found.most_common(1)[0][0] if found else ""


def _tagged_stage(inventory: Inventory) -> str:
    tags = (one.tags.get(key, "") for one in inventory.resources for key in _STAGE_TAGS)
    found = Counter(stage for tag in tags if tag and (stage := stage_of(tag)))
    return found.most_common(1)[0][0] if found else ""
