"""Accounts of an AWS on this machine: an empty one in a process of its own, and copies."""

import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from tests.cloud.applied import ROOT
from tests.cloud.server import ADDRESS


@contextmanager
def serving(*arguments: str) -> Iterator[str]:
    """Serve an empty account, by a moto whose gaps are filled, or by moto as it is (`--plain`)."""
    command = [sys.executable, "-m", "tests.cloud.server", *arguments]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdin
        assert process.stdout
        try:
            yield f"http://{ADDRESS}:{process.stdout.readline().strip()}"
        finally:
            process.stdin.close()  # which ends it, and all copies


def copied(endpoint: str) -> str:
    """Return the endpoint of a copy of an account: what is done to it is not done to the first."""
    request = urllib.request.Request(f"{endpoint}/_copy", method="POST")  # noqa: S310 - an http address of our own
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        return f"http://{ADDRESS}:{answer.read().decode()}"
