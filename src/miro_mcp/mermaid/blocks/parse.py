"""Block diagrams: from text to statements inside each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..cursor import Cursor
from ..lexer import END
from ..source import Source
from .tokens import EXAMPLE, TABLES, WORDS

_IDS = re.compile(r"\s*,\s*")


@dataclass
class BlockText:
    """A block as it stands in the text; `form` is its brackets, `blocks` are there when it is a box around others."""

    id: str
    text: str | None = None
    form: str = ""
    directions: tuple[str, ...] = ()
    span: int = 1
    columns: int | None = None
    blocks: list[BlockText] | None = None


@dataclass
class LinkText:
    start: str
    end: str
    line: str
    text: str = ""


@dataclass
class BlockTexts:
    """The root, all links, and styles by class and by block."""

    root: BlockText
    links: list[LinkText] = field(default_factory=list[LinkText])
    classes: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    classed: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    styles: dict[str, list[str]] = field(default_factory=dict[str, list[str]])


def parse(source: Source) -> BlockTexts:
    """Raises:
    MermaidError: the text isn't a block diagram.
    """
    return _Parser(Cursor(source, TABLES, WORDS, EXAMPLE)).parse()


class _Parser:
    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.found = BlockTexts(BlockText("", blocks=[]))
        self.unnamed = 0

    def parse(self) -> BlockTexts:
        cursor = self.cursor
        cursor.expect("block")
        self._document(self.found.root, 0)
        if cursor.next.kind != END:
            raise cursor.error("a block", "columns", "a style")
        return self.found

    def _document(self, around: BlockText, depth: int) -> None:
        """At least one statement."""
        self._statement(around, depth)
        while self.cursor.next.kind not in (END, "end"):
            self._statement(around, depth)

    def _statement(self, around: BlockText, depth: int) -> None:
        cursor = self.cursor
        token = cursor.next
        inside = around.blocks if around.blocks is not None else []
        match token.kind:
            case "id":
                inside.extend(self._nodes())
            case "columns":
                count = cursor.take().text.split()[1]
                around.columns = None if count == "auto" else max(int(count), 1)
            case "space":
                _, _, count = cursor.take().text.partition(":")
                inside.append(BlockText(self._name("space"), form="space", span=int(count or 1)))
            case "block" | "block:":
                cursor.take()
                cursor.check_depth(depth + 1, token, "blocks")
                block = next(self._nodes()) if token.kind == "block:" else BlockText(self._name("block"))
                block.blocks = []
                inside.append(block)
                self._document(block, depth + 1)
                cursor.close(token, "end")
            case "classDef":
                cursor.take()
                name = cursor.expect("name").text.strip()
                self.found.classes.setdefault(name, []).extend(self._rest().split(","))
            case "class":
                cursor.take()
                ids, name = _IDS.split(cursor.expect("names").text), self._rest()
                for one in ids:
                    self.found.classed.setdefault(one, []).append(name)
            case "style":
                cursor.take()
                ids, styles = _IDS.split(cursor.expect("names").text), self._rest().split(",")
                for one in ids:
                    self.found.styles.setdefault(one, []).extend(styles)
            case _:
                raise cursor.error("id", "columns", "a style")

    def _rest(self) -> str:
        return self.cursor.expect("rest").text.strip()

    def _name(self, what: str) -> str:
        self.unnamed += 1
        return f"{what}:{self.unnamed}"

    def _nodes(self) -> Iterator[BlockText]:
        """A block, and those that links lead to from it."""
        cursor = self.cursor
        block = self._node()
        if size := cursor.have("size"):
            block.span = max(int(size.text[1:]), 1)
            yield block
            return
        yield block
        while cursor.next.kind in ("link", "link with text"):
            text = ""
            if cursor.have("link with text"):
                cursor.expect("link text")
                text = cursor.expect("string").text
            line = cursor.expect("link").text.strip()
            end = self._node()
            self.found.links.append(LinkText(block.id, end.id, line, text))
            yield end
            block = end

    def _node(self) -> BlockText:
        cursor = self.cursor
        block = BlockText(cursor.expect("id").text)
        if opening := cursor.have("opening", "arrow"):
            block.text = cursor.expect("string").text
            if opening.kind == "opening":
                block.form = opening.text + cursor.expect("closing").text
            else:
                block.form = "arrow"
                directions = [cursor.expect("direction").text.strip(", \n\t")]
                while token := cursor.have("direction"):
                    directions.append(token.text.strip(", \n\t"))
                cursor.expect("arrow end")
                block.directions = tuple(directions)
        return block
