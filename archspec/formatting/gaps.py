"""What stands between the values of a text: space, empty lines, comments."""

import re

from archspec.formatting.nodes import Comment

_SPACE = re.compile(r"[ \t\n]*")
_HASH = re.compile(r"#(?=[^#!:\s])")


def tidy(comment: str) -> str:
    """Return a comment with a space behind its `#`, but for those that mean something: `#!`, `##`, `#:`."""
    return _HASH.sub("# ", comment.rstrip(), count=1) if _HASH.match(comment) else comment.rstrip()


class Cursor:
    """Stands `at` an offset of a text. `waiting` are comments with their columns that belong to nothing yet.

    Of the space before that offset, `blank` says that an empty line is the last of it, `broken` that a line breaks in
    it, `wide` that it is more than one space.
    """

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.waiting: list[tuple[int, Comment]] = []
        self.blank = self.broken = self.wide = False

    def skip(self) -> str:
        """Go to the next character that is no space and in no comment; return the comment on this line, if any."""
        text, began, beside = self.text, self.at, ""
        is_start = began == 0 or text[began - 1] == "\n"  # of a line, and so is what stands behind a text block
        self.broken = False
        while True:
            space = _SPACE.match(text, self.at)
            breaks = space.group().count("\n") if space else 0
            self.at = space.end() if space else self.at
            self.broken = self.broken or breaks > 0
            self.blank = breaks > 1
            if text[self.at : self.at + 1] != "#":
                break
            end = self.line_end()
            comment = Comment(tidy(text[self.at : end]), self.blank)
            if breaks or is_start:
                self.waiting.append((self.column(), comment))
            else:
                beside = comment.text
            self.at, is_start = end, False
        self.wide = not self.broken and self.at - began > 1
        return beside

    def line_end(self) -> int:
        """Return where this line ends."""
        end = self.text.find("\n", self.at)
        return end if end >= 0 else len(self.text)

    def column(self) -> int:
        """Return the column of what comes next; -1 where nothing does."""
        return self.at - self.text.rfind("\n", 0, self.at) - 1 if self.at < len(self.text) else -1

    def own(self, column: int = 0) -> list[Comment]:
        """Take the comments that wait, up to the first that begins before a column."""
        taken: list[Comment] = []
        while self.waiting and self.waiting[0][0] >= column:
            taken.append(self.waiting.pop(0)[1])
        return taken
