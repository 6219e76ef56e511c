"""Block diagrams at their places: rows of equal columns, boxes around blocks filled by theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ....board.geometry import Box
from ...charts.blocks import BlockChart, GridBlock
from ...graph import Graph, Group, Node
from ..places import Layout
from ..sizes import node_size, title_size
from .canvas import Canvas

_GAP, _PADDING = 40.0, 20.0
_STRETCHED = frozenset({"rectangle", "round_rectangle", "right_arrow", "left_arrow", "left_right_arrow"})
"""Shapes that fill their cells; others keep their proportions."""


@dataclass
class _Cell:
    """A block with its least size, and those in it by rows with the column that each begins in."""

    block: GridBlock
    width: float = 0.0
    height: float = 0.0
    columns: int = 1
    head: float = 0.0
    rows: list[list[tuple[int, _Cell]]] = field(default_factory=lambda: list[list[tuple[int, "_Cell"]]]())

    @property
    def heights(self) -> list[float]:
        return [max(cell.height for _, cell in row) for row in self.rows]


def lay_out_blocks(chart: BlockChart) -> tuple[Graph, Layout]:
    canvas = Canvas()
    root = _measured(chart.root, 0.0)
    inside = Box(0.0, 0.0, root.width, root.height)
    for cell, box in _cells(root, inside):
        _put(canvas, cell, box, None)
    drawn = {node.key for node, _ in canvas.nodes} | {group.key for group, _ in canvas.groups}
    canvas.edges += [edge for edge in chart.edges if {edge.start, edge.end} <= drawn]
    return canvas.finished(chart.title, chart.notes)


def _measured(block: GridBlock, padding: float = _PADDING) -> _Cell:
    cell = _Cell(block)
    if block.blocks is None:
        if block.visible:
            cell.width, cell.height = node_size(_node(block, None))
        return cell
    inside = [_measured(one) for one in block.blocks]
    cell.columns = block.columns or sum(one.block.span for one in inside) or 1
    at = cell.columns
    for one in inside:
        span = min(one.block.span, cell.columns)
        if at + span > cell.columns:
            cell.rows.append([])
            at = 0
        cell.rows[-1].append((at, one))
        at += span
    widths = ((one.width - _GAP * (span - 1)) / span for one in inside for span in (min(one.block.span, cell.columns),))
    column = max([40.0, *widths])
    for row in cell.rows:
        for _, one in row:
            one.height = max(one.height, 40.0)
    cell.head = title_size(Group(key="", title=block.text))[1]
    cell.width = column * cell.columns + _GAP * (cell.columns - 1) + 2 * padding
    cell.height = sum(cell.heights) + _GAP * max(len(cell.rows) - 1, 0) + cell.head + 2 * padding
    return cell


def _cells(cell: _Cell, inside: Box) -> Iterator[tuple[_Cell, Box]]:
    """What is in a box around blocks, each with its part of the space."""
    column = (inside.width - _GAP * (cell.columns - 1)) / cell.columns
    heights = cell.heights
    spare = max(inside.height - sum(heights) - _GAP * max(len(heights) - 1, 0), 0.0) / max(len(heights), 1)
    y = inside.top
    for row, height in zip(cell.rows, heights, strict=True):
        for at, one in row:
            span = min(one.block.span, cell.columns)
            width = column * span + _GAP * (span - 1)
            yield one, Box(inside.left + at * (column + _GAP), y, width, height + spare)
        y += height + spare + _GAP


def _put(canvas: Canvas, cell: _Cell, box: Box, group: str | None) -> None:
    block = cell.block
    if block.blocks is not None:
        canvas.group(Group(key=block.key, title=block.text, parent=group, look=block.look), box)
        inside = Box.between(box.left, box.top + cell.head, box.right, box.bottom).inset(_PADDING, _PADDING)
        for one, place in _cells(cell, inside):
            _put(canvas, one, place, block.key)
    elif block.visible:
        if block.shape not in _STRETCHED:
            box = Box.centred(*box.centre, cell.width, cell.height)
        canvas.box(_node(block, group), box)


def _node(block: GridBlock, group: str | None) -> Node:
    return Node(key=block.key, text=block.text, shape=block.shape, look=block.look, group=group)
