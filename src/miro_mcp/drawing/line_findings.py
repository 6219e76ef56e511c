"""What looks wrong about the lines of a board: on each other, back on themselves, captions over what is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..board.contents import Connector, number
from ..board.geometry import Box
from ..board.grid import Grid
from .items.kinds import is_unseen
from .lines.connectors import CAPTION_MARGIN, captions_on, laid_caption, tilt_of
from .lines.routes import Route
from .readability.captions import caption_edges
from .readability.faults import DrawingFault
from .readability.obstacles import hairpins
from .readability.pairs import Strand, pair_faults
from .readability.stretches import BESIDE, Edges, Way, box_edges, overlap
from .scene import Scene

_TOLD_PAIRS = frozenset({"shared", "exit"})
_MOST_PAIRS = 100_000


@dataclass(frozen=True)
class _Drawn:
    strand: Strand
    way: Way
    captions: tuple[Edges, ...]
    curved: bool
    """Curves part at once, however near each other they begin."""


def line_faults(shown: Scene, texts: Mapping[str, Box]) -> Iterator[DrawingFault]:
    """Faults of lines and of captions; `texts` are the boxes of what is written in items, by their ids."""
    lines = {connector.id: _drawn(shown, connector, route) for connector, route in shown.lines}
    near = Grid({connector.id: route.extent.grown(BESIDE) for connector, route in shown.lines})
    written = Grid(texts)
    looked = 0
    for key, line in lines.items():
        if hairpins(line.way) and not _is_to_itself(shown, line):
            yield DrawingFault("hairpin", (key,))
        area = _around(line)
        others = [lines[other] for other in near.near(area) if other != key]
        looked += len(others)
        if looked > _MOST_PAIRS:
            return
        for other in others:
            if key < other.strand.key and not (line.curved or other.curved):
                faults = pair_faults(line.strand, line.way, other.strand, other.way)
                yield from (fault for fault in faults if fault.kind in _TOLD_PAIRS)
        for caption in line.captions:
            under = [one for one in written.near(area) if overlap(caption, box_edges(texts[one]), -2)]
            under += [other.strand.key for other in others if _lies_on(caption, other)]
            yield from (DrawingFault("caption", (key, one)) for one in under)


def _is_to_itself(shown: Scene, line: _Drawn) -> bool:
    """Whether a line runs between points that aren't seen, as a message to oneself, which has to turn."""
    ends = (shown.contents.items.get(one) for one in (line.strand.start, line.strand.end))
    return all(one is not None and is_unseen(one) for one in ends)


def _around(line: _Drawn) -> Box:
    """Where a line and its captions are."""
    every = [line.way.extent, *line.captions]
    return Box.between(
        min(one[0] for one in every),
        min(one[1] for one in every),
        max(one[2] for one in every),
        max(one[3] for one in every),
    ).grown(BESIDE)


def _lies_on(caption: Edges, other: _Drawn) -> bool:
    return other.way.meets(caption, -1) or any(overlap(caption, one, -1) for one in other.captions)


def _drawn(shown: Scene, connector: Connector, route: Route) -> _Drawn:
    style = connector.style
    way = Way(route.points)
    start = shown.contents.items.get(connector.start_id or "")
    caps = f"{style.get('startStrokeCap')}{style.get('endStrokeCap')}"
    look = tuple(style.get(name) for name in ("strokeColor", "strokeWidth", "strokeStyle"))
    strand = Strand(
        connector.id,
        connector.start_id or "",
        connector.end_id or "",
        look,
        captioned=bool(connector.captions),
        crow="erd" in caps,
        decides=start is not None and start.data.get("shape") == "rhombus",
    )
    captions = () if tilt_of(connector, route) else tuple(_captions(connector, way))
    return _Drawn(strand, way, captions, curved=route.bends is not None)


def _captions(connector: Connector, way: Way) -> Iterator[Edges]:
    size = number(connector.style.get("fontSize")) or 14.0
    for caption in captions_on(connector):
        laid = laid_caption(caption.content, size)
        paper = laid.width + 2 * CAPTION_MARGIN[0], laid.height + 2 * CAPTION_MARGIN[1]
        align = caption.valign if caption.valign in ("top", "bottom") else "middle"
        yield caption_edges(way, caption.share, paper, align)[0]
