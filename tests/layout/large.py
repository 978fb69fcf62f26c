"""Draws a large view, checks that it can be read, and prints how many seconds of CPU that took to lay out and draw.

A process of its own, so that neither coverage nor other tests are timed: `python -m tests.layout.large 300`.
"""

import sys
import time

from archspec.layout import place
from archspec.renderers import svg
from tests.layout import generated, readable
from tests.layout.generated import Size

SIZES = {
    "300": (Size(vpcs=4, azs=3, services=24, stores=16, managed=88), 64),
    "2000": (Size(vpcs=16, azs=3, services=60, stores=40, managed=192), 490),
}
"""How large a view is, and how many flows it has between what stands in different VPCs."""

QUICK = (
    readable.siblings_do_not_overlap_and_children_stand_inside_their_parents,
    readable.labels_stand_on_no_icon_no_title_and_not_on_each_other,
    readable.labels_stand_on_no_border,
    readable.labels_stand_on_no_line_but_their_own,
)
"""What is looked at where all properties would take minutes."""


def main() -> None:
    """Draw the view of the size that is named. Raises where it cannot be read."""
    (name,) = sys.argv[1:]
    size, flows = SIZES[name]
    view = generated.view(size, flows=flows)
    if (generated.elements(size), len(view.edges)) != {"300": (300, 200), "2000": (2000, 1502)}[name]:
        raise ValueError("the view is not as large as it is called")
    times = []
    for _ in range(3 if name == "300" else 1):
        place.cache_clear()
        began = time.process_time()
        svg.render(view)
        times.append(time.process_time() - began)
    placed = place(view)
    for holds in readable.PROPERTIES if name == "300" else QUICK:
        holds(view, placed)
    sys.stdout.write(f"{min(times):.3f}\n")


if __name__ == "__main__":
    main()
