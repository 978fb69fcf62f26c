"""Text from a spec, made harmless for a terminal."""

import unicodedata


def plain(text: str) -> str:
    """Return `text` on one line, with control and direction characters shown as `�`: they could hide or fake output."""
    if text.isascii() and text.isprintable():
        return text
    return "".join("�" if is_hidden(char) else char for char in text)


def is_hidden(char: str) -> bool:
    """Whether the character is none that a reader sees: control, direction, line separator, half of a pair."""
    return unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp", "Cs")
