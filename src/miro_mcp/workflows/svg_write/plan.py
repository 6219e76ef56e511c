"""From an edited SVG and the board as it is now to a plan: what is made, changed, deleted, and left alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from ...board.contents import Connector, Contents, Item
from ...board.geometry import Box
from ...board.write import Payload
from ...drawing.items.kinds import drawn_box
from ...errors import BadArguments
from ..plans.steps import ChangeStep, Creation, WritePlan
from .create import ItemDraft, draft_of
from .diff import Change, change_of
from .document.markup import wrong
from .document.parse import Drawing, DrawnGroup
from .lines import NewLine, line_change_of, new_line
from .numbers import SAME, rounded
from .rules import CONNECTOR_DELETE, CONNECTOR_UPDATE, rules_of

MOST_CHANGES = 1000


def known_in(drawing: Drawing, contents: Contents) -> list[str]:
    """The ids in an edited drawing that are on the board.

    Raises:
        BadArguments: it was drawn from another board, or names what never was on this one.
    """
    board_id = str(contents.board.get("id") or "")
    if drawing.board and board_id and drawing.board != board_id:
        raise BadArguments(
            wrong(
                f"it was drawn from board {drawing.board[:60]!r}, and this is {board_id!r}; without data-miro-board "
                "and the data-miro-ids all of it is new"
            )
        )
    on_board = contents.items.keys() | {connector.id for connector in contents.connectors}
    unknown = [one.id for one in drawing.groups.values() if one.id not in on_board and one.shown is None]
    if unknown:
        raise BadArguments(
            wrong(
                f"{', '.join(unknown[:5])[:200]} {'is' if len(unknown) == 1 else 'are'} not on this board; what is new "
                "has an id of its own, not a data-miro-id"
            )
        )
    return [identifier for identifier in drawing.groups if identifier in on_board]


def plan_svg(
    drawing: Drawing,
    shown: Mapping[str, DrawnGroup],
    contents: Contents,
    frame_id: str | None,
    touched: Set[str] = frozenset(),
) -> WritePlan:
    """The plan for an edited drawing; `shown` are the groups of what is in it, as they are drawn now.

    `touched` is what the same call may have changed already: what is in a frame goes along with it.

    Raises:
        BadArguments: something in it is wrong; no part of it is carried out.
    """
    plan = _Planning(drawing, shown, contents, frame_id, touched).plan()
    if plan.size > MOST_CHANGES:
        raise BadArguments(wrong(f"it asks for {plan.size} changes, and {MOST_CHANGES} are the most at a time"))
    return plan


class _Planning:
    def __init__(
        self,
        drawing: Drawing,
        shown: Mapping[str, DrawnGroup],
        contents: Contents,
        frame_id: str | None,
        touched: Set[str],
    ) -> None:
        self._drawing = drawing
        self._touched = touched
        self._shown = shown
        self._contents = contents
        self._lines = {connector.id: connector for connector in contents.connectors}
        self._plan = WritePlan()
        self._frame_id = frame_id
        self._gone: set[str] = set()
        self._boxes = {frame.id: drawn_box(frame) for frame in contents.frames}
        """Where frames, new ones by their labels, are once the plan is carried out."""

    def plan(self) -> WritePlan:
        if self._frame_id is not None and self._frame_id not in self._boxes:
            frames = ", ".join(list(self._boxes)[:5]) or "none"
            raise BadArguments(
                f"miro_svg_write: frame_id: there is no frame {self._frame_id} on this board. Its frames: {frames}. "
                "Nothing was sent."
            )
        edited = [group for group in self._drawing.groups.values() if self._is_edited(group)]
        self._delete([group for group in edited if group.is_marked])
        creations = self._read_new()
        self._change([group for group in edited if not group.is_marked])
        self._make(creations)
        self._check_ends()
        self._plan.notes += [
            f"Left out: {what}{f' ({count} times)' if count > 1 else ''}."
            for what, count in self._drawing.left_out.items()
        ]
        return self._plan

    def _is_edited(self, group: DrawnGroup) -> bool:
        """Whether the assistant changed a group, and nobody else did: that would be a conflict."""
        now = self._shown.get(group.id)
        kind, said = self._kind_of(group.id), group.drawn.get("data-miro-kind")
        if kind and said and said != kind:
            self._conflict(group.id, f"it is a {kind}, not what the SVG has it for; it was left alone.")
            return False
        before = group.shown if group.shown is not None or now is None else now.shown
        if not group.is_marked and before is not None and before == group.state:
            return False
        if now is None:
            known = group.id in self._contents.items or group.id in self._lines
            if group.is_marked and known:
                return True
            if group.is_marked:
                self._plan.notes.append(f"{group.id} is gone already.")
            else:
                why = "it can't be drawn" if known else "it is no longer on the board"
                self._conflict(group.id, f"{why}; it was left alone.")
            return False
        if group.shown is not None and now.shown != group.shown and not self._is_ours(group):
            self._conflict(group.id, "it was changed on the board since it was drawn; it was left as it is there.")
            return False
        return True

    def _is_ours(self, group: DrawnGroup) -> bool:
        """Whether the difference on the board is what an earlier call of the same kind has made of it."""
        item = self._contents.items.get(group.id)
        if item is None:
            line = line_change_of(self._lines[group.id], self._shown[group.id], group)
            return not line.body and not line.notes
        change = change_of(item, self._shown[group.id], group)
        is_as_wanted = not change.body and change.place is None and change.parent is None and not change.notes
        return is_as_wanted or item.parent_id in self._touched

    def _kind_of(self, identifier: str) -> str | None:
        item = self._contents.items.get(identifier)
        return item.kind if item else "connector" if identifier in self._lines else None

    def _conflict(self, identifier: str, why: str) -> None:
        self._plan.conflicts.append({"id": identifier, "why": why})

    def _delete(self, groups: Iterable[DrawnGroup]) -> None:
        for group in groups:
            item = self._contents.items.get(group.id)
            if item is None:
                step = ChangeStep(group.id, "connector", CONNECTOR_DELETE, {"connector_id": group.id})
            else:
                step = ChangeStep(group.id, item.kind, rules_of(item.kind).delete, {"item_id": group.id})
            self._plan.deletions.append(step)
            self._gone.add(group.id)
        order = {"connector": 0, "frame": 2}
        self._plan.deletions.sort(key=lambda step: order.get(step.kind, 1))

    def _change(self, groups: Iterable[DrawnGroup]) -> None:
        changes: list[Change] = []
        for group in groups:
            item = self._contents.items.get(group.id)
            if item is None:
                self._change_line(self._lines[group.id], group)
                continue
            change = change_of(item, self._shown[group.id], group)
            if item.kind == "frame" and change.place is not None:
                self._boxes[item.id] = change.place.box
            changes.append(change)
        for change in changes:
            self._finish(change)

    def _finish(self, change: Change) -> None:
        item = change.item
        if item.kind == "frame":
            if change.place is not None and "position" in change.what:
                change.body["position"] = {"x": rounded(change.place.x), "y": rounded(change.place.y)}
            self._note_children(change)
        else:
            self._position(change)
        group, goes_along = self._drawing.groups[item.id], change.place is not None
        if not self._was_carried_out(group):
            self._told(f"{item.kind} {item.id}", change.body, change.notes, group, goes_along=goes_along)
        if change.body:
            given = {"item_id": item.id, **change.body}
            step = ChangeStep(item.id, item.kind, rules_of(item.kind).update or "", given, tuple(change.what))
            (self._plan.frame_updates if item.kind == "frame" else self._plan.updates).append(step)

    def _was_carried_out(self, group: DrawnGroup) -> bool:
        """Whether what is on the board differs from what was drawn, which only our own changes may."""
        return group.shown is not None and self._shown[group.id].shown != group.shown

    def _told(
        self, named: str, body: Payload, notes: list[str], group: DrawnGroup, *, goes_along: bool = False
    ) -> None:
        self._plan.notes += [f"{named}: {note}" for note in notes]
        if not body and not notes and group.shown is not None and not goes_along:
            self._plan.notes.append(f"{named}: what was changed in its group can't be carried over; it stays as it is.")

    def _note_children(self, change: Change) -> None:
        """A frame takes what is in it along with its top left corner, also where that moved as a side was dragged."""
        place, item = change.place, change.item
        if place is None or "size" not in change.what:
            return
        dragged = max(abs(place.box.x - item.box.x), abs(place.box.y - item.box.y)) > SAME
        if dragged and any(True for _ in self._contents.children(item.id)):
            change.notes.append("what is in it goes along with its top left corner.")

    def _position(self, change: Change) -> None:
        """Writes where an item goes: from its frame's corner, and out of its frame or into another as it asks."""
        item, place = change.item, change.place
        before = item.parent_id if item.parent_id in self._boxes else None
        wanted = before if change.parent is None else change.parent or None
        moved = place is not None and "position" in change.what
        if not moved and wanted == before:
            return
        x, y = (place.x, place.y) if place is not None else (item.x, item.y)
        if wanted == before and before is not None and not self._holds(before, x, y):
            wanted = self._frame_at(x, y)
            change.what.append("parent")
            change.notes.append(f"it lies outside of its frame now, and is {f'in {wanted}' if wanted else 'in none'}.")
        if wanted is not None and (wanted not in self._boxes or (wanted in self._gone and wanted != before)):
            raise BadArguments(wrong(f"data-miro-parent={wanted[:60]!r} of {item.id} is no frame of this board"))
        if wanted is not None and not self._holds(wanted, x, y):
            raise BadArguments(
                wrong(f"{item.id} is to be in frame {wanted}, and its centre ({x:g}, {y:g}) is outside of it")
            )
        left, top = self._corner(wanted)
        position = {"x": rounded(x - left), "y": rounded(y - top)}
        if wanted == before and self._stays(item, position):
            change.what.remove("position")
            return
        change.body["position"] = position
        if wanted != before:
            change.body["parent"] = {"id": wanted} if wanted else {}

    def _stays(self, item: Item, position: Mapping[str, float]) -> bool:
        """Whether its frame takes it to just where it is to go."""
        frame = self._contents.items.get(item.parent_id or "")
        left, top = (frame.box.left, frame.box.top) if frame else (0.0, 0.0)
        return abs(item.x - left - position["x"]) <= SAME and abs(item.y - top - position["y"]) <= SAME

    def _holds(self, frame: str, x: float, y: float) -> bool:
        box = self._boxes[frame]
        return box.x <= x <= box.right and box.y <= y <= box.bottom

    def _frame_at(self, x: float, y: float) -> str | None:
        return next((frame for frame in self._boxes if self._holds(frame, x, y)), None)

    def _corner(self, frame: str | None) -> tuple[float, float]:
        box = self._boxes.get(frame or "", Box(0, 0, 0, 0))
        return box.x, box.y

    def _change_line(self, connector: Connector, group: DrawnGroup) -> None:
        change = line_change_of(connector, self._shown[group.id], group)
        if not self._was_carried_out(group):
            self._told(f"connector {connector.id}", change.body, change.notes, group)
        if change.body:
            given = {"connector_id": connector.id, **change.body}
            self._plan.updates.append(
                ChangeStep(connector.id, "connector", CONNECTOR_UPDATE, given, tuple(change.what))
            )

    def _read_new(self) -> list[ItemDraft]:
        drafts: list[ItemDraft] = []
        for new in self._drawing.new:
            made = new_line(new) if new.kind == "connector" else draft_of(new)
            if isinstance(made, str):
                self._plan.notes.append(f"Left out: {made}.")
                continue
            self._plan.notes += made.notes
            if isinstance(made, NewLine):
                self._plan.lines.append(Creation(made.label, "connector", made.body))
            else:
                drafts.append(made)
                if made.kind == "frame":
                    self._boxes[made.label] = made.place.box
        return drafts

    def _make(self, drafts: list[ItemDraft]) -> None:
        for draft in drafts:
            parent = None if draft.kind == "frame" else draft.parent or self._frame_id
            place = draft.place
            left, top = self._corner(parent)
            given = {**draft.body, "position": {"x": rounded(place.x - left), "y": rounded(place.y - top)}}
            if parent is not None:
                self._check_inside(draft, parent)
                given["parent"] = {"id": parent}
            creation = Creation(draft.label, draft.kind, given, not draft.is_basic, place.x, place.y)
            (self._plan.frames if draft.kind == "frame" else self._plan.items).append(creation)

    def _check_inside(self, draft: ItemDraft, parent: str) -> None:
        box, place = self._boxes.get(parent), draft.place
        if box is None or parent in self._gone:
            raise BadArguments(wrong(f"frame {parent[:60]!r} of {draft.label} is no frame of this board"))
        if not self._holds(parent, place.x, place.y):
            raise BadArguments(
                wrong(
                    f"the centre of {draft.label} ({place.x:g}, {place.y:g}) is outside of frame {parent}, which "
                    f"goes from {box.x:g}, {box.y:g} to {box.right:g}, {box.bottom:g} in board coordinates"
                )
            )

    def _check_ends(self) -> None:
        made = {one.label for one in self._plan.items}
        for one in [*self._plan.lines, *self._plan.updates]:
            named = one.label if isinstance(one, Creation) else f"connector {one.id}"
            ends = [one.given[name]["id"] for name in ("startItem", "endItem") if name in one.given]
            for end in ends:
                item = self._contents.items.get(end)
                if end in made or (item is not None and item.kind != "frame" and end not in self._gone):
                    continue
                why = "is a frame" if item is not None and item.kind == "frame" else "is not there"
                raise BadArguments(
                    wrong(
                        f"an end of {named}, {end[:60]!r}, {why}; an end is the id of an item on the board, or # and "
                        "the id of a new element"
                    )
                )
            if len(ends) == 2 and ends[0] == ends[1]:
                raise BadArguments(wrong(f"{named} joins {ends[0]} with itself"))
