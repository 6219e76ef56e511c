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
from ...diagrams.record import Record, parts, parts_needed
from ...errors import CallError
from ...system.parallel import Work, run_jobs
from .plan import DiagramPlan, edge_body, record_pieces

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
    """Makes everything of a plan that isn't drawn yet, the record first and completed last.

    Raises:
        CallError: a call failed; what was made is still there.
    """
    frame = await _open(plan, making, board_id, parent, drawn)
    await draw_parts(
        making,
        frame,
        [piece for piece in plan.groups if piece.key not in drawn.items],
        [piece for piece in plan.nodes if piece.key not in drawn.items],
        [edge for edge in plan.edges if edge.key not in drawn.lines],
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
    if not drawn.holders:
        records = plan.record_pieces(board_id)
        extra = [piece for piece in (plan.frame, plan.title) if piece]
        ids = await making.create([*records, *extra], parent)
        drawn.holders = ids[: len(records)]
        if plan.title is not None:
            drawn.title_id = ids[-1]
        if plan.frame is not None:
            drawn.frame_id = ids[len(records)]
    return (drawn.frame_id, plan.frame.box) if plan.frame is not None and drawn.frame_id else parent


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
    left = await making.settle()
    left += await rewrite(record, making, board_id, drawn.holders, plan.record_box, frame, moved=frame is not None)
    if left:
        plan.notes.append(f"These were made twice, and could not be taken away: {', '.join(left)}.")


async def rewrite(
    record: Record,
    making: Transaction,
    board_id: str,
    holders: list[str],
    box: Box,
    frame: Frame | None,
    *,
    moved: bool = False,
) -> list[str]:
    """Writes a record into the texts that carry it, whose ids `holders` are from then on.

    `box` is where the first one is; `moved` says that it goes into the frame. Old texts that could not be deleted are
    returned.
    """
    contents = parts(record, board_id, parts_needed(record))
    pieces = record_pieces(contents, box)
    more = await making.create(pieces[1:], frame) if pieces[1:] else []
    place = pieces[0].placed(frame)
    move: Mapping[str, Any] = {"parent": place["parent"], "position": place["position"]} if moved else {}
    await making.change("update-text-item", item_id=holders[0], data={"content": contents[0]}, **move)
    old, holders[1:] = holders[1:], more
    return await making.delete(old)


async def take_diagram_back(making: Transaction, error: BaseException, holders: list[str], *, begun: bool) -> None:
    """Takes away what was made, and says what is left; `begun` is whether an earlier call had made a part of it.

    Raises:
        CallError: the same failure, and what became of the diagram. A cancelled call is ended by its caller.
    """
    left = await making.take_back(last=holders)
    if left:
        logger.warning("A diagram was not drawn to its end; these items are left: %s", ", ".join(left))
    if isinstance(error, CallError):
        if left:
            told = f"These could not be taken away again and are left on the board: {', '.join(left)}."
        elif begun:
            told = "What this call had made was taken away again; what an earlier one had made is still there."
        else:
            told = "What had been made was taken away again."
        again = " The same call finishes it." if left or begun else ""
        raise CallError(f"The diagram was not drawn: {error.cause} {told}{again}") from error
