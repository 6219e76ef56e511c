"""`miro_diagram_read`: what is drawn on a board as a graph and as Mermaid text."""

from __future__ import annotations

from ...board.region import Region
from ...catalogue import READ
from ...catalogue.operation import ABSENT
from ...catalogue.shared import OnBoard
from ...catalogue.types import Id
from ...tools.fit import MOST_TOKENS, MaxTokens
from ..workflow import Workflow


class ReadDiagram(OnBoard):
    frame_id: Id = ABSENT
    region: Region = ABSENT
    diagram_id: Id = ABSENT
    max_tokens: MaxTokens = MOST_TOKENS


DESCRIPTION = """\
Shapes and connectors of a board, frame, region or diagram as a graph (nodes, edges, groups) and as Mermaid text, with \
the item ids by key. What miro_diagram_write drew keeps its keys; anything else gets keys from its text."""


READ_DIAGRAM = Workflow(
    name="miro_diagram_read", title="Diagrams: read", description=DESCRIPTION, arguments=ReadDiagram, effect=READ
)
