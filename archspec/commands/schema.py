"""`archspec schema` — print the JSON Schema of specs."""

import sys
from collections.abc import Sequence

from archspec.commands.arguments import Parser, parser

_EXAMPLE = """\
  archspec schema > archspec.schema.json
  # then, as the first line of a spec: # yaml-language-server: $schema=archspec.schema.json"""


def run(arguments: Sequence[str]) -> int:
    """Print the schema that editors complete and check specs with, or that of findings as JSON."""
    given = _parser().parse_args(arguments)
    from archspec.reference import schema
    from archspec.reporters import findings_schema

    sys.stdout.write(findings_schema.render() if given.findings else schema.render(part=given.part))
    return 0


def _parser() -> Parser:
    made = parser("schema", "Print the JSON Schema of specs, for editors.", _EXAMPLE)
    which = made.add_mutually_exclusive_group()
    which.add_argument("--part", action="store_true", help="that of a file that a spec includes: nothing is required")
    which.add_argument("--findings", action="store_true", help="that of what `lint --format json` prints, for programs")
    return made
