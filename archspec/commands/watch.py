"""`archspec watch` — lint, draw and document what is saved, at once."""

import gc
import sys
from collections.abc import Generator, Sequence
from contextlib import closing, suppress
from pathlib import Path

from archspec import project
from archspec.commands.arguments import Parser, add_paths, parser
from archspec.commands.remaking import ONLY, Wanted
from archspec.commands.watching import Known, first, folders, is_stale, turn

_EXAMPLE = """\
  archspec watch                        # the project's specs: findings, pictures, documents
  archspec watch specs/shop.yaml --only lint"""

_QUIET = 30
"""Milliseconds without another save after which a turn begins: an editor's several writes are one save."""

_LONGEST = 300
"""Milliseconds that a turn waits at most while saves go on, as in a checkout of another branch."""

_LOOK = 200
"""Milliseconds after which files are looked at without being told, where a file system tells nothing."""


def run(arguments: Sequence[str]) -> int:
    """Look at everything once, then at what is saved, until Ctrl-C: 0."""
    given = _parser().parse_args(arguments)
    wanted = Wanted(tuple(given.paths), given.only or "", given.format, given.info)
    known = first(project.find(Path.cwd()))
    project.specs(known.settings, wanted.paths)  # a mistake on the command line ends it; later ones are waited out
    try:
        _follow(known, wanted)
    except KeyboardInterrupt:
        _say("\n" if sys.stdout.isatty() else "")
    return 0


def _follow(known: Known, wanted: Wanted) -> None:
    """Take turns for ever."""
    import watchfiles  # noqa: F401  before anything is said: it takes a while, in which a save would be seen late

    known = _turned(known, wanted)
    _say(f"watching {len(known.specs)} {'spec' if len(known.specs) == 1 else 'specs'}; Ctrl-C ends it\n")
    while True:
        watched = folders(known, wanted)
        with closing(_saves(watched)) as saves:
            for number, saved in enumerate(saves):
                # What was saved before the folders were watched is not told: the first time, everything is looked at.
                if number and not saved and not is_stale(known):
                    continue
                known = _turned(known, wanted)
                if folders(known, wanted) != watched:
                    break


def _saves(watched: Sequence[Path]) -> Generator[object, None, None]:
    """Yield when something changes in the folders, and nothing now and then."""
    from watchfiles import watch

    with suppress(FileNotFoundError):  # a folder may go before it is watched: then others are
        yield from watch(
            *watched,
            watch_filter=None,
            debounce=_LONGEST,
            step=_QUIET,
            rust_timeout=_LOOK,
            yield_on_timeout=True,
            recursive=False,
            ignore_permission_denied=True,
        )


def _turned(known: Known, wanted: Wanted) -> Known:
    """Take one turn. Garbage is collected after it, while nobody waits."""
    known = turn(known, wanted, _say)
    gc.collect()
    return known


def _say(text: str) -> None:
    if text:
        sys.stdout.write(text)
        sys.stdout.flush()


def _parser() -> Parser:
    made = parser("watch", "Lint, draw and document what is saved, at once; Ctrl-C ends it.", _EXAMPLE)
    add_paths(made)
    made.add_argument("--only", choices=ONLY, help="make only this, beside linting (default: pictures and documents)")
    made.add_argument(
        "--format", choices=("compact", "text"), default="compact", help="how to print findings (default: compact)"
    )
    made.add_argument("--info", action="store_true", help="also show what is informative, known or could not be told")
    return made
