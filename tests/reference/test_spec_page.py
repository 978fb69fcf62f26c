"""The page of the spec language."""

import re

from archspec.model.architecture import Architecture, element_kinds
from archspec.reference import spec_page


def section(title: str) -> list[str]:
    text = spec_page.render().partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    return [row for row in text.splitlines() if row.startswith("| `")]


def test_a_kind_shows_its_keys_with_what_they_take_and_their_defaults() -> None:
    assert section("Route") == [
        "| `destination` | cidr | required |",
        "| `target` | id of an internet gateway, a NAT gateway or a peering | required |",
    ]
    assert "| `launch` | `fargate`, `ec2` | `fargate` |" in section("Service")
    assert "| `backups` | [Backups](#backups) |  |" in section("Database")


def test_every_section_and_every_kind_stands_on_the_page() -> None:
    titles = re.findall(r"^## (\w+)$", spec_page.render(), re.MULTILINE)

    assert {kind.__name__ for kind in element_kinds().values()} - set(titles) == set()
    assert [row.split("`")[1] for row in section("Spec")] == sorted(Architecture.model_fields)
