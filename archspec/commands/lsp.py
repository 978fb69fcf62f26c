"""`archspec lsp` — serve an editor while specs are written."""

import datetime
import gc
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from archspec import __version__, project
from archspec.commands.arguments import Parser, parser
from archspec.commands.linting import asked


def run(arguments: Sequence[str]) -> int:
    """Serve one editor until it says that it is done, or goes away: 0."""
    _parser().parse_args(arguments)
    from archspec.language_server.server import make

    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it at once, and not after what it waits for comes in
    gc.enable()  # a session lasts a day, and each change leaves a whole system behind
    sys.stdout.flush()
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever else prints must not end up among the answers
        make(_today, __version__).start_io(sys.stdin.buffer, out)
    return 0


def _today() -> datetime.date:
    return datetime.date.fromisoformat(asked(project.Project(Path())).today)


def _parser() -> Parser:
    example = "  archspec lsp        # an editor starts it, and speaks to it over standard input and output"
    made = parser("lsp", "Serve an editor: findings, completion and more while specs are written.", example)
    made.add_argument("--stdio", action="store_true", help="as always; some editors say so")
    return made
