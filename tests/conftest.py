"""What the tests share: golden files, small systems from text, and a cache of their own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from archspec import api
from tests.sample import HEADER, TODAY

Golden = Callable[[Path | str, str | bytes], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update-golden`, which writes what the tests would compare."""
    parser.addoption("--update-golden", action="store_true", help="write golden files instead of comparing with them")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Do not measure what tries many examples: that takes it two and a half times as long.

    Other tests cover the same lines.
    """
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare a text or bytes with the golden file of that name, relative to the test file's folder."""

    def compare(name: Path | str, actual: str | bytes) -> None:
        path = request.path.parent / name
        content = actual.encode() if isinstance(actual, str) else actual
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        expected = path.read_bytes() if path.is_file() else b""
        if isinstance(actual, str):
            assert actual == expected.decode(), f"{path.name} differs; if that is meant, run pytest --update-golden"
        else:
            assert actual == expected, f"{path.name} differs; if that is meant, run pytest --update-golden"

    return compare


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHSPEC_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def system() -> Callable[[str], api.System]:
    """Build a system from the text of a spec without its first three lines."""
    return lambda text: api.parse(HEADER + text, "sample.yaml", TODAY)
