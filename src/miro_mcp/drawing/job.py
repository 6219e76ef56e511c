"""What a worker is asked to draw, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Literal

from ..board.contents import Contents
from ..board.geometry import Box
from ..workers.pool import Work, work_out

PictureFormat = Literal["png", "svg"]


@dataclass(frozen=True, kw_only=True)
class DrawingJob:
    """A board and the part of it to draw: a frame, a region, chosen items, or all of it."""

    contents: Contents
    format: PictureFormat = "png"
    region: Box | None = None
    frame_id: str | None = None
    chosen: tuple[str, ...] | None = None
    with_findings: bool = True
    about: frozenset[str] | None = None
    """Ids of which something has to be in each finding; None for all of them."""
    meant: frozenset[str] = frozenset()
    """Ids of what lies over other things on purpose."""
    max_px: int | None = None
    """The longest side of the picture, where not the usual one is wanted."""


@dataclass(frozen=True, kw_only=True)
class View:
    """The picture and what is told with it. `scale` is in pixels per board unit; an SVG has none.

    `unread` counts what is too small to read, and so stands as bars, blocks and counts.
    """

    svg: str
    png: bytes
    region: Box
    scale: float | None
    size: tuple[int, int]
    items: int
    connectors: int
    unread: int
    findings: tuple[str, ...]
    readable_frames: tuple[str, ...] = ()
    readable_region: Box | None = None
    """Where what is unread can be read: frames, or else a region of this size."""


PICTURE = Work(
    "The picture",
    "Ask for less of the board: a frame_id, a region or item_ids.",
    "miro_board_overview tells the board in words.",
)


async def draw_in_worker(job: DrawingJob) -> View:
    """Raises:
    NotWorkedOut: it took too long, or failed.
    """
    return await work_out(PICTURE, job.contents.amount, _draw, job)


def _draw(job: DrawingJob) -> View:
    # Only the worker imports what draws.
    return import_module("miro_mcp.drawing.view").draw_view(job)
