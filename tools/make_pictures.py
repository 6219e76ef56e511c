"""Draws `docs/pictures`: a sheet of every family of items, and a board of 1,000 items, all from fixed data.

Usage: python tools/make_pictures.py [NAME …]
"""

import itertools
import random
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

from miro_mcp.board.contents import Contents, Tag, connector_of, placed
from miro_mcp.catalogue.connectors import StrokeCap
from miro_mcp.catalogue.shapes import BasicShape, FlowchartShape
from miro_mcp.catalogue.sticky_notes import StickyNoteColour
from miro_mcp.catalogue.tags import TagColour
from miro_mcp.drawing.picture import draw_scene, rasterize
from miro_mcp.drawing.scene import scale_of, scene_of

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
Raw = dict[str, Any]

_ids = itertools.count(1)


def restart_ids() -> None:
    """Makes a sheet the same whatever was drawn before it."""
    global _ids
    _ids = itertools.count(1)


_SHADES = ("#d5f692", "#a6ccf5", "#fff9b1", "#ffcee0", "#b384bb", "#f5d128", "#67c6c0", "#ff9d48")


def item(kind: str, x: float, y: float, width: float, height: float, data: Raw, **more: Any) -> Raw:
    geometry = {"width": width, "height": height, **({"rotation": more.pop("rotation")} if "rotation" in more else {})}
    return {
        "id": str(3458764500000000000 + next(_ids)),
        "type": kind,
        "position": {"x": x, "y": y, "relativeTo": "parent_top_left" if "parent" in more else "canvas_center"},
        "geometry": geometry,
        "data": data,
        **more,
    }


def line(start: Raw, end: Raw, **more: Any) -> Raw:
    ends = {name: {"id": one["id"], **more.pop(name, {})} for name, one in (("startItem", start), ("endItem", end))}
    return {"id": str(3458764600000000000 + next(_ids)), "type": "connector", **ends, **more}


def text(content: str, x: float, y: float, width: float = 200, size: float = 14, **style: Any) -> Raw:
    return item("text", x, y, width, size * 1.4, {"content": content}, style={"fontSize": str(size), **style})


def shape(form: str, content: str, x: float, y: float, width: float = 160, height: float = 100, **style: Any) -> Raw:
    rotation = {"rotation": style.pop("rotation")} if "rotation" in style else {}
    given = {"fillColor": "#ffffff", "fillOpacity": "1.0", "textAlign": "center", "textAlignVertical": "middle"}
    return item("shape", x, y, width, height, {"content": content, "shape": form}, style={**given, **style}, **rotation)


def grid(count: int, columns: int, step_x: float, step_y: float) -> Iterator[tuple[float, float]]:
    for at in range(count):
        yield at % columns * step_x, at // columns * step_y


def contents(items: Iterable[Raw], lines: Iterable[Raw] = (), **more: Any) -> Contents:
    return Contents({"id": "uXjVPictures="}, placed(items), tuple(connector_of(raw) for raw in lines), **more)


def shapes_sheet(names: tuple[str, ...], prefix: str = "") -> Contents:
    items: list[Raw] = []
    for at, (name, (x, y)) in enumerate(zip(names, grid(len(names), 6, 220, 190), strict=True)):
        fill = _SHADES[at % len(_SHADES)]
        content = "" if name in ("flow_chart_or", "flow_chart_summing_junction") else "Text"
        width = 80 if name.endswith("_brace") else 160
        items.append(shape(name, content, x, y, width, fillColor=fill, borderColor="#1a1a1a"))
        items.append(
            text(name.removeprefix(prefix).replace("_", " "), x, y + 74, 210, 13, color="#6f7489", textAlign="center")
        )
    return contents(items)


def basic_shapes() -> Contents:
    return shapes_sheet(get_args(BasicShape))


def flowchart_shapes() -> Contents:
    return shapes_sheet(get_args(FlowchartShape), "flow_chart_")


def shape_styles() -> Contents:
    words = "Shapes carry <strong>bold</strong>, <em>italic</em>, <u>underlined</u> and <s>struck</s> words"
    looks: list[Raw] = [
        {"borderStyle": "normal", "borderWidth": "1"},
        {"borderStyle": "dashed", "borderWidth": "3", "borderColor": "#2d9bf0"},
        {"borderStyle": "dotted", "borderWidth": "4", "borderColor": "#9510ac"},
        {"fillColor": "#f5d128", "fillOpacity": "0.3"},
        {"fillColor": "#1a1a1a", "color": "#ffffff"},
        {"borderOpacity": "0.2", "borderWidth": "8"},
        {"textAlign": "left", "textAlignVertical": "top"},
        {"textAlign": "right", "textAlignVertical": "bottom"},
        {"rotation": 20, "fillColor": "#a6ccf5"},
        {"rotation": -45, "fillColor": "#ffcee0"},
        {"fontFamily": "pt_serif", "fontSize": "18"},
        {"fontFamily": "roboto_mono", "fontSize": "13"},
        {"fontFamily": "caveat", "fontSize": "22"},
        {"fontSize": "30", "color": "#f24726"},
        {"fillOpacity": "0.0", "borderOpacity": "0.0"},
    ]
    places = grid(len(looks), 5, 270, 190)
    return contents(
        shape("round_rectangle", words, x, y, 220, 130, **look) for look, (x, y) in zip(looks, places, strict=True)
    )


def note(content: str, x: float, y: float, colour: str = "light_yellow", **more: Any) -> Raw:
    width = more.pop("width", 199)
    form = "rectangle" if width == 350 else "square"
    style = {"fillColor": colour, "textAlign": "center", "textAlignVertical": "middle", **more.pop("style", {})}
    return item(
        "sticky_note", x, y, width, more.pop("height", 228), {"content": content, "shape": form}, style=style, **more
    )


def sticky_notes() -> Contents:
    texts = (
        "Idea",
        "Ask three customers",
        "What if sign-up took one step instead of five?",
        "A longer thought, which has to be written small so that all of it can be read on its note, to the last word.",
    )
    colours = get_args(StickyNoteColour)
    items = [
        note(texts[at % 4], x, y, colour)
        for at, (colour, (x, y)) in enumerate(zip(colours, grid(len(colours), 6, 230, 250), strict=True))
    ]
    tags = {
        str(at): Tag(str(at), title, colour)
        for at, (title, colour) in enumerate((("urgent", "red"), ("research", "cyan"), ("later", "violet")))
    }
    tagged = note("With tags", 920, 500, "yellow")
    wide = note(
        "<p>A wide note with a list</p><ul><li>first</li><li><strong>second</strong></li><li>third</li></ul>",
        1220,
        500,
        "light_blue",
        width=350,
        style={"textAlign": "left"},
    )
    return contents([*items, tagged, wide], tags=tags, tags_of={tagged["id"]: ("0", "1", "2")})


def cards() -> Contents:
    colours = ("#2d9bf0", "#f24726", "#8fd14f", "#9510ac")
    plain_cards = [
        item(
            "card", 0, at * 120, 320, 94, {"title": title, "description": description}, style={"cardTheme": colours[at]}
        )
        for at, (title, description) in enumerate(
            (
                ("Write the reminder e-mail", "Two lines, no pictures"),
                ("Check the harbour map on small screens", ""),
                ("<strong>Book</strong> the studio", "For the interviews in week 14, three rooms, with recording"),
                (
                    "A card whose title is so long that it takes more than the two lines there are for it on a card",
                    "And a description",
                ),
            )
        )
    ]
    full = item(
        "card",
        370,
        24,
        320,
        150,
        {
            "title": "Prepare the launch",
            "description": "Everything that has to be there on the day",
            "dueDate": "2026-03-14T09:00:00Z",
            "assigneeId": "3074457345618265201",
        },
        style={"cardTheme": "#fac710"},
    )
    large = item(
        "card",
        400,
        250,
        400,
        220,
        {
            "title": "A larger card",
            "description": "What is on a card grows with it.",
            "dueDate": "2026-04-01T09:00:00Z",
        },
        style={"cardTheme": "#12cdd4"},
    )
    apps = [
        item(
            "app_card",
            800,
            at * 150,
            320,
            120,
            {
                "title": title,
                "description": "From the tracker",
                "status": status,
                "fields": [
                    {"value": "HAR-12"},
                    {"value": "In review", "fillColor": "#fff9b1"},
                    {"value": "High", "fillColor": "#f24726", "textColor": "#ffffff"},
                ],
            },
            style={"fillColor": colour},
        )
        for at, (title, status, colour) in enumerate(
            (
                ("Map doesn't load", "connected", "#2d9bf0"),
                ("Slow search", "disconnected", "#0ca789"),
                ("Old issue", "disabled", "#b8bcc8"),
            )
        )
    ]
    tags = {str(at): Tag(str(at), colour.replace("_", " "), colour) for at, colour in enumerate(get_args(TagColour))}
    tagged = [
        item("card", x, 560 + y, 320, 130, {"title": "Tagged card", "description": ""}, style={"cardTheme": "#414bb2"})
        for x, y in grid(3, 3, 400, 0)
    ]
    names = list(tags)
    return contents(
        [*plain_cards, full, large, *apps, *tagged],
        tags=tags,
        tags_of={one["id"]: tuple(names[at * 4 : at * 4 + 4]) for at, one in enumerate(tagged)},
    )


def texts() -> Contents:
    lines = (
        ("<p>From sign-up to first booking</p>", 640, 36, {}),
        (
            "<p>Plain, <strong>bold</strong>, <em>italic</em>, <u>underlined</u>, <s>struck</s> and "
            '<a href="https://example.com">a link</a></p>',
            640,
            20,
            {},
        ),
        (
            "<p>A list:</p><ul><li>one</li><li>two, which is longer and goes on in a second line because there is so "
            "much to be said of it</li><li>three</li></ul>",
            420,
            16,
            {},
        ),
        ("<ol><li>first</li><li>second</li><li>third</li></ol>", 420, 16, {}),
        (
            "On a background, in the middle",
            420,
            18,
            {"fillColor": "#fff9b1", "fillOpacity": "1.0", "textAlign": "center"},
        ),
        ("To the right", 420, 18, {"textAlign": "right", "color": "#9510ac"}),
        ("Serif: Georgia, Times", 420, 20, {"fontFamily": "georgia"}),
        ("Monospaced: plex mono", 420, 20, {"fontFamily": "plex_mono"}),
        ("By hand: Caveat", 420, 28, {"fontFamily": "caveat"}),
        ("Cyrillic Привет, Greek Καλημέρα, Vietnamese Tiếng Việt, Polish zażółć", 640, 18, {}),
        ("What no font has becomes boxes: 𓀀𓁀 𓂀", 640, 18, {}),
    )
    items: list[Raw] = []
    y = 0.0
    for content, width, size, style in lines:
        rows = content.count("<li>") + content.count("<p>") + (1 if "longer" in content else 0) or 1
        height = rows * size * 1.4
        items.append(
            item(
                "text",
                width / 2,
                y + height / 2,
                width,
                height,
                {"content": content},
                style={"fontSize": str(size), **style},
            )
        )
        y += height + 22
    items.append(
        item("text", 760, 200, 260, 30, {"content": "Turned by 90 degrees"}, style={"fontSize": "20"}, rotation=90)
    )
    items.append(
        item(
            "text",
            820,
            480,
            260,
            30,
            {"content": "and by -30"},
            style={"fontSize": "20", "color": "#f24726"},
            rotation=-30,
        )
    )
    return contents(items)


def connector_caps() -> Contents:
    items, lines = [], []
    caps = [cap for cap in get_args(StrokeCap) if cap != "unknown"]
    for cap, (x, y) in zip(caps, grid(len(caps), 2, 640, 90), strict=True):
        one, other = shape("round_rectangle", "", x, y, 80, 50), shape("round_rectangle", cap, x + 380, y, 150, 50)
        items += [one, other]
        lines.append(
            line(
                one,
                other,
                shape="straight",
                style={"startStrokeCap": cap, "endStrokeCap": cap, "strokeWidth": "2", "strokeColor": "#414bb2"},
            )
        )
    return contents(items, lines)


def connector_forms() -> Contents:
    items, lines = [], []
    for row, form in enumerate(("straight", "elbowed", "curved")):
        for column, (dx, dy, snap) in enumerate(
            (
                (260, 150, {}),
                (260, -110, {"startItem": {"snapTo": "top"}, "endItem": {"snapTo": "left"}}),
                (240, 120, {"startItem": {"snapTo": "right"}, "endItem": {"snapTo": "right"}}),
                (230, 130, {"startItem": {"snapTo": "left"}, "endItem": {"position": {"x": "25%", "y": "0%"}}}),
                (0, 190, {"startItem": {"snapTo": "bottom"}, "endItem": {"snapTo": "bottom"}}),
            )
        ):
            x, y = column * 520, row * 420
            one = shape("round_rectangle", form, x, y, 120, 60, fillColor="#a6ccf5")
            other = shape("circle" if column == 1 else "rectangle", "to", x + dx, y + dy, 100, 70, fillColor="#d5f692")
            items += [one, other]
            style = {
                "strokeStyle": ("normal", "dashed", "dotted", "normal", "normal")[column],
                "strokeWidth": ("1", "2", "3", "5", "2")[column],
                "strokeColor": ("#1a1a1a", "#f24726", "#0ca789", "#9510ac", "#2d9bf0")[column],
            }
            captions = (
                [{"content": "yes", "position": "50%"}]
                if column in (0, 2)
                else [
                    {"content": "start", "position": "15%"},
                    {"content": "<strong>end</strong>", "position": "85%", "textAlignVertical": "top"},
                ]
                if column == 3
                else []
            )
            lines.append(line(one, other, shape=form, style=style, captions=captions, **snap))
    return contents(items, lines)


def frames() -> Contents:
    items: list[Raw] = []
    for at, (title, fill) in enumerate(
        (
            ("Went well", "#ffffff"),
            ("To improve", "#f5f6f8"),
            ("Actions, with a title that is far too long for the width that its frame has", "#fff9b1ff"),
        )
    ):
        frame = item("frame", at * 660, 0, 600, 420, {"title": title}, style={"fillColor": fill})
        parent = {"parent": {"id": frame["id"]}}
        items += [
            frame,
            {
                **note("Pairing on the map screen", 140, 150, "light_green"),
                "position": {"x": 140, "y": 150, "relativeTo": "parent_top_left"},
                **parent,
            },
            {
                **note("Demo with real customers", 370, 150, "light_pink"),
                "position": {"x": 370, "y": 150, "relativeTo": "parent_top_left"},
                **parent,
            },
            {
                **shape("round_rectangle", "A shape", 0, 0, 220, 80, fillColor="#a6ccf5"),
                "position": {"x": 150, "y": 340, "relativeTo": "parent_top_left"},
                **parent,
            },
        ]
    return contents(items)


def placeholders() -> Contents:
    doc = (
        "# Launch plan\nWhat has to be there **on the day**, and who sees to it.\n\n## Before\n- invitations\n"
        "- a room with [light](https://example.com)\n  - and chairs\n\n## After\n1. thank everyone\n2. *rest*\n\n"
        "`make launch` does the rest."
    )
    return contents(
        [
            item("image", 0, 0, 400, 300, {"title": "harbour.png"}),
            item("document", 430, 130, 400, 565, {"title": "Contract for the studio.pdf"}),
            item(
                "embed",
                900,
                0,
                480,
                270,
                {"title": "Harbour at dawn", "providerName": "vimeo.com", "url": "https://vimeo.com/1"},
            ),
            item("preview", 0, 290, 360, 220, {"title": "Tides today", "url": "https://tides.example/today"}),
            item("data_table_format", 900, 300, 480, 260, {"title": "Budget"}),
            item("doc_format", 1420, 180, 500, 640, {"contentType": "markdown", "content": doc}),
            item("something_new", 0, 480, 300, 80, {"title": "that no one knows yet"}),
            item("image", 320, 480, 120, 60, {"title": "small.png"}),
        ]
    )


def mind_map() -> Contents:
    def node(content: str, x: float, y: float, parent: Raw | None, colour: str) -> Raw:
        width = max(60, 9 * len(content)) + (30 if parent is None else 0)
        view = {"type": "text", "data": {"type": "text", "content": content}, "style": {"fontSize": "16"}}
        data = {"nodeView": view, "isRoot": parent is None}
        style = {"nodeColor": colour, "shape": "none" if parent else "pill"}
        made = item("mindmap_node", x, y, width, 34 if parent else 44, data, style=style)
        return {**made, "parent": {"id": parent["id"]}} if parent else made

    root = node("Harbour launch", 0, 0, None, "#414bb2")
    nodes = [root]
    branches = (
        ("People", "#f24726", 1, ("Customers", "Studio", "Press")),
        ("Places", "#0ca789", 1, ("Quay", "Boat house")),
        ("Time", "#2d9bf0", -1, ("March", "April")),
        ("Money", "#9510ac", -1, ("Tickets", "Sponsors", "Loans")),
    )
    for at, (name, colour, side, leaves) in enumerate(branches):
        branch = node(name, side * 300, -150 + (at % 2) * 300, root, colour)
        nodes.append(branch)
        for step, leaf in enumerate(leaves):
            nodes.append(
                node(leaf, side * 540, branch["position"]["y"] + (step - (len(leaves) - 1) / 2) * 74, branch, colour)
            )
    return contents(nodes)


def code() -> Contents:
    python = (
        'def greet(name: str) -> str:\n    """Says hello."""\n    # a comment\n    if not name:\n'
        '        return "Hello, you!"\n    return f"Hello, {name}!" * 2\n\n'
        'for person in ["Ada", "Ben"]:\n    print(greet(person), 3.14)'
    )
    sql = "SELECT boat, count(*)\nFROM bookings -- all of them\nWHERE day > '2026-03-01'\nGROUP BY boat\nORDER BY 2;"
    return contents(
        [
            item(
                "code",
                0,
                0,
                520,
                240,
                {"code": python, "language": "python", "title": "greet.py", "lineNumbersVisible": True},
            ),
            item(
                "code",
                500,
                0,
                400,
                180,
                {"code": sql, "language": "sql", "title": "Bookings a boat", "lineNumbersVisible": False},
            ),
        ]
    )


_PROSE = (
    "harbour map booking customer invite reminder boat tide review sprint design test launch price ticket crew dock "
    "light storm sail"
)
WORDS = _PROSE.split()


def board_of(count: int, line_count: int, frame_count: int, seed: int = 7) -> Contents:
    """A board of mixed items in frames, with connectors between items that are close to each other."""
    chance = random.Random(seed)  # noqa: S311
    per_frame = count // frame_count
    columns = max(1, round(per_frame**0.5))
    items: list[Raw] = []
    inner: list[list[Raw]] = []
    side = columns * 260 + 120
    for at, (x, y) in enumerate(grid(frame_count, max(1, round(frame_count**0.5)), side + 200, side + 300)):
        frame = item(
            "frame",
            x,
            y,
            side,
            side,
            {"title": f"{chance.choice(WORDS).title()} {at + 1}"},
            style={"fillColor": "#ffffff"},
        )
        children: list[Raw] = []
        for step, (dx, dy) in enumerate(grid(per_frame - 1, columns, 260, 250)):
            content = " ".join(chance.choices(WORDS, k=chance.randint(1, 9))).capitalize()
            place = (160 + dx + chance.randint(-12, 12), 170 + dy + chance.randint(-8, 8))
            match step % 5:
                case 0 | 1:
                    child = note(content, *place, chance.choice(get_args(StickyNoteColour)[:-1]))
                case 2 | 3:
                    form = chance.choice(("round_rectangle", "rhombus", "circle", "rectangle", "hexagon"))
                    child = shape(form, content, *place, 200, 130, fillColor=chance.choice(_SHADES))
                case _:
                    child = item(
                        "card",
                        *place,
                        220,
                        110,
                        {"title": content, "description": chance.choice(WORDS)},
                        style={"cardTheme": chance.choice(_SHADES)},
                    )
            child["parent"] = {"id": frame["id"]}
            child["position"]["relativeTo"] = "parent_top_left"
            children.append(child)
        items += [frame, *children]
        inner.append(children)
    lines: list[Raw] = []
    for at in range(line_count):
        children = inner[at % frame_count]
        start = chance.randrange(len(children) - columns)
        end = start + (columns if (start + 1) % columns == 0 else chance.choice((1, columns)))
        lines.append(
            line(
                children[start],
                children[end],
                shape=chance.choice(("elbowed", "curved", "straight")),
                captions=[{"content": chance.choice(WORDS)}] if at % 4 == 0 else [],
            )
        )
    return contents(items, lines)


PICTURES = {
    "shapes": basic_shapes,
    "flowchart-shapes": flowchart_shapes,
    "shape-styles": shape_styles,
    "sticky-notes": sticky_notes,
    "cards-and-tags": cards,
    "texts": texts,
    "connector-caps": connector_caps,
    "connectors": connector_forms,
    "frames": frames,
    "placeholders": placeholders,
    "mind-map": mind_map,
    "code": code,
    "board-of-1000": lambda: board_of(1000, 600, 20),
}


def main(names: list[str]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in names or PICTURES:
        restart_ids()
        shown = scene_of(PICTURES[name]())
        (FOLDER / f"{name}.png").write_bytes(rasterize(draw_scene(shown, scale_of(shown.region))))


if __name__ == "__main__":
    main(sys.argv[1:])
