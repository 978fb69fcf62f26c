"""Pictures change where the architecture does, and not where its author moves a line."""

import random
from pathlib import Path

import pytest
import yaml

from archspec import api
from archspec.renderers import RENDERERS
from archspec.views.ordered import natural
from tests.sample import HEADER

SPECS = Path(__file__).parents[2] / "specs"
ORDERED = frozenset(
    {"include", "journeys", "steps", "stages", "instances", "claims", "waivers", "document", "recovery"}
)
"""What is a list because its order means something, or is text for readers."""

NETWORK = f"""{HEADER}
network:
  vpcs: {{main: {{cidr: 10.0.0.0/16}}}}
  subnets: {{a: {{az: us-east-1a, tier: private, cidr: 10.0.1.0/24}}}}
  security_groups: {{sg: {{}}}}
"""


def shuffled(data: object, dice: random.Random, key: str = "") -> object:
    """Return the same spec with everything whose order means nothing in another order."""
    if isinstance(data, dict):
        keys = sorted(data, key=lambda _: dice.random())
        return {name: shuffled(data[name], dice, str(name)) for name in keys}
    if isinstance(data, list) and key in (
        "flows",
        "subnets",
        "security_groups",
        "publishers",
        "producers",
        "consumers",
    ):
        return [shuffled(item, dice, key) for item in sorted(data, key=lambda _: dice.random())]
    return data


def drawn(text: str) -> dict[str, bytes]:
    system = api.parse(text)
    return {
        f"{view.name}.{form}": RENDERERS[form].render(view) for view in api.views(system) for form in ("svg", "text")
    }


def read(text: str) -> object:
    return yaml.load(text, yaml.BaseLoader)  # noqa: S506  it makes nothing but texts, lists and mappings


@pytest.mark.no_cover
@pytest.mark.parametrize(("name", "times"), [("ecs-production", 100), ("apexai-crm", 3)])
def test_a_picture_is_the_same_bytes_however_the_spec_is_ordered(name: str, times: int) -> None:
    text = (SPECS / f"{name}.yaml").read_text(encoding="utf-8")
    data, dice = read(text), random.Random(5)  # noqa: S311  dice, not keys
    expected = drawn(text)
    for _ in range(times):
        again = yaml.safe_dump(shuffled(data, dice), sort_keys=False, allow_unicode=True)
        assert drawn(again) == expected


def test_numbers_count_as_numbers_however_long_they_are() -> None:
    long = "9" * 5000

    assert sorted(["b", f"a{long}", "a10", "a2", "a", "a02"], key=natural) == ["a", "a02", "a2", "a10", f"a{long}", "b"]


def test_flows_that_differ_in_nothing_but_their_status_have_an_order() -> None:
    flows = ["web -> api: 80", "{from: web, to: api, port: 80, status: planned}"]
    services = "".join(f"{name}: {{port: 80, subnets: [a], security_groups: [sg]}}, " for name in ("web", "api"))
    text = f"{NETWORK}compute: {{services: {{{services}}}}}\nflows:\n"

    assert drawn(f"{text}  - {flows[0]}\n  - {flows[1]}\n") == drawn(f"{text}  - {flows[1]}\n  - {flows[0]}\n")
