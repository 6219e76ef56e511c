"""Texts between SVG and Miro: what a `<text>` says as paragraphs, and paragraphs as the simple HTML Miro keeps."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from xml.etree import ElementTree as ET

from ....board.colours import LINK
from ....drawing.states import local_name
from ....errors import BadArguments
from ....mermaid.css import css_colour
from ....text.rich_text import PLAIN, SAFE_LINK, Paragraph, Piece, Style, parse_html, tidied
from .markup import wrong
from .paint import paint_source

_MOST_LINES = 1000
_HEAVY = re.compile(r"bold(er)?|[6-9]00")


@dataclass(frozen=True)
class Said:
    """What a text says: paragraphs of styled pieces. `is_cut` is whether the item has more text than this."""

    paragraphs: tuple[Paragraph, ...]
    is_cut: bool = False

    @property
    def told(self) -> list[tuple[str, tuple[Piece, ...]]]:
        """What can be compared: bullets and pieces, without what only their place shows."""
        return [(one.bullet, tuple(one.pieces)) for one in self.paragraphs]

    @property
    def plain(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs).strip()


def read_text(text: ET.Element) -> Said:
    """What a `<text>` says, as views draw it: or, where nothing marks paragraphs, a paragraph a line of its own.

    Raises:
        BadArguments: it has too many lines.
    """
    lines = list(_lines(text))
    if len(lines) > _MOST_LINES:
        raise BadArguments(wrong(f"a <text> has {len(lines)} lines, and {_MOST_LINES} are the most"))
    marked = any(line.get("data-miro-paragraph") for line in lines if isinstance(line, ET.Element))
    style = _styled(text, PLAIN)._replace(colour=None)
    paragraphs: list[Paragraph] = []
    bullet = ""
    for line in lines:
        if isinstance(line, ET.Element) and line.get("data-miro-part") == "bullet":
            bullet = "".join(line.itertext()).strip()
            continue
        pieces = [Piece(line, style)] if isinstance(line, str) else list(_pieces(line, style))
        begins = not paragraphs or (isinstance(line, ET.Element) and _begins(line, marked=marked))
        if begins:
            paragraphs.append(Paragraph(pieces, bullet, indent=1 if bullet else 0))
            bullet = ""
        else:
            joined = not marked or isinstance(line, str) or line.get("data-miro-joined")
            paragraphs[-1].pieces += pieces if joined else [Piece(" ", PLAIN), *pieces]
    for paragraph in paragraphs:
        paragraph.pieces = tidied(paragraph.pieces)
    return Said(tuple(paragraphs), text.get("data-miro-cut") == "true")


def changed_html(content: str, shown: Said, edited: Said, *, in_paragraphs: bool) -> str:
    """An item's text as HTML after an edit: paragraphs that stayed as they were are kept as the item has them.

    `in_paragraphs` is whether a text of one paragraph has its tag where there was no text before.
    """
    originals = parse_html(content)
    kept: Sequence[Paragraph] = originals if len(originals) == len(shown.paragraphs) else shown.paragraphs
    now: list[Paragraph] = []
    matcher = SequenceMatcher(None, [*map(_key, shown.paragraphs)], [*map(_key, edited.paragraphs)], autojunk=False)
    for tag, first, last, begin, end in matcher.get_opcodes():
        if tag == "equal":
            now += kept[first:last]
            continue
        for at in range(begin, end):
            beside = kept[first + at - begin] if first + at - begin < last else None
            paragraph = edited.paragraphs[at]
            now.append(
                Paragraph(paragraph.pieces, paragraph.bullet, beside.indent if beside else paragraph.indent)
                if paragraph.bullet
                else paragraph
            )
    return html_of_text(now, in_paragraphs="<p" in content.lower() if content else in_paragraphs)


def html_of_text(paragraphs: Sequence[Paragraph], *, in_paragraphs: bool = True) -> str:
    """Paragraphs as simple HTML; one that needs no tag stays plain where the item's text was."""
    if not any(paragraph.pieces for paragraph in paragraphs):
        return ""
    if len(paragraphs) == 1 and not in_paragraphs and not paragraphs[0].bullet:
        return _inline(paragraphs[0])
    return "".join(_blocks(paragraphs))


def _blocks(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    for kind, group in groupby(paragraphs, _list_of):
        if not kind:
            yield from (f"<p>{_inline(paragraph)}</p>" for paragraph in group)
            continue
        yield f"<{kind}>"
        for paragraph in group:
            deeper = f' class="ql-indent-{paragraph.indent - 1}"' if paragraph.indent > 1 else ""
            yield f"<li{deeper}>{_inline(paragraph)}</li>"
        yield f"</{kind}>"


def _list_of(paragraph: Paragraph) -> str:
    if not paragraph.bullet:
        return ""
    return "ol" if paragraph.bullet[:1].isdigit() else "ul"


def _inline(paragraph: Paragraph) -> str:
    return "".join(map(_tagged, paragraph.pieces))


def _tagged(piece: Piece) -> str:
    style, told = piece.style, html.escape(piece.text, quote=False)
    for tag, on in (
        ("strong", style.bold), ("em", style.italic), ("u", style.underline), ("s", style.strike), ("code", style.mono),
    ):  # fmt: skip
        told = f"<{tag}>{told}</{tag}>" if on else told
    told = f'<span style="color:{html.escape(style.colour)}">{told}</span>' if style.colour else told
    return f'<a href="{html.escape(style.href)}">{told}</a>' if style.href else told


def _key(paragraph: Paragraph) -> tuple[str, tuple[Piece, ...]]:
    return paragraph.bullet, tuple(paragraph.pieces)


def _lines(text: ET.Element) -> Iterator[ET.Element | str]:
    if text.text and text.text.strip():
        yield text.text
    for child in text:
        yield child
        if child.tail and child.tail.strip():
            yield child.tail


def _begins(line: ET.Element, *, marked: bool) -> bool:
    return bool(line.get("data-miro-paragraph")) if marked else any(name in line.attrib for name in ("y", "dy"))


def _pieces(element: ET.Element, style: Style) -> Iterator[Piece]:
    style = _styled(element, style)
    if element.text:
        yield Piece(element.text, style)
    for child in element:
        if local_name(child) not in ("title", "desc"):
            yield from _pieces(child, style)
        if child.tail:
            yield Piece(child.tail, style)


def _styled(element: ET.Element, around: Style) -> Style:
    look = paint_source(element)
    decoration = look.get("text-decoration", "").split()
    href = element.get("data-miro-href") or (_link(element) if local_name(element) == "a" else None) or around.href
    colour = css_colour(look["fill"][:100]) if "fill" in look else around.colour
    is_link = href is not None
    return Style(
        bold=bool(_HEAVY.fullmatch(look["font-weight"])) if "font-weight" in look else around.bold,
        italic=look["font-style"] in ("italic", "oblique") if "font-style" in look else around.italic,
        underline=around.underline or ("underline" in decoration and not is_link),
        strike=around.strike or "line-through" in decoration,
        href=href if href is None or SAFE_LINK.match(href) else None,
        colour=None if is_link and colour == LINK else colour,
    )


def _link(element: ET.Element) -> str | None:
    return next((value for name, value in element.attrib.items() if name.rpartition("}")[2] == "href"), None)
