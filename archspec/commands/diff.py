"""`archspec diff` — what changed between two versions of a spec, and how risky it is."""

import sys
from collections.abc import Sequence
from pathlib import Path

from archspec import project
from archspec.changes import Difference, Grade, Versions, compare, json, markdown, side_by_side, text, version
from archspec.changes.picture import picture
from archspec.commands.arguments import Parser, parser
from archspec.commands.comparing import Pair, pairs, unchanged
from archspec.errors import UsageError
from archspec.project import Project
from archspec.reporters.plain import plain
from archspec.rulepacks import built_in, choose, extended
from archspec.rules import Rule
from archspec.writing import write

_EXAMPLE = """\
  archspec diff main                      # what stands in main against the working tree
  archspec diff v1.0 v1.1 specs/shop.yaml --format markdown
  archspec diff main...HEAD               # what a branch changed since it left main
  archspec diff old.yaml new.yaml --picture change.svg"""
_FORMATS = ("text", "json", "markdown")
_PICTURES = ("svg", "png")
_LEVELS = ("high", "medium", "low")


def run(arguments: Sequence[str]) -> int:
    """Print what changed. 0, or 1 where a risk is at or above `--fail-on`; 2 for what cannot be compared."""
    given = _parser().parse_args(arguments)
    if given.view and not given.picture:
        raise UsageError("--view says what --picture draws; name a file with --picture")
    form = _drawn_as(given.picture) if given.picture else ""
    settings = project.find(Path.cwd())
    found = pairs(given.versions, settings, given.environment)
    rules = _rules(settings)
    told = [_told(pair, rules, given.environment) for pair in found]
    differences = [difference for _, difference in told]
    if given.picture:  # first, so that nothing is printed where it cannot be drawn
        _draw(Path(given.picture), form, given.view, told)
    sys.stdout.write(_report(given.format, differences))
    return int(bool(given.fail_on) and any(one.worst >= Grade[given.fail_on.upper()] for one in differences))


def _told(pair: Pair, rules: Sequence[Rule], environment: str) -> tuple[Versions, Difference]:
    """Compare two versions; with an environment, keep what is about it or about what all of them share."""
    old, new = (version(one) if one else None for one in pair)
    versions = side_by_side(old, new, rules)
    if unchanged(pair):
        return versions, Difference(versions.new.stated.name, *pair.labels)
    found = compare(versions, pair.labels)
    if not environment:
        return versions, found
    stands = [one.stated.stands_in for one in (versions.old, versions.new)]
    risks = tuple(one for one in found.risks if all(fits(one.subject, environment) for fits in stands))
    changes = tuple(one for one in found.changes if all(fits(one.id, environment) for fits in stands))
    return versions, found._replace(risks=risks, changes=changes)


def _rules(settings: Project) -> list[Rule]:
    return choose(extended(built_in(), project.packs(settings)), settings.select, settings.ignore)


def _drawn_as(file: str) -> str:
    form = Path(file).suffix.removeprefix(".").lower()
    if form not in _PICTURES:
        raise UsageError(f"{file}: a picture of a change is {' or '.join(f'.{one}' for one in _PICTURES)}")
    return form


def _draw(file: Path, form: str, wanted: str, told: Sequence[tuple[Versions, Difference]]) -> None:
    """Draw each spec that changed: into the file, or where several did, into one each with the spec's name in it."""
    from archspec.renderers import RENDERERS

    changed = [(versions, difference) for versions, difference in told if not difference.is_empty]
    if not changed:
        sys.stderr.write(plain(f"nothing changed, so {file} was not drawn") + "\n")
    for versions, difference in changed:
        shown = picture(versions, difference, wanted=wanted)
        target = file if len(changed) == 1 else file.with_stem(f"{file.stem}-{difference.name}")
        if not wanted and not any(shown.marks):
            sys.stderr.write(plain(f"no picture shows what changed, so {target.as_posix()} was not drawn") + "\n")
            continue
        write(target, RENDERERS[form].render(shown.view))
        elements, arrows = shown.marks
        why = (
            "as asked"
            if wanted
            else f"it marks what is worst: {elements} of {shown.elements} elements, {arrows} arrows"
        )
        sys.stderr.write(plain(f"drew {target.as_posix()}: {shown.view.name}, {why}") + "\n")


def _report(form: str, differences: Sequence[Difference]) -> str:
    match form:
        case "json":
            return json.report(differences)
        case "markdown":
            return markdown.report(differences)
        case _:
            return text.report(differences)


def _parser() -> Parser:
    made = parser("diff", "Say what changed between two versions of specs, graded by risk.", _EXAMPLE)
    made.usage = "archspec diff [OPTIONS] OLD [NEW] [SPEC ...]"
    made.add_argument(
        "versions",
        nargs="+",
        metavar="VERSION",
        help="two files; or one or two git revisions, and the specs that are meant (default: the project's)",
    )
    made.add_argument("--format", choices=_FORMATS, default="text", help="how to print (default: text)")
    made.add_argument("--picture", default="", metavar="FILE", help="draw what changed: a .svg or a .png")
    made.add_argument("--view", default="", metavar="NAME", help="the picture to draw (default: what matters most)")
    made.add_argument("--fail-on", choices=_LEVELS, help="exit 1 from this risk on (default: never)")
    made.add_argument("--environment", default="", metavar="NAME", help="only this one, also where it is planned")
    return made
