"""The command line: finds the command, runs it, turns what went wrong into words and an exit status.

0 clean, 1 findings at or above `--fail-on`, 2 wrong usage or spec, 3 our fault or a tool's.
"""

import sys
from collections.abc import Sequence
from importlib import import_module

from archspec.errors import SpecError, ToolError, UsageError

COMMANDS = {
    "lint": "check specs and show what is wrong, line by line",
    "path": "ask whether one element may reach another, hop by hop",
    "render": "draw the pictures of specs",
    "docs": "write the architecture documents of specs",
    "export": "write Terraform for a spec",
    "scan": "run checkov on the exported Terraform and show its findings at the spec's lines",
    "build": "lint, render, docs, export and scan in one go",
    "rules": "list the rules",
    "explain": "show a rule's page",
    "schema": "print the JSON Schema of specs, for editors",
    "init": "write a commented first spec",
}
"""Command → what it does. Each is a module of `archspec.commands`, imported only when it runs."""

_USAGE = """\
usage: archspec COMMAND [ARGUMENTS]

AWS architectures written once as YAML: checked, drawn, documented, exported.

{commands}

`archspec COMMAND --help` shows what a command takes, with an example.
"""


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit status."""
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
    return _guarded(first, arguments[1:])


def _guarded(name: str, arguments: Sequence[str]) -> int:
    try:
        return int(import_module(f"archspec.commands.{name}").run(arguments))
    except SpecError as error:
        from archspec.commands.problems import show

        print(show(error), end="", file=sys.stderr)
        return 2
    except UsageError as error:
        return _refuse(str(error))
    except ToolError as error:
        print(f"archspec: {error}", file=sys.stderr)
        return 3
    except BrokenPipeError:
        return _closed()
    except KeyboardInterrupt:
        return 130


def _refuse(message: str) -> int:
    print(f"archspec: {message}", file=sys.stderr)
    return 2


def _suggestion(name: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, COMMANDS, n=1)
    return f"; did you mean '{close[0]}'?" if close else ""


def _closed() -> int:
    """The reader (`head`, a pager) went away: nothing is wrong, and nobody is left to tell."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
