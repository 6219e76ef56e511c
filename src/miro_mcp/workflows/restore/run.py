"""Making things again from what was kept of a call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ...board.contents import as_object
from ...catalogue import OPERATIONS
from ...catalogue.check import checked
from ...errors import BadArguments, CallError, Refused
from ...guardrails.lookups import part
from ...keeping.again import ATTACH, CONNECT, GROUP, MOVE, TAG, Plan, creation, line_creation, plan_restoring
from ...keeping.file import Kept
from ...session import Session
from ..workflow import Outcome
from .tool import RestoreArguments

_MOST_LISTED = 10
_NEVER = "Comments, votes, authors and times of what is made again are not as they were."


async def run(arguments: RestoreArguments, session: Session) -> Outcome:
    """Raises:
    CallError: nothing is kept of the call, or it can't be made again here.
    """
    keeper = session.keeper
    if not keeper.is_on:
        raise Refused("miro_restore: nothing is kept here: the operator set MIRO_KEEP_DAYS=0. Nothing was sent.")
    calls = keeper.calls()
    name = arguments.call or next(iter(list(calls)[::-1]), None)
    if name is None or name not in calls:
        which = f"of call {name} " if name else ""
        raise BadArguments(
            f"miro_restore: call: nothing that was deleted or overwritten {which}is kept. {_offer(calls)} Nothing was "
            "sent."
        )
    plans = {board_id: plan_restoring(kept) for board_id, kept in _by_board(calls[name]).items()}
    if arguments.dry_run:
        boards = [
            {"board_id": board_id, "would_restore": _counts(plan), "not_restored": plan.lost}
            for board_id, plan in plans.items()
        ]
        return Outcome({"dry_run": True, "sent": False, "call": name, "boards": boards, "calls": _listed(calls)})
    for board_id, plan in plans.items():
        _check_allowed(session, board_id, plan)
    told: list[dict[str, Any]] = []
    for board_id, plan in plans.items():
        restoring = _Restoring(session, board_id, plan)
        await restoring.all()
        keeper.drop_entries(restoring.done(calls[name]))
        told.append({"board_id": board_id, **restoring.told()})
    return Outcome({"call": name, "boards": told, "note": _NEVER})


def _by_board(kept: Sequence[Kept]) -> dict[str, list[Kept]]:
    found: dict[str, list[Kept]] = {}
    for entry in kept:
        found.setdefault(str(entry["board_id"]), []).append(entry)
    return found


def _check_allowed(session: Session, board_id: str, plan: Plan) -> None:
    """Raises:
    Refused: the operator's rules ask about each creation or change, which is more than can be asked here.
    """
    for raw in plan.items[:1]:
        operation_id, body = creation(raw, {}, in_parent=False)
        operation = OPERATIONS[operation_id]
        if session.may_have_to_ask(operation, checked(operation, {"board_id": board_id, **body})):
            raise Refused(
                "miro_restore: the operator's settings ask a person about everything that is created, so nothing was "
                "sent. MIRO_RULES=1=allow lets it be made again."
            )


def _counts(plan: Plan) -> dict[str, int]:
    found = Counter(str(raw["type"]) for raw in plan.items)
    found |= Counter({"connector": len(plan.lines), "tag": len(plan.tags), "tag on an item": len(plan.attached)})
    found |= Counter({"group": len(plan.groups), "change": len(plan.changes)})
    return {kind: count for kind, count in found.items() if count}


def _listed(calls: Mapping[str, Sequence[Kept]]) -> list[dict[str, Any]]:
    """The last calls, the newest first."""
    newest = list(calls.items())[: -_MOST_LISTED - 1 : -1]
    return [
        {"call": name, "time": kept[0]["time"], "board_id": board_id, **_counts(plan_restoring(of_board))}
        for name, kept in newest
        for board_id, of_board in _by_board(kept).items()
    ]


def _offer(calls: Mapping[str, Sequence[Kept]]) -> str:
    names = list(calls)[: -_MOST_LISTED - 1 : -1]
    return f"There is {', '.join(names)}; dry_run tells more." if names else "There is nothing to undo."


class _Restoring:
    """Makes one plan again. `ids` are the new ids by the old; what failed is in `failures`."""

    def __init__(self, session: Session, board_id: str, plan: Plan) -> None:
        self._session = session
        self._board_id = board_id
        self._plan = plan
        self.ids: dict[str, str] = {}
        self.lines: dict[str, str] = {}
        self.changed: list[str] = []
        self.failures = list(plan.lost)
        self._counts: Counter[str] = Counter()

    async def all(self) -> None:
        plan = self._plan
        for raw in plan.tags:
            body = {"title": raw.get("title"), "fillColor": raw.get("fillColor")}
            given = {name: one for name, one in body.items() if one}
            await self._make(f"tag {raw['id']}", TAG, given, str(raw["id"]))
        for raw in plan.items:
            await self._make_item(raw)
        for frame_id, raw in plan.inside:
            if frame_id in self.ids and str(raw["id"]) not in self.ids:
                place = {axis: raw["position"][axis] for axis in ("x", "y")}
                body = {"item_id": str(raw["id"]), "parent": {"id": self.ids[frame_id]}, "position": place}
                await self._do(f"{raw['id']} in its frame", MOVE, body, "back in their frames")
        for raw in plan.lines:
            await self._make_line(raw)
        for tag_id, item_id in plan.attached:
            body = {"tag_id": self.ids.get(tag_id, tag_id), "item_id": self.ids.get(item_id, item_id)}
            await self._do(f"tag {tag_id} on {item_id}", ATTACH, body, "tags on items")
        for raw in plan.groups:
            items = [self.ids.get(one, one) for one in raw["items"]]
            await self._do("a group", GROUP, {"data": {"items": items}}, "groups")
        for operation_id, given in plan.changes:
            *_, name = OPERATIONS[operation_id].path_arguments
            id = self.ids.get(str(given[name]), str(given[name]))
            if await self._do(f"{operation_id} of {id}", operation_id, {**given, name: id}, "") is not None:
                self.changed.append(id)

    def done(self, kept: Sequence[Kept]) -> list[Kept]:
        """The entries of this board that need no second go: what failed stays kept."""
        failed = " ".join(self.failures[len(self._plan.lost) :])
        own = [entry for entry in kept if entry["board_id"] == self._board_id]
        return [entry for entry in own if str(part(entry, "before", "id") or entry["entry"]) not in failed]

    def told(self) -> dict[str, Any]:
        """What came of it: a table of old and new ids, and what could not come back."""
        made = [{"old": old, "new": new} for old, new in self.ids.items()]
        lines = [{"old": old, "new": new} for old, new in self.lines.items()]
        return {
            "restored": made,
            "connectors": lines,
            "changed_back": self.changed,
            **({"also": dict(self._counts)} if self._counts else {}),
            "not_restored": self.failures,
        }

    async def _make_item(self, raw: Mapping[str, Any]) -> None:
        named = f"{str(raw['type']).replace('_', ' ')} {raw['id']}"
        parent = str(part(raw, "parent", "id") or "")
        lost_frame = bool(parent) and parent not in self.ids and not await self._is_there(parent)
        operation_id, body = creation(raw, self.ids, in_parent=not lost_frame)
        if lost_frame:
            self.failures.append(f"{named}: its frame {parent} is gone, so it stands outside of it.")
        await self._make(named, operation_id, body, str(raw["id"]))

    async def _make_line(self, raw: Mapping[str, Any]) -> None:
        if not part(raw, "startItem", "id") or not part(raw, "endItem", "id"):
            self.failures.append(f"connector {raw['id']}: an end of it was loose, and the API makes no such line.")
            return
        made = await self._do(f"connector {raw['id']}", CONNECT, line_creation(raw, self.ids), "")
        if made is not None:
            self.lines[str(raw["id"])] = str(made.get("id"))

    async def _make(self, named: str, operation_id: str, body: dict[str, Any], old: str) -> None:
        made = await self._do(named, operation_id, body, "")
        if made is not None:
            self.ids[old] = str(made.get("id"))

    async def _is_there(self, id: str) -> bool:
        try:
            await self._session.read("get-specific-item", board_id=self._board_id, item_id=id)
        except CallError:
            return False
        return True

    async def _do(self, named: str, operation_id: str, body: Mapping[str, Any], counted: str) -> dict[str, Any] | None:
        """What the API answers; None where it failed, which is then told."""
        try:
            answer = await self._session.call(operation_id, **{"board_id": self._board_id, **body})
        except CallError as error:
            self.failures.append(f"{named}: {error}")
            return None
        if counted:
            self._counts[counted] += 1
        return dict(as_object(answer))
