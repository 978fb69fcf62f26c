"""The commands' own parsers → the page of the commands: what each takes, with its example.

`argparse` lays its help out by the width of the terminal and in other words in each version of Python, so the page is
made of what a parser knows and not of what it prints.
"""

import argparse
import re
from collections.abc import Iterable, Sequence

_INTRODUCTION = """\
# Commands

Generated from the command line itself; `archspec COMMAND --help` shows the same. A path is a spec, or a folder of
specs; where none is given, a command works on those that the project's settings name.

| exit status | means |
|--:|---|
| 0 | clean: done, nothing to say, the way is open |
| 1 | findings at or above `--fail-on`, a blocked way, drift, or something stale where `--check` is given |
| 2 | wrong usage, or a spec, pack, setting or other file that cannot be used; every mistake is told, with its place |
| 3 | our fault, or that of a tool that archspec runs |
| 130 | stopped by Ctrl-C |

A result goes to standard output, everything else to standard error. Nothing is half written: a file is replaced as a
whole, or left as it was.

"""

_SPECIAL = re.compile(r"([\\*<\[|])")


def render(parsers: Iterable[argparse.ArgumentParser]) -> str:
    """Return the page as Markdown, by the names of the commands."""
    ordered = sorted(parsers, key=lambda one: one.prog)
    contents = " ·\n".join(f"[{_name(one)}](#{one.prog.replace(' ', '-')})" for one in ordered)
    return f"{_INTRODUCTION}{contents}\n\n{''.join(map(_command, ordered)).rstrip()}\n"


def _name(parser: argparse.ArgumentParser) -> str:
    return parser.prog.removeprefix("archspec ")


def _command(parser: argparse.ArgumentParser) -> str:
    taken = [one for one in parser._actions if one.help != argparse.SUPPRESS and one.dest != "help"]  # noqa: SLF001  nothing public lists them
    positional = [one for one in taken if not one.option_strings]
    options = [one for one in taken if one.option_strings]
    parts = [
        f"## {parser.prog}",
        _escaped(" ".join((parser.description or "").split())),
        f"```text\n{_synopsis(parser, positional, options)}\n```",
        _table("argument", parser, positional),
        _table("option", parser, options),
        _example(parser),
    ]
    return "".join(f"{part}\n\n" for part in parts if part)


def _synopsis(
    parser: argparse.ArgumentParser, positional: Sequence[argparse.Action], options: Sequence[argparse.Action]
) -> str:
    """Return how the command is called: in its own words where it has any."""
    if parser.usage:
        return parser.usage.replace("%(prog)s", parser.prog)
    return " ".join([parser.prog, *(["[OPTIONS]"] if options else []), *map(_spelled, positional)])


def _spelled(action: argparse.Action) -> str:
    value = _value(action)
    match action.nargs:
        case "?":
            return f"[{value}]"
        case "*":
            return f"[{value} ...]"
        case "+":
            return f"{value} ..."
        case int(count):
            return " ".join([value] * count)
        case _:
            return value


def _value(action: argparse.Action) -> str:
    if isinstance(action.metavar, tuple):
        return " ".join(action.metavar)
    return action.metavar or (action.dest.upper() if action.option_strings else action.dest)


def _table(title: str, parser: argparse.ArgumentParser, actions: Sequence[argparse.Action]) -> str:
    if not actions:
        return ""
    rows = [f"| {_called(one)} | {_escaped(_help(parser, one))}{_choices(one)} |" for one in actions]
    return "\n".join([f"| {title} | |", "|---|---|", *rows])


def _called(action: argparse.Action) -> str:
    if not action.option_strings:
        return f"`{_value(action)}`"
    value = "" if action.nargs == 0 else f" {_spelled(action)}"
    return ", ".join(f"`{name}{value}`" for name in action.option_strings)


def _choices(action: argparse.Action) -> str:
    """Return what there is to choose from, unless the help says so itself."""
    if not action.choices or all(f"{one}:" in (action.help or "") for one in action.choices):
        return ""
    return f": {', '.join(f'`{one}`' for one in action.choices)}"


def _help(parser: argparse.ArgumentParser, action: argparse.Action) -> str:
    """Return the help of an argument as `argparse` fills it in, on one line."""
    facts = {**vars(action), "prog": parser.prog, "choices": ", ".join(map(str, action.choices or ()))}
    required = "required: " if action.required and action.option_strings else ""
    return required + " ".join(((action.help or "") % facts).split())


def _example(parser: argparse.ArgumentParser) -> str:
    """Return what stands below the help: a title, lines that are further in, and sentences after them."""
    title, _, rest = (parser.epilog or "").strip("\n").partition("\n")
    lines = rest.splitlines()
    further_in = [line.removeprefix("  ").rstrip() for line in lines if line.startswith("  ")]
    sentences = " ".join(line for line in lines if not line.startswith("  ")).strip()
    if not further_in:
        return ""
    return f"{title.capitalize()}\n\n```sh\n{chr(10).join(further_in)}\n```\n\n{_escaped(sentences)}".rstrip()


def _escaped(text: str) -> str:
    """Keep text from becoming markup; what stands between backticks is code, but a cell ends at any bar."""
    parts = text.split("`")
    return "`".join(
        part.replace("|", "\\|") if number % 2 else _SPECIAL.sub(r"\\\1", part) for number, part in enumerate(parts)
    )
