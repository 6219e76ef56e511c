"""Recognising what is drawn, as a graph and as Mermaid text."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from ...board.contents import Contents, Item
from ...board.free_space import space_taken
from ...board.geometry import around
from ...diagrams.graph import Edge, Group, Node
from ...diagrams.load import leftovers, read_with_mind_maps
from ...diagrams.match import match_items
from ...diagrams.recognise import Recognised, recognise
from ...diagrams.record import find_all
from ...diagrams.work import DIAGRAM
from ...errors import BadArguments
from ...mermaid.write import unsaid, write_mermaid
from ...session import Session
from ...tools.fit import is_too_long
from ...tools.results import to_text
from ...workers.pool import work_out
from ..diagram_write.arguments import EdgeGiven, GroupGiven, NodeGiven
from ..diagram_write.plan import UNTITLED
from ..workflow import Outcome
from .tool import ReadDiagram


async def run(arguments: ReadDiagram, session: Session) -> Outcome:
    given = [name for name in ("frame_id", "region", "diagram_id") if name in arguments.model_fields_set]
    if len(given) > 1:
        raise BadArguments(f"miro_diagram_read: give {given[0]} or {given[1]}, not both. Nothing was sent.")
    contents = await read_with_mind_maps(session, arguments.board_id)
    return Outcome(await work_out(DIAGRAM, contents.amount, read_graph, arguments, contents))


def read_graph(arguments: ReadDiagram, contents: Contents) -> dict[str, Any]:
    """What is answered, in a worker."""
    scope, frame = _scope(arguments, contents)
    title = str(frame.data.get("title") or "") if frame else ""
    title = "" if title == UNTITLED else title
    read = recognise(contents, scope, title, frame.id if frame else None)
    mermaid = write_mermaid(read.graph)
    notes = [*leftovers(contents), *contents.missing, *read.graph.notes, *unsaid(read.graph)]
    if not read.graph.nodes:
        notes.append("There is nothing here that could be a diagram's node.")
    return _fitting(_value(read, mermaid, notes), arguments.max_tokens)


def _fitting(value: dict[str, Any], most: int) -> dict[str, Any]:
    """The graph, without Mermaid text where both are too long, and cut to its first nodes where it still is."""
    if not is_too_long(to_text(value), most):
        return value
    told = {**value, "mermaid": "", "left_out": {"mermaid": len(value["mermaid"])}, "go_on": _GO_ON}
    nodes: list[dict[str, Any]] = value["nodes"]
    count = len(nodes)
    while is_too_long(to_text(told), most) and count > 1:
        count = count * 3 // 4
        told |= _first(value, count)
    return told


def _first(value: dict[str, Any], count: int) -> dict[str, Any]:
    """The first nodes with what joins and holds them."""
    keys = {node["key"] for node in value["nodes"][:count]}
    edges = [edge for edge in value["edges"] if {edge["start"], edge["end"]} <= keys]
    lines = {edge["key"] for edge in edges}
    left = {"nodes": len(value["nodes"]) - count, "edges": len(value["edges"]) - len(edges)}
    return {
        "nodes": value["nodes"][:count],
        "edges": edges,
        "items": {key: id for key, id in value["items"].items() if key in keys},
        "connectors": {key: id for key, id in value["connectors"].items() if key in lines},
        "groups": [group for group in value["groups"] if keys.intersection(group.get("nodes", ()))],
        "left_out": {"mermaid": len(value["mermaid"]), **left},
    }


_GO_ON = "Ask for a frame_id, region or diagram_id, or give max_tokens."


def _scope(arguments: ReadDiagram, contents: Contents) -> tuple[list[Item], Item | None]:
    """The items that are asked about, and the frame that they are the contents of."""
    if arguments.diagram_id:
        return _of_diagram(arguments.diagram_id, contents)
    if arguments.frame_id:
        frame = contents.items.get(arguments.frame_id)
        if frame is None or frame.kind != "frame":
            raise BadArguments(
                f"miro_diagram_read: frame_id: there is no frame {arguments.frame_id} on this board. "
                "Nothing was changed."
            )
        return list(contents.children(frame.id)), frame
    if "region" not in arguments.model_fields_set:
        return list(contents.items.values()), None
    region = arguments.region
    right, bottom = region.x + region.width, region.y + region.height
    return [one for one in contents.items.values() if region.x <= one.x <= right and region.y <= one.y <= bottom], None


def _of_diagram(diagram_id: str, contents: Contents) -> tuple[list[Item], Item | None]:
    """A diagram, and what people have put into it since: in its frame, or among its parts."""

    all_found = find_all(contents.items.values())
    found = next((one for one in all_found if diagram_id in {item.id for item in one.items}), None)
    found = found or next((one for one in all_found if one.items[0].parent_id == diagram_id), None)
    if found is None:
        raise BadArguments(
            f"miro_diagram_read: diagram_id: there is no diagram {diagram_id} on this board. "
            "Read the board, a frame or a region without it. Nothing was changed."
        )
    current = match_items(found, contents, all_found)
    own = {item.id: item for item in (*current.nodes.values(), *current.groups.values(), *found.items)}
    foreign = {item.id for other in all_found if other is not found for item in other.items}
    foreign |= {
        one.id for other in all_found if other is not found for one in (*other.record.nodes, *other.record.groups)
    }
    frame = contents.items.get(current.frame_id or "")
    whole = around([space_taken(item) for item in own.values()])
    among = [
        item
        for item in contents.items.values()
        if item.id not in foreign and item.kind != "frame" and whole.contains(space_taken(item))
    ]
    inside = list(contents.children(frame.id)) if frame else []
    joined = [
        contents.items[one]
        for line in contents.connectors
        if {line.start_id, line.end_id} & own.keys()
        for one in (line.start_id, line.end_id)
        if one and one in contents.items and one not in foreign
    ]
    scope = own | {item.id: item for item in (*among, *inside, *joined) if item.id not in foreign}
    return list(scope.values()), frame


def _value(read: Recognised, mermaid: str, notes: list[str]) -> dict[str, Any]:
    graph = read.graph
    return {
        "nodes": [_node(node) for node in graph.nodes],
        "edges": [_shown(edge) for edge in graph.edges],
        "groups": [_group(group) for group in graph.groups],
        "direction": graph.direction,
        **({"title": graph.title} if graph.title else {}),
        "mermaid": mermaid,
        "items": read.ids,
        "connectors": read.lines,
        "diagrams": read.diagrams,
        "notes": notes,
    }


def _node(node: Node) -> dict[str, Any]:
    return _shown(node, always=("key", "text", "shape"))


def _group(group: Group) -> dict[str, Any]:
    return _shown(group, always=("key", "title"))


_LOOKS = ("fill", "border", "colour")


_TAKEN = {name for model in (NodeGiven, EdgeGiven, GroupGiven) for name in model.model_fields}


def _shown(value: Node | Edge | Group, always: tuple[str, ...] = ("key", "start", "end")) -> dict[str, Any]:
    """The fields that `miro_diagram_write` takes, where they aren't what it would take them to be anyway."""
    told: dict[str, Any] = {}
    for one in fields(value):
        found = getattr(value, one.name)
        if one.name == "look":
            told |= {name: getattr(found, name) for name in _LOOKS if getattr(found, name) is not None}
        elif one.name in always or (found != one.default and one.name in _TAKEN):
            told[one.name] = found
    return told
