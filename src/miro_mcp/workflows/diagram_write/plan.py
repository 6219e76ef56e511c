"""A graph at its places as what the API takes: shapes, texts and lines, nothing sent yet."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast, get_args

from ...board.geometry import Box
from ...board.write import NewItem, Payload
from ...catalogue.shapes import BasicShape
from ...diagrams.charts.keys import is_helper
from ...diagrams.graph import CARD, Direction, Edge, Graph, Group, Node
from ...diagrams.kind import DiagramKind
from ...diagrams.layout.places import Ends, Layout
from ...diagrams.layout.problem import groups_in_order
from ...diagrams.layout.sizes import MOST_CAPTION, text_block
from ...diagrams.lines.ends import line_ends
from ...diagrams.record import Record, RecordedItem, RecordedLine, parts, parts_needed, text_print
from ...diagrams.rules import with_full_rules
from ...diagrams.style import card_style, edge_style, group_style, node_style
from ...text.rich_text import parse_html

BASIC: frozenset[str] = frozenset(get_args(BasicShape))
FRAME_PADDING = 48.0
RECORD_SIZE = (60.0, 14.0)
UNTITLED = "Diagram"
"""What a frame is called whose diagram has no title."""

_TITLE_SIZE = 24.0
_CAPTION_PLACES = (("start_text", "15%"), ("text", ""), ("end_text", "85%"))


@dataclass
class DiagramPlan:
    """Everything of one diagram. `frame` is the frame to be made; `loops` could not be drawn."""

    graph: Graph
    record: Record
    frame: NewItem | None
    record_box: Box
    title: NewItem | None
    groups: list[NewItem]
    nodes: list[NewItem]
    ends: Mapping[str, Ends]
    notes: list[str] = field(default_factory=list[str])

    @property
    def edges(self) -> list[Edge]:
        """Those that are drawn."""
        return [edge for edge in self.graph.edges if edge.key in self.ends]

    @property
    def bounds(self) -> Box:
        return self.record_box if self.frame is None else self.frame.box

    @property
    def size(self) -> int:
        """How many things there are to be made and written."""
        extra = 2 + (self.frame is not None) + (self.title is not None)
        return extra + len(self.groups) + len(self.nodes) + len(self.edges)

    def record_pieces(self, board_id: str) -> list[NewItem]:
        return record_pieces(parts(self.record, board_id, parts_needed(self.record)), self.record_box)


def record_pieces(contents: Sequence[str], box: Box) -> list[NewItem]:
    """The texts that carry a record, side by side from the place of the first."""
    width = RECORD_SIZE[0]
    return [NewItem("", box.moved(number * width, 0), record_body(one)) for number, one in enumerate(contents)]


def record_body(content: str) -> Payload:
    return {
        "type": "text",
        "data": {"content": content},
        "style": {
            "fontSize": "10",
            "fontFamily": "open_sans",
            "color": "#b3bac6",
            "fillOpacity": "0.0",
            "textAlign": "left",
        },
        "geometry": {"width": RECORD_SIZE[0]},
    }


def plan_diagram(graph: Graph, layout: Layout, framed: bool, kind: str = "", source: str = "") -> DiagramPlan:
    """The plan of a diagram whose layout is at its place on the board; `source` stands for what it is drawn of."""
    notes = [*graph.notes, *layout.notes]
    bounds = layout.bounds
    title = None if framed or not graph.title else _title(graph.title, bounds)
    record_box = record_box_of(layout)
    frame = _frame(graph.title, bounds) if framed else None
    groups = group_pieces(graph, layout)
    nodes = [node_piece(node, layout.nodes[node.key], notes) for node in graph.nodes]
    return DiagramPlan(
        graph=graph,
        record=new_record(graph, layout, record_box, kind, source),
        frame=frame,
        record_box=record_box,
        title=title,
        groups=groups,
        nodes=nodes,
        ends=drawn_ends(graph, layout, notes),
        notes=notes,
    )


def record_box_of(layout: Layout) -> Box:
    """Where the record's first text is: under the diagram, at its left."""
    return Box.centred(layout.bounds.left + RECORD_SIZE[0] / 2, layout.bounds.bottom + 20.0, *RECORD_SIZE)


def space_of(layout: Layout, graph: Graph, *, framed: bool) -> Box:
    """All the space that a diagram takes with its title, frame and record, where its layout is now."""
    bounds = layout.bounds
    if framed:
        return _frame(graph.title, bounds).box
    title = _title(graph.title, bounds).box if graph.title else bounds
    return Box.between(
        min(bounds.left, title.left),
        title.top if graph.title else bounds.top,
        max(bounds.right, title.right),
        bounds.bottom + 30.0,
    )


def new_record(graph: Graph, layout: Layout, record_box: Box, kind: str, source: str) -> Record:
    def entry(key: str, box: Box, text: str, owner: str | None, way: Direction | None = None) -> RecordedItem:
        place = round(box.centre_x - record_box.centre_x), round(box.centre_y - record_box.centre_y)
        return RecordedItem(key, "", *place, text_print(text), owner or "", way)

    return Record(
        uid=secrets.token_hex(4),
        state="drawing",
        direction=graph.direction,
        source=source,
        kind=kind,
        nodes=tuple(entry(node.key, layout.nodes[node.key], node.text, node.group) for node in graph.nodes),
        groups=tuple(
            entry(group.key, layout.groups[group.key], group.title, group.parent, group.direction)
            for group in graph.groups
        ),
        lines=tuple(RecordedLine(edge.key, "", edge.start, edge.end, edge.length) for edge in graph.edges),
    )


def group_pieces(graph: Graph, layout: Layout) -> list[NewItem]:
    """Outer groups first: what is made later lies on top."""
    by_key = {group.key: group for group in graph.groups}
    return [group_piece(group, layout.groups[group.key], depth_of(group, by_key)) for group in groups_in_order(by_key)]


def group_piece(group: Group, box: Box, depth: int) -> NewItem:
    content = f"<p><strong>{group.title}</strong></p>" if group.title else ""
    return NewItem(group.key, box, _shape("rectangle", content, group_style(group, depth), box))


def node_piece(node: Node, box: Box, notes: list[str]) -> NewItem:
    shape = node.shape
    if shape == CARD:
        return NewItem(node.key, box, card_body(node, box))
    if shape not in BASIC:
        notes.append(f"{node.key}: {shape} can't be made in bulk, so it is drawn as a rectangle.")
        shape = "rectangle"
    return NewItem(node.key, box, _shape(shape, node_content(node, box.width), node_style(node), box))


def card_body(node: Node, box: Box) -> Payload:
    """A card is as high as what it says."""
    data = {"title": node_content(node, box.width), "description": node.description}
    return {"type": CARD, "data": data, "style": card_style(node), "geometry": {"width": round(box.width, 2)}}


def node_content(node: Node, width: float) -> str:
    """What a shape of this width says."""
    text = with_full_rules(node.text.replace("\n", "<br>"), width, node.look.font_size)
    if node.link and text:
        text = f'<a href="{node.link}">{text}</a>'
    return f"<p>{text}</p>" if text else ""


def is_told(key: str, kind: DiagramKind) -> bool:
    """Whether a node is one that somebody would ask for, rather than a point on a lifeline or a figure of an axis."""
    return not (kind.places_matter and is_helper(key))


def depth_of(group: Group, groups: Mapping[str, Group]) -> int:
    depth, above = 0, groups.get(group.parent or "")
    while above is not None and depth < 50:
        depth, above = depth + 1, groups.get(above.parent or "")
    return depth


def drawn_ends(graph: Graph, layout: Layout, notes: list[str]) -> dict[str, Ends]:
    """The ends of every edge that can be drawn."""
    loops = [edge.start for edge in graph.edges if edge.visible and edge.start == edge.end]
    if loops:
        notes.append(f"A line from an item to itself can't be drawn: {', '.join(dict.fromkeys(loops))}.")
    return line_ends(graph, layout)


def edge_body(edge: Edge, ends: Ends, ids: Mapping[str, str]) -> Payload:
    """What creating a connector takes."""
    body: Payload = {
        "startItem": {"id": ids[edge.start], **ends.start},
        "endItem": {"id": ids[edge.end], **ends.end},
        "shape": ends.curve,
        "style": edge_style(edge),
    }
    captions = captions_of(edge, ends)
    return body | ({"captions": captions} if captions else {})


def captions_of(edge: Edge, ends: Ends | None = None) -> list[Payload]:
    """The captions of an edge: that in its middle where the ends say, on its line, above or below it."""
    found: list[Payload] = []
    for name, place in _CAPTION_PLACES:
        text = cast("str", getattr(edge, name))
        if text:
            caption = {"content": cut_caption(text), "position": place or (ends.caption if ends else "50%")}
            aside = {"textAlignVertical": ends.align} if ends and not place and ends.align != "middle" else {}
            found.append(caption | aside)
    return found


def cut_caption(text: str) -> str:
    """A caption as long as Miro takes it; one that is too long loses its markup."""
    if len(text) <= MOST_CAPTION:
        return text
    plain = " ".join(paragraph.text for paragraph in parse_html(text))
    return plain if len(plain) <= MOST_CAPTION else plain[: MOST_CAPTION - 1] + "…"


def cut_notes(edges: Iterable[Edge]) -> list[str]:
    cut = [
        edge.key
        for edge in edges
        if any(len(text) > MOST_CAPTION for text in (edge.text, edge.start_text, edge.end_text))
    ]
    return [f"Captions were cut to the 200 characters that Miro holds: {', '.join(cut[:10])}."] if cut else []


def _shape(shape: str, content: str, style: Mapping[str, str], box: Box) -> Payload:
    data: Payload = {"shape": shape} | ({"content": content} if content else {})
    size = {"width": round(box.width, 2), "height": round(box.height, 2)}
    return {"type": "shape", "data": data, "style": dict(style), "geometry": size}


def _title(title: str, bounds: Box) -> NewItem:
    width, height = text_block(f"<strong>{title}</strong>", max(bounds.width, 400.0), _TITLE_SIZE)
    width = max(width + 20, 60.0)
    body: Payload = {
        "type": "text",
        "data": {"content": f"<p><strong>{title}</strong></p>"},
        "style": {
            "fontSize": str(round(_TITLE_SIZE)),
            "color": "#1f2937",
            "fontFamily": "open_sans",
            "fillOpacity": "0.0",
            "textAlign": "left",
        },
        "geometry": {"width": round(width, 2)},
    }
    return NewItem("", Box.centred(bounds.left + width / 2, bounds.top - 24 - height / 2, width, height), body)


def _frame(title: str, bounds: Box) -> NewItem:
    box = bounds.grown(FRAME_PADDING)
    box = Box.centred(box.centre_x, box.centre_y, max(box.width, 100.0), max(box.height, 100.0))
    plain = " ".join(paragraph.text for paragraph in parse_html(title)).strip() or UNTITLED
    body: Payload = {
        "type": "frame",
        "data": {"title": plain, "format": "custom", "type": "freeform"},
        "style": {"fillColor": "#ffffff"},
        "geometry": {"width": round(box.width, 2), "height": round(box.height, 2)},
    }
    return NewItem("", box, body)
