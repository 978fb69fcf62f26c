"""Each kind has an icon: a PNG that the diagrams package ships, embedded as it is."""

import struct
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from archspec.errors import ToolError
from archspec.model.architecture import element_kinds
from archspec.model.data import CacheEngine, DatabaseEngine
from archspec.model.network import LoadBalancer
from archspec.renderers import icons
from archspec.renderers.svg.frames import TILE_ICONS
from archspec.views.parts.words import _ENGINE_ICONS

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def _no_diagrams(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(icons, "find_spec", lambda _name: None)
    icons._resources.cache_clear()  # noqa: SLF001  # the cache outlives the patch
    icons.data_uri.cache_clear()
    yield
    icons._resources.cache_clear()  # noqa: SLF001
    icons.data_uri.cache_clear()


@pytest.mark.parametrize("kind", [*icons.ICONS, "no such kind"])
def test_an_icon_is_a_png_large_enough_for_twice_48_pixels(kind: str) -> None:
    data = icons.icon_file(kind).read_bytes()
    width, height = struct.unpack(">II", data[16:24])
    assert data.startswith(PNG_SIGNATURE)
    assert (kind, width >= 96, height >= 96, len(data) < 40_000) == (kind, True, True, True)


@pytest.mark.parametrize("kind", [kind for kind in icons.ICONS if kind != "cloud"])
def test_an_icon_is_square_so_that_drawing_does_not_distort_it(kind: str) -> None:
    width, height = struct.unpack(">II", icons.icon_file(kind).read_bytes()[16:24])
    assert width == height


def test_there_is_an_icon_for_all_that_views_can_ask_for_and_for_nothing_else() -> None:
    by_type_or_engine = {"load_balancer", "database", "cache"}
    kinds = {kind.kind for kind in element_kinds().values()} - by_type_or_engine
    balancers = {f"{type_}_load_balancer" for type_ in get_args(LoadBalancer.model_fields["type"].annotation)}
    others = {"internet", "external", "account", "backup", "cost", "recovered", "step", "strategy", "target"}

    assert set(icons.ICONS) == {*kinds, *balancers, *_ENGINE_ICONS.values(), *others, *TILE_ICONS.values()}


@pytest.mark.parametrize("engine", [*get_args(DatabaseEngine), *get_args(CacheEngine)])
def test_every_engine_has_an_icon(engine: str) -> None:
    assert engine in _ENGINE_ICONS


def test_the_embedded_bytes_are_those_of_the_file() -> None:
    prefix, _, encoded = icons.data_uri("service").partition(",")
    assert (prefix, b64decode(encoded)) == ("data:image/png;base64", icons.icon_file("service").read_bytes())


def test_an_unknown_kind_gets_the_generic_icon() -> None:
    assert icons.icon_file("no such kind").name == "generic-sdk.png"


@pytest.mark.usefixtures("_no_diagrams")
def test_a_missing_package_is_named() -> None:
    with pytest.raises(ToolError, match="pip install diagrams"):
        icons.data_uri("vpc")


def test_diagrams_is_found_but_not_imported() -> None:
    code = """
import sys
from archspec.renderers.icons import data_uri
data_uri("vpc")
sys.exit("diagrams" in sys.modules)
"""
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
