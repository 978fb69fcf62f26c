"""Applies specs to accounts of their own, beside the tests: `python -m tests.cloud.applier FOLDER PROCESS SPEC...`.

The provider waits 80 seconds for a database whatever there is to wait for. So all specs are applied at the same time,
in a process that all workers of a test run share, and it lives until the process of the run is gone. What is left of
each is told in a file of its own.
"""

import json
import os
import sys
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.cloud.account import copied, serving
from tests.cloud.applied import PLAIN, apply
from tests.cloud.plain import gaps

AT_ONCE = 7
"""Terraform and the provider take half a gigabyte; most of the time they wait."""


def result(folder: Path, path: str) -> Path:
    """Return the file that tells how the apply of a spec ended."""
    return folder / f"{path.replace('/', '_')}.json"


def _apply(folder: Path, path: str, endpoint: str) -> None:
    own = folder / path.replace("/", "_")
    own.mkdir()
    try:
        done = {"gaps": gaps(own)} if path == PLAIN else apply(path, own, copied(endpoint))._asdict()
    except BaseException:  # noqa: BLE001 - whatever it is, a test that waits has to be told
        done = {"problem": traceback.format_exc()}
    written = own / "done.json"
    written.write_text(json.dumps(done, default=str), encoding="utf-8")
    written.replace(result(folder, path))


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True


def main() -> None:
    """Go into the background, apply, and wait for the end of the run."""
    folder, process, paths = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    if os.fork():
        return
    os.setsid()
    os.nice(5)  # tests that wait for nothing go first
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    with serving() as endpoint, ThreadPoolExecutor(AT_ONCE) as pool:
        for path in paths:
            pool.submit(_apply, folder, path, endpoint)
        while _is_alive(process):
            time.sleep(1)
        pool.shutdown(wait=False, cancel_futures=True)
        os._exit(0)  # what still runs is of no use to anybody


if __name__ == "__main__":
    main()
