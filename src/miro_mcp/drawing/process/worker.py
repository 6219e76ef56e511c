"""The process that draws: jobs come in on stdin, views go out on stdout.

Run as `python -m miro_mcp.drawing.process.worker`, only by the server.
"""

from __future__ import annotations

import sys

from ..findings import findings_in
from ..picture import draw_scene, rasterize
from ..scene import frame_region, scale_of, scene_of, with_shape
from ..states import with_states
from .job import DrawingJob, View, receive, send


def draw_view(job: DrawingJob) -> View:
    """What happens in the worker."""

    region = job.region
    if job.frame_id is not None:
        region = frame_region(job.contents.items[job.frame_id])
    shown = scene_of(job.contents, with_shape(region) if region else None, job.chosen)
    scale = scale_of(shown.region) if job.format == "png" else None
    picture = draw_scene(shown, scale)
    return View(
        svg="" if job.format == "png" else with_states(picture.svg),
        png=rasterize(picture) if job.format == "png" else b"",
        region=shown.region,
        scale=scale,
        size=(picture.width, picture.height),
        items=len(shown.boxes),
        connectors=len(shown.lines),
        unread=picture.unread,
        findings=tuple(findings_in(shown, picture.cut)) if job.with_findings else (),
    )


def main() -> None:
    """Draws one job after the other until stdin ends."""
    jobs, views = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    while True:
        try:
            job = receive(jobs)
        except EOFError:
            return
        try:
            answer: object = draw_view(job)
        except Exception as error:
            answer = f"{type(error).__name__}: {error}"
        send(views, answer)


if __name__ == "__main__":
    main()
