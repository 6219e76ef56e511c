"""Cards, app cards, and the tags on items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from ...board.colours import ACCENT, EDGE, FAINT, INK, PAPER, TAG, colour, mixed, readable_on
from ...board.contents import Item, Tag
from ...board.geometry import Box
from ...text.rich_text import BOLD, Paragraph, parse_html, plain
from ..pen import Pen
from ..svg import element, num, rect
from ..text import fonts
from ..text.layout import lay_out

_WIDTH = 320.0
"""Of a card that nobody resized: what is on one grows with its width."""

_CHIP, _CHIP_FONT = 18.0, 10.5
_STATUS = {"connected": "#1f9d55", "disconnected": "#b8bcc8", "disabled": "#f16c7f"}


def draw_card(item: Item, box: Box, pen: Pen) -> str:
    unit = _unit(box)
    theme = colour(item.style.get("cardTheme"), ACCENT)
    drawn = _paper(box, unit, theme, pen)
    footer = _footer(item, box, unit, pen)
    tags = pen.tags.get(item.id, ())
    row = tag_row_height(unit) if tags else 0.0
    low = 26 * unit if footer else 0.0
    inside = Box(box.x, box.y, box.width, box.height - low - row).inset(18 * unit, 10 * unit)
    chips = draw_tags(item, tags, Box(inside.x, box.bottom - low - row, inside.width, row), unit, pen)
    return drawn + _words(item, inside, unit, pen) + chips + footer


def draw_app_card(item: Item, box: Box, pen: Pen) -> str:
    unit = _unit(box)
    theme = colour(item.style.get("fillColor"), ACCENT)
    data = item.data
    status = _STATUS.get(str(data.get("status")), _STATUS["disconnected"])
    drawn = _paper(box, unit, theme, pen) + element(
        "circle", cx=box.right - 16 * unit, cy=box.y + 16 * unit, r=4 * unit, fill=status
    )
    given = data.get("fields")
    listed = cast("list[Any]", given) if isinstance(given, list) else []
    fields = [cast("Mapping[str, Any]", one) for one in listed if isinstance(one, Mapping)]
    low = tag_row_height(unit) if fields else 0.0
    inside = Box(box.x, box.y, box.width - 14 * unit, box.height - low).inset(18 * unit, 10 * unit)
    chips = [
        (
            str(one.get("value") or one.get("tooltip") or ""),
            colour(one.get("fillColor"), "#eef0f5"),
            colour(one.get("textColor"), INK),
        )
        for one in fields
    ]
    row = Box(inside.x, box.bottom - low - 4 * unit, box.width - 36 * unit, low)
    return drawn + _words(item, inside, unit, pen) + _chips(item, chips, row, unit, pen, "field")


def tag_row_height(unit: float) -> float:
    return (_CHIP + 8) * unit


def draw_tags(item: Item, tags: tuple[Tag, ...], row: Box, unit: float, pen: Pen) -> str:
    """The tags of an item, side by side; a number stands for those that don't fit."""
    named = [(tag.title, fill, readable_on(fill)) for tag in tags for fill in [TAG.get(tag.colour, TAG["gray"])]]
    return _chips(item, named, row, unit, pen, "tag")


def _chips(item: Item, chips: list[tuple[str, str, str]], row: Box, unit: float, pen: Pen, part: str) -> str:
    size, height = _CHIP_FONT * unit, _CHIP * unit
    if not pen.shows_details(row):
        return ""
    x, drawn = row.x, ""
    for at, (title, fill, ink) in enumerate(chips):
        left = row.right - x - (34 * unit if at < len(chips) - 1 else 0.0)
        laid = lay_out(plain(title), max(min(left - 16 * unit, 130 * unit), 1.0), size, fonts.SANS, 1)
        width = laid.width + 16 * unit
        if at and width > left:
            title, fill, ink = f"+{len(chips) - at}", "#e6e8ef", INK
            laid = lay_out(plain(title), 40 * unit, size, fonts.SANS, 1)
            width = laid.width + 16 * unit
        chip = Box(x, row.y + (row.height - height) / 2, width, height)
        drawn += rect(chip, rx=4 * unit, fill=fill, data_miro_part=part) + pen.put(
            item, laid, chip.inset(8 * unit, 0), ink, valign="middle", part=f"{part}-text"
        )
        x += width + 5 * unit
        if title.startswith("+") and at < len(chips) - 1 and width > left:
            break
        if title == f"+{len(chips) - at}":
            break
    return drawn


def _unit(box: Box) -> float:
    return max(min(box.width / _WIDTH, box.height / 60), 0.01)


def _paper(box: Box, unit: float, theme: str, pen: Pen) -> str:
    bar, corner = pen.at_least(6 * unit, 2.0), 5 * unit
    left = (
        f"M{num(box.x + bar)},{num(box.y)}H{num(box.x + corner)}Q{num(box.x)},{num(box.y)} {num(box.x)},"
        f"{num(box.y + corner)}V{num(box.bottom - corner)}Q{num(box.x)},{num(box.bottom)} {num(box.x + corner)},"
        f"{num(box.bottom)}H{num(box.x + bar)}Z"
    )
    if not pen.shows_details(box):
        return rect(box, data_miro_part="body", fill=mixed(theme, PAPER, 0.7), stroke=theme, stroke_width=bar / 3)
    shadow = rect(Box(box.x, box.y + 2 * unit, box.width, box.height), rx=corner, fill="#1a1a1a", fill_opacity=0.07)
    paper = rect(
        box,
        data_miro_part="body",
        rx=corner,
        fill=PAPER,
        stroke=mixed(theme, EDGE, 0.6),
        stroke_width=pen.at_least(unit, 0.8),
    )
    return shadow + paper + element("path", d=left, fill=theme, data_miro_part="theme")


def _words(item: Item, inside: Box, unit: float, pen: Pen) -> str:
    """Title and description, as much as there is room for."""
    title = _bold(parse_html(str(item.data.get("title") or "")))
    description = parse_html(str(item.data.get("description") or ""))
    described = any(paragraph.pieces for paragraph in description)
    above = inside._replace(height=inside.height * (0.62 if described else 1.0))
    written, used = pen.write(item, title, above, 14 * unit, INK, part="title")
    room = Box(inside.x, inside.y + used + 3 * unit, inside.width, inside.bottom - inside.y - used - 3 * unit)
    if not described or room.height < 12 * unit:
        if described:
            pen.cut.add(item.id)
        return written
    return written + pen.write(item, description, room, 11.5 * unit, FAINT)[0]


def _bold(paragraphs: list[Paragraph]) -> list[Paragraph]:
    for paragraph in paragraphs:
        paragraph.pieces = [piece._replace(style=piece.style._replace(bold=True)) for piece in paragraph.pieces]
    return paragraphs


def _footer(item: Item, box: Box, unit: float, pen: Pen) -> str:
    """Due date and assignee, where a card has them."""
    due, assignee = item.data.get("dueDate"), item.data.get("assigneeId")
    drawn = ""
    y = box.bottom - 17 * unit
    if due:
        chip = Box(box.x + 18 * unit, y - 9 * unit, 78 * unit, 18 * unit)
        written, _ = pen.write(
            item, plain(str(due)[:10], BOLD), chip, 10.5 * unit, FAINT, align="center", valign="middle", part="due"
        )
        drawn += rect(chip, rx=4 * unit, fill="#eef0f5") + written
    if assignee:
        x, radius = box.right - 24 * unit, 10 * unit
        drawn += element("circle", cx=x, cy=y, r=radius, fill=mixed(ACCENT, PAPER, 0.7), data_miro_part="assignee")
        drawn += element("circle", cx=x, cy=y - 3 * unit, r=3.4 * unit, fill=ACCENT)
        drawn += element(
            "path",
            d=f"M{num(x - 6 * unit)},{num(y + 7 * unit)}a{num(6 * unit)},{num(6.5 * unit)} 0 0 1 {num(12 * unit)},0z",
            fill=ACCENT,
        )
    return drawn
