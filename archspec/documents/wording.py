"""Values → the words and figures that several sections print."""

from collections.abc import Sequence
from decimal import Decimal

from archspec.documents.markup import Markdown, code, escape

COMPUTED = "†"
DERIVED = "‡"
NOT_STATED = Markdown("*not stated*")
BLANK = Markdown(" ")
"""A cell that stays empty, where nothing would be printed as a dash."""


def number(count: int, word: str) -> str:
    """Write a count with its word: `1 subnet`, `6 subnets`."""
    plural = f"{word[:-1]}ies" if word.endswith("y") and word[-2] not in "aeiou" else f"{word}s"
    return f"{count} {word if count == 1 else plural}"


def computed(value: object) -> Markdown:
    """Mark a figure that archspec computed."""
    return Markdown(f"{escape(value)}{COMPUTED}")


def listing(parts: Sequence[object]) -> Markdown:
    """Write a list as a sentence does: `a, b and c`."""
    texts = [escape(part) for part in parts]
    return Markdown(" and ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts))


def codes(values: Sequence[object]) -> Markdown:
    """Write identifiers, blocks and paths in code type, with commas between."""
    return Markdown(", ".join(code(value) for value in values))


def stated(value: object) -> Markdown:
    """Write a value, or say that nobody stated one."""
    return NOT_STATED if value is None or value == "" else escape(value)


def answer(value: object) -> Markdown:
    """Write a switch that may be unstated or planned."""
    match value:
        case None:
            return NOT_STATED
        case bool():
            return Markdown("yes" if value else "no")
        case _:
            return escape(value)


def if_stated(value: object) -> Markdown:
    """Write a value or switch; nothing where nobody stated one, so that a table may leave its column out."""
    return Markdown() if value is None or value == "" else answer(value)


def unless_current(status: str) -> str:
    """Write a status that says more than that a thing is there."""
    return "" if status == "current" else status


def decimal(value: Decimal | float) -> str:
    """Write a figure without needless zeros: `3`, `6.5`."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")
