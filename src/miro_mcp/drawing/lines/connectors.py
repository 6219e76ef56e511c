"""Connectors as SVG: line, caps, captions."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from ...board.colours import INK, PAPER, colour
from ...board.contents import Connector, as_object, number
from ...board.geometry import Box
from ...text.rich_text import parse_html
from ..items.kinds import link_of
from ..pen import Pen
from ..svg import dashes, element, rect
from ..text import fonts
from ..text.draw import draw_text
from ..text.layout import Laid, lay_out
from .caps import STROKE_CAPS, UNKNOWN_CAP, cap_size, draw_cap
from .routes import Route

CAPTION_MARGIN = (3.0, -1.0)
"""Board units by which the paper of a caption is larger than its text, to the sides and up and down."""

CAPTION_WIDEST = 220.0
"""Board units that a caption takes before it is wrapped."""


_THINNEST, _FAR = 0.7, 0.6
"""Pixels that a line has at least, and how opaque one is that is drawn wider than it is for their sake."""

_LEAST_CAP = 1.0
"""Pixels: smaller caps aren't drawn."""

_STEEPEST = 60.0
"""Degrees up to which a caption follows its line."""


@dataclass(frozen=True)
class LineCaption:
    content: str
    share: float
    valign: str


def laid_caption(content: str, size: float) -> Laid:
    """A caption as it is broken into lines at a font size."""
    return lay_out(parse_html(content), max(CAPTION_WIDEST, size * 12), size, fonts.SANS, 6)


def draw_connector(connector: Connector, route: Route, pen: Pen) -> str:
    """The group of one connector."""
    style = connector.style
    width = max(min(number(style.get("strokeWidth")), 24.0), 0.0) or 1.0
    ink = colour(style.get("strokeColor"), "#000000")
    start = STROKE_CAPS.get(str(style.get("startStrokeCap") or "none"), UNKNOWN_CAP)
    end = STROKE_CAPS.get(str(style.get("endStrokeCap") or "none"), UNKNOWN_CAP)
    size = cap_size(width)
    line = element(
        "path",
        data_miro_part="line",
        d=route.path(start.trim * size, end.trim * size),
        fill="none",
        stroke=ink,
        stroke_width=pen.at_least(width, _THINNEST),
        stroke_opacity=None if pen.at_least(width, _THINNEST) == width else _FAR,
        **dashes(style.get("strokeStyle"), width),
    )
    caps = (
        ""
        if pen.scale is not None and size * pen.scale < _LEAST_CAP
        else draw_cap(start, route.points[0], route.departure, width, ink)
        + draw_cap(end, route.points[-1], route.arrival, width, ink)
    )
    captions = "".join(_caption(connector, one, route, pen) for one in captions_on(connector))
    return element(
        "g",
        line + caps + captions,
        data_miro_id=connector.id,
        data_miro_kind="connector",
        data_miro_shape=str(connector.raw.get("shape") or "curved"),
        data_miro_start=connector.start_id,
        data_miro_end=connector.end_id,
        data_miro_link=link_of(connector.raw),
    )


def captions_on(connector: Connector) -> Iterator[LineCaption]:
    given = connector.raw.get("captions")
    for raw in cast("list[Any]", given) if isinstance(given, list) else []:
        caption = as_object(raw)
        share = str(caption.get("position") or "50%").strip().removesuffix("%")
        yield LineCaption(
            str(caption.get("content") or ""), number(share) / 100, str(caption.get("textAlignVertical") or "middle")
        )


def _caption(connector: Connector, caption: LineCaption, route: Route, pen: Pen) -> str:
    style = connector.style
    size = max(min(number(style.get("fontSize")), 288.0), 0.0) or 14.0
    if not pen.is_legible(size):
        pen.unread.add(connector.id)
        return ""
    laid = laid_caption(caption.content, size)
    pen.note(laid)
    x, y = route.along(caption.share)[0]
    shift = {"top": -laid.height / 2 - 3, "bottom": laid.height / 2 + 3}.get(caption.valign, 0.0)
    box = Box(x - laid.width / 2, y - laid.height / 2 + shift, laid.width, laid.height)
    angle = tilt_of(connector, route)
    return element(
        "g",
        rect(box.inset(-CAPTION_MARGIN[0], -CAPTION_MARGIN[1]), fill=PAPER, fill_opacity=0.9, rx=2.0),
        draw_text(laid, box, colour(style.get("color"), INK), align="center", part="caption"),
        data_miro_part="captions",
        transform=f"rotate({angle:.2f} {x:.2f} {y:.2f})" if angle else None,
    )


def tilt_of(connector: Connector, route: Route) -> float:
    """Degrees by which the captions of a connector are turned along its line."""
    aligned = connector.style.get("textOrientation", "aligned") == "aligned" and len(route.points) == 2
    return _angle(route.arrival) if aligned else 0.0


def _angle(direction: tuple[float, float]) -> float:
    """Degrees that turn text along a line: never upside down, and not at all where it would stand."""
    angle = (math.degrees(math.atan2(direction[1], direction[0])) + 90) % 180 - 90
    return angle if abs(angle) <= _STEEPEST else 0.0
