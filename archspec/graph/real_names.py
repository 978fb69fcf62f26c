"""Which names of a spec are AWS's own, and not descriptions of what things are called."""

import re

# What stands in names that people shorten or describe: those are not AWS's.
_IN_WORDS = re.compile(r"[\s*<>]|\.\.\.|…|://")


def is_real(name: str) -> bool:
    """Whether AWS may know something by this name: `shop-{stage}`, and not `/aws/rds/<name>`."""
    return bool(name) and not _IN_WORDS.search(name)
