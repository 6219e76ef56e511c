"""What a layout write answers."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ...board.contents import Contents
from ...errors import CallError
from ..plans.apply import CarryingOut
from .plan import LayoutPlan

_FEW = 40
"""Elements up to which everything new is told one by one."""

Value = dict[str, Any]


def layout_told(plan: LayoutPlan, done: CarryingOut, settled: CarryingOut | None, contents: Contents) -> Value:
    """Raises:
    CallError: nothing of the plan could be done.
    """
    moved = {step.id for step in done.changed if set(step.what) <= {"position", "parent"}}
    changed: dict[str, list[str]] = {}
    for step in done.changed:
        if step.id not in moved and not step.id.startswith("#"):
            changed.setdefault(step.id, []).extend(one for one in step.what if one not in changed.get(step.id, ()))
    failures = [*done.failures, *(settled.failures if settled else [])]
    value: Value = {
        "created": _created(plan, done),
        "updated": [{"id": identifier, "changed": what} for identifier, what in changed.items()],
        "moved": sorted(moved),
        "deleted": [step.id for step in done.deleted],
    }
    if failures and not any(value.values()):
        first = failures[0]
        more = f" {len(failures) - 1} other calls failed or weren't made." if len(failures) > 1 else ""
        raise CallError(f"miro_layout_write: {first['do']} {first['of']}: {first['error']}{more}")
    if failures:
        value["failed"] = failures
    frames = [done.made[one][0] if one in done.made else plan.placed[one].item_id for one in plan.frames]
    return {
        **value,
        "not_in_text": list(plan.missing),
        "conflicts": plan.write.conflicts,
        "frames": frames,
        "as_of": _as_of(contents, done, settled),
        "notes": plan.write.notes,
    }


def foreseen(plan: LayoutPlan, calls: Value) -> Value:
    write = plan.write
    return {
        "dry_run": True,
        "sent": False,
        "would_create": dict(Counter(one.kind for one in [*write.frames, *write.items, *write.lines, *write.tags])),
        "would_change": [
            {"id": step.id, "changed": list(step.what)} for step in [*write.frame_updates, *write.updates]
        ],
        "would_delete": [step.id for step in write.deletions],
        "not_in_text": list(plan.missing),
        "conflicts": write.conflicts,
        **calls,
        "notes": write.notes,
    }


def _created(plan: LayoutPlan, done: CarryingOut) -> list[Value]:
    """What was made: each by its key, or place in the text; where there is much of it, the rest as counts."""
    found: list[Value] = []
    counted: Counter[str] = Counter()
    for label, (identifier, kind) in done.made.items():
        key = plan.keys.get(label)
        if key or kind == "frame" or plan.elements < _FEW:
            found.append({"element": label.removeprefix("#"), "id": identifier, "type": kind})
        else:
            counted[kind] += 1
    return found + [{"count": count, "type": kind} for kind, count in counted.items()]


def _as_of(contents: Contents, done: CarryingOut, settled: CarryingOut | None) -> str:
    """The latest change on the board."""
    raws = [item.raw for item in contents.items.values()]
    raws += [connector.raw for connector in contents.connectors]
    raws += [*done.answers.values(), *(settled.answers.values() if settled else ())]
    return max((str(raw.get("modifiedAt") or "") for raw in raws), default="")
