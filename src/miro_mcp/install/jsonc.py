"""Changes one member of a JSON file and leaves every other character alone; comments and trailing commas are taken."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_SPACE = re.compile(r"(?:\s+|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_SAME_LINE = re.compile(r"[ \t]*(?://[^\n]*|/\*[^\n]*?\*/)?[ \t]*(?=\r?\n)")
_DECODER = json.JSONDecoder()


class JsonError(ValueError):
    """The text is no JSON, comments and trailing commas allowed."""


@dataclass
class _Node:
    """A value and where it stands; `members` has an object's, each with the place of its key."""

    start: int
    end: int = 0
    value: Any = None
    members: dict[str, tuple[int, _Node]] | None = None
    elements: list[_Node] = field(default_factory=list["_Node"])
    trailing_comma: bool = False


def parse_jsonc(text: str) -> Any:
    """The value of a JSON text; an empty text is an empty object.

    Raises:
        JsonError: with line and column.
    """
    return _root(text).value


def with_member(text: str, path: Sequence[str], value: Mapping[str, Any]) -> str:
    """The text with the member at a path of keys set, objects on the way made where they are missing.

    Raises:
        JsonError: the text is no JSON, or what is on the way is no object.
    """
    if not text.strip():
        text = "{}\n"
    node, depth = _descend(text, path)
    if depth == len(path):
        indent = _indent_of(text, node.start)
        return text[: node.start] + _dump(value, indent, _unit(text)) + text[node.end :]
    for name in reversed(path[depth + 1 :]):
        value = {name: value}
    return _insert(text, node, path[depth], value)


def without_member(text: str, path: Sequence[str]) -> str:
    """The text without the member at a path of keys; it is returned as it is when there is none."""
    parent, depth = _descend(text, path[:-1])
    if depth < len(path) - 1 or parent.members is None or path[-1] not in parent.members:
        return text
    names = list(parent.members)
    index = names.index(path[-1])
    start, node = parent.members[path[-1]]
    end = node.end
    if index + 1 < len(names):
        return text[:start] + text[parent.members[names[index + 1]][0] :]
    if index:
        return text[: parent.members[names[index - 1]][1].end] + text[end:]
    return text[: parent.start] + "{}" + text[parent.end :]


def _insert(text: str, parent: _Node, name: str, value: Any) -> str:
    members = parent.members or {}
    newline = "\r\n" if "\r\n" in text else "\n"
    outer = _indent_of(text, parent.start)
    unit = _unit(text)
    if not members:
        inner = outer + unit
        body = f"{newline}{inner}{json.dumps(name)}: {_dump(value, inner, unit)}{newline}{outer}"
        inside = text[parent.start + 1 : parent.end - 1].rstrip()
        return text[: parent.start + 1] + inside + body + text[parent.end - 1 :]
    first = next(iter(members.values()))[0]
    inner = _indent_of(text, first) if "\n" in text[parent.start : first] else outer + unit
    last = list(members.values())[-1][1].end
    if parent.trailing_comma:
        last = text.index(",", _SPACE.match(text, last).end()) + 1  # pyright: ignore[reportOptionalMemberAccess]
    comment = _SAME_LINE.match(text, last)
    after = comment.end() if comment else last
    comma = "" if parent.trailing_comma else ","
    member = f"{newline}{inner}{json.dumps(name)}: {_dump(value, inner, unit)}"
    closing = newline + outer if "\n" not in text[after : parent.end] else ""
    rest = text[after:].lstrip(" \t") if closing else text[after:]
    return text[:last] + comma + text[last:after] + member + closing + rest


def _dump(value: Any, indent: str, unit: str) -> str:
    lines = json.dumps(value, indent=unit, ensure_ascii=False).split("\n")
    return f"\n{indent}".join(lines)


def _indent_of(text: str, place: int) -> str:
    line = text[text.rfind("\n", 0, place) + 1 : place]
    return line[: len(line) - len(line.lstrip())]


def _unit(text: str) -> str:
    """What one level is indented by in this text."""
    found = re.search(r"\n([ \t]+)\S", text)
    return found[1] if found else "  "


def _descend(text: str, path: Sequence[str]) -> tuple[_Node, int]:
    """The deepest value there is on a path, and how many keys lead to it."""
    node = _root(text)
    for depth, name in enumerate(path):
        if node.members is None:
            raise JsonError(f"{'.'.join(path[:depth]) or 'the top'} is not an object")
        if name not in node.members:
            return node, depth
        node = node.members[name][1]
    return node, len(path)


def _root(text: str) -> _Node:
    if not text.strip():
        return _Node(0, value={}, members={})
    start = _skip(text, 0)
    root = _value(text, start)
    if _skip(text, root.end) != len(text):
        raise _error(text, root.end, "there is more after the end")
    return root


def _value(text: str, start: int) -> _Node:
    opening = text[start : start + 1]
    if opening == "{":
        return _object(text, start)
    if opening == "[":
        return _array(text, start)
    try:
        value, end = _DECODER.raw_decode(text, start)
    except ValueError:
        raise _error(text, start, "a value is expected") from None
    return _Node(start, end, value)


def _object(text: str, start: int) -> _Node:
    node = _Node(start, members={}, value={})
    assert node.members is not None
    place = _skip(text, start + 1)
    while text[place : place + 1] != "}":
        key = _value(text, place)
        if not isinstance(key.value, str):
            raise _error(text, place, "a name in quotation marks is expected")
        colon = _skip(text, key.end)
        if text[colon : colon + 1] != ":":
            raise _error(text, colon, "a colon is expected")
        member = _value(text, _skip(text, colon + 1))
        node.members[key.value] = (place, member)
        node.value[key.value] = member.value
        place, node.trailing_comma = _next(text, member.end, "}")
    node.end = place + 1
    return node


def _array(text: str, start: int) -> _Node:
    node = _Node(start, value=[])
    place = _skip(text, start + 1)
    while text[place : place + 1] != "]":
        element = _value(text, place)
        node.value.append(element.value)
        place, _ = _next(text, element.end, "]")
    node.end = place + 1
    return node


def _next(text: str, end: int, closing: str) -> tuple[int, bool]:
    """Where the next member starts, or the closing bracket stands, and whether a comma led there."""
    place = _skip(text, end)
    if text[place : place + 1] == ",":
        return _skip(text, place + 1), True
    if text[place : place + 1] != closing:
        raise _error(text, place, f"a comma or {closing} is expected")
    return place, False


def _skip(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place


def _error(text: str, place: int, what: str) -> JsonError:
    line = text.count("\n", 0, place) + 1
    column = place - text.rfind("\n", 0, place)
    return JsonError(f"line {line}, column {column}: {what}")
