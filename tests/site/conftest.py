"""The site, built once for each process that runs tests."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.site.walk import ROOT

CONFIGURATION = ROOT / "docs" / "site" / "mkdocs.yml"


class Site(NamedTuple):
    """Where a built site is, and what was said while it was built."""

    folder: Path
    said: str


def build(into: Path) -> Site:
    """Build the site into a folder, as `make site` does, but to the end: a test looks at what was said."""
    command = [sys.executable, "-m", "mkdocs", "build", "--config-file", str(CONFIGURATION), "--site-dir", str(into)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "315532800", "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return Site(into, done.stderr)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the built site."""
    pytest.importorskip("mkdocs", reason="mkdocs is not installed; `make test` brings it")
    return build(tmp_path_factory.mktemp("site"))
