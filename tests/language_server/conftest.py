"""One server for many tests, each in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_lsp import client_capabilities

from tests.language_server.editor import Editor


@pytest.fixture(scope="session")
def _server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """Start a server for a client that can do what VS Code can."""
    started = Editor(tmp_path_factory.mktemp("workspace"), client_capabilities("visual-studio-code"))
    yield started
    assert started.stop() == 0


@pytest.fixture
def editor(_server: Editor, request: pytest.FixtureRequest) -> Iterator[Editor]:
    """Give a test the server with nothing open and an empty folder; nothing may have gone wrong in it afterwards."""
    top = _server.root
    _server.root = top / f"{abs(hash(request.node.nodeid))}"
    _server.root.mkdir()
    yield _server
    _server.close_all()
    _server.root = top
    assert _server.logged == []
    _server.published.clear()
    _server.shown.clear()


@pytest.fixture
def only(editor: Editor) -> Path:
    """Make the folder a project in which few rules run, so that a test does not change with every rule there is."""
    settings = editor.root / "archspec.toml"
    settings.write_text('paths = ["."]\nselect = ["NET001", "NET008"]\n', encoding="utf-8")
    return settings
