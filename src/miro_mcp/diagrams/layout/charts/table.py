"""Diagrams whose places say something: of which kind each is, and how it is laid out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...charts.blocks import BlockChart
from ...charts.gantt import Gantt
from ...charts.git_graph import GitGraph
from ...charts.journey import Journey
from ...charts.kanban import Kanban
from ...charts.pie import PieChart
from ...charts.quadrant import QuadrantChart
from ...charts.timeline import Timeline
from ...charts.xy_chart import XyChart
from ...graph import Graph
from ...kind import BLOCKS, GANTT, GIT_GRAPH, JOURNEY, KANBAN, PIE, QUADRANT, SEQUENCE, TIMELINE, XY_CHART, DiagramKind
from ...sequence import Sequence
from ..places import Layout
from ..sequences import lay_out_sequence
from .blocks import lay_out_blocks
from .gantt import lay_out_gantt
from .git_graph import lay_out_git_graph
from .journey import lay_out_journey
from .kanban import lay_out_kanban
from .pie import lay_out_pie
from .quadrant import lay_out_quadrant
from .timeline import lay_out_timeline
from .xy_chart import lay_out_xy_chart

LayOut = Callable[[Any], tuple[Graph, Layout]]

LAID_OUT: dict[type, tuple[DiagramKind, LayOut]] = {
    Sequence: (SEQUENCE, lay_out_sequence),
    Gantt: (GANTT, lay_out_gantt),
    Journey: (JOURNEY, lay_out_journey),
    Timeline: (TIMELINE, lay_out_timeline),
    Kanban: (KANBAN, lay_out_kanban),
    QuadrantChart: (QUADRANT, lay_out_quadrant),
    BlockChart: (BLOCKS, lay_out_blocks),
    GitGraph: (GIT_GRAPH, lay_out_git_graph),
    PieChart: (PIE, lay_out_pie),
    XyChart: (XY_CHART, lay_out_xy_chart),
}
"""By the type of the value: the graph, and the boxes of all its nodes and groups, the top left corner at 0, 0."""
