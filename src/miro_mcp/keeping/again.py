"""From what was kept to the calls that make it again: what each takes, as far as the API takes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from ..catalogue import OPERATIONS, check_ids
from ..catalogue.check import checked
from ..catalogue.schema import Schema, schema_of
from ..errors import BadArguments
from ..guardrails.lookups import entries, part
from .file import Kept

Body = dict[str, Any]

CREATES = {
    "frame": "create-frame-item",
    "shape": "create-shape-item",
    "sticky_note": "create-sticky-note-item",
    "text": "create-text-item",
    "card": "create-card-item",
    "app_card": "create-app-card-item",
    "embed": "create-embed-item",
}
CONNECT, TAG, ATTACH, MOVE = "create-connector", "create-tag", "attach-tag-to-item", "update-item-position-or-parent"
GROUP = "createGroup"
check_ids([*CREATES.values(), CONNECT, TAG, ATTACH, MOVE, GROUP])

_SIDES = {"sticky_note": ("width",), "text": ("width", "rotation"), "embed": ("width",)}
"""What of the geometry a creation takes, where it isn't all of it: the rest follows from that."""


@dataclass
class Plan:
    """What is to be made again, in the order it is made in; raws as they were read, `changes` as calls."""

    tags: list[Body] = field(default_factory=list[Body])
    items: list[Body] = field(default_factory=list[Body])
    lines: list[Body] = field(default_factory=list[Body])
    attached: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """Ids of a tag and of an item that had it."""
    inside: list[tuple[str, Body]] = field(default_factory=list[tuple[str, Body]])
    """The id of a frame that goes, and what was in it."""
    groups: list[Body] = field(default_factory=list[Body])
    changes: list[tuple[str, Body]] = field(default_factory=list[tuple[str, Body]])
    lost: list[str] = field(default_factory=list[str])


def plan_restoring(kept: Iterable[Kept]) -> Plan:
    """What there was before the call, of one board; what the API can't make again is in `lost`."""
    plan = Plan()
    deleted: dict[str, Body] = {}
    lines: dict[str, Body] = {}
    for entry in kept:
        before, kind = cast("Body", entry["before"]), entry["kind"]
        match kind, bool(entry["deletes"]):
            case "item", True:
                deleted.setdefault(str(before["id"]), before)
                lines |= {str(line["id"]): line for line in entries(entry, "lines")}
                plan.attached += [(str(tag["id"]), str(before["id"])) for tag in entries(entry, "tags")]
                plan.inside += [(str(before["id"]), one) for one in entries(entry, "inside")]
            case "connector", True:
                lines[str(before["id"])] = before
            case "tag", True:
                plan.tags.append(before)
                plan.attached += [(str(before["id"]), str(item["id"])) for item in entries(entry, "items")]
            case "tag on item", _:
                plan.attached.append((str(before["tag_id"]), str(before["id"])))
            case "group", _:
                plan.groups.append({"items": [str(one["id"]) for one in entries(entry, "items")]})
                if entry["operation"] == "deleteGroup":
                    deleted |= {str(one["id"]): one for one in entries(entry, "items")}
            case _:
                _put_back(plan, entry, before)
    for _, raw in plan.inside:
        # What goes together with its frame may have been read when that was gone already.
        if str(raw["id"]) in deleted:
            deleted[str(raw["id"])] = raw
    for raw in deleted.values():
        kind = str(raw.get("type"))
        if kind in CREATES:
            plan.items.append(raw)
        else:
            plan.lost.append(f"{kind.replace('_', ' ')} {raw['id']}: the API can't make one from what it told of it.")
    plan.items.sort(key=lambda raw: (raw.get("type") != "frame", str(raw["id"]).zfill(24)))  # Later ones lie on top.
    plan.lines = list(lines.values())
    plan.attached = list(dict.fromkeys(plan.attached))
    plan.changes.reverse()
    return plan


def _put_back(plan: Plan, entry: Kept, before: Body) -> None:
    """What an update overwrote, and no more: what it gave, with the values from before."""
    operation = OPERATIONS[str(entry["operation"])]
    given = cast("Body", entry["given"])
    changed = {name: value for name, value in given.items() if name not in operation.path_arguments}
    body = _before(changed, before)
    if "parent" in changed:
        body["parent"] = {"id": part(before, "parent", "id")} if part(before, "parent", "id") else {}
        body["position"] = _position(before)
    ids = {name: given[name] for name in operation.path_arguments}
    named = f"{operation.id} of {before.get('id')}"
    if not body:
        plan.lost.append(f"{named}: what it overwrote is not told by the API.")
        return
    try:
        checked(operation, {**ids, **body})
    except BadArguments as error:
        plan.lost.append(f"{named}: {error}")
        return
    plan.changes.append((operation.id, {**ids, **body}))


def _before(changed: Mapping[str, Any], before: Mapping[str, Any]) -> Body:
    """The same fields with what stood in them."""
    told: Body = {}
    for name, value in changed.items():
        was = before.get(name)
        if was is None:
            continue
        if name == "position":
            told[name] = _position(before)
        elif isinstance(value, Mapping) and isinstance(was, Mapping):
            if inner := _before(cast("Body", value), cast("Body", was)):
                told[name] = inner
        else:
            told[name] = was
    return told


def creation(raw: Mapping[str, Any], ids: Mapping[str, str], *, in_parent: bool) -> tuple[str, Body]:
    """The operation that makes an item again, and what it is given; ids of what was made again are replaced."""
    kind = str(raw["type"])
    operation = OPERATIONS[CREATES[kind]]
    properties = schema_of(operation.arguments)["properties"]
    body = {name: _taken(raw[name], properties[name]) for name in ("data", "style") if raw.get(name)}
    geometry = _taken(raw.get("geometry") or {}, properties.get("geometry", {}))
    kept = {name: value for name, value in geometry.items() if name in _SIDES.get(kind, tuple(geometry))}
    body |= {"position": _position(raw)} | ({"geometry": kept} if kept else {})
    parent = part(raw, "parent", "id")
    if parent and in_parent:
        body["parent"] = {"id": ids.get(str(parent), str(parent))}
    return operation.id, {name: value for name, value in body.items() if value}


def line_creation(raw: Mapping[str, Any], ids: Mapping[str, str]) -> Body:
    properties = schema_of(OPERATIONS[CONNECT].arguments)["properties"]
    body = {name: _taken(raw[name], properties[name]) for name in ("style", "captions") if raw.get(name)}
    if raw.get("shape"):
        body["shape"] = raw["shape"]
    for name in ("startItem", "endItem"):
        end = cast("Body", raw[name])
        place = {"position": {axis: end["position"][axis] for axis in ("x", "y")}} if end.get("position") else {}
        body[name] = {"id": ids.get(str(end["id"]), str(end["id"])), **place}
    return body


def _position(raw: Mapping[str, Any]) -> Body:
    return {axis: part(raw, "position", axis) for axis in ("x", "y") if part(raw, "position", axis) is not None}


def _taken(value: Any, schema: Schema) -> Any:
    """What of a value a schema takes: of objects the fields it knows, of the rest all."""
    if isinstance(value, Mapping):
        properties = cast("dict[str, Schema]", schema.get("properties", {}))
        known = {name: one for name, one in cast("Body", value).items() if name in properties and one is not None}
        return {name: _taken(one, properties[name]) for name, one in known.items() if _is_one_of(one, properties[name])}
    if isinstance(value, list):
        return [_taken(one, cast("Schema", schema.get("items", {}))) for one in cast("list[Any]", value)]
    return value


def _is_one_of(value: Any, schema: Schema) -> bool:
    return "enum" not in schema or value in schema["enum"]
