"""A sequence diagram as a graph at its places: heads, lifelines, messages between points on them, notes and blocks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from ...board.geometry import Box
from ..graph import Edge, Graph, Group, Look, Node
from ..sequence import Activation, BlockBegin, BlockEnd, BlockSection, Life, Message, Note, Sequence
from .columns import column_places
from .places import Ends, Layout
from .sizes import CAPTION_SIZE, MOST_CAPTION, caption_size, node_size, text_block, title_size

POINT = 8.0
"""Side of the invisible shapes that messages start and end at; all here is in board units."""
CIRCLE = 12.0
"""Of a central connection."""
LOOP = 28.0
"""How far a message to oneself goes out."""

_BAR, _LINE = 12.0, 2.0
_BETWEEN = 18.0
_AROUND_HEADS = 12.0
_LEAST_TEXT = 160.0
_HIDDEN = Look(fill_opacity=0.0, border_opacity=0.0)
_CENTRAL = Look(fill="#52607a", border="#52607a", border_width=1)
_LIFELINE = Look(fill="#b7c0d0", border_opacity=0.0)
_ACTIVE = Look(fill="#dfe7fb", border="#3b6fe0", border_width=1)
_NOTE = Look(fill="#fff9b1", border="#e6c700", border_width=1)
_BLOCK = Look(fill_opacity=0.0, border="#8a94a6", border_width=1, align="left")
_CROSS = replace(_HIDDEN, colour="#d6455d", font_size=28)
_LABEL = replace(_HIDDEN, align="left", font_size=12)
_TAB = Look(fill="#ffffff", border="#8a94a6", border_width=1, align="left", font_size=12)
_SHAPES = {"actor": "circle", "database": "can", "queue": "can"} | dict.fromkeys(
    ("boundary", "control", "entity", "collections"), "round_rectangle"
)
_WORDS = {"par_over": "par"}


@dataclass
class _Block:
    kind: str
    key: str
    title: str
    look: Look
    top: float
    left: float = float("inf")
    right: float = float("-inf")
    parent: str | None = None
    sections: list[tuple[float, str]] = field(default_factory=list[tuple[float, str]])


def lay_out_sequence(sequence: Sequence) -> tuple[Graph, Layout]:
    """The graph, and the boxes of all its nodes and groups, the top left corner at 0, 0."""
    return _Placing(sequence).place()


class _Placing:
    def __init__(self, sequence: Sequence) -> None:
        self.sequence = sequence
        self.heads = {
            participant.key: Node(
                key=f"head:{participant.key}", text=participant.text, shape=_SHAPES.get(participant.kind, "rectangle")
            )
            for participant in sequence.participants
        }
        self.sizes = {key: node_size(head) for key, head in self.heads.items()}
        self.x = column_places(sequence, {key: size[0] for key, size in self.sizes.items()})
        self.head_height = max((size[1] for size in self.sizes.values()), default=0.0)
        self.top = max((title_size(Group(key="", title=box.title))[1] for box in sequence.boxes), default=0.0)
        self.y = self.top + self.head_height + 12
        self.nodes: list[tuple[Node, Box]] = []
        self.bars: list[tuple[Node, Box]] = []
        self.groups: list[tuple[Group, Box]] = []
        self.edges: list[Edge] = []
        self.blocks: list[_Block] = []
        self.counts: Counter[str] = Counter()
        self.begun: dict[str, float] = {}
        self.ended: dict[str, float] = {}
        self.active: dict[str, list[float]] = {}
        self.born: str | None = None
        self.dying: str | None = None
        self.last = self.y

    def place(self) -> tuple[Graph, Layout]:
        for step in self.sequence.steps:
            match step:
                case Message():
                    self._message(step)
                case Note():
                    self._note(step)
                case Activation():
                    self._activation(step)
                case Life(begins=True):
                    self.born = step.participant
                case Life():
                    self.dying = step.participant
                case BlockBegin():
                    self._begin(step)
                case BlockSection():
                    self.y += 12
                    self.blocks[-1].sections.append((self.y, step.text))
                    self.y += 26 if step.text else 10
                case BlockEnd():
                    self._end()
        self.y += 26
        for key, starts in self.active.items():
            for start in starts:
                self._bar(key, start, self.y - 10, 0)
        return self._finished()

    def _next(self, what: str) -> str:
        """The key of the next thing of its sort, which stays the same where others of other sorts come or go."""
        self.counts[what] += 1
        return f"{what}:{self.counts[what]}"

    def _reach(self, left: float, right: float) -> None:
        """All open blocks go around what stands from left to right."""
        for block in self.blocks:
            block.left, block.right = min(block.left, left), max(block.right, right)

    def _point(self, key: str, x: float, *, central: bool = False) -> str:
        """A new place on a lifeline, at the current height, beside the bar when it is active; to be seen if central."""
        name = self._next("point")
        size = CIRCLE if central else POINT
        node = (
            Node(key=name, text="", shape="circle", look=_CENTRAL) if central else Node(key=name, text="", look=_HIDDEN)
        )
        self.nodes.append((node, Box.centred(x, self.y, size, size)))
        half = self.sizes[key][0] / 2 + _AROUND_HEADS
        self._reach(self.x[key] - half, self.x[key] + half)
        return name

    def _edge_of(self, key: str, toward: float) -> float:
        """Where a line to the right or left leaves: the lifeline, or the edge of its bar."""
        depth = len(self.active.get(key, ()))
        side = 1 if toward > self.x[key] else -1
        out = _BAR / 2 + (depth - 1) * _BAR / 2 * (side > 0) if depth else 0.0
        return self.x[key] + side * out

    def _message(self, message: Message) -> None:
        text = f"{message.number}. {message.text}" if message.number else message.text
        if message.start == message.end:
            self._to_itself(message, text)
        else:
            text = self._written_apart(message, text)
            self.y += max(caption_size(text)[1], 12) + _BETWEEN / 2
            start = self._point(
                message.start, self._edge_of(message.start, self.x[message.end]), central=message.central[0]
            )
            end = self._arrival(message)
            self._line(start, end, message, text)
            self.y += _BETWEEN / 2
        self.last = self.y - _BETWEEN / 2
        if self.dying is not None:
            self.ended[self.dying] = self.last
            self.dying = None

    def _written_apart(self, message: Message, text: str) -> str:
        """What is left for the caption: a text that is longer than Miro's captions is one of its own above the line."""
        if len(text) <= MOST_CAPTION:
            return text
        left, right = sorted((self.x[message.start], self.x[message.end]))
        width = max(right - left - 2 * _BAR, _LEAST_TEXT)
        _, height = text_block(text, width, CAPTION_SIZE)
        self.y += _BETWEEN / 2
        box = Box.centred((left + right) / 2, self.y + height / 2, width, height)
        self.nodes.append((Node(key=self._next("text"), text=text, look=replace(_LABEL, align="center")), box))
        self._reach(box.left, box.right)
        self.y = box.bottom - _BETWEEN
        return ""

    def _arrival(self, message: Message) -> str:
        if self.born != message.end:
            x = self._edge_of(message.end, self.x[message.start])
            return self._point(message.end, x, central=message.central[1])
        self.born = None
        head, (width, height) = self.heads[message.end], self.sizes[message.end]
        self.nodes.append((head, Box.centred(self.x[message.end], self.y, width, height)))
        self.begun[message.end] = self.y + height / 2
        self._reach(self.x[message.end] - width / 2 - 10, self.x[message.end] + width / 2 + 10)
        self.y += height / 2
        return head.key

    def _to_itself(self, message: Message, text: str) -> None:
        key = message.start
        x = self._edge_of(key, float("inf"))
        self.y += _BETWEEN
        start = self._point(key, x - POINT / 2, central=message.central[0])
        width, height = caption_size(text)
        drop = max(height, 24.0)
        if text:
            label = Node(key=self._next("text"), text=text, look=_LABEL)
            box = Box.centred(x + LOOP + 6 + width / 2, self.y + drop / 2, width, height)
            self.nodes.append((label, box))
            self._reach(x, box.right + 10)
        self.y += drop
        end = self._point(key, x - POINT / 2, central=message.central[1])
        self._line(start, end, message, "")
        self.edges[-1] = replace(self.edges[-1], curve="elbowed")
        self.y += _BETWEEN / 2

    def _line(self, start: str, end: str, message: Message, text: str) -> None:
        self.edges.append(
            Edge(
                key=f"message:{len(self.edges)}",
                start=start,
                end=end,
                text=text,
                start_cap=message.start_cap,
                end_cap=message.end_cap,
                line="dashed" if message.dotted else "normal",
                curve="straight",
            )
        )

    def _note(self, note: Note) -> None:
        node = Node(key=self._next("note"), text=note.text, look=_NOTE)
        width, height = node_size(node)
        places = [self.x[key] for key in note.participants]
        if note.side == "over":
            center = (min(places) + max(places)) / 2
            halves = [self.sizes[key][0] / 2 for key in note.participants]
            width = max(width, max(places) - min(places) + sum(halves) if len(places) > 1 else 2 * halves[0])
        else:
            away = width / 2 + 16
            center = places[0] + (away if note.side == "right" else -away)
        box = Box.centred(center, self.y + height / 2 + 6, width, height)
        self.nodes.append((node, box))
        self._reach(box.left - 10, box.right + 10)
        self.y = self.last = box.bottom + 6

    def _activation(self, step: Activation) -> None:
        starts = self.active.setdefault(step.participant, [])
        if step.active:
            starts.append(self.last)
        else:
            self._bar(step.participant, starts.pop(), self.last, len(starts))

    def _bar(self, key: str, start: float, end: float, depth: int) -> None:
        box = Box.between(self.x[key] - _BAR / 2, start, self.x[key] + _BAR / 2, max(end, start + 16))
        node = Node(key=f"active:{len(self.bars)}", text="", look=_ACTIVE)
        self.bars.append((node, box.moved(depth * _BAR / 2, 0)))

    def _begin(self, step: BlockBegin) -> None:
        self.y += 14
        word = _WORDS.get(step.kind, step.kind)
        title = "" if step.kind == "rect" else f"{word} [{step.text}]" if step.text else word
        look = Look(fill=step.colour or "#eef2fb", border_opacity=0.0) if step.kind == "rect" else _BLOCK
        parent = self.blocks[-1].key if self.blocks else None
        key = f"block:{len(self.groups) + len(self.blocks)}"
        self.blocks.append(_Block(step.kind, key, title, look, self.y, parent=parent))
        self.y += self._tab_size(title)[1] + 6

    def _tab_size(self, title: str) -> tuple[float, float]:
        width, height = caption_size(f"<strong>{title}</strong>" if title else "")
        return (width + 12, height + 6) if title else (0.0, 0.0)

    def _end(self) -> None:
        block = self.blocks.pop()
        self.y += 12
        if block.left > block.right:
            block.left, block.right = min(self.x.values(), default=0) - 30, max(self.x.values(), default=0) + 30
        width, height = self._tab_size(block.title)
        box = Box.between(block.left, block.top, max(block.right, block.left + width + 10), self.y)
        self.groups.append((Group(key=block.key, parent=block.parent, look=block.look), box))
        if block.title:
            # On a shape of its own, since the lifelines run over what a group says itself.
            tab = Node(key=f"{block.key}:title", text=f"<strong>{block.title}</strong>", look=_TAB)
            self.nodes.append((tab, Box.centred(box.left + width / 2, box.top + height / 2, width, height)))
        for y, text in block.sections:
            self._section(box, y, text)
        self._reach(box.left - 12, box.right + 12)
        self.last = self.y
        self.y += 10

    def _section(self, block: Box, y: float, text: str) -> None:
        ends: list[str] = []
        for x in (block.left, block.right):
            name = self._next("point")
            self.nodes.append((Node(key=name, text="", look=_HIDDEN), Box.centred(x, y, POINT, POINT)))
            ends.append(name)
        key = f"section:{len(self.edges)}"
        line = Edge(key=key, start=ends[0], end=ends[1], end_cap="none", line="dashed", curve="straight")
        self.edges.append(replace(line, colour="#8a94a6", width=1))
        if text:
            width, height = caption_size(f"[{text}]")
            label = Node(key=f"{key}:text", text=f"[{text}]", look=replace(_TAB, border_opacity=0.0))
            self.nodes.append((label, Box.centred(block.left + 8 + width / 2, y + 4 + height / 2, width, height)))

    def _finished(self) -> tuple[Graph, Layout]:
        bottom = self.y
        lines: list[tuple[Node, Box]] = []
        for key, x in self.x.items():
            width, height = self.sizes[key]
            if key not in self.begun:
                lines.append((self.heads[key], Box.centred(x, self.top + self.head_height - height / 2, width, height)))
            start, end = self.begun.get(key, self.top + self.head_height), self.ended.get(key, bottom)
            look = Node(key=f"line:{key}", text="", look=_LIFELINE)
            lines.insert(0, (look, Box.between(x - _LINE / 2, start, x + _LINE / 2, max(end, start + 20))))
            if key in self.ended:
                cross = Node(key=f"end:{key}", text="\u00d7", look=_CROSS)
                lines.append((cross, Box.centred(x, end, 40, 40)))
        groups = [*self._boxes(bottom), *sorted(self.groups, key=lambda placed: placed[1].top)]
        placed = [*lines, *self.bars, *self.nodes]
        every = [box for _, box in (*placed, *groups)]
        left, top = min((box.left for box in every), default=0), min((box.top for box in every), default=0)
        graph = Graph(
            nodes=tuple(replace(node, width=box.width, height=box.height) for node, box in placed),
            edges=tuple(self.edges),
            groups=tuple(group for group, _ in groups),
            title=self.sequence.title,
            notes=self.sequence.notes,
        )
        nodes = {node.key: box.moved(-left, -top) for node, box in placed}
        ends = {edge.key: _ends(edge) for edge in graph.edges}
        return graph, Layout(nodes, {group.key: box.moved(-left, -top) for group, box in groups}, ends=ends)

    def _boxes(self, bottom: float) -> list[tuple[Group, Box]]:
        """Boxes around participants, from above their heads to the end of their lifelines."""
        found: list[tuple[Group, Box]] = []
        for number, box in enumerate(self.sequence.boxes):
            keys = [one.key for one in self.sequence.participants if one.box == number]
            if keys:
                left = min(self.x[key] - self.sizes[key][0] / 2 for key in keys) - 12
                right = max(self.x[key] + self.sizes[key][0] / 2 for key in keys) + 12
                look = Look(fill=box.colour or "#f3f5fa", border_opacity=0.0)
                around = Box.between(left, -10, right, bottom + 10)
                found.append((Group(key=f"box:{number}", title=box.title, look=look), around))
        return found


def _ends(edge: Edge) -> Ends:
    """A message runs from lifeline to lifeline, its text above it; one to oneself leaves and arrives on the right."""
    if edge.curve == "elbowed":
        return Ends({"snapTo": "right"}, {"snapTo": "right"})
    on = {"position": {"x": "50%", "y": "50%"}}
    made = edge.end.startswith("head:")
    return Ends(on, {"snapTo": "auto"} if made else on, align="top", curve="straight")
