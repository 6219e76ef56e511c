"""The picture of a diagram, as `miro_board_view` makes it."""

from __future__ import annotations

import anyio.to_thread

from ..reading.contents import Contents, Raw, connector_of, placed
from .plan import Plan, edge_body


def planned(plan: Plan) -> Contents:
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


async def picture_of(contents: Contents) -> bytes:
    return await anyio.to_thread.run_sync(_draw, contents)


def _draw(contents: Contents) -> bytes:
    from ..preview import drawing, pixels

    shown = drawing.scene(contents)
    return pixels.png(drawing.draw(shown, drawing.scale_of(shown.region)))
