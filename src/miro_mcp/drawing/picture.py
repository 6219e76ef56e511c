"""The picture of a scene: its items and lines as one SVG, and that as PNG."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import resvg_py

from ..board.contents import Connector, Contents, Tag
from . import crowds
from .items import kinds, mind_map
from .items.notes import SHADOW
from .lines import connectors
from .lines.routes import Route
from .pen import Pen
from .scene import Scene, scale_of
from .svg import element, num, rect
from .text import fonts

BACKGROUND = "#f2f2f2"
_SHADOW = (
    f'<defs><linearGradient id="{SHADOW}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#1a1a1a" '
    'stop-opacity="0.26"/><stop offset="0.4" stop-color="#1a1a1a" stop-opacity="0.09"/><stop offset="1" '
    'stop-color="#1a1a1a" stop-opacity="0"/></linearGradient></defs>'
)


@dataclass(frozen=True)
class Picture:
    """An SVG, and what came out while it was drawn."""

    svg: str
    width: int
    height: int
    families: frozenset[str]
    cut: frozenset[str]
    unread: frozenset[str]


def draw_scene(shown: Scene, scale: float | None = None) -> Picture:
    """The SVG of a scene. With a scale, what would be too small to read at it becomes bars, blocks and counts."""
    contents, region = shown.contents, shown.region
    pen = Pen(scale, _tags(contents))
    small = crowds.too_small(shown, scale)
    items = [item for item in shown.items if item.id not in small]
    frames = [item for item in items if item.kind == "frame"]
    others = [item for item in items if item.kind != "frame"]
    parts = [
        *(kinds.draw_item(frame, shown.boxes[frame.id], pen) for frame in frames),
        *_branches(shown),
        *(kinds.draw_item(item, shown.boxes[item.id], pen) for item in others),
        *(connectors.draw_connector(connector, way, pen) for connector, way in sorted(shown.lines, key=_is_captioned)),
    ]
    if scale is not None:
        parts.append(crowds.draw_crowds(shown, small, pen))
    width, height = (max(1, round(side * (scale or scale_of(region)))) for side in region[2:])
    svg = element(
        "svg",
        _SHADOW,
        rect(region.inset(-1 / (scale or 1.0), -1 / (scale or 1.0)), fill=BACKGROUND, data_miro_part="background"),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=" ".join(map(num, region)),
        width=float(width),
        height=float(height),
        data_miro_board=str(contents.board.get("id") or ""),
        data_miro_link=_link(contents),
        xml__space="preserve",
    )
    return Picture(
        svg,
        width,
        height,
        frozenset(pen.families),
        frozenset(pen.cut),
        frozenset(pen.unread | small) & shown.boxes.keys(),
    )


def rasterize(picture: Picture) -> bytes:
    """The pixels of a picture, drawn with only the bundled fonts, so that it is the same on every machine."""
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


def _is_captioned(line: tuple[Connector, Route]) -> bool:
    """Lines with captions come last, so that no line runs over one."""
    return bool(line[0].captions)


def _link(contents: Contents) -> str | None:
    """Where the board is in Miro, if that is a web address."""
    link = str(contents.board.get("viewLink") or "")
    return link if link.startswith("https://") else None


def _tags(contents: Contents) -> dict[str, tuple[Tag, ...]]:
    return {
        identifier: tuple(contents.tags[tag] for tag in tags if tag in contents.tags)
        for identifier, tags in contents.tags_of.items()
    }


def _branches(shown: Scene) -> Iterator[str]:
    for item in shown.items:
        parent = shown.contents.items.get(item.parent_id or "")
        if item.kind == "mindmap_node" and parent is not None and parent.id in shown.boxes:
            yield mind_map.draw_branch(parent, shown.boxes[parent.id], item, shown.boxes[item.id])
