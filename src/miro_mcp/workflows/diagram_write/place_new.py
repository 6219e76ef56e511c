"""Places for what comes new into a diagram that is on its board: beside its neighbours, over nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...board.contents import Contents
from ...board.free_space import free_spot, space_taken
from ...board.geometry import Box, around
from ...diagrams.graph import Graph, Node
from ...diagrams.layout.places import Layout
from ...diagrams.layout.problem import PADDING, groups_in_order
from ...diagrams.layout.sizes import node_size, title_size
from ...diagrams.match import Current
from ...diagrams.record import is_part
from .diff import Differences

_GAP = 28.0


@dataclass
class Fitted:
    """Where everything of the diagram is to be; `resized` are the groups that have to hold more."""

    boxes: dict[str, Box]
    resized: dict[str, Box] = field(default_factory=dict[str, Box])
    grown: dict[str, Box] = field(default_factory=dict[str, Box])
    shifted: set[str] = field(default_factory=set[str])
    """The keys of what made room."""
    frame: Box | None = None
    """The frame's new box where it has to hold more."""


class _Fitting:
    def __init__(self, graph: Graph, ideal: Layout, current: Current, found: Differences, contents: Contents) -> None:
        self._graph = graph
        self._ideal = {**ideal.nodes, **ideal.groups}
        self._groups = {group.key: group for group in graph.groups}
        self._found = found
        self._moved = {node.key for node in found.moved_nodes}
        self._contents = contents
        items = {**current.nodes, **current.groups}
        kept = {node.key for node in graph.nodes} | self._groups.keys()
        self.boxes = {key: space_taken(item) for key, item in items.items() if key in kept and key not in self._moved}
        own = {item.id for item in items.values()}
        self._frame_id = current.frame_id
        self._others = [
            space_taken(item)
            for item in contents.items.values()
            if item.id not in own
            and item.id != self._frame_id
            and item.parent_id == self._frame_id
            and not is_part(item)
        ]

        self._before = dict(self.boxes)
        self.shifted: set[str] = set()

    def fit(self) -> Fitted:
        fitted = Fitted(self.boxes)
        for node in self._in_order([*self._found.new_nodes, *self._found.moved_nodes]):
            self.boxes[node.key] = self._place(node)
        for group in reversed(groups_in_order(self._groups)):
            self._fit_group(group.key, fitted)
        for node in self._found.grown:
            self._grow(node, fitted)
        fitted.shifted = self.shifted
        fitted.frame = self._frame_box()
        return fitted

    def _in_order(self, nodes: list[Node]) -> list[Node]:
        """Those first whose neighbours have their places."""
        ordered: list[Node] = []
        waiting = list(nodes)
        there = set(self.boxes)
        while waiting:
            chosen = next((node for node in waiting if self._neighbours(node.key) & there), waiting[0])
            waiting.remove(chosen)
            ordered.append(chosen)
            there.add(chosen.key)
        return ordered

    def _neighbours(self, key: str) -> set[str]:
        joined = [edge for edge in self._graph.edges if key in (edge.start, edge.end)]
        return {edge.end if edge.start == key else edge.start for edge in joined} - {key}

    def _place(self, node: Node) -> Box:
        width, height = self._ideal[node.key].width, self._ideal[node.key].height
        wanted = self._wanted(node)
        above = self._above(node.group)
        taken = [box for key, box in self.boxes.items() if key not in above] + self._others
        owner = self.boxes.get(node.group or "")
        if owner is not None:
            title = title_size(self._groups[node.group or ""])[1]
            inner = Box.between(
                owner.left + PADDING, owner.top + PADDING + title, owner.right - PADDING, owner.bottom - PADDING
            )
            if inner.width >= width and inner.height >= height:
                spot = free_spot(width, height, wanted, taken, within=inner, gap=_GAP)
                if spot is not None:
                    return spot
            return self._beside_members(node, owner, width, height)
        spot = free_spot(width, height, wanted, taken, within=self._limit(), gap=_GAP)
        return spot or Box.centred(*wanted, width, height)

    def _beside_members(self, node: Node, owner: Box, width: float, height: float) -> Box:
        """A place beside what is in a group, where the group can grow; else what is in its way makes room."""
        far = owner.width / 2 - PADDING + _GAP + width / 2, owner.height / 2 - PADDING + _GAP + height / 2
        down, right = (
            Box.centred(owner.centre_x, owner.centre_y + far[1], width, height),
            Box.centred(owner.centre_x + far[0], owner.centre_y, width, height),
        )
        left = Box.centred(owner.centre_x - far[0], owner.centre_y, width, height)
        flows_down = self._graph.direction in ("down", "up")
        choices = [down, right, left] if flows_down else [right, down, left]
        limit = self._limit()
        for spot in choices:
            chain = self._grown(node.group, spot)
            if self._is_clear(chain) and all(limit is None or limit.contains(box) for box in chain.values()):
                break
        else:
            spot = choices[0]
            chain = self._grown(node.group, spot)
            self._make_room(chain, owner, node.group, flows_down=flows_down)
        self.boxes.update(chain)
        return spot

    def _grown(self, group: str | None, box: Box) -> dict[str, Box]:
        """A group and those around it, grown so that they hold a box."""
        chain: dict[str, Box] = {}
        while group is not None and group in self.boxes and group not in chain:
            box = chain[group] = around([self.boxes[group], box.grown(PADDING)])
            group = self._groups[group].parent if group in self._groups else None
        return chain

    def _is_clear(self, chain: Mapping[str, Box]) -> bool:
        """Whether groups as they would be hold nothing of others."""
        for key, grown in chain.items():
            own = self._inside(key) | chain.keys()
            foreign = [box for other, box in self.boxes.items() if other not in own] + self._others
            if any(grown.grown(8).overlaps(box) for box in foreign):
                return False
        return True

    def _inside(self, group: str) -> set[str]:
        members = {node.key for node in self._graph.nodes if group in self._above(node.group)}
        return members | {key for key, one in self._groups.items() if group in self._above(one.parent)}

    def _make_room(self, chain: Mapping[str, Box], owner: Box, group: str | None, *, flows_down: bool) -> None:
        """Moves all of the diagram that lies beyond a group on by as much as it and those around it grow."""
        befores = [(self.boxes[key], box) for key, box in chain.items()]
        by = max(box.bottom - one.bottom if flows_down else box.right - one.right for one, box in befores)
        stays = chain.keys() | self._inside(group or "")
        for key, box in self.boxes.items():
            beyond = box.top >= owner.bottom - 1 if flows_down else box.left >= owner.right - 1
            if beyond and key not in stays:
                self.boxes[key] = box.moved(0, by) if flows_down else box.moved(by, 0)
                self.shifted.add(key)

    def _wanted(self, node: Node) -> tuple[float, float]:
        """Where the node would be beside those of its neighbours, or of all, that have their places."""
        ideal = self._ideal[node.key]
        anchors = [key for key in self._neighbours(node.key) if key in self.boxes and key in self._ideal]
        anchors = anchors or [key for key in self.boxes if key in self._ideal]
        if not anchors:
            return self._middle()
        shifts = [
            (self.boxes[key].centre_x - self._ideal[key].centre_x, self.boxes[key].centre_y - self._ideal[key].centre_y)
            for key in sorted(anchors)
        ]
        return ideal.centre_x + shifts[0][0], ideal.centre_y + shifts[0][1]

    def _middle(self) -> tuple[float, float]:
        frame = self._contents.items.get(self._frame_id or "")
        whole = space_taken(frame) if frame else around([*self.boxes.values(), *self._others])
        return whole.centre_x, whole.centre_y

    def _above(self, key: str | None) -> set[str]:
        above: set[str] = set()
        while key is not None and key not in above:
            above.add(key)
            key = self._groups[key].parent if key in self._groups else None
        return above

    def _limit(self) -> Box | None:
        """A frame can grow to the right and downwards, where what is in it stays in place."""
        frame = self._contents.items.get(self._frame_id or "")
        if frame is None:
            return None
        box = space_taken(frame)
        return Box.between(box.left + 20, box.top + 20, box.right + 100_000, box.bottom + 100_000)

    def _fit_group(self, key: str, fitted: Fitted) -> None:
        """A group that has new members, or is new itself, gets as large as it has to be."""
        new = {node.key for node in (*self._found.new_nodes, *self._found.moved_nodes)} | fitted.resized.keys()
        members = [node.key for node in self._graph.nodes if node.group == key]
        members += [group.key for group in self._graph.groups if group.parent == key]
        before = self.boxes.get(key)
        if before is not None and not new & set(members):
            return
        title = title_size(self._groups[key])[1]
        inside = around([self.boxes[one] for one in members if one in self.boxes])
        needed = Box.between(
            inside.left - PADDING, inside.top - PADDING - title, inside.right + PADDING, inside.bottom + PADDING
        )
        if not members:
            x, y = self._middle()
            needed = Box.centred(x, y, 160, 80)
        after = needed if before is None else around([before, needed])
        self.boxes[key] = after
        if self._before.get(key) != after:
            fitted.resized[key] = after

    def _grow(self, node: Node, fitted: Fitted) -> None:
        """More room for a longer text, where there is any."""
        before = self.boxes.get(node.key)
        if before is None:
            return
        width, height = node_size(node)
        after = Box.centred(before.centre_x, before.centre_y, max(before.width, width), max(before.height, height))
        above = self._above(node.group)
        others = [box for key, box in self.boxes.items() if key != node.key and key not in above] + self._others
        hits = any(after.grown(8).overlaps(box) and not before.grown(8).overlaps(box) for box in others)
        inside = all(self.boxes[key].contains(after) for key in above if key in self.boxes)
        if after != before and not hits and inside:
            self.boxes[node.key] = after
            fitted.grown[node.key] = after

    def _frame_box(self) -> Box | None:
        frame = self._contents.items.get(self._frame_id or "")
        if frame is None or not self.boxes:
            return None
        before, inside = space_taken(frame), around(self.boxes.values()).grown(PADDING)
        after = Box.between(before.left, before.top, max(before.right, inside.right), max(before.bottom, inside.bottom))
        return after if after.width > before.width + 0.5 or after.height > before.height + 0.5 else None


def place_new(graph: Graph, ideal: Layout, current: Current, found: Differences, contents: Contents) -> Fitted:
    """Places for new nodes and groups, and sizes for groups, nodes and the frame that have to hold more."""
    return _Fitting(graph, ideal, current, found, contents).fit()
