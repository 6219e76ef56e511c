"""Layout text without a board: what is refused and how, and the engine's promise over random trees."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from miro_mcp.errors import BadArguments
from miro_mcp.layout_text.boxes import LayoutBox
from miro_mcp.layout_text.engine.measure import text_height
from miro_mcp.layout_text.engine.solve import lay_out_boxes
from miro_mcp.layout_text.read import read_layout
from miro_mcp.layout_text.reading.boxes_of import LayoutDraft


def laid_out(html: str) -> LayoutDraft:
    draft = read_layout(html, {})
    draft.notes += lay_out_boxes(draft.root)
    return draft


def box(html: str, key: str) -> LayoutBox:
    return laid_out(html).keys[key]


def place(one: LayoutBox) -> tuple[int, int, int, int]:
    return round(one.x), round(one.y), round(one.width), round(one.height)


def refusal(html: str) -> list[str]:
    with pytest.raises(BadArguments) as refused:
        laid_out(html)
    first, *mistakes = str(refused.value).splitlines()
    assert first == "miro_layout_write: html: nothing was sent."
    return mistakes


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("\n  <stiky>x</stiky>", "line 2, column 3: there is no element <stiky>, did you mean <sticky>?"),
        ("<video/>", 'there is no element <video>; a box is a <div>, one of Miro\'s shapes <shape kind="…">'),
        ('<div style="color:red; gap:big">x</div>', "line 1, column 24: gap:big is not understood; it is a length"),
        ('<div style="grid-template-colums:1fr">x</div>', "did you mean grid-template-columns?"),
        ("<div>\n</frame>", "line 2, column 1: </frame> closes nothing: <div> of line 1, column 1 is open"),
        ("<div><frame></div></frame>", "</div> closes nothing: <frame> of line 1, column 6 is open"),
        ("<div>", "line 1, column 1: <div> is never closed"),
        (
            '<card duedate="2026-01-01">x</card>',
            "line 1, column 16: <card> has no attribute duedate, did you mean due?",
        ),
        ('<card due="soon">x</card>', "due='soon' is no day; one is 2026-12-11"),
        ('<p id="a">x</p><p id="a">y</p>', "id 'a' is used twice"),
        ('<p id="a" id="b">x</p>', "<p> has id twice"),
        ('<connector from="a" to="f"/><frame id="f"/><p id="a">x</p>', "a line can't end at 'f': a frame takes none"),
        ('<connector from="a" to="b"/><p id="a">x</p><div id="b"><hr></div>', "give it a background or border"),
        ('<connector from="plan" to="plans"/><p id="plans">x</p>', "nothing has the id 'plan', did you mean plans?"),
        ('<connector from="a"/><p id="a">x</p>', "<connector> needs to, the id of what it joins"),
        ('<item id="345"/>', "there is no item '345' on this board"),
        ('<item/><item id="345"/><item id="346"/>', '<item> needs the id of an item: id="3458…"'),
        ('<p id="3458764500000000001">x</p>', "an id of your own has a letter"),
        ("<frame><div><frame>x</frame></div></frame>", "a frame can't be inside another"),
        ('<div style="background:red"><frame>x</frame></div>', "which is painted"),
        ('<shape kind="rhombs">x</shape>', "there is no shape 'rhombs', did you mean rhombus?"),
        ("<shape><card>x</card></shape>", "a <shape> holds text only"),
        ('<sticky color="mauvish">x</sticky>', "a note's are gray, light_yellow"),
        ('<sticky shape="round">x</sticky>', "a note's shape is square or rectangle"),
        ('<card tags="a:brownish">x</card>', "there is no tag colour 'brownish'"),
        (f'<card tags="{",".join(map(str, range(9)))}">x</card>', "an item has 8 tags at most"),
        ("<td>x</td>", "<td> stands outside of a <table>"),
        ("<table><tr><p>x</p></tr></table>", "<p> in a <tr>; its cells are <td> and <th>"),
        ('<table><tr><td colspan="x">x</td></tr></table>', "colspan is a number from 1 to 200"),
        ("<img>", "<img> needs src, a web address like https://…"),
        ('<a href="javascript:x">x</a>', "href is a web address like https://example.com"),
        ('<div style="float:left">x</div>', "there is no float here; use display:flex"),
        ('<div style="gap">x</div>', "'gap' is no declaration; one is gap:24px"),
        ('<div style="background:linear-gradient(red, blue)">x</div>', "there are no gradients, images and variables"),
        ('<div style="grid-template-columns:repeat(auto-fill, 1fr)">x</div>', "there is no auto-fill"),
        ('<div style="grid-column:span 1000">x</div>', "up to 200"),
        ('<div style="width:200000px">x</div>', "a length up to 100000px"),
        ('<div style="flex:a">x</div>', "it is a length like 24px or 50%"),
        ("<style>p:hover { color:red }</style>", "the selector 'p:hover' is not understood"),
        ("<style>@media print { p { color:red } }</style>", "there is no @media here; write plain rules"),
        ("<style>p { color:red } x</style>", "'x' is no rule"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_a_right_one(html: str, told: str) -> None:
    assert any(told in one for one in refusal(html))


def test_mistakes_are_told_together_and_equal_ones_once() -> None:
    html = "\n".join(f'<item id="34587645000000000{at}"/>' for at in range(10, 22)) + '<p style="gap:x">x</p>'
    first, second = refusal(html)
    assert first.startswith("line 1, column 11: there is no item")
    assert first.endswith("(12 times, first here)")
    assert second.startswith("line 12, column")


def test_there_are_limits() -> None:
    assert "nested 40 deep" in refusal("<div>" * 3000)[0]
    assert "5000 elements at most" in refusal("<hr>" * 5001)[0]
    assert "300000 are the most" in refusal("x" * 300_001)[0]
    assert len(refusal("".join(f"<x{at}>" for at in range(40)))) == 21


def test_what_models_write_by_habit_is_taken() -> None:
    draft = laid_out(
        "<!DOCTYPE html><html><head><title>No</title><style>:root { gap: 10px } /* c */ h1 { margin:0 }</style></head>"
        '<body><header role="banner" data-x="1"><h1>R&D &amp; more</h1></header><p>One<p>Two<br>lines<hr>'
        '<button>Go</button><ul><li>a<li>b</ul><div style="box-shadow:0 0 1px red; --x:1">x</div></body></html>'
    )
    texts = [one.text for one in draft.root.walk() if one.paragraphs]
    assert texts == ["R&D & more", "One", "Two\nlines", "Go", "a\nb", "x"]
    assert draft.notes == ["Not taken over, since nothing on a board has it: box-shadow."]
    assert "No" not in "".join(texts)


def test_pages_as_models_write_them_are_taken() -> None:
    draft = laid_out(
        "<style>:root { --main: #2f6fe0; --gap: 30px } .row { gap: var(--gap); display:flex }</style>"
        '<frame title="t" width="800"><div class="row"><input id="a" placeholder="Name"><select id="b">1</select></div>'
        '<button id="c" style="background:var(--main); padding:var(--none, 4px)">Go</button></frame>'
        '<connector from="a" to="c" label="then"/>'
    )
    first, second, button = (draft.keys[name] for name in "abc")
    assert (first.text, second.text, first.height) == ("Name", "1", 44)
    assert round(second.x - first.x - first.width) == 30
    assert button.style.background is not None
    assert button.style.background.hex == "#2f6fe0"
    assert draft.root.children[0].width == 800
    assert draft.lines[0].caption[0].text == "then"
    assert draft.notes == []


def test_sheets_count_as_in_css() -> None:
    html = (
        "<style>div > .a { width:10px } .a { width:30px } p.a, #x { width:40px } div .a:last-child { width:50px }"
        "b:nth-child(2n+1) { color:red }</style>"
        '<div><div id="one" class="a"><hr></div><div id="x" class="a"><hr></div>'
        '<div id="two" class="a" style="width:60px"><hr></div><div id="three" class="a"><hr></div></div>'
    )
    keys = laid_out(html).keys
    assert [round(keys[name].width) for name in ("one", "x", "two", "three")] == [10, 40, 60, 50]


def test_rows_share_what_is_left_and_columns_stretch() -> None:
    html = (
        '<div style="display:flex; width:600px; gap:20px">'
        '<div id="a" style="flex:1; background:#eee; height:40px"></div>'
        '<div id="b" style="flex:2; background:#eee"></div><div id="c" style="width:80px; background:#eee"></div></div>'
    )
    keys = laid_out(html).keys
    assert place(keys["a"]) == (0, 0, 160, 40)
    assert place(keys["b"]) == (180, 0, 320, 40)
    assert place(keys["c"]) == (520, 0, 80, 40)


def test_grids_place_cells_as_css_does() -> None:
    html = (
        '<div style="display:grid; grid-template-columns:100px repeat(2, 1fr); gap:10px; width:420px">'
        '<hr id="a"><hr id="b" style="grid-column:2 / -1"><hr id="c" style="grid-row:span 2"><hr id="d">'
        '<hr id="e" style="grid-column:1; grid-row:1 / -1"></div>'
    )
    keys = laid_out(html).keys
    cells = {
        name: (one.cells.column, one.cells.column_end, one.cells.row, one.cells.row_end)
        for name, one in keys.items()
        if one.cells
    }
    assert cells == {"a": (0, 1, 0, 1), "b": (1, 3, 0, 1), "c": (0, 1, 1, 3), "d": (1, 2, 1, 2), "e": (0, 1, 0, 3)}
    assert [round(keys[name].width) for name in "ab"] == [100, 310]


def test_boxes_are_aligned_and_justified() -> None:
    html = (
        '<div style="display:flex; justify-content:{}; align-items:{}; width:300px; height:100px">'
        '<div id="a" style="width:50px; height:20px; background:#eee"></div>'
        '<div id="b" style="width:50px; height:20px; background:#eee; {}"></div></div>'
    )
    for how, across, more, expected in (
        ("space-between", "center", "", [(0, 40), (250, 40)]),
        ("center", "flex-end", "", [(92, 80), (158, 80)]),
        ("start", "start", "margin-left:auto; align-self:end", [(0, 0), (250, 80)]),
        ("space-evenly", "start", "position:relative; top:5px; left:-3px", [(61, 0), (186, 5)]),
        ("start", "start", "position:absolute; right:10px; bottom:0", [(0, 0), (240, 80)]),
    ):
        keys = laid_out(html.format(how, across, more)).keys
        assert [(round(keys[one].x), round(keys[one].y)) for one in "ab"] == expected, how


def test_nothing_is_smaller_than_what_is_in_it_and_that_is_told() -> None:
    draft = laid_out('<div id="a" style="width:20px; height:10px; background:#eee">Unbreakable words</div>')
    one = draft.keys["a"]
    assert one.width > 80
    assert one.height > 40
    assert [note.split(" instead of ")[1] for note in draft.notes] == [
        "20, for what is in it.",
        "10, for what is in it.",
    ]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<sticky id="x">Note</sticky>', (199, 199)),
        ('<sticky id="x" shape="rectangle">Note</sticky>', (350, 199)),
        ('<sticky id="x" style="width:100px">Note</sticky>', (100, 100)),
        ('<sticky id="x" height="150">Note</sticky>', (150, 150)),
        ('<div style="display:flex; width:900px"><sticky id="x" style="flex:1">Note</sticky></div>', (199, 199)),
        ('<frame id="x"></frame>', (100, 100)),
        ('<card id="x">Card</card>', (320, 94)),
    ],
)
def test_notes_cards_and_frames_have_their_sizes(html: str, expected: tuple[int, int]) -> None:
    assert place(box(html, "x"))[2:] == expected


def test_a_div_with_text_alone_is_one_item() -> None:
    one = box('<div id="x" style="background:#eee"><b>Ada</b><br>CEO</div>', "x")
    assert (one.role, one.text) == ("shape", "Ada\nCEO")
    assert box('<div id="x"><p>One</p><ul><li>Two</li></ul></div>', "x").role == "text"
    assert box('<div id="x" style="display:flex"><span>One</span><span>Two</span></div>', "x").role == "group"
    assert box('<div id="x" style="background:#eee; padding:24px">Far from the edge</div>', "x").role == "group"


def test_a_table_is_a_grid_without_gaps() -> None:
    draft = laid_out(
        "<table><caption>Costs</caption><tr><th>What</th><th style='width:200px'>Sum</th></tr>"
        "<tr><td colspan=2>Both</td></tr></table>"
    )
    cells = [one for one in draft.root.walk() if one.is_cell]
    assert [one.text for one in cells] == ["What", "Sum", "Both"]
    assert cells[2].width == pytest.approx(cells[0].width + cells[1].width)
    assert round(cells[1].width) == 200


WORDS = st.sampled_from(["alpha", "beta", "Donaudampfschifffahrt", "x", "12", "wonderful", "—", "R&amp;D,"])
TEXT = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
OF_GROUPS = {
    "display": ["flex", "grid", "block"],
    "flex-direction": ["row", "column", "row-reverse"],
    "flex-wrap": ["wrap"],
    "gap": ["0", "8px", "30px 4px"],
    "padding": ["0", "10px", "20px 40px"],
    "width": ["100px", "300px", "50%", "900px"],
    "height": ["40px", "300px", "100%"],
    "grid-template-columns": ["repeat(3,1fr)", "100px auto 2fr", "40% 40% 40%", "repeat(2,minmax(50px,200px))"],
    "grid-template-rows": ["50px 1fr", "20% 30%"],
    "background": ["#eee"],
    "border": ["1px solid red"],
    "align-items": ["center", "start", "end"],
    "align-content": ["center", "end"],
    "justify-content": ["center", "space-between", "end", "space-around"],
    "justify-items": ["center", "end"],
    "max-width": ["80px", "400px"],
    "min-width": ["50px"],
    "grid-auto-flow": ["column", "row dense"],
}
OF_CHILDREN = {
    "flex": ["1", "0 0 200px", "2 1 0", "none"],
    "flex-shrink": ["0"],
    "grid-column": ["1 / -1", "span 2", "2", "2 / 4"],
    "grid-row": ["span 2", "1 / -1", "2"],
    "align-self": ["center", "end"],
    "margin": ["0", "10px", "auto", "0 auto", "5px 20px"],
    "font-size": ["12px", "40px"],
    "width": ["30px", "50%", "250px"],
    "height": ["20px", "200px", "50%"],
    "max-width": ["100px"],
    "border-radius": ["50%", "8px"],
    "padding": ["0", "30px"],
    "aspect-ratio": ["1"],
}


def styles(properties: dict[str, list[str]]) -> st.SearchStrategy[str]:
    some = st.lists(st.sampled_from(sorted(properties)), max_size=5, unique=True)
    pairs = some.flatmap(
        lambda names: st.tuples(*(st.sampled_from(properties[name]).map((name + ":{}").format) for name in names))
    )
    return pairs.map(";".join)


LEAF = st.builds(
    lambda form, text, style: form.format(text=text, style=style),
    st.sampled_from([
        '<p style="{style}">{text}</p>', '<div style="background:#fff;{style}">{text}</div>',
        '<h2 style="{style}">{text}</h2>', '<shape kind="rhombus" style="{style}">{text}</shape>',
        '<shape kind="circle" style="{style}">{text}</shape>', "<sticky>{text}</sticky>", "<card>{text}</card>",
        "<ul><li>{text}</li><li>{text}</li></ul>", "<hr>", "<table><tr><td>{text}</td><td>a</td></tr></table>",
    ]),
    TEXT,
    styles(OF_CHILDREN),
)  # fmt: skip
TREE = st.recursive(
    LEAF,
    lambda inner: st.builds(
        lambda style, own, children: f'<div style="{style};{own}">{"".join(children)}</div>',
        styles(OF_GROUPS),
        styles(OF_CHILDREN),
        st.lists(inner, min_size=1, max_size=5),
    ),
    max_leaves=25,
)


def faults(root: LayoutBox) -> Iterator[str]:
    """Where siblings overlap, a child sticks out, or a text is cut; children put into the same cells may overlap."""
    for one in root.walk():
        if one.paragraphs and one.natural is None and text_height(one, one.width) > one.height + 0.6:
            yield f"the text of {one.element} is cut"
        children = one.in_flow if not one.is_leaf else []
        for at, child in enumerate(children):
            if not one.box.contains(child.box, slack=0.6):
                yield f"{child.element} sticks out of {one.element}"
            for other in children[at + 1 :]:
                if child.box.grown(-0.3).overlaps(other.box.grown(-0.3)) and not same_cells(child, other):
                    yield f"{child.element} overlaps {other.element}"


def same_cells(one: LayoutBox, other: LayoutBox) -> bool:
    first, second = one.cells, other.cells
    return (
        first is not None
        and second is not None
        and first.column < second.column_end
        and second.column < first.column_end
        and first.row < second.row_end
        and second.row < first.row_end
    )


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(TREE)
def test_nothing_overlaps_sticks_out_or_is_cut(html: str) -> None:
    assert list(faults(laid_out(f"<frame>{html}</frame>").root)) == []
