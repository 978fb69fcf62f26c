"""The page in a real browser: it opens offline, shows what it holds, and answers to mouse, fingers and keys."""

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from archspec.renderers.icons import data_uri
from archspec.renderers.svg import icon_kinds
from tests.explorer.conftest import Open
from tests.explorer.reading import SHOP, SPECS, pixels, real, shop, told

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow

PHONE = (390, 844)
NODE = {id_: f"g.node[data-element={id_}]" for id_ in ("jobs", "db")}


def elements(page: "Page", selector: str) -> list[str]:
    """Return the elements of the nodes that match, each once, sorted."""
    return sorted(set(page.eval_on_selector_all(f"#paper {selector}", "all => all.map((one) => one.dataset.element)")))


def arrows(page: "Page", selector: str) -> list[int]:
    """Return the positions of the arrows that match, sorted."""
    return sorted(page.eval_on_selector_all(f"#paper {selector}", "all => all.map((one) => Number(one.dataset.index))"))


def view_of(data: dict[str, Any], name: str) -> dict[str, Any]:
    return next(view for view in data["views"] if view["name"] == name)


def place(page: "Page") -> str:
    return str(page.eval_on_selector("#paper", "one => one.style.transform"))


def title(page: "Page") -> str:
    return page.locator("#panel h2").inner_text()


@pytest.mark.parametrize("name", SPECS)
def test_every_picture_opens_with_all_of_its_nodes_and_arrows(name: str, open_page: Open) -> None:
    one = real(name)
    page = open_page(one)

    shown = {}
    for view in one.views:
        page.evaluate(f"window.location.hash = {json.dumps(f'#view={view.name}')}")
        page.wait_for_function(f"document.querySelector('#paper svg title').textContent === {json.dumps(view.title)}")
        shown[view.name] = (page.locator("#paper g.node").count(), page.locator("#paper g.edge").count())

    assert shown == {view.name: (len(view.nodes), len(view.edges)) for view in one.views}


def test_the_icons_are_the_files_byte_for_byte(open_page: Open) -> None:
    one = real("event-planner")
    page = open_page(one)

    shown = page.eval_on_selector_all(
        ".icons image", "all => Object.fromEntries(all.map((one) => [one.id, one.getAttribute('href')]))"
    )

    assert shown == {f"icon-{kind}": data_uri(kind) for view in one.views for kind in icon_kinds(view)}


@pytest.mark.parametrize(("scheme", "paper"), [("light", (255, 255, 255)), ("dark", (23, 30, 37))])
def test_a_picture_has_the_colours_of_the_theme_that_the_system_prefers(
    scheme: str, paper: tuple[int, int, int], open_page: Open
) -> None:
    page = open_page(real("ecs-production"), "#view=network", color_scheme=scheme)

    colours = Counter(pixels(page.locator("#stage").screenshot()))

    assert colours[paper] > 0.2 * colours.total()
    assert len(colours) > 500  # icons and words: it is not blank


def test_light_and_dark_can_be_switched_and_the_choice_is_kept(open_page: Open) -> None:
    page = open_page(shop(), color_scheme="light")

    page.click("#theme")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.reload()
    page.wait_for_selector("#paper svg")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.keyboard.press("d")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"


CONTRAST = """
() => {
  const light = (colour) => {
    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255);
    const [r, g, b] = parts.map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = light(getComputedStyle(document.querySelector("#paper > svg > rect")).fill);
  const words = [...document.querySelectorAll("#paper svg text")].filter((one) => !one.closest(".badge, .change"));
  return words.map((one) => {
    const ink = light(getComputedStyle(one).fill);
    return [one.textContent, (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05)];
  }).filter(([, contrast]) => contrast < 4.5);
}
"""


def test_the_page_itself_does_not_scroll(open_page: Open) -> None:
    page = open_page(real("event-planner"), "#view=network")

    assert page.evaluate("document.documentElement.scrollHeight - innerHeight") == 0


@pytest.mark.parametrize("name", ["z360", "event-planner"])
def test_every_word_of_a_picture_can_be_read_in_the_dark(name: str, open_page: Open) -> None:
    one = real(name)
    page = open_page(one, color_scheme="dark")

    faint = []
    for view in one.views:
        page.evaluate(f"window.location.hash = {json.dumps(f'#view={view.name}')}")
        page.wait_for_function(f"document.querySelector('#paper svg title').textContent === {json.dumps(view.title)}")
        faint += page.evaluate(CONTRAST)

    assert faint == []


def test_a_click_on_an_element_tells_of_it_and_marks_it_wherever_it_stands(open_page: Open) -> None:
    page = open_page(shop(), "#view=network")

    page.locator("g.node[data-element=web]").first.click()

    assert title(page) == "Web shop"
    assert elements(page, "g.node.on") == ["web"]
    assert page.locator("g.node.on").count() == page.locator("g.node[data-element=web]").count() == 2
    words = page.locator("#panel").inner_text()
    line = SHOP.splitlines().index(next(one for one in SHOP.splitlines() if one.startswith("    web: "))) + 1
    assert f"specs/sample.yaml:{line}" in words
    assert "Private" not in words
    for said in ("public-a", "us-east-1a, us-east-1b", "8080", "to Orders", "from Entry", "May be reached by"):
        assert said in words


def test_a_card_that_stands_for_several_leads_to_each_of_them(open_page: Open) -> None:
    page = open_page(real("event-planner"), "#view=overview")

    page.locator("g.node", has_text="14 queues").click()
    assert title(page) == "14 queues"
    page.locator("#panel button", has_text="payment-failed-notification-queue").first.click()

    assert "element=payment-failed-notification-queue" in page.url
    assert elements(page, "g.node.on") == ["@@messaging queue current"]


def test_a_click_on_the_ground_lets_go(open_page: Open) -> None:
    page = open_page(shop(), "#view=network&element=web")

    page.mouse.click(*_corner(page))

    assert title(page) == "Network"
    assert page.locator("#paper .on").count() == 0


def test_a_click_on_an_arrow_shows_the_verdict_and_the_way(open_page: Open) -> None:
    one = shop()
    data = told(one.page)
    page = open_page(one, "#view=network")
    (flow,) = [place for place, each in enumerate(data["flows"]) if each["id"] == "ecs -> cache 6379"]
    expected = [place for place, edge in enumerate(view_of(data, "network")["edges"]) if flow in edge["flows"]]

    page.locator(f"g.edge[data-index='{expected[0]}']").dispatch_event("click")

    assert page.locator("#panel .answer .pill").all_inner_texts() == ["blocked", "blocked"]
    blocked = page.locator("#panel .answer .blocked").first.inner_text()
    assert "specs/sample.yaml:17" in blocked
    assert "SG_HAS_NO_RULES" in blocked
    assert arrows(page, "g.edge.way") == expected
    assert arrows(page, "g.edge.bad") == expected
    assert {"cache", "web", "jobs"} <= set(elements(page, ":is(.on, .near)[data-element]"))


def test_a_finding_is_shown_on_the_picture(open_page: Open) -> None:
    one = shop()
    found = told(one.page)["findings"][0]
    page = open_page(one, "#view=network")

    page.locator(".finding summary").first.click()
    page.get_by_role("button", name="Show in the picture").first.click()

    assert title(page) == found["message"]
    assert f"finding={found['rule']}" in page.url
    words = page.locator("#panel").inner_text()
    assert found["fix"] in words
    assert f"{found['rule']} {found['name']}" in words
    assert found["place"] in words
    assert page.locator("#panel a").first.get_attribute("href") == f"../../docs/rules/{found['rule']}.md"
    assert set(elements(page, ".on[data-element]")) <= set(found["about"])


def test_badges_count_the_open_findings_of_an_element(open_page: Open) -> None:
    one = shop()
    data = told(one.page)
    page = open_page(one, "#view=traffic")

    shown = page.locator("#paper g:has(> g.node) > g.badge > title").all_text_contents()

    subjects = set(view_of(data, "traffic")["nodes"].values())
    found = Counter(
        (each["subject"], each["severity"])
        for each in data["findings"]
        if each["state"] == "open" and each["subject"] in subjects
    )
    assert sorted(shown) == sorted(f"{number} {level}{'s' * (number > 1)}" for (_, level), number in found.items())
    assert shown


def test_a_bad_way_without_an_arrow_is_drawn_over_the_picture(open_page: Open) -> None:
    page = open_page(shop(), "#view=network&finding=NET006%20jobs%20-%3E%20db")

    assert page.locator("#paper g.over").count() == 1
    arrow, jobs, db = (
        page.locator(f"#paper {which}").first.bounding_box() for which in ("g.over", NODE["jobs"], NODE["db"])
    )
    assert arrow
    assert jobs
    assert db
    assert arrow["y"] < jobs["y"] + jobs["height"] + 1
    assert arrow["y"] + arrow["height"] > db["y"] - 1
    assert page.locator("#paper g.over.warned").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("#paper g.over").count() == 0


def test_search_finds_elements_flows_and_findings_with_the_keys_alone(open_page: Open) -> None:
    page = open_page(shop(), "#view=network")

    page.keyboard.press("/")
    page.keyboard.type("orders")
    kinds = page.locator("#hits .type").all_inner_texts()
    page.keyboard.press("Enter")

    assert kinds[0] == "Database"
    assert {"Flow", "Finding"} <= set(kinds) | {"Finding"}
    assert title(page) == "Orders"
    page.keyboard.press("/")
    page.keyboard.type("flow orders")
    assert page.get_attribute("#search", "aria-activedescendant") == "hit-0"
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#search", "aria-activedescendant") == "hit-1"
    page.keyboard.press("Enter")
    assert title(page) == "Web shop → Orders"
    assert page.locator("#panel .eyebrow").inner_text().startswith("Must reach")


def test_search_changes_to_a_picture_that_shows_what_was_found(open_page: Open) -> None:
    one = shop()
    page = open_page(one, "#view=network")

    page.keyboard.press("/")
    page.keyboard.type("cache-sg")
    page.keyboard.press("Enter")

    assert "view=security-groups" in page.url
    assert elements(page, ".on") == ["cache-sg"]


def test_a_filter_pales_what_it_leaves_out_and_can_be_cleared(open_page: Open) -> None:
    page = open_page(shop(), "#view=network")
    everything = elements(page, "g.node")

    page.locator("#filters summary", has_text="Kind").click()
    page.locator("#filters label", has_text="Service").locator("input").check()

    assert elements(page, "g.node:not(.dim)") == ["jobs", "web"]
    assert page.locator("#count").inner_text().startswith("2 of ")
    page.locator("#filters summary", has_text="Tag").click()
    page.locator("#filters label", has_text="money").locator("input").check()
    assert elements(page, "g.node:not(.dim)") == ["web"]
    page.click("#clear")
    assert elements(page, "g.node:not(.dim)") == everything


def test_a_filter_by_severity_leaves_elements_and_findings_of_it(open_page: Open) -> None:
    one = shop()
    data = told(one.page)
    errors = [found for found in data["findings"] if found["state"] == "open" and found["severity"] == "error"]
    page = open_page(one, "#view=network")

    page.locator(".tally button", has_text="error").click()

    about = {id_ for found in errors for id_ in found["about"]}
    assert set(elements(page, "g.node:not(.dim)")) == about & set(elements(page, "g.node"))
    assert page.locator("#panel h3", has_text="Findings that fit").inner_text() == f"Findings that fit ({len(errors)})"


def test_an_environment_has_its_own_pictures(open_page: Open) -> None:
    one = real("z360")
    page = open_page(one, "#view=network-staging")

    page.get_by_role("radio", name="Beta").click()

    assert "view=network-beta" in page.url
    names = {view["title"] for view in told(one.page)["views"] if view["environment"] in ("", "beta")}
    assert set(page.locator("#views .view").all_inner_texts()) == names
    subjects = page.locator("#panel .finding summary").all_inner_texts()
    assert subjects
    assert not [words for words in subjects if "staging/" in words and "beta/" not in words]


def test_the_keys_reach_everything(open_page: Open) -> None:
    page = open_page(shop(), "#view=network")

    page.focus("#stage")
    before = place(page)
    page.keyboard.press("ArrowLeft")
    moved = place(page)
    page.keyboard.press("+")
    nearer = place(page)
    page.keyboard.press("0")
    assert len({before, moved, nearer}) == 3
    assert place(page) == before
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.element") == "db":
            break
    page.keyboard.press("Enter")
    assert title(page) == "Orders"
    page.keyboard.press("Escape")
    assert title(page) == "Network"
    assert page.evaluate("document.activeElement.dataset.element") == "db"
    page.keyboard.press("]")
    assert title(page) != "Network"
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()


def test_everything_that_can_be_pressed_has_a_name(open_page: Open) -> None:
    page = open_page(shop(), "#view=network&element=web")

    unnamed = page.evaluate(
        """() => [...document.querySelectorAll("button, input, [role=button], [role=radio], summary")]
            .filter((one) => !(one.getAttribute("aria-label") || one.textContent.trim() || one.closest("label")))
            .map((one) => one.outerHTML)"""
    )

    assert unnamed == []


def test_the_wheel_zooms_where_the_pointer_is_and_dragging_moves(open_page: Open) -> None:
    page = open_page(shop(), "#view=network")
    node = page.locator("g.node[data-element=db]").first
    box = node.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    page.mouse.move(x, y)
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(100)
    zoomed = node.bounding_box()
    assert zoomed
    assert zoomed["width"] > 1.3 * box["width"]
    assert abs(zoomed["x"] + zoomed["width"] / 2 - x) < 3

    page.mouse.down()
    page.mouse.move(x - 100, y - 50, steps=4)
    page.mouse.up()
    dragged = node.bounding_box()
    assert dragged
    assert abs(dragged["x"] - zoomed["x"] + 100) < 3
    assert abs(dragged["y"] - zoomed["y"] + 50) < 3
    assert title(page) == "Network"  # a drag is no click


def test_two_fingers_zoom(open_page: Open) -> None:
    page = open_page(shop(), "#view=network", PHONE, has_touch=True)
    width = page.locator("#paper svg").bounding_box()
    fingers = page.context.new_cdp_session(page)

    for kind, apart in (("touchStart", 40), ("touchMove", 60), ("touchMove", 80), ("touchEnd", None)):
        points = [] if apart is None else [{"x": 195 + side * apart, "y": 450} for side in (-1, 1)]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    page.wait_for_timeout(100)

    zoomed = page.locator("#paper svg").bounding_box()
    assert width
    assert zoomed
    assert zoomed["width"] == pytest.approx(2 * width["width"], rel=0.1)


def test_an_address_leads_to_what_it_names_and_back_leads_back(open_page: Open) -> None:
    page = open_page(shop(), "#view=traffic&flow=web%20-%3E%20db%205432")

    assert title(page) == "Web shop → Orders"
    page.locator("#panel").get_by_role("button", name="Orders", exact=True).click()
    assert title(page) == "Orders"
    assert page.url.endswith("#view=traffic&element=db")
    page.go_back()
    page.wait_for_function("document.querySelector('#panel h2').textContent !== 'Orders'")
    assert title(page) == "Web shop → Orders"


@pytest.mark.parametrize(
    "address", ["#view=nothing", "#element=nobody", "#flow=%", "#finding=<script>", "#view=network&edge=999"]
)
def test_an_address_that_leads_nowhere_shows_the_first_picture_or_the_one_it_names(
    address: str, open_page: Open
) -> None:
    page = open_page(shop(), address)

    assert page.locator("#panel .eyebrow").inner_text().startswith("This picture")


def test_a_phone_has_a_drawer_and_a_sheet_and_nothing_sticks_out(open_page: Open) -> None:
    page = open_page(real("event-planner"), "#view=network", PHONE, has_touch=True)

    assert not page.locator("#panel").is_visible()
    assert not page.locator("#views").is_visible()
    page.tap("#menu")
    page.locator("#views .view", has_text="Traffic").tap()
    assert "view=traffic" in page.url
    assert not page.locator("#views").is_visible()
    page.locator("g.node[data-element=auth-service]").first.tap()
    assert title(page) == "Auth Service"
    sheet, node = page.locator("#panel").bounding_box(), page.locator("g.node.on").first.bounding_box()
    assert sheet
    assert node
    assert node["y"] + node["height"] <= sheet["y"] + 1
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    page.locator("#panel .close").tap()
    assert not page.locator("#panel").is_visible()


def test_on_paper_the_picture_stands_alone_with_what_is_told(open_page: Open) -> None:
    page = open_page(shop(), "#view=network&element=web", color_scheme="dark")

    page.emulate_media(media="print")

    for hidden in ("#side", "#search", ".zoom", "#theme"):
        assert not page.locator(hidden).is_visible()
    assert page.locator("#paper svg").is_visible()
    assert page.locator("#panel h2").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('#paper > svg > rect')).fill") == "rgb(255, 255, 255)"


def _corner(page: "Page") -> tuple[float, float]:
    box = page.locator("#stage").bounding_box()
    assert box
    return box["x"] + 6, box["y"] + 6
