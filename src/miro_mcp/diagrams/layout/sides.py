"""Where the lines of a diagram leave and arrive: sides of boxes, chosen so that arrows go the diagram's way."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ...board.geometry import Box
from ..graph import Direction, Edge, Side
from .detours import Points, Sides, around_boxes, way

_SQUARE = frozenset({"rectangle", "round_rectangle", "flow_chart_predefined_process"})
"""Shapes whose outline is their box, so that a line may arrive anywhere on a side."""

_HEAD, _LEAST_STRETCH = 6.0, 36.0
"""Board units: what of a line is its arrow, and the shortest stretch that takes a caption."""

_ARROW, _CAPTION = 12.0, 18.0
"""Board units: how long an arrow's head and how high a caption is."""

_TEXTS_AT_ENDS = (15, 85)
"""Percent of the line: a caption there is read as the text at one of its ends."""

_STEP = 40.0
"""Board units out of line that are made straight."""

_ACROSS = {"top": "x", "bottom": "x", "left": "y", "right": "y"}
_OPPOSITE: dict[Side, Side] = {"top": "bottom", "bottom": "top", "left": "right", "right": "left"}


@dataclass(frozen=True)
class Ends:
    """What the API takes for both ends of a connector, beside the ids."""

    start: dict[str, Any]
    end: dict[str, Any]
    caption: str = "50%"
    """Where along the line its caption is."""


def edge_ends(
    edges: list[Edge],
    boxes: Mapping[str, Box],
    shapes: Mapping[str, str],
    direction: Direction,
    titles: Sequence[Box] = (),
) -> dict[str, Ends]:
    """By the edges' keys; captions keep clear of the `titles` of groups."""
    usual = {edge.key: edge.sides or _sides(boxes[edge.start], boxes[edge.end], direction) for edge in edges}
    sides = around_boxes(edges, usual, boxes, set(shapes))
    attached: dict[tuple[str, str], list[tuple[float, int, str, str]]] = defaultdict(list)
    for number, edge in enumerate(edges):
        for which, key, other in (("start", edge.start, edge.end), ("end", edge.end, edge.start)):
            side = sides[edge.key][which == "end"]
            far = boxes[other]
            attached[key, side].append(
                (far.centre_x if _ACROSS[side] == "x" else far.centre_y, number, edge.key, which)
            )
    points: dict[tuple[str, str], dict[str, Any]] = {}
    for (key, side), lines in attached.items():
        spread = len(lines) > 1 and shapes.get(key, "rectangle") in _SQUARE and _must_part(lines, edges)
        for place, (_, _, edge_key, which) in enumerate(sorted(lines)):
            share = (place + 1) / (len(lines) + 1)
            points[edge_key, which] = _point(side, share) if spread else {"snapTo": side}
    for edge in edges:
        if points[edge.key, "start"].keys() == points[edge.key, "end"].keys() == {"snapTo"}:
            _straighten(edge, sides[edge.key], boxes, shapes, points, attached)
    shared = {place: len(lines) > 1 for place, lines in attached.items()}
    return {
        edge.key: Ends(
            points[edge.key, "start"],
            points[edge.key, "end"],
            _caption_place(edge, sides[edge.key], boxes, shared, titles),
        )
        for edge in edges
    }


def _caption_place(
    edge: Edge, sides: Sides, boxes: Mapping[str, Box], shared: Mapping[tuple[str, str], bool], titles: Sequence[Box]
) -> str:
    """On the stretch that a line has for itself, where it shares another with those that start or end there too."""
    has_room = not (edge.start_text or edge.end_text or (edge.start_cap + edge.end_cap).count("erd"))
    if not edge.text or not has_room or edge.curve not in (None, "elbowed"):
        return "50%"
    points = way(edge, sides, boxes)
    steps = [math.dist(one, other) for one, other in pairwise(points)]
    length = sum(steps)
    if shared[edge.start, sides[0]]:
        last = steps[-1] if len(steps) > 1 else length / 2
        share = 1 - (last / 2 + _HEAD) / length if last >= _LEAST_STRETCH else 0.5
    elif shared[edge.end, sides[1]] and len(steps) > 1 and steps[0] >= _LEAST_STRETCH:
        share = steps[0] / 2 / length
    else:
        share = 0.5
    percent = round(100 * _below_titles(share, points, length, titles))
    return f"{percent + 1 if percent in _TEXTS_AT_ENDS else percent}%"


def _below_titles(share: float, points: Points, length: float, titles: Sequence[Box]) -> float:
    """On the last stretch down to a node, a caption goes between a title that it would cover and the arrow."""
    (x, top), (_, bottom) = points[-2:]
    place = bottom - (1 - share) * length
    if bottom <= top or place < top:
        return share
    for title in titles:
        covers = (
            abs(x - title.centre_x) < title.width / 2 + _CAPTION
            and abs(place - title.centre_y) < (title.height + _CAPTION) / 2
        )
        if covers and bottom - _ARROW - title.bottom >= _CAPTION / 2:
            return 1 - (bottom - (title.bottom + bottom - _ARROW) / 2) / length
    return share


def _straighten(
    edge: Edge,
    sides: Sides,
    boxes: Mapping[str, Box],
    shapes: Mapping[str, str],
    points: dict[tuple[str, str], dict[str, Any]],
    attached: Mapping[tuple[str, str], list[tuple[float, int, str, str]]],
) -> None:
    """Two boxes that are nearly in line get a line without a small step in it, and what else ends there with it."""
    if sides[0] != _OPPOSITE[sides[1]]:
        return
    start, end = boxes[edge.start], boxes[edge.end]
    across = _ACROSS[sides[0]]
    offset = end.centre_x - start.centre_x if across == "x" else end.centre_y - start.centre_y
    if not 0.5 < abs(offset) < _STEP:
        return
    ends = [("end", edge.end, end, -offset), ("start", edge.start, start, offset)]
    for which, key, box, shift in sorted(ends, key=lambda one: one[2].width if across == "x" else one[2].height)[::-1]:
        share = 0.5 + shift / (box.width if across == "x" else box.height)
        if shapes.get(key, "rectangle") in _SQUARE and 0.15 <= share <= 0.85:
            side = sides[which == "end"]
            for _, _, other, end in attached[key, side]:
                points[other, end] = _point(side, share)
            return


def _must_part(lines: list[tuple[float, int, str, str]], edges: list[Edge]) -> bool:
    """Lines that arrive and lines that leave at one side, or run between the same two, would lie on each other.

    So would caps of different kinds, and texts at that end.
    """
    directions = {which for _, _, _, which in lines}
    caps = {edges[number].start_cap if which == "start" else edges[number].end_cap for _, number, _, which in lines}
    texts = [edges[number].start_text if which == "start" else edges[number].end_text for _, number, _, which in lines]
    pairs = [frozenset((edges[number].start, edges[number].end)) for _, number, _, _ in lines]
    return len(directions) > 1 or len(caps) > 1 or len(set(pairs)) < len(pairs) or any(texts)


def _point(side: str, share: float) -> dict[str, Any]:
    along = f"{round(100 * share, 1):g}%"
    fixed = "0%" if side in ("top", "left") else "100%"
    return {"position": {"x": along, "y": fixed} if _ACROSS[side] == "x" else {"x": fixed, "y": along}}


def _sides(start: Box, end: Box, direction: Direction) -> Sides:
    vertical = direction in ("down", "up")
    if start.contains(end) or end.contains(start):
        return ("top", "top") if vertical else ("left", "left")
    down, up = end.top >= start.bottom, end.bottom <= start.top
    right, left = end.left >= start.right, end.right <= start.left
    ahead, back, after, before = (down, up, right, left) if vertical else (right, left, down, up)
    onward: Side = "bottom" if vertical else "right"
    sideways: Side = "right" if vertical else "bottom"
    if direction in ("up", "left"):
        ahead, back, onward = back, ahead, _OPPOSITE[onward]
    if ahead:
        return onward, _OPPOSITE[onward]
    if back:
        # A line that goes back runs beside what lies between, on the side where its end is.
        side = (
            sideways
            if (end.centre_x >= start.centre_x if vertical else end.centre_y >= start.centre_y)
            else _OPPOSITE[sideways]
        )
        return side, side
    if after or before:
        side = sideways if after else _OPPOSITE[sideways]
        return side, _OPPOSITE[side]
    return onward, _OPPOSITE[onward]
