"""Boards as the live API shows them, against or beyond its description; each with what has to be told of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from boards import MadeBoard, Raw, audit, connector, empty_board

CANVAS = "canvas_center"


@dataclass
class Capture:
    """One board. `told` has to be in its overview, `seen` in its picture, `never` in neither.

    `broken` are the routes that fail, by the last segment of their path; `edges` those that are read as a graph.
    """

    board: MadeBoard
    told: list[str] = field(default_factory=list[str])
    seen: list[str] = field(default_factory=list[str])
    never: list[str] = field(default_factory=list[str])
    broken: dict[str, int] = field(default_factory=dict[str, int])
    edges: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])


CAPTURES: dict[str, Callable[[], Capture]] = {}


def capture(make: Callable[[], Capture]) -> Callable[[], Capture]:
    CAPTURES[make.__name__.replace("_", " ")] = make
    return make


def entry(kind: str, id: Any, data: Raw | None = None, x: float = 0, y: float = 0, **more: Any) -> Raw:
    """An item as a list shows it."""
    raw: Raw = {
        "id": id,
        "type": kind,
        "position": {"x": x, "y": y, "origin": "center", "relativeTo": CANVAS},
        "geometry": {"width": 200, "height": 100},
        "links": {"self": f"https://api.miro.com/v2/boards/uXjVMixed00%3D/{kind}s/{id}"},
        "parent": None,
        **audit(),
    }
    return raw | ({} if data is None else {"data": data}) | more


def unsupported(kind: str, id: str, x: float = 0, y: float = 0, **more: Any) -> Raw:
    return entry(kind, id, None, x, y, isSupported=False, **more)


def made(*items: Raw, connectors: list[Raw] | None = None, **lists: Any) -> MadeBoard:
    board = empty_board("Captured")
    board.items += items
    board.connectors += connectors or []
    for name, value in lists.items():
        setattr(board, name, value)
    return board


def flowchart(id: str, shape: str, content: str, x: float = 0, y: float = 0) -> Raw:
    style = {"fillColor": "#ffffff", "fillOpacity": "1.0", "borderColor": "#1a1a1a", "borderOpacity": "1.0"}
    return entry("shape", id, {"content": content, "shape": shape}, x, y, style=style)


STEPS = [
    flowchart("11", "flow_chart_terminator", "<p>Order comes in</p>"),
    flowchart("12", "flow_chart_decision", "<p>In stock?</p>", 400),
    flowchart("13", "flow_chart_process", "<p>Ship &amp; bill</p>", 800),
]


def drawn_in_the_app(id: str, start: str | None, end: str | None, *captions: str) -> Raw:
    """A line as people draw it: round caps, ends at sides in percent, captions without a vertical place."""
    line = connector(id, start, end)
    line["style"] |= {"startStrokeCap": "none", "endStrokeCap": "rounded_stealth"}
    if captions:
        line["captions"] = [{"content": f"<p>{caption}</p>", "position": "50%"} for caption in captions]
    return line


@capture
def flowchart_drawn_in_the_app() -> Capture:
    bare = [unsupported("shape", one["id"], one["position"]["x"]) for one in STEPS]
    lines = [drawn_in_the_app("21", "11", "12"), drawn_in_the_app("22", "12", "13", "yes")]
    board = made(*bare, connectors=lines, experimental=STEPS)
    texts = ["Order comes in", "In stock?"]
    return Capture(
        board,
        [*texts, "Ship & bill", '"yes"'],
        [*texts, "Ship &amp; bill"],
        ["not told", "&amp;amp;"],
        edges=[("11", "12"), ("12", "13")],
    )


@capture
def flowchart_among_plain_shapes_sticky_notes_and_a_frame() -> Capture:
    frame = entry("frame", "1", {"title": "R&amp;D &lt;2026&gt;", "type": "freeform", "format": "custom"},
                  geometry={"width": 2000, "height": 900})  # fmt: skip
    note = entry("sticky_note", "2", {"content": "<p>Ask <strong>Ben</strong></p>", "shape": "square"}, 0, 300,
                 geometry={"width": 199, "height": 228}, style={"fillColor": "yellow"})  # fmt: skip
    bare = [unsupported("shape", one["id"], one["position"]["x"]) for one in STEPS]
    other = unsupported("stencil", "31", 800, 300)
    lines = [drawn_in_the_app("21", "11", "12"), drawn_in_the_app("23", "13", None)]
    board = made(frame, note, *bare, other, connectors=lines, experimental=[frame, note, *STEPS, other])
    return Capture(
        board,
        ["R&D <2026>", "Ask Ben", "In stock?", "stencil"],
        ["R&amp;D &lt;2026&gt;", "In stock?", "stencil"],
        ["&amp;amp;"],
    )


@capture
def flowchart_whose_experimental_list_is_refused() -> Capture:
    bare = [unsupported("shape", one["id"], one["position"]["x"]) for one in STEPS]
    return Capture(
        made(*bare), ["3 shape", "Not read", "flowchart shapes", "contents not told by Miro"], broken={"items*": 403}
    )


@capture
def frame_title_that_is_escaped() -> Capture:
    frame = entry("frame", "1", {"title": "A &amp; B", "type": "unknown", "format": "custom"})
    return Capture(made(frame), ["A & B"], ["A &amp; B"], ["&amp;amp;"])


@capture
def frame_title_that_says_an_entity() -> Capture:
    frame = entry("frame", "1", {"title": "Write &amp;amp; for an ampersand", "type": "freeform"})
    return Capture(made(frame), ["Write &amp; for"], ["Write &amp;amp; for"])


@capture
def frame_title_that_looks_like_a_tag() -> Capture:
    frame = entry("frame", "1", {"title": "Use &lt;b&gt; here &#39;now&#39;", "type": "freeform"})
    return Capture(made(frame), ["Use <b> here 'now'"], ["Use &lt;b&gt; here"])


@capture
def embed_that_is_escaped() -> Capture:
    data = {
        "title": "Cats &amp; dogs", "url": "https://example.com/watch?v=1&amp;t=2", "description": "5 &lt; 6",
        "contentType": "video", "providerName": "Example", "mode": "inline",
    }  # fmt: skip
    return Capture(made(entry("embed", "1", data)), ["Cats & dogs", "v=1&t=2", "5 < 6"], ["Cats &amp; dogs"])


@capture
def text_without_a_height() -> Capture:
    data = {"content": "<p>" + "many words in one text " * 20 + "</p>"}
    text = entry("text", "1", data, geometry={"width": 200, "rotation": 0}, style={"fontSize": "14"})
    return Capture(made(text), ["many words"], ["many words"])


@capture
def texts_of_another_size_without_a_height() -> Capture:
    small = entry("text", "1", {"content": "small"}, geometry={"width": 40}, style={"fontSize": "10"})
    large = entry("text", "2", {"content": "LARGE"}, 0, 200, geometry={"width": 900}, style={"fontSize": "200"})
    return Capture(made(small, large), ["small", "LARGE"], ["small", "LARGE"])


def node(id: str, text: str, parent: str | None = None) -> Raw:
    return {
        "id": id,
        "type": "mindmap_node",
        "data": {"nodeView": {"type": "text", "data": {"type": "text", "content": text}}, "isRoot": parent is None},
        "style": {"nodeColor": "#1a1a1a", "shape": "none" if parent else "pill"},
        **({"parent": {"id": parent}} if parent else {}),
        **audit(),
    }


@capture
def mind_map_whose_texts_are_on_a_list_of_their_own() -> Capture:
    bare = [entry("mindmap_node", "1", {}), entry("mindmap_node", "2", {}, 300)]
    board = made(*bare, mindmap_nodes=[node("1", "Launch"), node("2", "Press", "1")])
    return Capture(board, ["Launch", "Press", "2 mindmap_node"], ["Launch", "Press"], edges=[("1", "2")])


@capture
def mind_map_whose_list_is_refused() -> Capture:
    bare = [entry("mindmap_node", "1", {}), entry("mindmap_node", "2", {}, 300)]
    return Capture(made(*bare), ["2 mindmap_node", "mind maps"], broken={"mindmap_nodes": 403})


def doc(id: str, content: str, kind: str = "markdown") -> Raw:
    return {"id": id, "type": "doc_format", "data": {"contentType": kind, "content": content}, **audit()}


@capture
def docs_whose_text_is_behind_a_route_of_their_own() -> Capture:
    board = made(
        entry("doc_format", "1", {}, geometry={"width": 700, "height": 900}),
        entry("doc_format", "2", {}, 900, geometry={"width": 700, "height": 900}),
        docs={"1": doc("1", "# Plan\n\n- one"), "2": doc("2", "<h1>Minutes</h1>", "html")},
    )
    return Capture(board, ["Plan", "Minutes"], ["Plan", "Minutes"])


@capture
def doc_that_can_not_be_read() -> Capture:
    return Capture(made(entry("doc_format", "77", {})), ["1 doc_format", "Not read: docs"], broken={"77": 403})


@capture
def image_with_resource_0() -> Capture:
    url = "https://api.miro.com/v2/boards/uXjVMixed00%3D/resources/images/0?format=preview&redirect=false"
    return Capture(made(entry("image", "1", {"title": "Photo", "imageUrl": url})), ["image", "Photo"], ["Photo"])


@capture
def table_with_its_texts() -> Capture:
    board = made(entry("table", "1"), entry("table_text", "2", {}), entry("table_text", "3", {}, 50))
    return Capture(board, ["1 table", "2 table_text", "contents not told by Miro"], ["Table"])


@capture
def data_table() -> Capture:
    return Capture(made(entry("data_table_format", "1", {})), ["data_table_format", "contents not told"], ["Table"])


@capture
def preview_of_a_page() -> Capture:
    return Capture(made(entry("preview", "1", {"url": "https://example.com/a"})), ["example.com/a"], ["example.com"])


@capture
def kinds_that_nobody_has_heard_of() -> Capture:
    board = made(
        unsupported("emoji", "1"), unsupported("kanban", "2", 300), entry("slide_container", "3", {"title": "Deck"})
    )
    return Capture(board, ["1 emoji", "1 kanban", "Deck", "contents not told"], ["emoji: not told by Miro", "Deck"])


@capture
def ids_that_are_numbers() -> Capture:
    first, second = entry("shape", 101, {"content": "one"}), entry("shape", 102, {"content": "two"}, 400)
    line = drawn_in_the_app("201", None, None)
    line |= {"startItem": {"id": 101}, "endItem": {"id": 102}}
    return Capture(
        made(first, second, connectors=[line]), ["one", "two", "101", "102"], ["one"], edges=[("101", "102")]
    )


@capture
def lines_that_lack_an_end_or_both() -> Capture:
    lines = [drawn_in_the_app("21", "1", None, "loose"), drawn_in_the_app("22", None, None)]
    return Capture(
        made(entry("shape", "1", {"content": "alone"}), connectors=lines), ["2 connectors", "alone", "loose"]
    )


@capture
def line_with_a_cap_that_is_not_known() -> Capture:
    line = drawn_in_the_app("21", "1", "2")
    line["style"]["startStrokeCap"] = "unknown"
    items = [entry("shape", "1", {"content": "a"}), entry("shape", "2", {"content": "b"}, 400)]
    return Capture(made(*items, connectors=[line]), ["1 connector"], edges=[("1", "2")])


@capture
def line_to_something_that_is_not_listed() -> Capture:
    line = drawn_in_the_app("21", "1", "999")
    return Capture(made(entry("shape", "1", {"content": "a"}), connectors=[line]), ["1 connector", "a"])


@capture
def sticky_notes_as_people_write_them() -> Capture:
    html = "<p>Is 2 &lt; 3 &amp; 4?</p><p><br></p><ul><li>yes</li></ul><p>\U0001f680 \u65e5\u672c</p>"
    note = entry("sticky_note", "1", {"content": html, "shape": "square"}, geometry={"width": 199, "height": 228})
    return Capture(made(note), ["Is 2 < 3 & 4?", "\U0001f680 \u65e5\u672c"], ["2 &lt; 3 &amp; 4?"], ["<br>"])


@capture
def shape_without_a_visible_border() -> Capture:
    style = {
        "fillColor": "#d5f692", "fillOpacity": "1.0", "borderOpacity": "0.0", "borderWidth": "2.0",
        "borderColor": "#1a1a1a", "fontFamily": "open_sans", "fontSize": "14",
    }  # fmt: skip
    return Capture(
        made(entry("shape", "1", {"content": "green", "shape": "rectangle"}, style=style)), ["green"], ["green"]
    )


@capture
def child_in_the_corner_of_its_frame() -> Capture:
    frame = entry("frame", "1", {"title": "F", "type": "freeform"}, geometry={"width": 800, "height": 600})
    child = entry("shape", "2", {"content": "corner"}, parent={"id": "1"})
    child["position"] = {"x": 0, "y": 0, "origin": "center", "relativeTo": "parent_top_left"}
    return Capture(made(frame, child), ["corner", "F"], ["corner"])


@capture
def child_whose_frame_is_gone() -> Capture:
    child = entry("shape", "2", {"content": "orphan"}, parent={"id": "1"})
    child["position"] = {"x": 10, "y": 10, "origin": "center", "relativeTo": "parent_top_left"}
    return Capture(made(child), ["orphan"], ["orphan"])


@capture
def item_without_place_or_size() -> Capture:
    bare = {"id": "1", "type": "shape", "data": {"content": "nowhere", "shape": "circle"}}
    return Capture(made(bare), ["nowhere"], ["nowhere"])


@capture
def numbers_as_text() -> Capture:
    shape = entry("shape", "1", {"content": "text"}, style={"fontSize": 18, "borderWidth": "2", "fillOpacity": 1})
    shape["geometry"] = {"width": "240.5", "height": "100", "rotation": "15"}
    return Capture(made(shape), ["text"], ["text", "rotate(15"])


@capture
def card_that_grew_with_its_text() -> Capture:
    data = {"title": "<p>Call the bank</p>", "description": "<p>long</p>", "dueDate": "2026-03-01T00:00:00.000Z"}
    card = entry("card", "1", data, geometry={"width": 320, "height": 411.5}, style={"cardTheme": "#2d9bf0"})
    return Capture(made(card), ["Call the bank", "due 2026-03-01"], ["Call the bank"])


@capture
def app_card_with_fields() -> Capture:
    fields = [{"value": "In progress", "iconUrl": "https://example.com/i.png", "fillColor": "#ff0000"}]
    data = {"title": "<p>PROJ-1<br>Fix it</p>", "status": "connected", "fields": fields, "owned": False}
    return Capture(made(entry("app_card", "1", data)), ["PROJ-1", "In progress", "connected"], ["PROJ-1"])


@capture
def groups_and_tags() -> Capture:
    notes = [entry("sticky_note", str(at), {"content": f"note {at}"}, at * 300) for at in (1, 2)]
    board = made(
        *notes,
        groups=[{"id": 9, "type": "group", "data": {"items": [1, "2"]}}],
        tags=[{"id": "5", "type": "tag", "title": "R&D", "fillColor": "red"}],
        tagged={"5": ["1"]},
    )
    return Capture(board, ["note 1", "note 2", "R&D", "## Groups"], ["note 1"])


@capture
def more_than_a_page() -> Capture:
    notes = [entry("sticky_note", str(1000 + at), {"content": f"note {at}"}, at * 250) for at in range(120)]
    return Capture(made(*notes), ["120 items", "note 0", "note 119"])


@capture
def locked_and_hidden_characters() -> Capture:
    shape = entry("shape", "1", {"content": "pay\u202etxt.exe\u2069\u200b now"}, isLocked=True)
    return Capture(made(shape), ["pay"], [], ["\u202e", "\u200b"])
