"""Do what a page of the documentation says, from its first block to its last, and show what came out of it.

A `console` block is run: an `archspec` command in this process, anything else by the shell. A block that has a `title`
is a file, and is written. A `diff` block changes the file that its first line names. All other blocks are only read.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from archspec import cli

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(
    r'^```(?P<language>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<text>.*?)^```$', re.MULTILINE | re.DOTALL
)
_COMMAND = re.compile(r"^\$ (?P<line>.*)\n(?P<shown>(?:(?!\$ ).*\n)*)", re.MULTILINE)
LEFT_OUT = "…\n"
"""The line of an output that stands for any number of lines."""


class Run(NamedTuple):
    """A command of a page, what the page shows of its output, and what it printed."""

    line: str
    shown: str
    printed: str

    @property
    def as_shown(self) -> bool:
        """Whether the page shows what was printed, save for what it leaves out."""
        parts = [re.escape(part) for part in self.shown.split(LEFT_OUT)]
        return re.fullmatch("(?:.*\n)*".join(parts), self.printed) is not None


def walk(page: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Do in the working folder what a page says, block by block; yield each command that was run."""
    for block in _BLOCK.finditer(page.read_text(encoding="utf-8")):
        if block["title"]:
            _write(Path(block["title"]), block["text"])
        elif block["language"] == "diff":
            _change(block["text"])
        elif block["language"] == "console":
            for command in _COMMAND.finditer(block["text"]):
                yield Run(command["line"], command["shown"], _printed(command["line"], capsys))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _change(patch: str) -> None:
    """Apply a patch whose first line is `--- FILE`; an `@@` line stands between its parts."""
    first, *lines = patch.splitlines(keepends=True)
    path = Path(first.removeprefix("--- ").strip())
    text = path.read_text(encoding="utf-8")
    for part in re.split(r"^@@\n", "".join(lines), flags=re.MULTILINE):
        rows = part.splitlines(keepends=True)
        old = "".join(row[1:] for row in rows if row[0] in " -")
        assert text.count(old) == 1, f"what the page changes stands {text.count(old)} times in {path}:\n{old}"
        text = text.replace(old, "".join(row[1:] for row in rows if row[0] in " +"))
    path.write_text(text, encoding="utf-8")


def _printed(line: str, capsys: pytest.CaptureFixture[str]) -> str:
    words = shlex.split(line)
    if words[0] == "archspec" and not {">", "|"} & set(words):
        cli.run(words[1:])
        captured = capsys.readouterr()
        return captured.out + captured.err
    who = {f"GIT_{role}_{fact}": "ann@example.com" for role in ("AUTHOR", "COMMITTER") for fact in ("NAME", "EMAIL")}
    tools = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    own = {"PRE_COMMIT_HOME": str(Path(".git/pre-commit").absolute()), "PATH": tools}
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["/bin/sh", "-c", line], capture_output=True, text=True, check=False, env=os.environ | who | quiet | own
    )
    return done.stdout + done.stderr
