"""The command line: finds the command, runs it, turns what went wrong into words and an exit status.

0 clean, 1 findings at or above `--fail-on`, 2 wrong usage or spec, 3 our fault or a tool's.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path

from archspec.errors import SpecError, ToolError, UsageError

COMMANDS = {
    "lint": "check specs and show what is wrong, line by line",
    "baseline": "record what is wrong today, so that lint fails for what is new",
    "path": "ask whether one element may reach another, hop by hop",
    "diff": "say what changed between two versions, graded by risk",
    "comment": "say in one comment what a pull request does to its systems",
    "impact": "say what an element reaches if it is compromised, and what fails if it is lost",
    "query": "ask anything that claims and rules can ask, in CEL",
    "render": "draw the pictures of specs",
    "docs": "write the architecture documents of specs",
    "import": "draft a spec from Terraform, CloudFormation or an account",
    "export": "write Terraform or CloudFormation for a spec",
    "drift": "say what differs between a spec and what runs, or is planned",
    "scan": "run checkov on the exported Terraform and show its findings at the spec's lines",
    "build": "lint, render, docs, export and scan in one go",
    "fmt": "write specs in one style, with every comment kept",
    "watch": "lint, draw and document what is saved, at once",
    "rules": "list the rules, what they cover; test packs of your own",
    "explain": "show a rule's page",
    "schema": "print the JSON Schema of specs, for editors",
    "lsp": "serve an editor while specs are written",
    "init": "write a commented first spec",
}
"""Command → what it does. Each is a module of `archspec.commands`, imported only when it runs."""

MODULES = {"import": "importing"}
"""Commands whose name no module can have: it is a word of Python's."""

_PACKAGE = Path(__file__).parent
_USAGE = """\
usage: archspec COMMAND [ARGUMENTS]

AWS architectures written once as YAML: checked, drawn, documented, exported.

{commands}

`archspec COMMAND --help` shows what a command takes, with an example.
"""


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(
                errors="replace"
            )  # a terminal that knows no arrows shows question marks, not a traceback
    try:
        status = _guarded(arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader (`head`, a pager) went away: nothing is wrong, and nobody is left to tell
        _give_up_output()
        return 0
    except OSError as error:
        if error.filename is not None:
            return _refuse(f"{error.filename}: {error.strerror}")
        _give_up_output()
        return _fail(f"the output cannot be written: {error.strerror}")
    return status


def _guarded(arguments: Sequence[str]) -> int:
    try:
        return _dispatch(arguments)
    except SpecError as error:
        from archspec.commands.problems import show

        sys.stderr.write(show(error))
        return 2
    except UsageError as error:
        return _refuse(str(error))
    except ToolError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        return 130
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001  our own fault, whatever it is: 3, and never the 1 of a finding
        return _confess(error)


def _dispatch(arguments: Sequence[str]) -> int:
    first = arguments[0] if arguments else "--help"
    if first in ("-h", "--help", "help"):
        print(_USAGE.format(commands="\n".join(f"  {name:<9}{text}" for name, text in COMMANDS.items())), end="")
        return 0
    if first == "--version":
        from archspec import __version__

        print(f"archspec {__version__}")
        return 0
    if first not in COMMANDS:
        return _refuse(f"no command is called '{first}'{_suggestion(first)}; `archspec --help` lists them")
    try:
        return int(import_module(f"archspec.commands.{MODULES.get(first, first)}").run(arguments[1:]))
    except SystemExit as done:  # argparse has shown the command's help
        return int(done.code or 0)


def _refuse(message: str) -> int:
    _say(message)
    return 2


def _fail(message: str) -> int:
    _say(message)
    return 3


def _say(message: str) -> None:
    from archspec.reporters.plain import plain

    sys.stderr.write("".join(f"archspec: {plain(line)}\n" for line in message.split("\n")))


def _confess(error: Exception) -> int:
    if os.environ.get("ARCHSPEC_TRACEBACK"):
        raise error
    from traceback import walk_tb

    ours = [one for one in walk_tb(error.__traceback__) if Path(one[0].f_code.co_filename).is_relative_to(_PACKAGE)]
    frame, line = ours[-1]
    place = f"{Path(frame.f_code.co_filename).relative_to(_PACKAGE).as_posix()}:{line}"
    return _fail(
        f"this is our fault, not yours: {type(error).__name__} at {place}: {error}\n"
        "please report it with the spec; ARCHSPEC_TRACEBACK=1 shows the whole way"
    )


def _suggestion(name: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, COMMANDS, n=1)
    return f"; did you mean '{close[0]}'?" if close else ""


def _give_up_output() -> None:
    """Let what is still to be written go nowhere: Python would try again when it ends, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
