"""Text from a spec, made harmless for a terminal."""

import unicodedata


def plain(text: str) -> str:
    """Return `text` on one line, with control and direction characters shown as `�`: they could hide or fake output."""
    if text.isascii() and text.isprintable():
        return text
    return "".join("�" if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp", "Cs") else char for char in text)
