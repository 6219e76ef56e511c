"""What an item says, in words: its text on one line, and what else about it means something."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, cast

from ..text.hidden import visible
from ..text.quoting import quoted_json
from ..text.render import LINE_BREAK, flat, lines_of, one_line
from .contents import Connector, Item, Raw, as_object

_TEXTS: dict[str, tuple[str, ...]] = {
    "sticky_note": ("content",),
    "shape": ("content",),
    "text": ("content",),
    "card": ("title", "description"),
    "app_card": ("title", "description"),
    "frame": ("title",),
    "image": ("title", "altText"),
    "document": ("title",),
    "embed": ("title", "description"),
    "preview": ("title", "description"),
    "doc_format": ("title", "html", "content"),
    "code": ("title",),
}
"""The members of `data` that are texts, by kind."""

_ANY_TEXTS = ("title", "content", "name", "text", "description")
"""Those of other kinds."""

_AS_IT_IS = ("url", "code")
"""Members that are no HTML."""

_PLAIN_KINDS = ("frame", "embed")
"""Kinds whose texts are none either."""

_COLOURS = {
    "sticky_note": "fillColor",
    "shape": "fillColor",
    "card": "cardTheme",
    "app_card": "fillColor",
    "mindmap_node": "nodeColor",
}
"""Where kinds have the colour that people tell them apart by."""

_RECORD = re.compile(r" ?\([^\s()]*#miro-mcp-diagram\.[^\s()]*\)")
"""The link that carries what miro_diagram_write keeps of a diagram: long, and nothing that anybody wrote."""

_PLAIN_WORD = re.compile(r"[\w-]+")


def text_of(item: Item) -> str:
    r"""Everything an item says, on one line; line breaks stand as \n."""
    data = item.data
    if item.kind == "mindmap_node":
        return one_line(_string(as_object(as_object(data.get("nodeView")).get("data")), "content"))
    read = _plain_lines if item.kind in _PLAIN_KINDS else lines_of
    lines = [line for name in _TEXTS.get(item.kind, _ANY_TEXTS) for line in read(_string(data, name))]
    lines += [line for field in _fields(data) for line in lines_of(_string(field, "value"))]
    lines += [line for name in _AS_IT_IS if (line := flat(_string(data, name)))]
    return _RECORD.sub("", LINE_BREAK.join(lines))


def caption_of(connector: Connector) -> str:
    """A line's captions in quotation marks, since ids may follow."""
    return " ".join(quoted_json(text) for caption in connector.captions if (text := one_line(caption)))


def colour_word(item: Item) -> str:
    """The colour that tells an item from others of its kind, or nothing."""
    style = item.style
    if item.kind == "shape" and _string(style, "fillOpacity") in ("0", "0.0"):
        return ""
    return _word(_string(style, _COLOURS.get(item.kind, "")))


def attributes_of(item: Item) -> list[str]:
    """What means something beside text and colour."""
    words = [word for tell in _ATTRIBUTES.get(item.kind, ()) if (word := tell(item.data))]
    return words + (["(contents not told by Miro)"] if item.is_untold else [])


def _plain_lines(text: str) -> list[str]:
    return [line] if (line := flat(text)) else []


def tag_word(title: str) -> str:
    word = flat(title)
    return f"#{word}" if _PLAIN_WORD.fullmatch(word) else f"#{quoted_json(word)}"


def shortened(text: str, characters: int) -> str:
    """The beginning of a text, and how much of it is left out."""
    if len(text) <= characters + 12:
        return text
    return f"{text[:characters].rstrip()}…(+{len(text) - characters})"


def amounts(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts)


def _shape(data: Raw) -> str:
    shape = _word(_string(data, "shape"))
    return "" if shape in ("rectangle", "square") else shape


def _due(data: Raw) -> str:
    due = _word(_string(data, "dueDate")[:10])
    return f"due {due}" if due else ""


def _assignee(data: Raw) -> str:
    assignee = _word(_string(data, "assigneeId"))
    return f"assignee {assignee}" if assignee else ""


_ATTRIBUTES: dict[str, tuple[Callable[[Raw], str], ...]] = {
    "shape": (_shape,),
    "card": (_due, _assignee),
    "app_card": (lambda data: _word(_string(data, "status")),),
    "code": (lambda data: _word(_string(data, "language")),),
}


def _fields(data: Raw) -> list[Raw]:
    """What an app put on its card."""
    fields = data.get("fields")
    return [as_object(field) for field in cast("list[Any]", fields)] if isinstance(fields, list) else []


def _word(value: str) -> str:
    """A value that ought to be one word, whatever was sent."""
    return "_".join(visible(value[:40]).replace(":", "_").split())


def _string(data: Raw, name: str) -> str:
    value = data.get(name)
    return value if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""
