"""The page of the spec language."""

import re

from archspec.model.architecture import Architecture, element_kinds
from archspec.model.element import spell_kind
from archspec.reference import spec_page

PAGE = spec_page.render()


def section(heading: str) -> list[str]:
    text = PAGE.partition(f"\n{heading}\n")[2].partition("\n## ")[0].partition("\n### ")[0]
    return [row for row in text.splitlines() if row.startswith("| `")]


def test_a_kind_shows_its_keys_with_what_they_take_what_they_mean_and_their_defaults() -> None:
    block, meaning = "[block](#values)", "The addresses that the route is for: `0.0.0.0/0` is the internet."
    target = "id of an internet gateway, a NAT gateway or a peering"
    assert section("### Route") == [
        f"| `destination` | {block} | {meaning} | **required** |",
        f"| `target` | {target} | Where packets to them go. | **required** |",
    ]
    assert (
        "| `launch` | `fargate`, `ec2` | Where its tasks run: on Fargate, or on instances of your own. | `fargate` |"
        in section("### Service")
    )
    assert "| `backups` | [backups](#backups) | What is kept to restore from. |  |" in section("### Database")


def test_every_section_and_every_kind_stands_on_the_page() -> None:
    titles = {title.lower() for title in re.findall(r"^##+ (.+)$", PAGE, re.MULTILINE)}

    assert {spell_kind(kind.kind).lower() for kind in element_kinds().values()} - titles == set()
    assert [row.split("`")[1] for row in section("## Spec")] == list(Architecture.model_fields)


def test_every_link_on_the_page_leads_to_a_heading_of_its_own() -> None:
    headings = [title.lower().replace(" ", "-") for title in re.findall(r"^##+ (.+)$", PAGE, re.MULTILINE)]

    assert sorted(headings) == sorted(set(headings))
    assert set(re.findall(r"\]\(#([^)]+)\)", PAGE)) - set(headings) == set()


def test_every_key_says_what_it_means() -> None:
    assert [row for row in PAGE.splitlines() if row.startswith("| `") and row.split(" | ")[2].strip() == ""] == []
