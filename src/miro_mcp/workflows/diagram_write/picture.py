"""The picture of a diagram, as `miro_board_view` makes it."""

from __future__ import annotations

from ...board.contents import Contents, Raw, connector_of, placed
from ...drawing.job import DrawingJob, draw_in_worker
from ...workers.pool import NotWorkedOut
from .plan import DiagramPlan, edge_body


def planned(plan: DiagramPlan) -> Contents:
    """The contents of a diagram before it is there, keys standing for ids."""
    pieces = [*([plan.title] if plan.title else []), *plan.groups, *plan.nodes]
    raws: list[Raw] = []
    if plan.frame:
        raws.append({**plan.frame.placed(None), "id": "frame"})
    raws += [{**piece.placed(None), "id": f"{number}"} for number, piece in enumerate(pieces)]
    ids = {piece.key: f"{number}" for number, piece in enumerate(pieces) if piece.key}
    lines: list[Raw] = [
        {**edge_body(edge, plan.ends[edge.key], ids), "id": f"line {number}"} for number, edge in enumerate(plan.edges)
    ]
    return Contents(board={}, items=placed(raws), connectors=tuple(connector_of(raw) for raw in lines))


async def pictures_of(contents: Contents, notes: list[str]) -> tuple[bytes, ...]:
    """The picture; without one a note says why."""

    try:
        return ((await draw_in_worker(DrawingJob(contents=contents, with_findings=False))).png,)
    except NotWorkedOut as error:
        notes.append(str(error))
        return ()
