"""`archspec import` — draft a spec from Terraform, from CloudFormation, or from a running account."""

import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from os.path import lexists
from pathlib import Path
from shlex import quote

from archspec.commands.arguments import Parser, parser
from archspec.errors import UsageError
from archspec.importers import sources
from archspec.importers.draft import Draft, draft
from archspec.reporters.plain import plain
from archspec.resources.resource import Inventory
from archspec.writing import write, write_folder

_EXAMPLE = """\
  archspec import plan.json --out specs/shop.yaml    # from: terraform show -json PLAN > plan.json
  archspec import --account --save account --out specs/shop.yaml    # and later: archspec import account"""


def run(arguments: Sequence[str]) -> int:
    """Print the draft or write it, and say on standard error what was understood and what was not."""
    given = _parser().parse_args(arguments)
    out = Path(given.out) if given.out else None
    if out and lexists(out) and not given.force:
        raise UsageError(f"{out.as_posix()} is already there; name another file, or write over it with --force")
    inventory = sources.read(_source(given))
    made = draft(inventory, given.name)
    if out:
        write(out, made.text)
    else:
        sys.stdout.write(made.text)
    sys.stderr.write("".join(f"{plain(line)}\n" for line in _told(inventory, made)))
    if out:
        path = out.as_posix()
        sys.stderr.write(f"wrote {plain(path)}; now: archspec lint {plain(quote(path))}\n")
    return 0


def _source(given: Namespace) -> Path:
    """Return what to read; a running account is asked and saved before."""
    if given.account and given.source:
        raise UsageError(f"--account asks a running account, and {given.source} is a source too; name one of them")
    if given.account:
        return _saved(given)
    if given.save or given.region or given.profile:
        raise UsageError("--save, --region and --profile are about a running account; add --account")
    if not given.source:
        raise UsageError("name what to import: a file, the folder of a saved account, or --account --save FOLDER")
    return Path(given.source)


def _saved(given: Namespace) -> Path:
    from archspec.importers.account.capture import capture
    from archspec.importers.account.saved import may_be_replaced

    if not given.save:
        raise UsageError("what an account answers is kept, so that it can be read again; name a folder with --save")
    folder = Path(given.save)
    if lexists(folder) and not may_be_replaced(folder):
        raise UsageError(f"{folder.as_posix()} is already there and is no saved account; name another folder")
    answered = capture(given.region, given.profile)
    write_folder(folder, answered.files)
    told = f"{folder.as_posix()} now has what account {answered.account} answered in {answered.region}"
    sys.stderr.write(plain(told) + "\n")
    return folder


def _told(inventory: Inventory, made: Draft) -> Iterator[str]:
    left: Counter[str] = Counter()
    for one in made.left[len(inventory.unread) :]:  # what was not read is none of the resources
        left[one.what] += one.number
    counted = Counter(one.type for one in inventory.resources)
    for type_, count in sorted(counted.items()):
        if understood := count - min(left[type_], count):
            yield f"understood: {type_}: {understood}"
    for one in made.left:
        yield f"not understood: {one.what}: {one.number}: {one.reason}"
    for path, guess in made.guesses:
        yield f"guessed or left out: {'.'.join(map(str, path))}: {guess}"
    total, lost = len(inventory.resources), sum(min(left[type_], count) for type_, count in counted.items())
    yield f"{total} resources, {total - lost} understood, {lost} not"


def _parser() -> Parser:
    made = parser(
        "import",
        "Draft a spec from a plan or a state of Terraform (as JSON), from a CloudFormation template, or from a\n"
        "running account. What was guessed stands in comments above the elements.",
        _EXAMPLE,
    )
    source = "the JSON that `terraform show -json` prints, a template, or the folder of a saved account"
    made.add_argument("source", metavar="SOURCE", nargs="?", default="", help=source)
    made.add_argument("--account", action="store_true", help="ask a running account, by calls that only read")
    made.add_argument("--save", metavar="FOLDER", default="", help="where to keep what the account answers")
    made.add_argument("--region", metavar="REGION", default="", help="the Region to ask (default: the environment's)")
    made.add_argument("--profile", metavar="NAME", default="", help="the profile to sign in with")
    made.add_argument("--out", metavar="SPEC", help="where to write the spec (default: standard output)")
    made.add_argument("--name", metavar="NAME", default="", help="what to call the architecture")
    made.add_argument("--force", action="store_true", help="write over a file that is there")
    return made
