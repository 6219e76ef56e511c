"""SVG to PNG."""

from __future__ import annotations

from .picture import Picture
from .text import fonts


def png(picture: Picture) -> bytes:
    """The pixels of a picture, drawn with the bundled fonts alone, so that it is the same on every machine."""
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=picture.svg,
            width=picture.width,
            height=picture.height,
            skip_system_fonts=True,
            font_files=fonts.files(picture.families),
            font_family=fonts.SANS,
            sans_serif_family=fonts.SANS,
            serif_family=fonts.SANS,
            monospace_family=fonts.SANS,
            cursive_family=fonts.SANS,
        )
    )
