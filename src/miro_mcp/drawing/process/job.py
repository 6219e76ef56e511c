"""What a worker process is asked to draw, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ...board.contents import Contents
from ...board.geometry import Box

Format = Literal["png", "svg"]


@dataclass(frozen=True, kw_only=True)
class Job:
    """A board and the part of it to draw: a frame, a region, chosen items, or all of it."""

    contents: Contents
    format: Format = "png"
    region: Box | None = None
    frame_id: str | None = None
    chosen: tuple[str, ...] | None = None
    with_findings: bool = True


@dataclass(frozen=True, kw_only=True)
class View:
    """The picture and what is told with it. `scale` is in pixels a board unit; an SVG has none.

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


def carry_out(job: Job) -> View:
    """Draws; what happens in a worker."""
    from ..findings import find
    from ..picture import draw
    from ..png import png
    from ..scene import frame_region, scale_of, scene, with_shape
    from ..states import with_states

    region = job.region
    if job.frame_id is not None:
        region = frame_region(job.contents.items[job.frame_id])
    shown = scene(job.contents, with_shape(region) if region else None, job.chosen)
    scale = scale_of(shown.region) if job.format == "png" else None
    picture = draw(shown, scale)
    return View(
        svg="" if job.format == "png" else with_states(picture.svg),
        png=png(picture) if job.format == "png" else b"",
        region=shown.region,
        scale=scale,
        size=(picture.width, picture.height),
        items=len(shown.boxes),
        connectors=len(shown.lines),
        unread=picture.unread,
        findings=tuple(find(shown, picture.cut)) if job.with_findings else (),
    )
