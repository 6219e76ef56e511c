"""Block diagrams: from statements to blocks and lines."""

from __future__ import annotations

from collections.abc import Iterator

from ...diagrams.charts.blocks import BlockChart, GridBlock
from ...diagrams.charts.keys import Keys
from ...diagrams.graph import Edge, LineStyle, Look
from ..css import Classes, css_look, declarations
from ..flowchart.graph import THICK
from ..labels import html_of
from ..source import Source
from .parse import BlockText, BlockTexts, LinkText, parse

_SHAPES = {
    **dict.fromkeys(("()", "([])"), "round_rectangle"),
    **dict.fromkeys(("(())", "((()))"), "circle"),
    "{}": "rhombus",
    "{{}}": "hexagon",
    "[[]]": "flow_chart_predefined_process",
    "[()]": "can",
    ">]": "wedge_round_rectangle_callout",
    **dict.fromkeys(("[//]", "[\\\\]"), "parallelogram"),
    **dict.fromkeys(("[/\\]", "[\\/]"), "trapezoid"),
}
_ARROWS = {
    frozenset({"right"}): "right_arrow",
    frozenset({"left"}): "left_arrow",
    **dict.fromkeys((frozenset({"x"}), frozenset({"left", "right"})), "left_right_arrow"),
}
_UPRIGHT = {"up": "↑", "down": "↓", "y": "↕", "left": "←", "right": "→", "x": "↔"}
_CAPS = {"<": "stealth", ">": "stealth", "x": "erd_one", "o": "filled_oval"}


def read(source: Source) -> BlockChart:
    """Raises:
    MermaidError: the text isn't a block diagram.
    """
    found = parse(source)
    return _Builder(found).chart(source.title)


class _Builder:
    def __init__(self, found: BlockTexts) -> None:
        self.found = found
        self.unknown: set[str] = set()
        self.classes = Classes(found.classes, self.unknown)
        self.texts: dict[str, BlockText] = {}
        self.seen: set[str] = set()
        for block in _all(found.root):
            told = self.texts.setdefault(block.id, block)
            if block.text is not None:
                told.text, told.form, told.directions = block.text, block.form, block.directions

    def chart(self, title: str) -> BlockChart:
        root = self._block(self.found.root)
        keys = Keys()
        edges = tuple(self._edge(link, keys) for link in self.found.links)
        styles = ", ".join(sorted(self.unknown))
        notes = (f"Styles that Miro doesn't have are left out: {styles}.",) if styles else ()
        return BlockChart(root=root, edges=edges, title=title, notes=notes)

    def _block(self, block: BlockText) -> GridBlock:
        """What a block is by all its mentions; it stands where it was mentioned first."""
        told = self.texts[block.id]
        shown = "" if block.blocks is not None else block.id
        text = html_of(told.text if told.text is not None else shown)
        shape = _SHAPES.get(told.form, "rectangle")
        if told.form == "arrow":
            shape = _ARROWS.get(frozenset(told.directions), "rectangle")
            if shape == "rectangle":
                signs = " ".join(dict.fromkeys(_UPRIGHT[one] for one in told.directions))
                text = f"{text.strip()}<br>{signs}" if text.replace("\xa0", " ").strip() else signs
        return GridBlock(
            key=block.id,
            text=text,
            shape=shape,
            span=block.span,
            look=self._look(block.id),
            visible=block.form != "space",
            blocks=tuple(self._inside(block.blocks)) if block.blocks is not None else None,
            columns=block.columns,
        )

    def _inside(self, blocks: list[BlockText]) -> Iterator[GridBlock]:
        for block in blocks:
            if block.id not in self.seen:
                self.seen.add(block.id)
                yield self._block(block)

    def _look(self, key: str) -> Look:
        pairs = (
            *self.classes.of(["default"]),
            *self.classes.of(self.found.classed.get(key, ())),
            *declarations(self.found.styles.get(key, ()), self.unknown),
        )
        return css_look(pairs, self.unknown)

    def _edge(self, link: LinkText, keys: Keys) -> Edge:
        line = link.line
        style: LineStyle = "dotted" if "." in line else "normal"
        return Edge(
            key=keys.of(f"{link.start} {link.end}"),
            start=link.start,
            end=link.end,
            text=html_of(link.text),
            start_cap=_CAPS.get(line[0], "none"),
            end_cap=_CAPS.get(line[-1], "none"),
            line=style,
            width=THICK if "=" in line else None,
        )


def _all(block: BlockText) -> Iterator[BlockText]:
    yield block
    for inside in block.blocks or ():
        yield from _all(inside)
