"""The page about reachability names every code that there is, and its sample is repaired as it says."""

import re
from pathlib import Path

from archspec import api
from archspec.graph.repair import repairs
from tests.sample import HEADER, TODAY

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "reachability.md").read_text(encoding="utf-8")
SAYING = ("asking", "group_hops", "hops", "listening", "nacl_hops", "route_hops", "routes")
CODE = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+){2,}\b|\bCANNOT_ROUTE\b|\bFACT_MISSING\b|\bASSUMED_DEFAULT\b")


def test_every_code_stands_on_the_page_and_no_other() -> None:
    sources = [(ROOT / "archspec" / "graph" / f"{name}.py").read_text(encoding="utf-8") for name in SAYING]
    told = {code for text in sources for line in text.splitlines() for code in _quoted(line)}

    assert set(re.findall(r"^\| `([A-Z0-9_]+)`", PAGE, re.MULTILINE)) == told


def _quoted(line: str) -> list[str]:
    return [code for part in re.findall(r'"([^"]*)"', line) for code in CODE.findall(part)]


def test_the_sample_is_repaired_as_the_page_says() -> None:
    (sample,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    (shown,) = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
    graph = api.parse(HEADER + sample, "sample.yaml", TODAY).graph
    (connection,) = graph.connections
    found = repairs(graph, *graph.meant(connection), connection.wanted)

    assert [one.words for one in found] == shown.splitlines()
