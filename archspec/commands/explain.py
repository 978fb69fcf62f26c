"""`archspec explain` — show a rule's page."""

import sys
from collections.abc import Sequence
from pathlib import Path

from archspec import project
from archspec.commands.arguments import Parser, parser
from archspec.errors import UsageError
from archspec.reference.beside_rules import DRIFT, every_page
from archspec.reference.rule_page import render
from archspec.reporters.plain import plain
from archspec.rulepacks import choose

_CHECKOV = "https://www.checkov.io/5.Policy%20Index/all.html"


def run(arguments: Sequence[str]) -> int:
    """Print the pages of the rules, and of what is found beside them, that are named."""
    given = _parser().parse_args(arguments)
    for name in given.rules:
        if name.upper().startswith("CKV"):
            raise UsageError(f"{name} is a check of checkov's, described at {_CHECKOV}")
    pages = {**every_page(project.packs(project.find(Path.cwd()))), **DRIFT}
    shown = "\n".join(render(rule) for rule in choose(pages, given.rules, ()))
    sys.stdout.write("\n".join(map(plain, shown.split("\n"))))
    return 0


def _parser() -> Parser:
    made = parser(
        "explain",
        "Show what a rule is about, why, and a failing and a passing sample.",
        "  archspec explain NET001",
    )
    made.add_argument("rules", nargs="+", metavar="RULE", help="an id or a name; NET means all that start so")
    return made
