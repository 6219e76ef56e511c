"""Git graphs: from lines to commands."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..cursor import Cursor
from ..lexer import END, Token
from ..lines import end_line, take_title, unquoted
from ..source import Source
from .tokens import EXAMPLE, TABLES, WORDS

_OPTIONS = {
    "commit": ("id:", "msg:", "tag:", "type:"),
    "merge": ("id:", "tag:", "type:"),
    "cherry-pick": ("id:", "tag:", "parent:"),
}


@dataclass
class Command:
    """`name` is the branch that it names; options by their words without the colon, tags apart."""

    token: Token
    kind: str
    name: str = ""
    order: int | None = None
    options: dict[str, str] = field(default_factory=dict[str, str])
    tags: list[str] = field(default_factory=list[str])


@dataclass
class GitText:
    title: str = ""
    direction: str = "LR"
    commands: list[Command] = field(default_factory=list[Command])


def parse(source: Source) -> tuple[Cursor, GitText]:
    """Raises:
    MermaidError: the text isn't a git graph.
    """
    cursor = Cursor(source, TABLES, WORDS, EXAMPLE)
    found = GitText(title=source.title)
    cursor.skip("newline")
    if not cursor.have("gitGraph:"):
        cursor.expect("gitGraph")
        if direction := cursor.have("direction"):
            found.direction = direction.text
            cursor.expect(":")
        else:
            cursor.have(":")
    while cursor.next.kind != END:
        if cursor.have("newline"):
            continue
        if (title := take_title(cursor)) is not None:
            found.title = title or found.title
            continue
        found.commands.append(_command(cursor))
        end_line(cursor)
    return cursor, found


def _command(cursor: Cursor) -> Command:
    token = cursor.next
    if token.kind not in ("commit", "branch", "merge", "checkout", "cherry-pick"):
        raise cursor.error("commit", "branch", "merge", "checkout", "cherry-pick")
    command = Command(cursor.take(), token.kind)
    if token.kind in ("branch", "merge", "checkout"):
        name = cursor.expect("name", "string")
        command.name = unquoted(name.text) if name.kind == "string" else name.text
    if token.kind == "branch" and cursor.have("order:"):
        command.order = int(cursor.expect("number").text[:9])
    options = _OPTIONS.get(token.kind, ())
    while cursor.next.kind in options or (token.kind == "commit" and cursor.next.kind == "string"):
        word = cursor.have(*options)
        if word and word.kind == "type:":
            command.options["type"] = cursor.expect("type").text
            continue
        text = unquoted(cursor.expect("string").text)
        if word and word.kind == "tag:":
            command.tags.append(text)
        else:
            command.options[word.kind[:-1] if word else "msg"] = text
    return command
