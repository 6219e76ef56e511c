"""Drawing a plan on a board: all of it or nothing."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import anyio

from ...board.geometry import Box
from ...board.write import NewItem, Transaction, bulks
from ...diagrams.graph import Edge
from ...diagrams.kind import kind_named
from ...diagrams.layout.places import Ends
from ...diagrams.record import Record, parts
from ...errors import CallError
from ...system.parallel import Work, run_jobs
from .plan import DiagramPlan, edge_body

logger = logging.getLogger(__name__)

Frame = tuple[str, Box]
"""A frame's id and where it is."""


@dataclass
class DrawnDiagram:
    """The ids of what was made, by key."""

    items: dict[str, str] = field(default_factory=dict[str, str])
    lines: dict[str, str] = field(default_factory=dict[str, str])
    holders: list[str] = field(default_factory=list[str])
    frame_id: str | None = None
    title_id: str = ""


async def draw_diagram(
    plan: DiagramPlan, making: Transaction, board_id: str, parent: Frame | None, drawn: DrawnDiagram
) -> None:
    """Makes everything of a plan, the record first and completed last.

    Raises:
        CallError: a call failed; what was made is still there.
    """
    frame = await _open(plan, making, board_id, parent, drawn)
    await draw_parts(
        making,
        frame,
        plan.groups,
        plan.nodes,
        plan.edges,
        plan.ends,
        drawn.items,
        drawn.lines,
        layered=kind_named(plan.record.kind).layered,
    )
    await _close(plan, making, board_id, frame if plan.frame else None, drawn)


async def _open(
    plan: DiagramPlan, making: Transaction, board_id: str, parent: Frame | None, drawn: DrawnDiagram
) -> Frame | None:
    """Makes the record, and with it the frame or the title."""
    records = plan.record_pieces(board_id)
    extra = [piece for piece in (plan.frame, plan.title) if piece]
    ids = await making.create([*records, *extra], parent)
    drawn.holders = ids[: len(records)]
    if plan.title is not None:
        drawn.title_id = ids[-1]
    if plan.frame is None:
        return parent
    drawn.frame_id = ids[len(records)]
    return drawn.frame_id, plan.frame.box


async def draw_parts(
    making: Transaction,
    frame: Frame | None,
    groups: list[NewItem],
    nodes: list[NewItem],
    edges: list[Edge],
    ends: Mapping[str, Ends],
    items: dict[str, str],
    lines: dict[str, str],
    *,
    layered: bool = False,
) -> None:
    """Makes groups, nodes and edges; their ids join `items` and `lines`, by key.

    Groups go one bulk after the other, since what is made later lies on top. Then nodes go in bulks side by side, and
    each edge as soon as both its ends are there. Nodes that lie on each other (`layered`) go in their order too.
    """
    there = {piece.key: anyio.Event() for piece in nodes}

    async def make(pieces: Sequence[NewItem]) -> None:
        ids = await making.create(pieces, frame)
        items.update({piece.key: one for piece, one in zip(pieces, ids, strict=True)})
        for piece in pieces:
            if piece.key in there:
                there[piece.key].set()

    async def join(edge: Edge) -> None:
        for key in (edge.start, edge.end):
            if key in there:
                await there[key].wait()
        lines[edge.key] = await making.connect(edge_body(edge, ends[edge.key], items))

    for pieces in bulks([*groups, *nodes] if layered else groups):
        await make(pieces)
    jobs: list[Work] = [] if layered else [lambda pieces=pieces: make(pieces) for pieces in bulks(nodes)]
    jobs += [lambda edge=edge: join(edge) for edge in edges]
    await run_jobs(jobs)


async def _close(
    plan: DiagramPlan, making: Transaction, board_id: str, frame: Frame | None, drawn: DrawnDiagram
) -> None:
    """Completes the record, and moves it into the frame that was made with it."""
    record = plan.record.with_ids(
        drawn.items, drawn.lines, holder=drawn.holders[0], frame=drawn.frame_id or "", title=drawn.title_id
    )
    pieces = plan.record_pieces(board_id)
    places = [piece.placed(frame) for piece in pieces]
    moves = [{"parent": one["parent"], "position": one["position"]} if frame else {} for one in places]
    await rewrite(record, making, board_id, drawn.holders, moves)


async def rewrite(
    record: Record, making: Transaction, board_id: str, holders: list[str], moves: Sequence[Mapping[str, Any]] = ()
) -> None:
    """Writes a record into the texts that carry it."""
    contents = parts(record, board_id, len(holders))

    async def write(number: int) -> None:
        extra: Mapping[str, Any] = moves[number] if moves else {}
        await making.change("update-text-item", item_id=holders[number], data={"content": contents[number]}, **extra)

    await run_jobs([lambda number=number: write(number) for number in range(len(holders))])


async def take_diagram_back(making: Transaction, error: BaseException, holders: list[str]) -> None:
    """Takes away what was made, and says what is left.

    Raises:
        CallError: the same failure, and what became of the diagram. A cancelled call is ended by its caller.
    """
    left = await making.take_back(last=holders)
    if left:
        logger.warning("A diagram was not drawn to its end; these items are left: %s", ", ".join(left))
    if isinstance(error, CallError):
        told = (
            f"These could not be taken away again and are left on the board: {', '.join(left)}."
            if left
            else "What had been made was taken away again."
        )
        raise CallError(f"The diagram was not drawn: {error} {told}") from error
