"""A view of a board: its picture, and what is told with it. A worker makes it."""

from __future__ import annotations

from dataclasses import replace

from ..board.geometry import Box
from .findings import findings_in
from .job import DrawingJob, View
from .legible import readable_frames, readable_region
from .picture import Picture, draw_scene, rasterize
from .scene import LONGEST_SIDE, Scene, frame_region, scale_of, scene_of, with_shape
from .states import with_states

MOST_BYTES = 1_000_000
"""Of a picture, unless a longest side was asked for: it is drawn smaller until it fits."""

_SMALLER = 0.8


def draw_view(job: DrawingJob) -> View:
    """What happens in the worker."""

    region = job.region
    if job.frame_id is not None:
        region = frame_region(job.contents.items[job.frame_id])
    shown = scene_of(job.contents, with_shape(region) if region else None, job.chosen)
    if job.format == "svg":
        return _view(job, shown, draw_scene(shown), None)
    scale = scale_of(shown.region, job.max_px)
    picture = draw_scene(shown, scale)
    png = rasterize(picture)
    while len(png) > MOST_BYTES and (job.max_px or 0) <= LONGEST_SIDE:
        scale *= _SMALLER
        picture = draw_scene(shown, scale)
        png = rasterize(picture)
    frames: tuple[str, ...] = ()
    place: Box | None = None
    if picture.unread:
        whole = scene_of(job.contents) if region or job.chosen else shown
        frames = () if job.frame_id else readable_frames(whole, picture.unread)
        place = None if frames else readable_region(whole, shown, picture.unread)
    view = _view(job, shown, picture, scale)
    return replace(view, png=png, readable_frames=frames, readable_region=place)


def _view(job: DrawingJob, shown: Scene, picture: Picture, scale: float | None) -> View:
    return View(
        svg="" if scale is not None else with_states(picture.svg),
        png=b"",
        region=shown.region,
        scale=scale,
        size=(picture.width, picture.height),
        items=len(shown.boxes),
        connectors=len(shown.lines),
        unread=len(picture.unread),
        findings=tuple(findings_in(shown, picture.cut, job.about, job.meant)) if job.with_findings else (),
    )
