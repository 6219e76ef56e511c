"""`miro_svg_write`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ...catalogue import DELETE
from ...catalogue.operation import ABSENT
from ...catalogue.shared import OnBoard
from ...catalogue.types import Id
from ..workflow import Workflow


class WriteSvg(OnBoard):
    svg: Annotated[str, Field(min_length=1, examples=['<svg xmlns="http://www.w3.org/2000/svg">…</svg>'])]
    frame_id: Id = ABSENT
    dry_run: bool = ABSENT


DESCRIPTION = """\
Carry out an edited SVG of miro_board_view: only differences are sent, groups left out stay. Keep each group's \
data-miro-id and data-miro-state; edit data-miro-box or transform, text, fill, stroke, font-size, \
data-miro-start/-end; data-miro-delete="true" deletes.
New, without data-miro-id, in board coordinates: rect, ellipse, polygon, text, image; <g> of an outline and a <text>; \
<g data-miro-kind="sticky_note"> or "frame"; line with data-miro-start/-end (ids, or #id of a new element)."""


SVG = Workflow(
    name="miro_svg_write",
    title="Edit a board as SVG",
    description=DESCRIPTION,
    arguments=WriteSvg,
    effect=DELETE,
    destructive=True,
    repeatable=False,
)
