"""Items whose contents are elsewhere or unknown: framed, with what is told of them."""

from __future__ import annotations

from urllib.parse import urlsplit

from ...board.colours import EDGE, FAINT, INK, PAPER, mixed
from ...board.contents import Item
from ...board.geometry import Box
from ...text.hidden import without_hidden
from ...text.rich_text import BOLD, parse_html, plain
from ..pen import Pen
from ..svg import element, num, rect
from ..text import markdown

_BACKGROUND = "#f4f5f9"
_ICON = "#a3a8ba"


def draw_image(item: Item, box: Box, pen: Pen) -> str:
    x, y, size = _icon_place(box, 0.42)
    mountains = (
        f"M{num(x - size)},{num(y + size * 0.7)}L{num(x - size * 0.35)},{num(y - size * 0.25)}L{num(x + size * 0.15)},"
        f"{num(y + size * 0.35)}L{num(x + size * 0.45)},{num(y)}L{num(x + size)},{num(y + size * 0.7)}Z"
    )
    icon = element("path", d=mountains, fill=_ICON) + element(
        "circle", cx=x + size * 0.45, cy=y - size * 0.5, r=size * 0.2, fill=_ICON
    )
    return _panel(box) + icon + _caption(item, box, pen, _title(item) or "Image")


def draw_document(item: Item, box: Box, pen: Pen) -> str:
    fold = min(box.width, box.height) * 0.14
    page = (
        f"M{num(box.x)},{num(box.y)}H{num(box.right - fold)}L{num(box.right)},{num(box.y + fold)}V{num(box.bottom)}"
        f"H{num(box.x)}Z"
    )
    corner = f"M{num(box.right - fold)},{num(box.y)}V{num(box.y + fold)}H{num(box.right)}Z"
    x, y, size = _icon_place(box, 0.38)
    rows = "".join(
        f"M{num(x - size)},{num(y + size * (at - 2) * 0.4)}h{num(size * (2 if at < 4 else 1.2))}" for at in range(5)
    )
    return (
        element("path", data_miro_part="body", d=page, fill=PAPER, stroke=EDGE, stroke_width=1.5)
        + element("path", d=corner, fill=mixed(EDGE, PAPER, 0.4))
        + element("path", d=rows, stroke=_ICON, stroke_width=size * 0.14)
        + _caption(item, box, pen, _title(item) or "Document")
    )


def draw_embed(item: Item, box: Box, pen: Pen) -> str:
    x, y, size = _icon_place(box, 0.42)
    play = (
        f"M{num(x - size * 0.3)},{num(y - size * 0.45)}L{num(x + size * 0.5)},{num(y)}"
        f"L{num(x - size * 0.3)},{num(y + size * 0.45)}Z"
    )
    icon = element("circle", cx=x, cy=y, r=size, fill="none", stroke=_ICON, stroke_width=size * 0.14)
    icon += element("path", d=play, fill=_ICON)
    provider = str(item.data.get("providerName") or _host(item))
    title = str(item.data.get("title") or "")
    told = " · ".join(dict.fromkeys(part for part in (title, provider) if part)) or "Embed"
    return _panel(box) + icon + _caption(item, box, pen, told)


def draw_link_preview(item: Item, box: Box, pen: Pen) -> str:
    told = " · ".join(dict.fromkeys(part for part in (_title(item), _host(item)) if part)) or "Link"
    x, y, size = _icon_place(box, 0.4)
    link = (
        f"M{num(x - size * 0.2)},{num(y)}h{num(size * 0.4)}"
        f"M{num(x - size * 0.1)},{num(y - size * 0.4)}h{num(-size * 0.5)}"
        f"a{num(size * 0.4)},{num(size * 0.4)} 0 0 0 0,{num(size * 0.8)}h{num(size * 0.5)}"
        f"M{num(x + size * 0.1)},{num(y - size * 0.4)}h{num(size * 0.5)}"
        f"a{num(size * 0.4)},{num(size * 0.4)} 0 0 1 0,{num(size * 0.8)}h{num(-size * 0.5)}"
    )
    icon = element("path", d=link, fill="none", stroke=_ICON, stroke_width=size * 0.15, stroke_linecap="round")
    return _panel(box) + icon + _caption(item, box, pen, told)


def draw_doc(item: Item, box: Box, pen: Pen) -> str:
    content = str(item.data.get("content") or "")
    is_html = item.data.get("contentType") == "html"
    paragraphs = (parse_html if is_html else markdown.parse_markdown)(content)
    unit = max(box.width / 700, 0.01)
    page = rect(box, data_miro_part="body", rx=8 * unit, fill=PAPER, stroke=EDGE, stroke_width=1.5 * unit)
    inside = box.inset(48 * unit, 44 * unit)
    if not content:
        return page + _caption(item, box, pen, _title(item) or "Doc")
    return page + pen.write(item, paragraphs, inside, 18 * unit, INK)[0]


def draw_data_table(item: Item, box: Box, pen: Pen) -> str:
    row = max(min(box.height / 6, 44.0), box.height / 40, 4.0)
    head = Box(box.x, box.y, box.width, min(row, box.height))
    rows = range(1, max(int(box.height / row), 1))
    lines = "".join(f"M{num(box.x)},{num(box.y + row * at)}h{num(box.width)}" for at in rows)
    lines += "".join(f"M{num(box.x + box.width * at / 4)},{num(box.y + row)}V{num(box.bottom)}" for at in (1, 2, 3))
    title = _title(item) or "Table"
    written, _ = pen.write(
        item, plain(title, BOLD), head.inset(10, 0), min(14.0, row * 0.5), INK, valign="middle", most=1, part="title"
    )
    return (
        rect(box, data_miro_part="body", fill=PAPER, stroke=EDGE, stroke_width=1.0)
        + rect(head, fill="#e9ebf2")
        + (element("path", d=lines, fill="none", stroke=EDGE, stroke_width=1.0) if lines else "")
        + written
    )


def draw_unknown(item: Item, box: Box, pen: Pen) -> str:
    """An item of a kind that is not known here: its name in a dashed frame."""
    drawn = rect(
        box, data_miro_part="body", fill=_BACKGROUND, stroke=_ICON, stroke_width=1.5, stroke_dasharray="6 4", rx=4.0
    )
    kind = without_hidden(item.kind).replace("_", " ")[:60]
    told = ": ".join(part for part in (kind, "not told by Miro" if item.is_untold else _title(item)) if part)
    size = max(min(14.0, box.height / 3), 1.0)
    return (
        drawn
        + pen.write(
            item, plain(told), box.inset(8, 4), size, FAINT, align="center", valign="middle", part="title", fits=False
        )[0]
    )


def _panel(box: Box) -> str:
    return rect(box, data_miro_part="body", rx=6.0, fill=_BACKGROUND, stroke=EDGE, stroke_width=1.5)


def _icon_place(box: Box, height: float) -> tuple[float, float, float]:
    """Centre and half the size of the sign in a placeholder."""
    x, _ = box.centre
    return x, box.y + box.height * height, min(box.width, box.height) * 0.16


def _caption(item: Item, box: Box, pen: Pen, told: str) -> str:
    size = max(min(box.height * 0.07, box.width * 0.06, 28.0), 1.0)
    room = Box(box.x, box.y + box.height * 0.64, box.width, box.height * 0.34).inset(size, 0)
    return pen.write(
        item, plain(told), room, size, FAINT, align="center", valign="top", part="title", most=3, fits=False
    )[0]


def _title(item: Item) -> str:
    return str(item.data.get("title") or "")


def _host(item: Item) -> str:
    try:
        return urlsplit(str(item.data.get("url") or "")).hostname or ""
    except ValueError:
        return ""
