"""Changing a diagram that is on its board to another graph: only differences are sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import anyio
from anyio.to_thread import run_sync

from ...board.contents import Contents, Item, connector_of, placed
from ...board.free_space import space_taken
from ...board.geometry import Box, around
from ...board.write import NewItem, Payload, Transaction
from ...catalogue import OPERATIONS
from ...catalogue.check import checked
from ...catalogue.operation import Arguments
from ...diagrams.graph import CARD, Direction
from ...diagrams.kind import kind_named
from ...diagrams.layout.arrange import arrange
from ...diagrams.layout.places import Ends, Layout
from ...diagrams.layout.problem import PADDING
from ...diagrams.load import item_url, leftovers, start, stop
from ...diagrams.match import Current, match_items
from ...diagrams.record import Found, Record, RecordedItem, RecordedLine, find_all, text_print
from ...diagrams.renamed import with_new_keys
from ...diagrams.style import ApiStyle
from ...diagrams.unfinished import unfinished_record
from ...diagrams.work import DIAGRAM, size_of
from ...errors import BadArguments, CallError
from ...session import Session
from ...system.parallel import run_jobs
from ...workers.pool import work_out
from ..workflow import Outcome
from .apply import Frame, draw_parts, rewrite
from .arguments import WriteDiagram
from .diff import Differences, differences
from .picture import pictures_of
from .place_new import Fitted, place_new
from .plan import RECORD_SIZE, cut_notes, depth_of, drawn_ends, edge_body, group_piece, is_told, node_piece
from .subject import DiagramSource

_SEE_THROUGH: ApiStyle = {"fillOpacity": "0.0"}
"""A group that is made after its members lies on them."""


async def change_diagram(
    arguments: WriteDiagram, session: Session, subject: DiagramSource, contents: Contents, found: Found
) -> Outcome:
    """Raises:
    CallError: a call failed or was refused; it says what was changed.
    """
    was, given = kind_named(found.record.kind), subject.kind
    if was != given and (was.places_matter or given.places_matter):
        raise BadArguments(
            f"miro_diagram_write: diagram_id: {found.id} is {was.described} and what is given is {given.described}, "
            "so all of it would be deleted. Give the whole diagram in its own kind, or leave diagram_id out to draw "
            "another one. Nothing was sent."
        )

    def compare() -> _Changing:
        given = with_new_keys(found, subject.graph)
        current = match_items(given, contents, find_all(contents.items.values()))
        changing = _Changing(arguments, session, subject, contents, current)
        changing.has_new_keys = given.record != found.record
        return changing

    changing = await run_sync(compare)
    if arguments.dry_run:
        return Outcome(await changing.foresee())
    return await changing.carry_out()


class _Changing:
    def __init__(
        self, arguments: WriteDiagram, session: Session, subject: DiagramSource, contents: Contents, current: Current
    ) -> None:
        self.has_new_keys = False
        self._session = session
        self._board_id = arguments.board_id
        graph = subject.graph
        self._graph = graph
        self._layout = subject.layout
        self._anew = bool(arguments.relayout)
        self._contents = contents
        self._current = current
        self._found = differences(graph, current)
        self._notes = [*_cut_off(current), *current.notes, *_other_leftovers(contents, current)]
        self._notes += [*graph.notes, *cut_notes(graph.edges)]
        self._ids = dict(current.ids)
        self._lines = {key: line.id for key, line in current.lines.items()}

    async def foresee(self) -> dict[str, Any]:
        await self._fit()
        return {
            "dry_run": True,
            "sent": False,
            "diagram_id": self._current.found.id,
            "would": _counts(self._found),
            **self._names(),
            "notes": self._notes,
        }

    def _names(self) -> dict[str, list[str]]:
        """What would be made, changed and deleted, by key."""
        found = self._found
        keys = {identifier: key for key, identifier in {**self._current.ids, **self._lines}.items()}
        gone = [*found.deletions, *found.redrawn]
        told = {
            "would_create": [one.key for one in (*found.new_nodes, *found.new_groups, *found.new_edges)],
            "would_change": [keys.get(identifier, identifier) for identifier in found.changes],
            "would_delete": [str(body.get("connector_id") or body.get("item_id")) for _, body in gone],
        }
        told["would_delete"] = [keys.get(identifier, identifier) for identifier in told["would_delete"]]
        return {name: entries for name, entries in told.items() if entries}

    async def carry_out(self) -> Outcome:
        fitted = await self._fit()
        found = self._found
        calls = [*found.changes.values(), *found.deletions, *found.redrawn]
        permits = await self._session.clear([self._checked(*call) for call in calls], redrawn=len(found.redrawn))
        creates = bool(found.new_nodes or found.new_groups or found.new_edges)
        ends = await self._ends(fitted)
        total = len(calls) + len(found.new_nodes) + len(found.new_groups) + len(found.new_edges) + 2
        making = Transaction(self._session, self._board_id, self._contents.ids, total)
        uid = self._current.record.uid
        holders = [item.id for item in (*self._current.found.items, *self._current.found.strays)]
        start(uid)
        try:
            if creates:
                redrawn = {str(body.get("connector_id")) for _, body in found.redrawn}
                await self._rewrite(unfinished_record(self._record(fitted), self._current, redrawn), making, holders)
                await self._create(making, fitted, ends)
                self._note_left(await making.settle())
            await run_jobs([lambda permit=permit: making.carry_out(permit) for permit in permits])
            if found.record or self.has_new_keys or creates or (calls and not self._current.found.is_original):
                record = self._record(fitted).with_ids(
                    self._ids,
                    self._lines,
                    holder=holders[0],
                    frame=self._current.frame_id or "",
                    title=self._current.title.id if self._current.title else "",
                )
                await self._rewrite(record, making, holders)
            pictures = await pictures_of(self._after(making), self._notes)
        except BaseException as error:
            await self._undo(making, holders, error, creates=creates)
            raise
        finally:
            stop(uid)
        return Outcome(self._told(), pictures=pictures)

    async def _undo(self, making: Transaction, holders: list[str], error: BaseException, *, creates: bool) -> None:
        """Takes away what was made, and sets the record to what it was before."""
        left = await making.take_back()
        if creates and not left:
            with anyio.CancelScope(shield=True):
                try:
                    await self._rewrite(self._current.record, making, holders)
                except CallError:
                    left = [*left, *holders]
        if isinstance(error, CallError):
            told = f" These could not be taken away again: {', '.join(left)}." if left else ""
            changed = "Changes to what was there before may have been made; what was new was taken away again." + told
            raise CallError(
                f"The diagram was not changed to its end: {error.cause} {changed} The same call goes on from there."
            ) from error

    async def _rewrite(self, record: Record, making: Transaction, holders: list[str]) -> None:
        """Writes the record, where it is."""
        first = self._current.found.items[0]
        frame = self._contents.items.get(first.parent_id or "")
        box = Box.centred(first.x, first.y, *RECORD_SIZE)
        inside = (frame.id, space_taken(frame)) if frame else None
        self._note_left(await rewrite(record, making, self._board_id, holders, box, inside))
        making.keep(holders)

    def _note_left(self, ids: list[str]) -> None:
        if ids:
            self._notes.append(f"These are superfluous, and could not be taken away: {', '.join(ids)}.")

    async def _fit(self) -> Fitted:
        """Where new things go; what that changes about others joins the changes."""
        if self._anew and self._layout is None:
            self._layout = await work_out(DIAGRAM, size_of(self._graph), arrange, self._graph)
            self._notes += self._layout.notes
        if self._layout is not None:
            self._lead_lines(self._layout.ends or {})
            return await run_sync(self._at_their_places, self._layout)
        found = self._found
        moves = found.new_nodes or found.new_groups or found.moved_nodes
        graph = self._graph
        ideal = await work_out(DIAGRAM, size_of(graph), arrange, graph) if moves else Layout({})
        self._notes += ideal.notes
        fitted = await run_sync(place_new, graph, ideal, self._current, found, self._contents)
        for key, box in {**fitted.resized, **fitted.grown}.items():
            item = self._current.groups.get(key) or self._current.nodes.get(key)
            if item is not None:
                self._reshape(item.id, box, fitted, size=True)
        for key in fitted.shifted - fitted.resized.keys() - fitted.grown.keys():
            item = self._current.groups.get(key) or self._current.nodes.get(key)
            if item is not None:
                self._reshape(item.id, fitted.boxes[key], fitted, size=False)
        for node in found.moved_nodes:
            self._reshape(self._current.nodes[node.key].id, fitted.boxes[node.key], fitted, size=False)
        return fitted

    def _lead_lines(self, ends: Mapping[str, Ends]) -> None:
        """Lines that stay leave and arrive as laid out: all of them anew, else those that get other ends."""
        for edge in self._graph.edges:
            line, found = self._current.lines.get(edge.key), ends.get(edge.key)
            if line is None or found is None or edge in self._found.new_edges:
                continue
            operation, body = self._found.changes.get(line.id, ("update-connector", {"connector_id": line.id}))
            if self._anew or "startItem" in body or "endItem" in body:
                led = edge_body(edge, found, self._ids)
                kept = {name: led[name] for name in ("startItem", "endItem", "shape", "captions") if name in led}
                self._found.changes[line.id] = operation, {**body, **kept}

    def _at_their_places(self, layout: Layout) -> Fitted:
        """Where the places say something, all of them are as laid out; the corner at the top left stays."""
        kept = {**self._current.nodes, **self._current.groups}
        wanted = {**layout.nodes, **layout.groups}
        holder, drawn = self._current.found.items[0], around(wanted.values())
        before = around(space_taken(item) for item in kept.values()) if kept else None
        shift = (before.left - drawn.left, before.top - drawn.top) if before else (holder.x, holder.y)
        fitted = Fitted({key: box.moved(*shift) for key, box in wanted.items()})
        fitted.frame = self._grown_frame(fitted.boxes)
        for key, item in kept.items():
            box = fitted.boxes.get(key)
            if box is not None and not _is_at(item, box):
                self._reshape(item.id, box, fitted, size=item.kind != CARD)
        return fitted

    def _grown_frame(self, boxes: Mapping[str, Box]) -> Box | None:
        """The frame as large as it has to be, its top left corner where it is; None where it is so already."""
        frame = self._contents.items.get(self._current.frame_id or "")
        if frame is None:
            return None
        before, inside = space_taken(frame), around(boxes.values()).grown(PADDING)
        after = Box.between(before.left, before.top, max(before.right, inside.right), max(before.bottom, inside.bottom))
        return None if after == before else after

    def _reshape(self, item_id: str, box: Box, fitted: Fitted, *, size: bool) -> None:
        kind = self._contents.items[item_id].kind
        operation, body = self._found.changes.get(item_id, (f"update-{kind}-item", {"item_id": item_id}))
        frame = self._frame(fitted)
        left, top = (frame[1].left, frame[1].top) if frame else (0.0, 0.0)
        body = {**body, "position": {"x": round(box.centre_x - left, 2), "y": round(box.centre_y - top, 2)}}
        if size:
            body["geometry"] = {"width": round(box.width, 2), "height": round(box.height, 2)}
        self._found.changes[item_id] = (operation, body)

    def _frame(self, fitted: Fitted) -> Frame | None:
        item = self._contents.items.get(self._current.frame_id or "")
        return (item.id, fitted.frame or space_taken(item)) if item else None

    async def _ends(self, fitted: Fitted) -> Mapping[str, Ends]:
        """The ends of the lines that are new."""
        if self._layout is not None and self._layout.ends is not None:
            return self._layout.ends
        keys = {edge.key for edge in self._found.new_edges}
        graph = replace(self._graph, edges=tuple(edge for edge in self._graph.edges if edge.key in keys))
        layout = Layout(fitted.boxes)
        return await work_out(DIAGRAM, size_of(graph), drawn_ends, graph, layout, list[str]()) if keys else {}

    async def _create(self, making: Transaction, fitted: Fitted, ends: Mapping[str, Ends]) -> None:
        frame = self._frame(fitted)
        if frame and fitted.frame:
            box = fitted.frame
            size = {"width": round(box.width, 2), "height": round(box.height, 2)}
            await making.change(
                "update-frame-item", item_id=frame[0], geometry=size, position={"x": box.centre_x, "y": box.centre_y}
            )
        by_key = {group.key: group for group in self._graph.groups}
        groups = [
            _over_members(group_piece(group, fitted.boxes[group.key], depth_of(group, by_key)))
            for group in self._found.new_groups
        ]
        nodes = [node_piece(node, fitted.boxes[node.key], self._notes) for node in self._found.new_nodes]
        edges = [edge for edge in self._found.new_edges if edge.visible and edge.key in ends]
        layered = kind_named(self._current.record.kind).layered
        await draw_parts(making, frame, groups, nodes, edges, ends, self._ids, self._lines, layered=layered)

    def _record(self, fitted: Fitted) -> Record:
        holder = self._current.found.items[0]

        def entry(key: str, text: str, owner: str | None, way: Direction | None = None) -> RecordedItem:
            box = fitted.boxes[key]
            place = round(box.centre_x - holder.x), round(box.centre_y - holder.y)
            return RecordedItem(key, self._current.ids.get(key, ""), *place, text_print(text), owner or "", way)

        lines = {edge.key: self._lines.get(edge.key, "") for edge in self._graph.edges if edge.visible}
        return replace(
            self._current.record,
            source="",
            direction=self._graph.direction,
            holder=holder.id,
            nodes=tuple(entry(node.key, node.text, node.group) for node in self._graph.nodes),
            groups=tuple(entry(group.key, group.title, group.parent, group.direction) for group in self._graph.groups),
            lines=tuple(
                RecordedLine(edge.key, lines.get(edge.key, ""), edge.start, edge.end, edge.length)
                for edge in self._graph.edges
            ),
        )

    def _checked(self, operation_id: str, body: Payload) -> tuple[Any, Arguments]:
        operation = OPERATIONS[operation_id]
        return operation, checked(operation, {"board_id": self._board_id, **body})

    def _after(self, making: Transaction) -> Contents:
        """The diagram as it is now."""
        raws: dict[str, Mapping[str, Any]] = {key: item.raw for key, item in self._contents.items.items()}
        raws |= {key: raw for key, raw in making.raws.items() if raw.get("type") != "connector"}
        lines = {line.id: line.raw for line in self._contents.connectors}
        lines |= {key: raw for key, raw in making.raws.items() if raw.get("type") == "connector"}
        shown = {*self._ids.values()} - {
            str(body.get("item_id")) for _, body in (*self._found.deletions, *self._found.redrawn)
        }
        title, frame = self._current.title, self._current.frame_id
        shown |= {one for one in (title.id if title else None, frame) if one}
        items = placed(raws.values())
        kept = {key: item for key, item in items.items() if key in shown}
        drawn = {self._lines[edge.key] for edge in self._graph.edges if edge.key in self._lines}
        connectors = tuple(connector_of(raw) for key, raw in lines.items() if key in drawn)
        return Contents(self._contents.board, kept, connectors)

    def _told(self) -> dict[str, Any]:
        frame_id = self._current.frame_id
        diagram_id, kind = self._current.found.id, kind_named(self._current.record.kind)
        edges = {edge.key: self._lines[edge.key] for edge in self._graph.edges if edge.key in self._lines}
        groups = {group.key: self._ids[group.key] for group in self._graph.groups}
        return {
            "diagram_id": diagram_id,
            "changed": _counts(self._found),
            "nodes": {node.key: self._ids[node.key] for node in self._graph.nodes if is_told(node.key, kind)},
            "edges": edges,
            **({"groups": groups} if groups else {}),
            "frame_id": frame_id,
            "url": item_url(self._board_id, frame_id or diagram_id),
            "notes": self._notes,
        }


def _counts(found: Differences) -> dict[str, int]:
    return {
        "created": len(found.new_nodes) + len(found.new_groups) + len(found.new_edges),
        "updated": len(found.changes),
        "deleted": len(found.deletions) + len(found.redrawn),
    }


def _cut_off(current: Current) -> list[str]:
    if current.record.state == "drawn":
        return []
    return ["An earlier call was cut off while it drew or changed this diagram; what it had left to do is done now."]


def _is_at(item: Item, box: Box) -> bool:
    height = box.height if item.kind == CARD else item.height
    pairs = ((item.x, box.centre_x), (item.y, box.centre_y), (item.width, box.width), (height, box.height))
    return all(abs(one - other) < 0.5 for one, other in pairs)


def _over_members(piece: NewItem) -> NewItem:
    style: ApiStyle = piece.body["style"]
    return (
        replace(piece, body={**piece.body, "style": style | _SEE_THROUGH}) if style["fillOpacity"] == "1.0" else piece
    )


def _other_leftovers(contents: Contents, current: Current) -> list[str]:
    others = {key: item for key, item in contents.items.items() if item not in current.found.items}
    return leftovers(replace(contents, items=others))
