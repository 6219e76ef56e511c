"""`miro_layout_write`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ...catalogue import DELETE
from ...catalogue.operation import ABSENT
from ...catalogue.shared import OnBoard, Position
from ...catalogue.types import DateTime, Id
from ..workflow import Workflow


class WriteLayout(OnBoard):
    html: Annotated[str, Field(min_length=1, examples=['<frame title="Plan"><sticky>Idea</sticky></frame>'])]
    frame_id: Id = ABSENT
    position: Position = ABSENT
    as_of: DateTime = ABSENT
    delete_missing: bool = ABSENT
    dry_run: bool = ABSENT


DESCRIPTION = """\
Make, arrange or change boards in one call from HTML with CSS flexbox and grid; texts are measured, px are board units.
Elements: frame (title; holds no frame), div (a shape if it has background or border), h1-h4, p, ul, ol, table, hr, \
sticky (color: light_yellow, pink, light_blue, green…; tags), card (due="2026-12-11", tags="High:red, UI"; a <p> \
inside is its description), shape (kind: circle, rhombus, can, star…), img, item (id: puts that existing item there; \
color), connector (from, to: ids; its text is the label; end-cap="none", color).
CSS in style or a <style> sheet. Notes keep their proportions (199 wide), cards are 320 wide, neither stretches; all \
else grows with its content. Default gap 16, frame padding 40. New things lie above existing ones: put items in a \
frame, not on a background.
id="3458…" changes that item, only what is given. In such a frame the rest is matched by text; what is left out stays \
unless delete_missing. as_of of the last answer guards people's later \
changes. near="ID" side="right": beside an item."""


LAYOUT = Workflow(
    name="miro_layout_write",
    title="Lay out a board",
    description=DESCRIPTION,
    arguments=WriteLayout,
    effect=DELETE,
    destructive=True,
    repeatable=False,
)
