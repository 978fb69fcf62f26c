"""`archspec drift` — what differs between a spec and what runs, or is planned."""

import datetime
import sys
from collections.abc import Sequence
from pathlib import Path

from archspec import api, project
from archspec.commands.arguments import Parser, parser
from archspec.commands.linting import asked
from archspec.commands.reporting import add_reports, files, of, tell
from archspec.drift import Drift, find
from archspec.errors import UsageError
from archspec.importers import sources
from archspec.reporters.plain import plain
from archspec.resources.resource import Inventory
from archspec.waiving import waive

_EXAMPLE = """\
  archspec drift specs/shop.yaml --state state.json   # from: terraform show -json > state.json
  archspec drift specs/shop.yaml --account saved      # as `archspec import --account --save saved` read it"""

_NAMED = "--account names the folder of one, --plan and --state name files"


def run(arguments: Sequence[str]) -> int:
    """Print what differs at the spec's lines. 0 where nothing does, 1 where something does and is not waived."""
    given = _parser().parse_args(arguments)
    named = [one for one in (given.plan, given.state, given.account) if one]
    if len(named) != 1:
        raise UsageError("a spec is compared with one thing; name it with --plan, --state or --account")
    files(given.report, map(Path, (given.spec, named[0])))  # a mistake in it is told before anything is read
    own = project.find(Path.cwd())
    settings = asked(own)
    today = datetime.date.fromisoformat(settings.today)
    system = api.load(Path(given.spec), today, given.environment, project.days(settings.longest_waiver))
    there = sources.read(Path(named[0]))
    if there.is_mixed != bool(given.account):
        raise UsageError(f"{named[0]} is {'a saved account' if there.is_mixed else 'no saved account'}; {_NAMED}")
    found = find(system.architecture, there, system.source.locate, given.environment)
    findings = waive(found.findings, system.graph)
    report = of(given, [(given.spec, findings)], own, info=given.info)._replace(tool="archspec drift")
    tell(given, report, map(Path, (*system.source.files, named[0])))
    if given.format in ("text", "compact"):
        sys.stderr.write("".join(f"{plain(line)}\n" for line in _told(found, there)))
    return int(any(one.is_open for one in findings))


def _told(found: Drift, there: Inventory) -> list[str]:
    """Say what was not compared, by type and reason, and with how much the rest was."""
    left = [f"not compared: {one.what}: {one.number}: {one.reason}" for one in found.left]
    return [*left, f"compared with {there.source}: {len(there.resources)} resources"]


def _parser() -> Parser:
    made = parser("drift", "Say what differs between a spec and what runs, or is planned.", _EXAMPLE)
    made.add_argument("spec", metavar="SPEC", help="a spec")
    made.add_argument("--plan", metavar="FILE", help="a plan, as `terraform show -json PLAN` prints it, or a template")
    made.add_argument("--state", metavar="FILE", help="a state, as `terraform show -json` prints it")
    made.add_argument("--account", metavar="FOLDER", help="an account that `archspec import --account` saved")
    made.add_argument("--environment", default="", metavar="NAME", help="only this one, also where it is planned")
    add_reports(made)
    made.add_argument("--info", action="store_true", help="also show what is waived")
    return made
