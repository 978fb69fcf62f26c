"""`archspec rules test` — run the samples of rule packs."""

import sys
from collections.abc import Sequence
from os.path import realpath
from pathlib import Path

from archspec import project, samples
from archspec.commands.arguments import Parser, parser
from archspec.errors import UsageError
from archspec.findings import Finding, Severity
from archspec.reporters import text
from archspec.reporters.report import of
from archspec.rulepacks import built_in, built_in_packs, extended
from archspec.samples import Failure


def run_samples(arguments: Sequence[str]) -> int:
    """Run the samples. 0 where each finds what it says, 1 where one does not, 2 for a pack that cannot be used."""
    given = _parser().parse_args(arguments)
    settings = project.find(Path.cwd())
    own = project.packs(settings)
    named = project.packs(settings._replace(root=Path.cwd(), packs=tuple(given.packs)))
    if not (named or own):
        raise UsageError("this project has no packs of its own; name one: `archspec rules test rules/own.yaml`")
    every = {realpath(path): path for path in (*named, *own)}
    ours = {realpath(path) for path in built_in_packs()}
    rules = extended(built_in(), [path for real, path in every.items() if real not in ours])
    tested = [samples.of_pack(path) for path in {realpath(path): path for path in named or own}.values()]
    found = [failure for _, all_ in tested for failure in samples.failures(all_, rules)]
    count = sum(len(all_) for _, all_ in tested)
    if found:
        sys.stdout.write(text.report(of([_finding(one, rules[one.rule].NAME) for one in found])))
    failed = len({(one.rule, one.problem.location) for one in found})
    entries = sum(len(pack) for pack, _ in tested)
    sys.stdout.write(f"{entries} rules, {count} samples" + ("" if failed else ": each finds what it says") + "\n")
    return int(bool(found))


def _finding(failure: Failure, name: str) -> Finding:
    one = failure.problem
    return Finding(one.location, failure.rule, name, failure.rule, "fail", Severity.ERROR, one.message, one.hint)


def _parser() -> Parser:
    made = parser(
        "rules test",
        "Run the samples of rule packs: `fails` and `passes`, with `# expect: ID` on each line that is found.",
        "  archspec rules test rules/own.yaml",
    )
    made.add_argument(
        "packs", nargs="*", metavar="PACK", help="packs, or folders of packs; the project's own by default"
    )
    return made
