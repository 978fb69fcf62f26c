"""How a message names many things: the first of them, and how many more there are."""


def and_more(first: str, more: int) -> str:
    """Write those that are named and the number of the others: `web and 3 more`; nothing is said of none."""
    return f"{first} and {more} more" if more > 0 else first
