"""How a diagram looks where nobody said: colours by shape, lines, captions, titles."""

from __future__ import annotations

from .graph import Edge, Group, Look, Node
from .layout.sizes import CAPTION_SIZE, FONT_SIZE, TITLE_SIZE

ApiStyle = dict[str, str]

_INK = "#1f2937"
_BLUE, _AMBER, _GREEN, _VIOLET, _ROSE, _GREY = (
    ("#eaf1ff", "#3b6fe0"),
    ("#fff4d6", "#d99400"),
    ("#e6f6ee", "#2a9d68"),
    ("#f1ebff", "#7c5cd6"),
    ("#ffe9ec", "#d6455d"),
    ("#f3f4f6", "#6b7280"),
)
_PALETTE = {
    "rhombus": _AMBER,
    "can": _GREEN,
    "circle": _VIOLET,
    "hexagon": _VIOLET,
    "cloud": _GREY,
    "parallelogram": _GREEN,
    "trapezoid": _GREEN,
    "star": _ROSE,
    "octagon": _ROSE,
    "cross": _ROSE,
    "wedge_round_rectangle_callout": _GREY,
}
_GROUPS = (("#f7f8fb", "#c9d1de"), ("#eef1f7", "#bcc6d6"))
LEAST_CONTRAST = 4.5
"""Between text and what it is on."""

LINE = "#52607a"
LINE_WIDTH = 2.0


def node_style(node: Node) -> ApiStyle:
    fill, border = _PALETTE.get(node.shape, _BLUE)
    return (
        {
            "fillColor": fill,
            "fillOpacity": "1.0",
            "borderColor": border,
            "borderOpacity": "1.0",
            "borderWidth": "2.0",
            "borderStyle": "normal",
            "color": _INK,
            "fontFamily": "open_sans",
            "fontSize": number_text(FONT_SIZE),
            "textAlign": "center",
            "textAlignVertical": "middle",
        }
        | given(node.look)
        | _legible(node.look)
    )


def _legible(look: Look) -> ApiStyle:
    """Text that can be read on a fill that was given, where nobody said what colour it is to be."""
    if look.fill is None or look.colour is not None or look.fill_opacity == 0:
        return {}
    return {"color": _INK if contrast(look.fill, _INK) >= LEAST_CONTRAST else _best_on(look.fill)}


def _best_on(fill: str) -> str:
    return max(("#ffffff", "#000000"), key=lambda ink: contrast(fill, ink))


def contrast(one: str, other: str) -> float:
    """Of two hex colours, 1 to 21, as the WCAG reckons it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = digits if len(digits) > 3 else "".join(2 * digit for digit in digits)
    shares = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def card_style(node: Node) -> ApiStyle:
    return {"cardTheme": node.look.border or _BLUE[1]}


def group_style(group: Group, depth: int) -> ApiStyle:
    fill, border = _GROUPS[depth % 2]
    return {
        "fillColor": fill,
        "fillOpacity": "1.0",
        "borderColor": border,
        "borderOpacity": "1.0",
        "borderWidth": "1.0",
        "borderStyle": "normal",
        "color": "#4b5565",
        "fontFamily": "open_sans",
        "fontSize": number_text(TITLE_SIZE),
        "textAlign": "left",
        "textAlignVertical": "top",
    } | given(group.look)


def edge_style(edge: Edge) -> ApiStyle:
    return {
        "strokeColor": LINE,
        "strokeWidth": number_text(LINE_WIDTH),
        "color": _INK,
        "fontSize": number_text(CAPTION_SIZE),
        "textOrientation": "horizontal",
    } | edge_given(edge)


def edge_given(edge: Edge) -> ApiStyle:
    """What an edge says of itself: its line and caps, and colours where they were given."""
    style = {"strokeStyle": edge.line, "startStrokeCap": edge.start_cap, "endStrokeCap": edge.end_cap}
    if edge.colour:
        style["strokeColor"] = edge.colour
    if edge.text_colour:
        style["color"] = edge.text_colour
    if edge.width:
        style["strokeWidth"] = number_text(max(edge.width, 1.0))
    return style


def given(look: Look) -> ApiStyle:
    """What was said of a node's or group's look."""
    told = {
        "fillColor": look.fill,
        "fillOpacity": look.fill_opacity,
        "borderColor": look.border,
        "borderOpacity": look.border_opacity,
        "borderStyle": look.border_style,
        "borderWidth": None if look.border_width is None else min(max(look.border_width, 1.0), 24.0),
        "color": look.colour,
        "fontSize": None if look.font_size is None else min(max(look.font_size, 10.0), 288.0),
        "textAlign": look.align,
    }
    style = {
        name: value if isinstance(value, str) else number_text(value)
        for name, value in told.items()
        if value is not None
    }
    if look.fill and look.fill_opacity is None:
        style["fillOpacity"] = "1.0"
    return style


def number_text(value: float) -> str:
    """As the API writes numbers in styles: as text, with a fraction."""
    return str(float(value))
