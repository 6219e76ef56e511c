"""`miro_diagram_write`: a diagram drawn from a graph or Mermaid text, or changed to it."""

from __future__ import annotations

from ...catalogue import WRITE
from ..workflow import Workflow
from .arguments import WriteDiagram

DESCRIPTION = """\
Draw a diagram in one call, laid out in free space: from mermaid text, or from nodes, edges (start and end are keys) \
and groups (boxes around nodes). All or nothing.
With the diagram_id it answered with (or the diagram's frame_id) the diagram is changed to what is given: what stays \
keeps its place, what is not given any more is deleted.
Sides, ranks, columns, caption_at and layout are for when the drawing should differ from what reads best; nodes of one \
size name are equally large; relayout arranges all of a diagram anew.
Placed near position, inside frame_id or beside the items in near; framed puts a titled frame around it.
Shapes and caps are Miro's; text may be simple HTML."""


WRITE_DIAGRAM = Workflow(
    name="miro_diagram_write",
    title="Diagrams: write",
    description=DESCRIPTION,
    arguments=WriteDiagram,
    effect=WRITE,
    destructive=True,
    repeatable=False,
)
