"""Parts that nothing joins, put beside and below each other, so that a picture has no empty half."""

from collections.abc import Sequence
from typing import Final

from archspec.layout.flow.part import Part, Size, together
from archspec.layout.placed import Rect

GAP: Final = 28.0
CARD_GAP: Final = 20.0
_EVEN: Final = 1.4  # a frame is not made higher than this by its neighbours


def packed(parts: Sequence[Part], room: float) -> Part:
    """Put parts into rows no wider than `room`, in their order; frames of nearly one height get the same."""
    rows: list[list[Part]] = []
    for part in parts:
        if rows and sum(one.size[0] + GAP for one in rows[-1]) + part.size[0] <= room:
            rows[-1].append(part)
        else:
            rows.append([part])
    placed, wide, y = [], 0.0, 0.0
    for row in rows:
        x, high = 0.0, max(part.size[1] for part in row)
        for part in row:
            placed.append(_stretched(part, high).moved(x, y))
            x += part.size[0] + GAP
        wide, y = max(wide, x - GAP), y + high + GAP
    return together((wide, max(y - GAP, 0.0)), placed)


def _stretched(part: Part, high: float) -> Part:
    """Return a part that is one frame made a little higher, so that a row is even, and any other as it is."""
    if high > part.size[1] * _EVEN:
        return part
    boxes = {
        id_: box._replace(height=high) if id_ in part.titles and box[:2] == (0, 0) and box[2:] == part.size else box
        for id_, box in part.boxes.items()
    }
    return part._replace(boxes=boxes)


def grid(cards: Sequence[tuple[str, Size]], room: float) -> Part:
    """Put cards into columns of one width, as many as there is room for and rows as even as can be."""
    wide = max(size[0] for _, size in cards)
    most = max(1, int((room + CARD_GAP) // (wide + CARD_GAP)))
    columns = -(-len(cards) // -(-len(cards) // most))
    boxes, y = {}, 0.0
    for start in range(0, len(cards), columns):
        row = cards[start : start + columns]
        high = max(size[1] for _, size in row)
        for column, (id_, _) in enumerate(row):
            boxes[id_] = Rect(column * (wide + CARD_GAP), y, wide, high)
        y += high + CARD_GAP
    return Part((columns * (wide + CARD_GAP) - CARD_GAP, y - CARD_GAP), boxes)
