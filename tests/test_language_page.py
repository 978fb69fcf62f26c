"""The samples on the page of the language are specs that load, and say what the page says."""

import re
from pathlib import Path

import pytest

from archspec import api
from archspec.importers import spec
from tests.sample import HEADER, TODAY

PAGE = (Path(__file__).parent.parent / "docs" / "language.md").read_text(encoding="utf-8")
SAMPLES = dict(re.findall(r"## ([^\n]*)\n(?:(?!\n## ).)*?```yaml\n(.*?)```", PAGE, re.DOTALL))


def test_every_chapter_but_that_of_files_has_a_sample() -> None:
    assert list(SAMPLES) == [
        title for title in re.findall(r"^## (.*)$", PAGE, re.MULTILINE) if title != "Several files"
    ]


@pytest.mark.parametrize("title", SAMPLES)
def test_a_sample_loads_and_no_claim_in_it_is_false(title: str) -> None:
    system = api.parse(HEADER + SAMPLES[title], "sample.yaml", TODAY)

    assert [one.message for one in api.check(system).findings if one.rule in ("DOC012", "DOC005", "CST004")] == []


def test_the_environments_are_as_the_page_says() -> None:
    services = spec.parse(HEADER + SAMPLES["Environments"]).architecture.compute.services

    assert {id_: one.desired for id_, one in services.items()} == {
        "staging/web": 1,
        "production/web": 4,
        "production/report": 2,
    }
