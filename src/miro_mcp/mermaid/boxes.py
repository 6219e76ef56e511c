"""Boxes of class, entity and state diagrams as the text of one shape, and the notes beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..diagrams.graph import RULE, Look, Node
from .labels import html_of

METHOD = re.compile(r"([#+~-])?(.+)\((.*)\)([\s$*])?(.*)")
_NOTE = Look(fill="#fff9b1", border="#e6c700", align="left")


def box_text(head: Iterable[str], parts: Iterable[Iterable[str]]) -> str:
    """Lines of HTML: the head, and each part that has lines below a rule."""
    lines = list(head)
    for part in parts:
        if found := list(part):
            lines += [RULE, *found]
    return "<br>".join(lines)


def note_node(key: str, text: str, group: str | None = None) -> Node:
    return Node(key=key, text=text, group=group, look=_NOTE)


def member_text(member: str) -> str:
    """A member of a class as HTML: abstract ones in italics, static ones underlined, `List~int~` as List<int>."""
    method = METHOD.fullmatch(member) if ")" in member else None
    if method:
        shown, classifier = _method(method)
    else:
        classifier = member[-1] if member[-1:] in ("$", "*") else ""
        shown = generics(member.removesuffix(classifier).strip() if classifier else member)
    text = html_of(shown.replace("<", "&lt;"))
    if classifier == "*":
        return f"<em>{text}</em>"
    return f"<u>{text}</u>" if classifier == "$" else text


def _method(match: re.Match[str]) -> tuple[str, str]:
    visibility, name, parameters, mark, result = (part or "" for part in match.groups())
    result, classifier = result.strip(), mark.strip()
    if not classifier and result[-1:] in ("$", "*"):
        result, classifier = result[:-1], result[-1]
    shown = f"{visibility}{generics(name.strip())}({generics(parameters.strip())})"
    return (f"{shown} : {generics(result)}" if result else shown), classifier


def generics(text: str) -> str:
    """`Map~int, List~str~~` as Map<int, List<str>>: the outermost pair of tildes first."""
    visible = text[:1] if text.startswith("~") and text.count("~") % 2 else ""
    rest = text[len(visible) :]
    parts: list[str] = []
    for part in rest.split(","):
        if parts and parts[-1].count("~") % 2:
            parts[-1] += f",{part}"
        else:
            parts.append(part)
    return visible + ",".join(_paired(part) for part in parts)


def _paired(text: str) -> str:
    """Tildes from the outside inwards; those in between that open again pair with the ones that follow."""
    count = text.count("~")
    pieces = text.split("~")
    opening = count // 2
    signs = ["<"] * opening + ([">"] * opening if count % 2 == 0 else ["~", *[">"] * opening])
    return "".join(piece + sign for piece, sign in zip(pieces, [*signs, ""], strict=True))
