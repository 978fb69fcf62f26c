"""The picture of a change: which one, how much of it, and that Mermaid itself draws it out of a comment."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from archspec.changes import Difference, compare, side_by_side, version
from archspec.comments import Compared, Drawing, comment, draw
from tests.changes.two import NETWORK, Data, data_of, edited, loaded, side
from tests.comments.findings import ORIGIN, PLACES

SCRIPT = Path(__file__).parents[2] / ".drawing" / "mermaid" / "dist" / "mermaid.min.js"
LABELS = ("old.yaml", "new.yaml")
DRAW = """async text => {
  mermaid.initialize({startOnLoad: false, securityLevel: "strict"});
  document.body.innerHTML = (await mermaid.render("drawing", text)).svg;
  return [...document.querySelectorAll(".nodeLabel, .edgeLabel p")].map(one => one.innerText.trim()).filter(Boolean);
}"""


def drawn(old: Data, new: Data) -> tuple[Drawing | None, Difference]:
    versions = side_by_side(version(loaded(old, "old.yaml")), version(loaded(new)))
    difference = compare(versions, LABELS)
    return draw(versions, difference), difference


def test_a_change_that_no_picture_shows_has_none() -> None:
    versions = side(NETWORK, NETWORK + "waivers: [{rule: SEC001, subject: alb, reason: known}]\n")
    assert draw(versions, compare(versions, LABELS)) is None


def test_a_system_that_is_gone_has_no_picture() -> None:
    versions = side_by_side(side(NETWORK, NETWORK).old, None)
    assert draw(versions, compare(versions, ("old.yaml", ""))) is None


def test_a_new_system_is_drawn_as_a_whole_and_without_marks() -> None:
    versions = side_by_side(None, side(NETWORK, NETWORK).new)
    found = draw(versions, compare(versions, ("", "new.yaml")))
    assert found is not None
    assert (found.name, found.note, "#43;" in found.mermaid) == ("overview", "", False)


def test_added_removed_and_changed_are_told_by_signs_and_lines() -> None:
    more = "services:\n    mail: {cluster: ecs, port: 25, subnets: [private-a], security_groups: [api-sg]}\n"
    versions = side(
        NETWORK,
        edited(NETWORK, ("services:\n", more), ("multi_az: true", "multi_az: false")),
    )
    found = draw(versions, compare(versions, LABELS))
    assert found is not None
    assert {"#43; mail", "#126; db"} <= set(re.findall(r"#\d+; \w+", found.mermaid))
    assert "classDef added stroke:#1A7F37,stroke-width:3px" in found.mermaid


def opened(data: Data) -> None:
    """Open a store to the internet, drop its backups and add a service."""
    groups = data["network"]["security_groups"]
    groups["core-db-sg"]["ingress"].append({"from": "internet", "port": 5432})
    database = data["data"]["databases"]["core-db"]
    del database["backups"]
    database |= {"public": True, "subnets": ["core-pub0", "core-pub1"]}
    data["compute"]["services"]["mailer"] = dict(data["compute"]["services"]["queue"])


def test_of_a_large_picture_only_what_changed_and_what_is_joined_to_it_is_drawn() -> None:
    new = data_of("z360")
    opened(new)
    found, _ = drawn(data_of("z360"), new)
    assert found is not None
    nodes = re.findall(r'^ +n\d+\["([^"<]+)', found.mermaid, re.MULTILINE)
    assert set(nodes) == {"#43; mailer", "#126; z360-beta-db", "web", "queue"}
    assert found.note.endswith("What is not joined to a change is left out.")


def test_a_picture_beyond_what_pages_draw_is_left_out_with_a_word() -> None:
    keys = "title: {}, cluster: ecs, port: 80, subnets: [private-a], security_groups: [api-sg]"
    services = "".join(f"    api{i}: {{{keys.format('x' * 300)}}}\n" for i in range(200))
    versions = side(NETWORK, edited(NETWORK, ("services:\n", f"services:\n{services}")))
    difference = compare(versions, LABELS)
    found = draw(versions, difference)
    assert found is not None
    assert found.mermaid == ""
    made = comment([Compared("shop", *LABELS, difference, drawing=found)], ORIGIN, PLACES)
    assert "\nNo picture: the view services has " in made
    assert "a page like GitHub's draws 50000 at most" in made


@pytest.mark.slow
def test_mermaid_itself_draws_what_stands_in_a_comment(page: Page) -> None:
    if not SCRIPT.exists():
        pytest.skip("Mermaid is not in .drawing; `make test` puts it there where npm is")
    new = data_of("z360")
    opened(new)
    found, difference = drawn(data_of("z360"), new)
    made = comment([Compared("z360", *LABELS, difference, drawing=found)], ORIGIN, PLACES)
    (text,) = re.findall(r"^```mermaid\n(.*?)^```$", made, re.MULTILINE | re.DOTALL)
    page.add_script_tag(path=SCRIPT)
    words = page.evaluate(DRAW, text)
    assert {"+ mailer", "~ z360-beta-db"} <= {word.split("\n")[0] for word in words}
