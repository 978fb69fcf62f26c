"""`archspec schema` — print the JSON Schema of specs."""

import sys
from collections.abc import Sequence

from archspec.commands.arguments import Parser, parser

_EXAMPLE = """\
  archspec schema > archspec.schema.json
  # then, as the first line of a spec: # yaml-language-server: $schema=archspec.schema.json"""


def run(arguments: Sequence[str]) -> int:
    """Print the schema that editors complete and check specs with."""
    _parser().parse_args(arguments)
    from archspec.reference.schema import render

    sys.stdout.write(render())
    return 0


def _parser() -> Parser:
    return parser("schema", "Print the JSON Schema of specs, for editors.", _EXAMPLE)
