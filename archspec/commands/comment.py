"""`archspec comment` — what a branch does to its systems, as one comment for a pull request."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from archspec import comments, project, revisions
from archspec.commands.arguments import Parser, parser
from archspec.commands.commenting import Terms, compared
from archspec.commands.comparing import Asked, sides
from archspec.commands.linting import asked, baseline_of
from archspec.comments import Origin, Places
from archspec.comments.places import checked
from archspec.errors import UsageError
from archspec.revisions import Revision
from archspec.writing import write

_EXAMPLE = """\
  archspec comment --base origin/main           # what this branch changed since it left main
  archspec comment --base origin/main --out comment.md \\
    --source 'https://github.com/OWNER/NAME/blob/{revision}/{path}#L{line}'

The first line of a comment is <!-- archspec:comment -->, by which the one of the last push is found, to be updated.
Where nothing changed, nothing is printed, and FILE is empty: then that one is best deleted.
A comment informs: it never fails for what it tells. `archspec lint` does."""
_SHORT = 12
"""Digits of a commit that name it in a comment."""
_COMMIT = re.compile(r"[0-9a-fA-F]{40}|[0-9a-fA-F]{64}")


def run(arguments: Sequence[str]) -> int:
    """Print the comment, or nothing where nothing changed. 0; 2 for what cannot be compared."""
    given = _parser().parse_args(arguments)
    if Path(given.out).suffix in project.YAML_ENDINGS:
        raise UsageError(f"--out {given.out} would be written over, and it is YAML, as specs are; name another file")
    source = checked(given.source, "--source", "path", "line")
    pictures = checked(given.pictures, "--pictures", "revision", "path")
    settings, (base, head) = project.find(Path.cwd()), _revisions(given.base, given.head)
    places = _places(base, head, source, is_tree=not given.head)
    terms = Terms(settings, asked(settings), baseline_of(settings), base, head, places, pictures)
    found = sides(Asked(base, head if given.head else None, tuple(given.specs)), settings)
    named = given.base[:_SHORT] if _COMMIT.fullmatch(given.base) else given.base
    origin = Origin(named, base.commit[:_SHORT])
    text = comments.comment([*compared(found, terms)], origin, places)
    if given.out:
        write(Path(given.out), text)
    else:
        sys.stdout.write(text)
    return 0


def _revisions(base: str, head: str) -> tuple[Revision, Revision]:
    """Return the last commit that both sides have, and that of the other side, each called by its commit."""
    here = Path.cwd()
    old = revisions.find(base, here, or_file=False)
    new = revisions.find(head or "HEAD", here, or_file=False)
    common = revisions.common(old, new)
    return common._replace(name=common.commit[:_SHORT]), new._replace(name=new.commit[:_SHORT])


def _places(base: Revision, head: Revision, source: str, *, is_tree: bool) -> Places:
    folder = revisions.inside(base, Path.cwd())
    new = "" if is_tree else head.name
    return Places(base.top.as_posix(), folder, (base.name, base.commit), (new, head.commit), source)


def _parser() -> Parser:
    made = parser("comment", "Say in one Markdown comment what a branch does to its systems.", _EXAMPLE)
    made.add_argument("specs", nargs="*", metavar="SPEC", help="specs, or folders of specs; the project's by default")
    made.add_argument("--base", required=True, metavar="REV", help="what the branch left, and is compared with")
    made.add_argument("--head", default="", metavar="REV", help="the branch (default: the working tree)")
    made.add_argument("--out", default="", metavar="FILE", help="write the comment there, whole or not at all")
    made.add_argument("--source", default="", metavar="URL", help="link lines: with {revision}, {path} and {line}")
    made.add_argument("--pictures", default="", metavar="URL", help="show committed SVGs: with {revision} and {path}")
    return made
