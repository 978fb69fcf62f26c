"""The page is one file: small, the same every time, and nothing in it but what is ours may run."""

import json
import os
import re
import subprocess
import sys
from base64 import b64encode, b85decode
from hashlib import sha256

import pytest

from archspec.renderers.icons import icon_file
from archspec.renderers.svg import icon_kinds
from tests.explorer.reading import ROOT, SHOP, SPECS, real, shop, texts

SMALL = 1_000_000
MAKE = """
import sys
from tests.explorer.reading import real
sys.stdout.buffer.write(real("ecs-production").page)
"""


@pytest.mark.parametrize("name", SPECS)
def test_the_page_stays_under_a_megabyte(name: str) -> None:
    assert len(real(name).page) < SMALL


def test_the_same_spec_gives_the_same_bytes_under_every_hash_seed() -> None:
    pages = [
        subprocess.run(
            [sys.executable, "-c", MAKE],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]

    assert pages[0] == pages[1] == real("ecs-production").page


def test_each_icon_stands_in_the_page_once_and_as_it_is() -> None:
    one = real("event-planner")
    (block,) = re.findall(r'<script type="application/json" id="icons">(.*?)</script>', one.page.decode())

    found = {kind: b85decode(text.replace(".", "<")) for text, kinds in json.loads(block).items() for kind in kinds}

    assert found == {kind: icon_file(kind).read_bytes() for view in one.views for kind in icon_kinds(view)}
    assert "data:image" not in "".join((one.page.decode().partition("<style>")[0], *texts(one.page)))


def test_only_our_script_and_style_are_allowed_and_nothing_is_loaded() -> None:
    page = shop().page.decode()
    style, script = (re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL) for tag in ("style", "script"))
    (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)

    assert len(style) == len(script) == 1
    assert policy == (
        f"default-src 'none'; img-src data:; font-src data:; style-src {_allowed(style[0])}; "
        f"script-src {_allowed(script[0])}; base-uri 'none'; form-action 'none'"
    )
    assert not re.findall(r'(?:src|href)="(?!#|data:)[^"]*"', page.replace(script[0], ""))


def test_no_tag_has_a_handler_or_a_style() -> None:
    one = shop()
    markup = re.sub(r"<(script|style)\b.*?</\1>", "", one.page.decode(), flags=re.DOTALL)

    for text in (markup, *texts(one.page)[1:]):
        assert not re.findall(r"<[^>]*\s(?:on\w+|style)=", text)


def test_a_text_cannot_end_the_block_that_it_stands_in() -> None:
    evil = "</script><script>window.hacked = 1</script><!-- x"

    page = shop(SHOP.replace("title: Orders", f"title: {evil!r}")).page

    assert page.count(b"<script") == page.count(b"</script") == shop().page.count(b"<script")
    assert b"<!--" not in page


def _allowed(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}'"
