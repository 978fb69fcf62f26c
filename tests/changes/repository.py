"""Git repositories for tests: real ones, in the working folder, with commits that are the same every time."""

import subprocess
from pathlib import Path

import pytest

from tests.changes.two import NETWORK, edited

SPEC = "archspec: 1\nname: shop\nregion: us-east-1\n" + NETWORK
OPENED = edited(SPEC, ("[{from: api-sg, port: 5432}]", "[{from: api-sg, port: 5432}, {from: alb-sg, port: 5432}]"))
TINY = "archspec: 1\nname: tiny\nregion: us-east-1\nexternal: {actors: {ann: {}}}\n"


def alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder where git knows no repository around it and no settings of anybody's."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
        monkeypatch.setenv(name, "2020-01-01T00:00:00Z")


def git(*arguments: str) -> str:
    """Run git in the working folder, which is never archspec's own repository: a test would commit into it."""
    assert not Path.cwd().is_relative_to(Path(__file__).parents[2])
    who = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    made = subprocess.run(["git", *who, *arguments], check=True, capture_output=True, text=True)  # noqa: S607
    return made.stdout.strip()


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(text.encode())


def commit(message: str = "one") -> None:
    git("add", "-A")
    git("commit", "-q", "-m", message)
