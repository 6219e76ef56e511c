"""Going on with a new diagram that an earlier call of the same kind had begun and was cut off in."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from ...board.contents import Contents, Item
from ...board.unanswered import sought_item
from ...board.write import NewItem
from ...diagrams.layout.places import Layout
from ...diagrams.load import unfinished
from ...diagrams.match import match_items
from ...diagrams.own import Ownership
from ...diagrams.record import Found, digest, find_all
from .apply import DrawnDiagram
from .arguments import WriteDiagram
from .plan import DiagramPlan, record_box_of

_LETTERS = 12


def source_print(arguments: WriteDiagram) -> str:
    """Stands for a call: the same arguments have the same, the wish to try it dry left out."""
    return digest(arguments.model_dump_json(exclude={"dry_run"}, exclude_unset=True))[:_LETTERS]


def begun_by(source: str, uids: Set[str], contents: Contents) -> Found | None:
    """What the same call had begun on this board, where it isn't being drawn right now.

    `uids` are those noted of earlier calls that nobody had an answer of: such a diagram may even be complete.
    """
    records = find_all(contents.items.values()) if uids else []
    noted = [one for one in records if one.record.uid in uids]
    same = noted or [one for one in unfinished(contents) if one.record.source == source]
    return same[0] if same else None


def moved_to(layout: Layout, found: Found) -> Layout:
    """The layout where it was begun."""
    holder, box = found.items[0], record_box_of(layout)
    return layout.moved(holder.x - box.centre_x, holder.y - box.centre_y)


def already_drawn(plan: DiagramPlan, found: Found, contents: Contents) -> DrawnDiagram:
    """What of a plan is on the board; the plan is the found diagram's from here on."""
    plan.record = replace(plan.record, uid=found.record.uid)
    current = match_items(found, contents, find_all(contents.items.values()))
    lines = {key: line.id for key, line in current.lines.items()}
    drawn = DrawnDiagram(current.ids, lines, [item.id for item in (*found.items, *found.strays)])
    ownership = Ownership(found, contents.items, contents.connectors)

    def made_with_it(piece: NewItem | None) -> Item | None:
        sought = sought_item(piece.placed(None)) if piece else None
        fitting = (item for item in contents.items.values() if sought and sought.fits(item))
        return next((item for item in fitting if ownership.is_made_with_it(item)), None)

    frame, title = made_with_it(plan.frame), made_with_it(plan.title)
    drawn.frame_id = frame.id if frame else None
    drawn.title_id = title.id if title else ""
    return drawn


def note_of(drawn: DrawnDiagram, plan: DiagramPlan) -> str:
    there, all_parts = len(drawn.items) + len(drawn.lines), len(plan.groups) + len(plan.nodes) + len(plan.edges)
    return (
        f"An earlier call had begun this diagram and was cut off: {there} of its {all_parts} parts were there, and "
        "this call has made the rest."
    )
