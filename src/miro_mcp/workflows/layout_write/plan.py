"""From a layout text and the board as it is now to a plan. A worker works it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ...board.contents import Contents, Item
from ...board.geometry import Box
from ...board.write import Payload
from ...errors import BadArguments
from ...layout_text.boxes import LayoutBox
from ...layout_text.engine.solve import lay_out_boxes
from ...layout_text.mistakes import Mistakes
from ...layout_text.read import read_layout
from ...layout_text.reading.boxes_of import LayoutDraft
from ...text.rich_text import parse_html
from ..plans.steps import ChangeStep, Creation, WritePlan
from ..svg_write.rules import CONNECTOR_DELETE, rules_of
from .change import item_change, modified, position_of
from .lines import PlannedLines, plan_lines
from .match import match, said_by
from .pieces import Composition, ItemPiece, compose, outlined
from .planned import board_planned
from .spot import Spot, place_units
from .tags import plan_tags

MOST_CHANGES = 1_000


@dataclass(frozen=True)
class LayoutJob:
    """What a worker is asked; `heights` are those that the board told of what an earlier plan made, by label."""

    html: str
    contents: Contents
    spot: Spot
    as_of: str | None = None
    delete_missing: bool = False
    heights: Mapping[str, float] = field(default_factory=dict[str, float])
    touched: frozenset[str] = frozenset()
    """Ids of what an earlier call of the same text may have changed: that it is newer than the text is no conflict."""


@dataclass(frozen=True)
class Placed:
    """Where a piece goes and how large it is, as calls tell it; `height` is what was taken for it."""

    kind: str
    payload: Payload
    geometry: Payload
    height: float
    item_id: str | None


@dataclass(frozen=True)
class LayoutPlan:
    """`keys` are the labels of what has a key of its own; `placed` is by label; `missing` are ids not in the text.

    `planned` is the board as it would be; `region` the part of it that the text is about, `about` the ids there, labels
    among them; overlaps of those in `meant` are as the text has them.
    """

    write: WritePlan
    placed: Mapping[str, Placed]
    keys: Mapping[str, str]
    frames: tuple[str, ...]
    elements: int
    missing: tuple[str, ...]
    planned: Contents
    region: Box
    about: frozenset[str]
    meant: frozenset[str]


def plan_layout(job: LayoutJob) -> LayoutPlan:
    """Raises:
    BadArguments: something in the text is wrong; no part of it is carried out.
    """
    return _Planning(job).plan()


class _Planning:
    def __init__(self, job: LayoutJob) -> None:
        self._job = job
        self._contents = job.contents
        self._mistakes = Mistakes()
        self._draft: LayoutDraft = read_layout(job.html, job.contents.items)
        self._write = WritePlan()
        self._items: dict[str, Item] = {}
        """What pieces are already, by label."""

    def plan(self) -> LayoutPlan:
        composition = self._composed()
        missing = match(composition.pieces, self._contents)
        self._items = {piece.label: piece.item for piece in composition.pieces if piece.item}
        if self._keep_heights(composition):
            composition = self._composed()
        pieces = composition.pieces
        self._outline(composition)
        lines = plan_lines(self._draft, pieces, self._contents, self._mistakes)
        self._mistakes.check()
        self._make_and_change(pieces)
        self._join(lines)
        plan_tags(pieces, self._contents, self._write)
        gone = [*self._loose_lines(pieces, missing, lines), *(item.id for item in missing)]
        self._delete(gone if self._job.delete_missing else [])
        self._check_size()
        self._write.notes += dict.fromkeys([*self._draft.notes, *composition.notes])
        deleted = {step.id for step in self._write.deletions}
        return LayoutPlan(
            write=self._write,
            placed={piece.label: self._placed(piece) for piece in pieces},
            keys={piece.label: piece.source.key for piece in pieces if piece.source.key and not piece.is_bar},
            frames=tuple(piece.label for piece in pieces if piece.kind == "frame"),
            elements=len(pieces) + len(self._draft.lines),
            missing=tuple(one for one in gone if one not in deleted),
            planned=board_planned(pieces, self._write, self._contents),
            region=_region(pieces),
            about=frozenset(piece.id for piece in pieces) | {one.label for one in self._write.lines},
            meant=frozenset(piece.id for piece in pieces if _overlaps_by_intent(piece)),
        )

    def _composed(self) -> Composition:
        """The text laid out and put in its place, with what was found of it on the board before."""
        for label, box in self._by_label().items():
            if label in self._job.heights:
                box.known_height = self._job.heights[label]
        grown = lay_out_boxes(self._draft.root)
        mistakes = Mistakes()
        notes: list[str] = []
        units = place_units(self._draft.root, self._contents, self._job.spot, mistakes, notes)
        mistakes.check()
        composition = compose(units)
        for piece in composition.pieces:
            piece.item = piece.item or self._items.get(piece.label)
        composition.notes = [*grown, *notes, *composition.notes]
        return composition

    def _by_label(self) -> dict[str, LayoutBox]:
        return {box.label: box for box in self._draft.root.walk()}

    def _keep_heights(self, composition: Composition) -> bool:
        """Takes over what the board tells of the heights of cards that stay as they are."""
        changed = False
        for box, piece in composition.by_box.items():
            item = piece.item
            if item is None or not item.height or box.known_height is not None or piece.kind != "card":
                continue
            width = piece.body["geometry"].get("width", item.width)
            same_width = abs(item.width - width) <= 1
            if same_width and said_by(item) == box.text and _describes_the_same(box, item):
                box.known_height = item.height
                changed = changed or abs(item.height - box.height) > 0.5
        return changed

    def _outline(self, composition: Composition) -> None:
        for piece in composition.pieces:
            if piece.item is not None or not piece.is_background or piece.source.style.background is None:
                continue
            inner = (composition.by_box.get(box) for box in piece.source.walk() if box is not piece.source)
            if any(one is not None and one.item is not None for one in inner):
                composition.notes.append(outlined(piece))

    def _make_and_change(self, pieces: Iterable[ItemPiece]) -> None:
        for piece in pieces:
            if piece.item is None:
                self._make(piece)
                continue
            step = item_change(piece, self._contents)
            if step is None:
                continue
            is_ours = piece.kind == "frame" or piece.item.id in self._job.touched
            if not is_ours and self._is_newer(modified(piece)):
                self._conflict(piece.item.id, step.what)
            else:
                (self._write.frame_updates if piece.kind == "frame" else self._write.updates).append(step)

    def _make(self, piece: ItemPiece) -> None:
        given: Payload = {**piece.body, **position_of(piece, self._contents)}
        if piece.kind == "sticky_note":
            given["style"] = {"fillColor": "light_yellow", **given["style"]}
        given = {name: part for name, part in given.items() if part}
        centre = piece.box.centre
        creation = Creation(piece.label, piece.kind, given, not piece.is_basic, *centre, layer=piece.layer)
        (self._write.frames if piece.kind == "frame" else self._write.items).append(creation)

    def _join(self, lines: PlannedLines) -> None:
        self._write.lines += lines.creations
        self._write.updates += lines.changes

    def _loose_lines(self, pieces: Iterable[ItemPiece], missing: Iterable[Item], lines: PlannedLines) -> Iterator[str]:
        """Lines between the items of the text's frames which the text doesn't have."""
        inside = {
            piece.item.id for piece in pieces if piece.item and isinstance(piece.frame, ItemPiece) and piece.frame.item
        }
        inside |= {item.id for item in missing}
        for connector in self._contents.connectors:
            if {connector.start_id, connector.end_id} <= inside and connector.id not in lines.matched:
                yield connector.id

    def _delete(self, ids: Iterable[str]) -> None:
        for identifier in ids:
            item = self._contents.items.get(identifier)
            if item is None:
                step = ChangeStep(identifier, "connector", CONNECTOR_DELETE, {"connector_id": identifier})
            else:
                if self._is_newer(str(item.raw.get("modifiedAt") or "")):
                    self._conflict(identifier, ("deleted",))
                    continue
                step = ChangeStep(identifier, item.kind, rules_of(item.kind).delete, {"item_id": identifier})
            self._write.deletions.append(step)

    def _is_newer(self, told: str) -> bool:
        """Whether something was changed after the time that the text goes by."""
        if not self._job.as_of or not told:
            return False
        try:
            return datetime.fromisoformat(told) > datetime.fromisoformat(self._job.as_of)
        except (ValueError, TypeError):
            return False

    def _conflict(self, identifier: str, would: tuple[str, ...]) -> None:
        why = "changed on the board since as_of; it was left as it is"
        self._write.conflicts.append({"id": identifier, "why": why, "would": list(would)})

    def _check_size(self) -> None:
        size = self._write.size
        if size > MOST_CHANGES:
            raise BadArguments(
                f"miro_layout_write: html: it asks for {size} changes, and {MOST_CHANGES} are the most at a time. "
                "Split it into several calls. Nothing was sent."
            )

    def _placed(self, piece: ItemPiece) -> Placed:
        geometry = piece.body.get("geometry", {})
        item_id = piece.item.id if piece.item else None
        return Placed(piece.kind, position_of(piece, self._contents), geometry, piece.box.height, item_id)


def _describes_the_same(box: LayoutBox, item: Item) -> bool:
    now = " ".join(one.text for one in parse_html(str(item.data.get("description") or ""))).split()
    return item.kind != "card" or now == " ".join(one.text for one in box.card.description).split()


def _overlaps_by_intent(piece: ItemPiece) -> bool:
    """Whether it was taken out of the flow, or put into cells beside others."""
    box: LayoutBox | None = piece.source
    while box is not None:
        if box.style.is_absolute or box.style.is_shifted or _shares_cells(box):
            return True
        box = box.parent
    return False


def _shares_cells(box: LayoutBox) -> bool:
    if box.cells is None or box.parent is None:
        return False
    own = box.cells
    return any(
        one is not box
        and one.cells is not None
        and one.cells.column < own.column_end
        and own.column < one.cells.column_end
        and one.cells.row < own.row_end
        and own.row < one.cells.row_end
        for one in box.parent.in_flow
    )


def _region(pieces: Iterable[ItemPiece]) -> Box:
    from_all = [piece.box for piece in pieces]
    if not from_all:
        return Box(-400, -300, 800, 600)
    left, top = min(box.x for box in from_all), min(box.y for box in from_all)
    right, bottom = max(box.right for box in from_all), max(box.bottom for box in from_all)
    margin = max(max(right - left, bottom - top) * 0.03, 24.0)
    return Box.between(left - margin, top - 2 * margin, right + margin, bottom + margin)
