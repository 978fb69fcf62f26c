"""`archspec rules` — list the rules, run the samples of packs, tell how systems stand in a framework."""

import sys
from collections.abc import Sequence
from pathlib import Path

from archspec import api, project
from archspec.commands.arguments import Parser, parser
from archspec.commands.systems import load_each
from archspec.errors import UsageError
from archspec.frameworks import FRAMEWORKS, address, framework_of
from archspec.reference.beside_rules import Page, every_page
from archspec.reporters.json import write
from archspec.reporters.plain import plain
from archspec.rulepacks import PackRule, built_in, extended
from archspec.rules import Documented, summary

_USAGE = """\
archspec rules [--format FORMAT]
       archspec rules test [PACK ...]
       archspec rules --coverage [SPEC ...] [--framework FRAMEWORK] [--format FORMAT]"""
_EXAMPLES = """\
  archspec rules --format json
  archspec rules --coverage specs/shop.yaml --framework fsbp
  archspec rules test rules/own.yaml      # `archspec rules test --help` says more"""


def run(arguments: Sequence[str]) -> int:
    """Print every rule with its severities by stage; or run the samples of packs; or print a framework's controls."""
    if arguments[:1] == ["test"]:
        from archspec.commands import testing

        return testing.run_samples(arguments[1:])
    given = _parser().parse_args(arguments)
    settings = project.find(Path.cwd())
    if given.coverage is not None:
        return _cover(settings, given.coverage, given.framework, given.format)
    if given.framework:
        raise UsageError("--framework goes with --coverage; see `archspec rules --help`")
    rules = list(every_page(project.packs(settings)).values())
    sys.stdout.write(_json(rules) if given.format == "json" else _table(rules))
    return 0


def _cover(settings: project.Project, paths: Sequence[str], framework: str, form: str) -> int:
    from archspec.commands import covering
    from archspec.coverage import coverage

    packs = project.packs(settings)
    systems = load_each(project.specs(settings, tuple(paths)))
    checked = [api.check(system, packs=packs) for system in systems]
    found = coverage(list(extended(built_in(), packs).values()), checked, framework)
    names = [system.source.files[0] for system in systems]
    sys.stdout.write(covering.as_json(found, names) if form == "json" else covering.table(found, names))
    return 0


def _table(rules: list[Documented]) -> str:
    width = max(len(rule.NAME) for rule in rules)
    lines = [
        f"{rule.ID}  {rule.NAME:<{width}}  {rule.SEVERITY.production.name.lower():<8} {summary(rule)}" for rule in rules
    ]
    lines.append(f"{len(rules)} rules; severity in production; `archspec explain RULE` shows a page")
    return "".join(f"{plain(line)}\n" for line in lines)


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
            "controls": [
                {"framework": framework_of(one).key, "id": one, "address": address(one)} for one in rule.REFERENCES
            ],
            "origin": _origin(rule),
        }
        for rule in rules
    ]
    return write({"version": 1, "rules": content})


def _parser() -> Parser:
    made = parser(
        "rules",
        "List the rules. With `test`, run the samples of rule packs. With --coverage, tell how specs stand in the\n"
        "controls of a framework that rules refer to: passed, failed, unknown or not applicable.",
        _EXAMPLES,
    )
    made.usage = _USAGE
    made.add_argument("--format", choices=("text", "json"), default="text", help="how to print (default: text)")
    made.add_argument(
        "--coverage", nargs="*", metavar="SPEC", help="specs, or folders of specs; the project's own by default"
    )
    keys = tuple(one.key for one in FRAMEWORKS)
    titles = "; ".join(f"{one.key}: {one.title}" for one in FRAMEWORKS)
    made.add_argument("--framework", choices=keys, default="", help=f"only this one. {titles}")
    return made
