"""Placeholders in names (`{project}-{env}-alb`) that no variable is declared for → problems."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from archspec.errors import Problem
from archspec.model.architecture import Architecture
from archspec.source import Source

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def undeclared(architecture: Architecture, read: Source) -> Iterator[Problem]:
    """Yield a problem for every placeholder in an element's name that is not a variable of the spec."""
    known = list(architecture.variables)
    for element in architecture.elements.values():
        for word in _PLACEHOLDER.findall(element.name) if "{" in element.name else ():
            if word not in architecture.variables:
                close = get_close_matches(word, known, n=1)
                hint = f"did you mean '{{{close[0]}}}'?" if close else f"declare it: `variables: {{{word}: {{}}}}`"
                message = f"no variable is called '{word}'"
                yield Problem(message, read.locate((*element.path, "name")), hint, "DOC001")
