"""Mind maps: nodes, and the branches to their parents."""

from __future__ import annotations

from ...board.colours import INK, PAPER, colour, mixed
from ...board.contents import Item, as_object, number
from ...board.geometry import Box
from ...text.rich_text import BOLD, parse_html, plain
from ..pen import Pen
from ..svg import element, num, rect

_SHARES = (1.0, 0.9, 0.8, 0.7)
"""Of its font size: a node made too narrow for its text has it smaller."""

_ROUND = {"pill": 0.5, "round_rectangle": 0.2, "rectangle": 0.0}


def draw_node(item: Item, box: Box, pen: Pen) -> str:
    data, view = item.data, as_object(item.data.get("nodeView"))
    look = as_object(view.get("style"))
    ink = colour(item.style.get("nodeColor"), INK)
    size = number(look.get("fontSize") or item.style.get("fontSize")) or 14.0
    is_root = bool(data.get("isRoot"))
    form = str(item.style.get("shape") or ("pill" if is_root else "none"))
    opacity = number(look.get("fillOpacity"))
    fill = colour(look.get("fillColor"), mixed(ink, PAPER, 0.88))
    if form in _ROUND:
        drawn = rect(
            box,
            data_miro_part="body",
            rx=min(box.width, box.height) * _ROUND[form],
            fill=fill if opacity else mixed(ink, PAPER, 0.9),
            stroke=ink,
            stroke_width=2.0,
        )
    else:
        drawn = rect(box, data_miro_part="body", fill=fill if opacity else "none", fill_opacity=opacity or None)
        drawn += element("path", d=f"M{num(box.x)},{num(box.bottom)}H{num(box.right)}", stroke=ink, stroke_width=2.0)
    content = str(as_object(view.get("data")).get("content") or "")
    paragraphs = parse_html(content)
    if is_root:
        paragraphs = plain("\n".join(paragraph.text for paragraph in paragraphs), BOLD)
    written = pen.shrink(
        item,
        paragraphs,
        box.inset(2, 0),
        [size * share for share in _SHARES],
        colour(look.get("color"), INK),
        align="center",
        valign="middle",
    )
    return drawn + written


def draw_branch(parent: Item, parent_box: Box, child: Item, child_box: Box) -> str:
    """The line from a node to one of its children; it is part of the child."""
    (px, py), (cx, cy) = parent_box.centre, child_box.centre
    right = cx >= px
    start = parent_box.right if right else parent_box.x
    end = child_box.x if right else child_box.right
    if str(parent.style.get("shape") or "none") not in _ROUND and not parent.data.get("isRoot"):
        py = parent_box.bottom
    if str(child.style.get("shape") or "none") not in _ROUND:
        cy = child_box.bottom
    middle = (start + end) / 2
    return element(
        "path",
        data_miro_part="link",
        data_miro_start=parent.id,
        data_miro_end=child.id,
        d=f"M{num(start)},{num(py)}C{num(middle)},{num(py)} {num(middle)},{num(cy)} {num(end)},{num(cy)}",
        fill="none",
        stroke=colour(child.style.get("nodeColor"), INK),
        stroke_width=2.0,
    )
