"""`archspec rules` — list the rules."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from archspec import project
from archspec.commands.arguments import Parser, parser
from archspec.reference.beside_rules import Page, every_page
from archspec.rulepacks import PackRule
from archspec.rules import Documented, summary


def run(arguments: Sequence[str]) -> int:
    """Print every rule with its severities by stage."""
    given = _parser().parse_args(arguments)
    rules = list(every_page(project.packs(project.find(Path.cwd()))).values())
    sys.stdout.write(_json(rules) if given.format == "json" else _table(rules))
    return 0


def _table(rules: list[Documented]) -> str:
    width = max(len(rule.NAME) for rule in rules)
    lines = [
        f"{rule.ID}  {rule.NAME:<{width}}  {rule.SEVERITY.production.name.lower():<8} {summary(rule)}" for rule in rules
    ]
    return (
        "\n".join([*lines, f"{len(rules)} rules; severity in production; `archspec explain RULE` shows a page"]) + "\n"
    )


def _origin(rule: Documented) -> str:
    """Tell where the rule is written; what loading and running find by themselves is no rule."""
    return "pack" if isinstance(rule, PackRule) else "archspec" if isinstance(rule, Page) else "code"


def _json(rules: list[Documented]) -> str:
    content = [
        {
            "id": rule.ID,
            "name": rule.NAME,
            "summary": summary(rule),
            "severity": {stage: level.name.lower() for stage, level in rule.SEVERITY._asdict().items()},
            "references": list(rule.REFERENCES),
            "origin": _origin(rule),
        }
        for rule in rules
    ]
    return json.dumps({"version": 1, "rules": content}, indent=2, ensure_ascii=False) + "\n"


def _parser() -> Parser:
    made = parser("rules", "List the rules.", "  archspec rules --format json")
    made.add_argument("--format", choices=("text", "json"), default="text", help="how to print (default: text)")
    return made
