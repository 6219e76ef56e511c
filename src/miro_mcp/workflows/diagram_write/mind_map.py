"""Mind maps as Miro's own nodes: each made under the one above it, all of them or none."""

from __future__ import annotations

from typing import Any

import anyio

from ...board.contents import Contents, placed
from ...board.geometry import Box, around
from ...diagrams.layout.sizes import text_block
from ...diagrams.load import item_url, leftovers, read_items
from ...diagrams.mind_map import MindMap, Topic
from ...errors import BadArguments, CallError
from ...session import Session
from ..workflow import Outcome
from .arguments import WriteDiagram
from .picture import pictures_of
from .spot import diagram_spot
from .subject import DiagramSource

_ROW, _COLUMN = 64.0, 80.0
"""Board units between the rows and columns of topics."""

_FONT_SIZE = 14.0


async def draw_mind_map(arguments: WriteDiagram, session: Session, subject: DiagramSource) -> Outcome:
    """Raises:
    CallError: a node could not be made; all of them were taken away again, or the error names what is left.
    """
    mind_map = subject.mind_map
    assert mind_map is not None
    if arguments.frame_id or arguments.framed:
        raise BadArguments("miro_diagram_write: as_mind_map: mind maps can't be in frames. Nothing was sent.")
    contents = await read_items(session, arguments.board_id)
    places = _places(mind_map)
    whole = around(places.values())
    spot, _, _ = diagram_spot(arguments, contents, whole.width, whole.height)
    notes = [*leftovers(contents), *subject.graph.notes]
    if arguments.dry_run:
        return Outcome(
            {"dry_run": True, "sent": False, "would_create": {"mind map nodes": len(places)}, "notes": notes}
        )
    ids: dict[str, str] = {}
    raws: list[dict[str, Any]] = []
    try:
        for topic, above in mind_map:
            box = places[topic.key].moved(spot.left - whole.left, spot.top - whole.top)
            with anyio.CancelScope(shield=True):
                made = await _create(session, arguments.board_id, topic, box, ids.get(above.key) if above else None)
                ids[topic.key] = str(made["id"])
                raws.append(made)
            await anyio.lowlevel.checkpoint()
    except BaseException as error:
        await _undo(session, arguments.board_id, ids, error)
        raise
    pictures = await pictures_of(Contents(board={}, items=placed(raws)), notes)
    root = ids[mind_map.root.key]
    notes.append("Miro offers no way to change mind maps: draw it again after a change.")
    value: dict[str, Any] = {"diagram_id": root, "nodes": ids, "edges": {}, "frame_id": None}
    return Outcome({**value, "url": item_url(arguments.board_id, root), "notes": notes}, pictures=pictures)


def _places(mind_map: MindMap) -> dict[str, Box]:
    """The row's space of every topic by key: half of the branches on each side of the root."""
    widths = {topic.key: max(text_block(topic.text, 260.0, _FONT_SIZE)[0] + 40, 60.0) for topic, _ in mind_map}
    root = mind_map.root
    half = (len(root.topics) + 1) // 2
    places = {root.key: Box.centred(0.0, 0.0, widths[root.key], _ROW)}
    for topics, side in ((root.topics[:half], 1), (root.topics[half:], -1)):
        y = -_ROW * (sum(map(_rows, topics)) - 1) / 2
        for topic in topics:
            _put(topic, side, side * (widths[root.key] / 2 + _COLUMN), y, widths, places)
            y += _ROW * _rows(topic)
    return places


def _put(topic: Topic, side: int, x: float, y: float, widths: dict[str, float], places: dict[str, Box]) -> None:
    """Places a topic from its inner end outwards, in the middle of its rows, which begin at y."""
    width = widths[topic.key]
    places[topic.key] = Box.centred(x + side * width / 2, y + _ROW * (_rows(topic) - 1) / 2, width, _ROW)
    for below in topic.topics:
        _put(below, side, x + side * (width + _COLUMN), y, widths, places)
        y += _ROW * _rows(below)


def _rows(topic: Topic) -> int:
    return max(1, sum(map(_rows, topic.topics)))


async def _create(session: Session, board_id: str, topic: Topic, box: Box, above: str | None) -> dict[str, Any]:
    return await session.call(
        "create-mindmap-nodes-experimental",
        board_id=board_id,
        data={"nodeView": {"data": {"type": "text", "content": topic.text}}},
        position={"x": round(box.centre_x, 2), "y": round(box.centre_y, 2)},
        geometry={"width": round(box.width, 2)},
        **({"parent": {"id": above}} if above else {}),
    )


async def _undo(session: Session, board_id: str, ids: dict[str, str], error: BaseException) -> None:
    """Takes the root away, and everything below goes with it.

    Raises:
        CallError: the same failure, and what became of the mind map.
    """
    left: list[str] = []
    with anyio.CancelScope(shield=True):
        for identifier in list(ids.values())[:1]:
            try:
                await session.take_back("delete-mindmap-node-experimental", board_id=board_id, item_id=identifier)
            except CallError:
                left = list(ids.values())
    if isinstance(error, CallError):
        undone = "What had been made was taken away again." if ids else "Nothing was made."
        told = f"These are left on the board: {', '.join(left)}." if left else undone
        raise CallError(f"The mind map was not drawn: {error} {told}") from error
