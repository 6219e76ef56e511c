"""Tags of cards and notes: by title, made where they are missing, put on and taken off."""

from __future__ import annotations

from collections.abc import Iterable

from ...board.contents import Contents
from ..plans.steps import ChangeStep, Creation, WritePlan
from .pieces import ItemPiece

_NEUTRAL = "gray"
"""Of a new tag that nothing is said of: another colour would look like a priority."""


def plan_tags(pieces: Iterable[ItemPiece], contents: Contents, write: WritePlan) -> None:
    """Adds what has to be done so that each piece has the tags that its text says, where it says any."""
    ids = {tag.title: tag.id for tag in contents.tags.values()}
    titles = {tag.id: tag.title for tag in contents.tags.values()}
    for piece in pieces:
        if piece.tags is None:
            continue
        on_item = contents.tags_of.get(piece.item.id, ()) if piece.item else ()
        wanted = {tag.title for tag in piece.tags}
        for tag in piece.tags:
            if tag.title not in ids:
                label = f"#tag {tag.title}"
                ids[tag.title] = label
                given = {"title": tag.title, "fillColor": tag.colour or _NEUTRAL}
                write.tags.append(Creation(label, "tag", given))
            if ids[tag.title] not in on_item:
                write.tagging.append(_step("attach-tag-to-item", piece, ids[tag.title]))
        for identifier in on_item:
            if titles.get(identifier, "") not in wanted:
                write.tagging.append(_step("remove-tag-from-item", piece, identifier))


def _step(operation_id: str, piece: ItemPiece, tag_id: str) -> ChangeStep:
    return ChangeStep(piece.id, "tag", operation_id, {"item_id": piece.id, "tag_id": tag_id}, ("tags",))
