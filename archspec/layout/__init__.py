"""A view → the same with coordinates. Nothing here knows colours, fonts' files or formats."""

from functools import lru_cache

from archspec.errors import UsageError
from archspec.layout.placed import Placed
from archspec.views.view import View


@lru_cache(maxsize=1)
def place(view: View) -> Placed:
    """Return where everything in a view stands. Raises `UsageError` for a view that shows nothing.

    The last answer is kept: a view is drawn in several formats, one after the other.
    """
    if not (view.nodes or view.groups):
        raise UsageError(f"the view {view.name} shows nothing: the architecture has no elements for it")
    if view.layout == "flow":
        from archspec.layout import flow  # Graphviz comes only when a flow is drawn

        return flow.place(view)
    from archspec.layout import placement

    return placement.place(view)
