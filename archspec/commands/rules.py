"""`archspec rules` — list the rules."""

import json
import sys
from collections.abc import Sequence

from archspec.commands.arguments import Parser, parser
from archspec.rulepacks import PackRule, built_in
from archspec.rules import Rule, summary


def run(arguments: Sequence[str]) -> int:
    """Print every rule with its severities by stage."""
    given = _parser().parse_args(arguments)
    rules = built_in()
    sys.stdout.write(_json(list(rules.values())) if given.format == "json" else _table(list(rules.values())))
    return 0


def _table(rules: list[Rule]) -> str:
    width = max(len(rule.NAME) for rule in rules)
    lines = [
        f"{rule.ID}  {rule.NAME:<{width}}  {rule.SEVERITY.production.name.lower():<8} {summary(rule)}" for rule in rules
    ]
    return (
        "\n".join([*lines, f"{len(rules)} rules; severity in production; `archspec explain RULE` shows a page"]) + "\n"
    )


def _json(rules: list[Rule]) -> str:
    content = [
        {
            "id": rule.ID,
            "name": rule.NAME,
            "summary": summary(rule),
            "severity": {stage: level.name.lower() for stage, level in rule.SEVERITY._asdict().items()},
            "references": list(rule.REFERENCES),
            "origin": "pack" if isinstance(rule, PackRule) else "code",
        }
        for rule in rules
    ]
    return json.dumps({"version": 1, "rules": content}, indent=2, ensure_ascii=False) + "\n"


def _parser() -> Parser:
    made = parser("rules", "List the rules.", "  archspec rules --format json")
    made.add_argument("--format", choices=("text", "json"), default="text", help="how to print (default: text)")
    return made
