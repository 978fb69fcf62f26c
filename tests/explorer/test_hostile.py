"""Text from a spec does nothing in the page but show: here, in a browser, every text does its worst."""

import json
from functools import cache

import pytest

from archspec.layout.text import printable
from tests.explorer.conftest import Open
from tests.explorer.reading import Made, shop, told

pytestmark = pytest.mark.slow

EVIL = [
    "<script>window.hacked = 1</script>",
    "</script><script>window.hacked = 1</script>",
    '"><img src=x onerror="window.hacked = 1">',
    "' onmouseover='window.hacked = 1' x='",
    "<svg onload=window.hacked=1>",
    "javascript:window.hacked=1",
    "<!-- ]]> --> ${window.hacked = 1} {{7*7}}",
    "\u202egnp.live\u2066 \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "\u4ee3" * 40 + "\U0001f600",
    "w" * 300,
]


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


@cache
def hostile() -> Made:
    """Return a system in which every text does its worst, a service and its flow for each."""
    services = "".join(
        f"""
    s{place}: {{title: {evil}, note: {evil}, owner: {evil}, tags: [{evil}], image: {evil}, domain: {evil},
      health_check: {evil}, port: 80, cpu: 256, memory: 512, subnets: [a], security_groups: [sg]}}"""
        for place, evil in enumerate(map(quoted, EVIL))
    )
    flows = "".join(
        f"\n  - {{from: internet, to: s{place}, port: {place + 1}, protocol: {evil}, note: {evil}}}"
        for place, evil in enumerate(map(quoted, EVIL))
    )
    title = quoted(EVIL[1])
    waivers = "".join(
        f"""
  - {{rule: NET001, subject: internet -> s{place} {place + 1}, reason: {evil}, owner: {evil}, expires: 2026-12-31}}"""
        for place, evil in enumerate(map(quoted, EVIL))
    )
    return shop(f"""archspec: 1
name: hostile
title: {title}
subtitle: {title}
region: us-east-1
network:
  vpcs: {{main: {{title: {title}, cidr: 10.0.0.0/16}}}}
  subnets: {{a: {{title: {title}, az: us-east-1a, tier: public, cidr: 10.0.0.0/24}}}}
  security_groups: {{sg: {{title: {title}, ingress: [{{from: 10.0.0.0/8, port: 1, note: {title}}}]}}}}
compute:
  services:{services}
flows:{flows}
waivers:{waivers}
""")


def test_no_text_of_a_spec_does_anything_but_show(open_page: Open) -> None:
    one = hostile()
    data = told(one.page)
    page = open_page(one)

    addresses = [
        *(f"view={view['name']}" for view in data["views"]),
        *(f"view={view['name']}&element={id_}" for id_ in data["elements"] for view in data["views"][:1]),
        *(f"view=traffic&flow={flow['id']}" for flow in data["flows"]),
        *(f"finding={found['rule']} {found['subject']}" for found in data["findings"]),
    ]
    for address in addresses:
        page.evaluate(f"window.location.hash = encodeURI({json.dumps('#' + address)})")
        page.wait_for_timeout(5)
        page.eval_on_selector_all("details", "all => all.forEach((one) => { one.open = true; })")
    page.fill("#search", "s")
    page.hover("#hits li >> nth=0")

    assert page.evaluate("window.hacked") is None
    assert page.locator("script").count() == 3  # content, icons and ours
    assert page.locator("img, iframe, object, embed").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 1280


@pytest.mark.parametrize("place", range(len(EVIL)))
def test_a_hostile_text_is_read_as_it_is_written(place: int, open_page: Open) -> None:
    one = hostile()
    page = open_page(one, f"#view=traffic&element=s{place}")

    shown = page.locator("#panel h2").text_content()

    assert shown == printable(EVIL[place])
    assert page.locator("#panel").evaluate("one => one.scrollWidth <= one.clientWidth")
