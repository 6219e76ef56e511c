"""Drawing a diagram, or changing one that is there."""

from __future__ import annotations

from typing import Any

from anyio.to_thread import run_sync

from ...board.contents import Contents
from ...board.free_space import space_taken
from ...board.write import Transaction
from ...catalogue import OPERATIONS
from ...catalogue.check import checked
from ...diagrams.layout.arrange import arrange
from ...diagrams.layout.places import Layout
from ...diagrams.load import item_url, leftovers, read_all, read_items, start, stop
from ...diagrams.record import Found, find_all
from ...diagrams.work import DIAGRAM, size_of, size_of_text
from ...errors import BadArguments, Refused
from ...keeping.journal import Progress
from ...session import Session
from ...system.parallel import gather
from ...workers.pool import work_out
from ..workflow import Outcome
from .apply import DrawnDiagram, draw_diagram, take_diagram_back
from .arguments import WriteDiagram
from .change import change_diagram
from .mind_map import draw_mind_map
from .picture import pictures_of, planned
from .plan import DiagramPlan, cut_notes, is_told, plan_diagram, space_of
from .resume import already_drawn, begun_by, moved_to, note_of, source_print
from .spot import diagram_spot
from .subject import DiagramSource, source_of_diagram


async def run(arguments: WriteDiagram, session: Session) -> Outcome:
    _check_allowed(arguments, session)
    given = len(arguments.nodes or ()) + len(arguments.edges or ()) + size_of_text(arguments.mermaid or "")
    subject = await work_out(DIAGRAM, given, source_of_diagram, arguments)
    board_id = arguments.board_id
    if arguments.diagram_id:
        contents = await read_all(session, board_id)
        found = next((one for one in await _records(contents) if arguments.diagram_id in _names_of(one)), None)
        if found is None:
            raise BadArguments(_NO_DIAGRAM.format(id=arguments.diagram_id))

        return await change_diagram(arguments, session, subject, contents, found)
    if arguments.as_mind_map:
        return await draw_mind_map(arguments, session, subject)
    if arguments.dry_run:
        return await _draw(arguments, session, subject, None)
    with session.journal.open(f"miro_diagram_write {source_print(arguments)}") as progress:
        outcome = await _draw(arguments, session, subject, progress)
        progress.is_done = True
    return outcome


async def _draw(
    arguments: WriteDiagram, session: Session, subject: DiagramSource, progress: Progress | None
) -> Outcome:
    """Draws a new diagram, or goes on with what the same call had begun before it was cut off."""
    board_id = arguments.board_id
    uids = {str(note["uid"]) for note in progress.earlier if "uid" in note} if progress else set[str]()
    contents, layout = await _read_and_arrange(session, board_id, subject, whole=bool(uids))
    begun = await run_sync(begun_by, source_print(arguments), uids, contents)
    if arguments.frame_id and begun is None:
        inside = [one for one in await _records(contents) if one.items[0].parent_id == arguments.frame_id]
        if len(inside) > 1:
            ids = ", ".join(one.id for one in inside)
            raise BadArguments(
                f"miro_diagram_write: frame_id: there are several diagrams in it; give diagram_id: {ids}."
            )
        if inside:
            return await change_diagram(arguments, session, subject, await read_all(session, board_id), inside[0])
    left = await run_sync(leftovers, contents)
    return await _create(arguments, session, subject, contents, layout, begun, left, progress)


async def _records(contents: Contents) -> list[Found]:
    return await run_sync(find_all, contents.items.values())


_NO_DIAGRAM = (
    "miro_diagram_write: diagram_id: there is no diagram {id} on this board. It is the diagram_id that the drawing "
    "answered with; a diagram's frame_id does too, and miro_diagram_read lists what there is. Nothing was sent."
)


def _names_of(found: Found) -> set[str]:
    """The ids a diagram may be called by: its record's texts, and the frame it is in."""
    parent = found.items[0].parent_id
    return {item.id for item in found.items} | ({parent} if parent else set())


def _check_allowed(arguments: WriteDiagram, session: Session) -> None:
    """Creations go out by the hundred: where each would need a person's approval, none is begun.

    Raises:
        Refused: the operator's rules ask for each creation.
    """
    if arguments.dry_run:
        return
    operation = OPERATIONS["create-connector"]
    ends: dict[str, Any] = {"startItem": {"id": "1"}, "endItem": {"id": "2"}}
    given = checked(operation, {"board_id": arguments.board_id, **ends})
    if session.may_have_to_ask(operation, given):
        raise Refused(
            "The operator's settings ask a person about everything that is created, which a diagram is too much of, so "
            "nothing was sent. MIRO_RULES=1=allow lets diagrams be drawn."
        )


async def _read_and_arrange(
    session: Session, board_id: str, subject: DiagramSource, *, whole: bool
) -> tuple[Contents, Layout]:
    """The board's items, or the `whole` of it, and the graph's layout, which takes about as long."""
    reading = read_all(session, board_id) if whole else read_items(session, board_id)
    return await gather(reading, _lay_out(subject))


async def _lay_out(subject: DiagramSource) -> Layout:
    return subject.layout or await work_out(DIAGRAM, size_of(subject.graph), arrange, subject.graph)


async def _create(
    arguments: WriteDiagram,
    session: Session,
    subject: DiagramSource,
    contents: Contents,
    layout: Layout,
    begun: Found | None,
    left: list[str],
    progress: Progress | None,
) -> Outcome:
    graph, board_id = subject.graph, arguments.board_id
    framed = bool(arguments.framed)
    space = space_of(layout, graph, framed=framed)
    spot, parent, notes = await run_sync(diagram_spot, arguments, contents, space.width, space.height)
    source = source_print(arguments)
    moved = moved_to(layout, begun) if begun else layout.moved(spot.left - space.left, spot.top - space.top)
    plan = await work_out(DIAGRAM, size_of(graph), plan_diagram, graph, moved, framed, subject.kind.name, source)
    drawn = await run_sync(already_drawn, plan, begun, contents) if begun else DrawnDiagram()
    left = [one for one in left if begun is None or begun.id not in one]
    notes = [*([note_of(drawn, plan)] if begun else []), *left, *plan.notes, *cut_notes(plan.edges), *notes]
    if arguments.dry_run:
        return Outcome(_foreseen(plan, drawn, notes), pictures=await pictures_of(planned(plan), notes))
    frame = (parent.id, space_taken(parent)) if parent else None
    total = plan.size - len(drawn.items) - len(drawn.lines)
    making = Transaction(session, board_id, contents.ids, total)
    drawn.frame_id = parent.id if parent else drawn.frame_id
    plan.notes.clear()
    if progress:
        progress.note(uid=plan.record.uid)
    start(plan.record.uid)
    try:
        drawing = draw_diagram(plan, making, board_id, frame, drawn)
        _, pictures = await gather(drawing, pictures_of(planned(plan), notes))
    except BaseException as error:
        await take_diagram_back(making, error, making.records, begun=begun is not None)
        raise
    finally:
        stop(plan.record.uid)
    shown = drawn.frame_id or drawn.holders[0]
    value: dict[str, Any] = {
        "diagram_id": drawn.holders[0],
        "nodes": {node.key: drawn.items[node.key] for node in graph.nodes if is_told(node.key, subject.kind)},
        "edges": {edge.key: drawn.lines[edge.key] for edge in plan.edges},
        **({"groups": {group.key: drawn.items[group.key] for group in graph.groups}} if graph.groups else {}),
        "frame_id": drawn.frame_id,
        "url": item_url(board_id, shown),
        "notes": [*notes, *plan.notes],
    }
    return Outcome(value, pictures=pictures)


def _foreseen(plan: DiagramPlan, drawn: DrawnDiagram, notes: list[str]) -> dict[str, Any]:
    bounds = plan.bounds
    return {
        "dry_run": True,
        "sent": False,
        "would_create": {
            "shapes": len(plan.nodes) + len(plan.groups) - len(drawn.items),
            "connectors": len(plan.edges) - len(drawn.lines),
            "frames": int(plan.frame is not None and drawn.frame_id is None),
        },
        "position": {"x": round(bounds.centre_x), "y": round(bounds.centre_y)},
        "notes": notes,
    }
