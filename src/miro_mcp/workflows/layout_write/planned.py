"""The board as it would be: what a picture is drawn of before, or while, anything is sent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...board.contents import Connector, Contents, Raw, Tag, as_object, connector_of, placed
from ...board.write import Payload
from ..plans.steps import WritePlan
from .change import position_of
from .pieces import ItemPiece


def board_planned(pieces: Iterable[ItemPiece], write: WritePlan, contents: Contents) -> Contents:
    """A board's contents with a plan carried out; labels stand for the ids of what is new."""
    deleted = {step.id for step in write.deletions}
    conflicted = {str(conflict["id"]) for conflict in write.conflicts}
    raws: dict[str, Raw] = {
        identifier: item.raw for identifier, item in contents.items.items() if identifier not in deleted
    }
    for piece in pieces:
        if piece.id not in conflicted:
            raws[piece.id] = _raw(piece, contents)
    tags = dict(contents.tags)
    tags |= {one.label: Tag(one.label, one.given["title"], one.given["fillColor"]) for one in write.tags}
    tags_of = {identifier: list(own) for identifier, own in contents.tags_of.items()}
    for step in write.tagging:
        own = tags_of.setdefault(step.given["item_id"], [])
        if step.operation_id == "attach-tag-to-item":
            own.append(step.given["tag_id"])
        elif step.given["tag_id"] in own:
            own.remove(step.given["tag_id"])
    changed = {step.id: step.given for step in write.updates if step.kind == "connector"}
    lines = [_changed_line(one, changed.get(one.id, {})) for one in contents.connectors if one.id not in deleted]
    lines += [connector_of({**one.given, "id": one.label}) for one in write.lines]
    items = placed(raws.values())
    ends = items.keys() | {None}
    return Contents(
        board=contents.board,
        items=items,
        connectors=tuple(one for one in lines if {one.start_id, one.end_id} <= ends),
        tags=tags,
        tags_of={identifier: tuple(own) for identifier, own in tags_of.items()},
    )


def _changed_line(connector: Connector, given: Payload) -> Connector:
    style = {**connector.style, **given.get("style", {})}
    return connector_of({**connector.raw, **given, "style": style})


def _raw(piece: ItemPiece, contents: Contents) -> Raw:
    before: Raw = piece.item.raw if piece.item else {}
    found: dict[str, Any] = {**before, "type": piece.kind, "id": piece.id}
    for part in ("data", "style", "geometry"):
        found[part] = {**as_object(before.get(part)), **piece.body.get(part, {})}
    found["geometry"] |= {"width": piece.box.width, "height": piece.box.height}
    if piece.item and piece.source.keeps_text:
        found["data"] = before.get("data") or {}
    place = position_of(piece, contents)
    found["position"] = place["position"]
    found["parent"] = place.get("parent")
    return found
