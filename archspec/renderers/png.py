"""A view → PNG: the SVG at twice its size, drawn by resvg with the fonts that the package brings."""

from archspec.renderers import svg
from archspec.views.view import View

EXTENSION = "png"
SCALE = 2


def render(view: View) -> bytes:
    """Return the picture; the same bytes on every machine, as no font of the machine is used."""
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg.draw(view, fonts=False),
            zoom=SCALE,
            skip_system_fonts=True,
            font_files=[str(svg.FONTS / name) for name in ("Inter-Regular.ttf", "Inter-SemiBold.ttf")],
        )
    )
