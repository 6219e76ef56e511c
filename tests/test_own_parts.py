"""A record on a board is a text that anybody may write: what it names is the diagram's own only where it fits."""

import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from diagrams import Board, sandbox_at_a_port
from support import ERAS
from test_diagrams import Person, play, told

from miro_mcp.board.contents import placed
from miro_mcp.diagrams.record import Found, Record, RecordedItem, find_all, parts, text_print

FLOW = "flowchart LR\n a[Apple] -->|to| b[Banana]\n b --> c[Cherry]\n"
OTHER = "flowchart LR\n a[Apple pie] -->|to| b[Banana split]\n"
"""What is asked for next: two texts change, and one node goes."""

Value = dict[str, Any]


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Board]:
    with sandbox_at_a_port(tmp_path) as one:
        yield one


class Stranger:
    """Somebody else who may edit the board, past the server."""

    def __init__(self, board: Board, board_id: str) -> None:
        self._url = f"{board.url}/v2/boards/{board_id}"
        self._board_id = board_id

    def make(self, kind: str, x: float = 0, y: float = 900, text: str = "mine", **more: Any) -> Value:
        data = {"title": text} if kind == "frame" else {"content": text}
        size = {"geometry": {"width": 300, "height": 300}} if kind == "frame" else {}
        body = {"data": data, "position": {"x": x, "y": y}, **size, **more}
        return self._post(
            {"sticky_note": "/sticky_notes", "frame": "/frames", "text": "/texts"}.get(kind, "/shapes"), body
        )

    def join(self, one: Value, other: Value) -> Value:
        return self._post("/connectors", {"startItem": {"id": one["id"]}, "endItem": {"id": other["id"]}})

    def _call(self, method: str, path: str, **given: Any) -> httpx.Response:
        return httpx.request(method, self._url + path, headers={"Authorization": "Bearer sandbox"}, **given)

    def _post(self, path: str, body: Value) -> Value:
        answer = self._call("POST", path, json=body)
        assert answer.is_success, answer.text
        return answer.json()

    def change(self, path: str, body: Value) -> None:
        answer = self._call("PATCH", path, json=body)
        assert answer.is_success, answer.text

    def state(self, *things: Value) -> list[Value | None]:
        """What each is now, None where it is gone."""
        paths = [f"/{'connectors' if 'startItem' in one else 'items'}/{one['id']}" for one in things]
        answers = [self._call("GET", path) for path in paths]
        return [answer.json() if answer.status_code == 200 else None for answer in answers]

    def found(self) -> Found:
        """The first record on the board."""
        listed = self._call("GET", "/items", params={"limit": 50}).json()["data"]
        return find_all(placed(listed).values())[0]

    def write(self, record: Record, text_id: str = "") -> str:
        """Puts a record into a text, a new one unless it is named; its id."""
        (content,) = parts(record, self._board_id, 1)
        if text_id:
            self.change(f"/texts/{text_id}", {"data": {"content": content}})
            return text_id
        return str(self.make("text", 0, 400, content)["id"])


def claiming(record: Record, **ids: str) -> Record:
    """The record with other ids for some of its nodes."""
    return replace(record, nodes=tuple(replace(one, id=ids.get(one.key, one.id)) for one in record.nodes))


Forgery = Callable[[Stranger, Found], list[Value]]
"""Writes a forged record; what of the strangers' it claims."""


def notes(one: Stranger, found: Found) -> list[Value]:
    made = [one.make("sticky_note", 300 * number, text=f"note {number}") for number in range(3)]
    one.write(claiming(found.record, **dict(zip("abc", (note["id"] for note in made), strict=True))), found.id)
    return made


def notes_at_their_places(one: Stranger, found: Found) -> list[Value]:
    """The record of a copy, which goes by places and texts, over sticky notes that have both."""
    made = one.make("sticky_note", 50, 900, "note")
    entry = RecordedItem("a", "", 50, 500, text_print("note"))
    one.write(replace(found.record, uid="forged", holder="1", nodes=(entry,), lines=()), found.id)
    one.change(f"/texts/{found.id}", {"position": {"x": 0, "y": 400}})
    return [made]


def a_frame(one: Stranger, found: Found) -> list[Value]:
    made = one.make("frame")
    one.write(claiming(found.record, a=made["id"], c=made["id"]), found.id)
    return [made]


def another_text_as_title(one: Stranger, found: Found) -> list[Value]:
    made = one.make("text")
    one.write(replace(found.record, title=made["id"]), found.id)
    return []


def shapes_elsewhere(one: Stranger, found: Found) -> list[Value]:
    made = [one.make("shape", 300 * number, text=f"shape {number}") for number in range(2)]
    one.write(claiming(found.record, a=made[0]["id"], c=made[1]["id"]), found.id)
    return made


def older_shapes(one: Stranger, found: Found) -> list[Value]:
    """All fits but the age: they were there before the record was."""
    made = [one.make("shape", 300 * number, 900, f"shape {number}") for number in range(2)]
    time.sleep(1.1)
    entries = tuple(
        RecordedItem(key, shape["id"], 300 * number, 500, text_print(f"shape {number}"))
        for number, (key, shape) in enumerate(zip("ac", made, strict=True))
    )
    text_id = one.write(replace(found.record, uid="forged", holder="", nodes=entries, lines=()))
    one.change(f"/texts/{found.id}", {"data": {"content": "nothing"}})
    assert one.found().id == text_id
    return made


def a_line(one: Stranger, found: Found) -> list[Value]:
    ends = [one.make("shape", 300 * number) for number in range(2)]
    line = one.join(*ends)
    lines = (replace(found.record.lines[0], id=line["id"]), *found.record.lines[1:])
    one.write(replace(found.record, lines=lines), found.id)
    return [*ends, line]


def shapes_of_a_broken_drawing(one: Stranger, found: Found) -> list[Value]:
    """A record that says it wasn't finished takes what stands at its places, but not what was there before."""
    made = [one.make("shape", 300 * number, 900, f"shape {number}") for number in range(2)]
    time.sleep(1.1)
    entries = tuple(RecordedItem(key, "", 300 * at, 500, text_print("x")) for at, key in enumerate("ac"))
    one.write(replace(found.record, uid="forged", holder="", state="drawing", nodes=entries, lines=()))
    one.change(f"/texts/{found.id}", {"data": {"content": "nothing"}})
    return made


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(
    "forge",
    [
        notes,
        notes_at_their_places,
        a_frame,
        another_text_as_title,
        shapes_elsewhere,
        older_shapes,
        a_line,
        shapes_of_a_broken_drawing,
    ],
)
@pytest.mark.slow
def test_what_a_forged_record_claims_is_left_alone(board: Board, tmp_path: Path, forge: Forgery, era: str) -> None:
    async def scene(person: Person) -> None:
        await person.draw(FLOW)
        one = Stranger(board, person.board_id)
        theirs = forge(one, one.found())
        before = one.state(*theirs)
        read = await person.read()
        again = await person.draw(OTHER, diagram_id=one.found().id, title="A title")
        assert one.state(*theirs) == before
        assert not {item["id"] for item in theirs} & {*again["nodes"].values(), *again["edges"].values()}
        claimed = {one.id for one in one.found().record.nodes} & {item["id"] for item in theirs}
        assert not claimed
        if forge in (notes, a_frame, shapes_elsewhere, older_shapes):
            for answer in (read, again):
                assert theirs[0]["id"] in " ".join(answer["notes"])

    play(board, tmp_path, scene, era)


def test_a_broken_drawing_names_nothing_that_was_there_before(board: Board, tmp_path: Path) -> None:
    async def scene(person: Person) -> None:
        await person.draw(FLOW)
        one = Stranger(board, person.board_id)
        theirs = shapes_of_a_broken_drawing(one, one.found())
        read = await person.read()
        assert "broke off" in " ".join(read["notes"])
        assert not [item for item in theirs if item["id"] in " ".join(read["notes"])]

    play(board, tmp_path, scene)


def test_a_part_that_was_renamed_here_and_moved_by_a_person_is_still_its_own(board: Board, tmp_path: Path) -> None:
    async def scene(person: Person) -> None:
        drawn = await person.draw(FLOW)
        await person.draw(FLOW.replace("Apple", "Apricot"), diagram_id=drawn["diagram_id"])
        Stranger(board, person.board_id).change(
            f"/items/{drawn['nodes']['a']}", {"position": {"x": -700, "y": 300, "origin": "center"}}
        )
        again = await person.draw(FLOW.replace("Banana", "Blueberry"), diagram_id=drawn["diagram_id"])
        assert again["nodes"] == drawn["nodes"]
        assert again["notes"] == []

    play(board, tmp_path, scene)


CHAIN = "flowchart LR\n a --> b --> c --> d\n"


async def alone(person: Person, ids: list[str]) -> None:
    for one in ids:
        await person.call("miro_items_delete", operation="delete_shape", item_id=one)


async def in_a_batch(person: Person, ids: list[str]) -> None:
    given = {"operation": "delete_shape", "board_id": person.board_id}
    steps = [{"tool": "miro_items_delete", "arguments": {**given, "item_id": one}} for one in ids]
    told(await person.client.call_tool("miro_batch", {"steps": steps}))


async def in_a_diagram(person: Person, ids: list[str]) -> None:
    read = await person.read()
    fewer = " --> ".join("abcd"[: 4 - len(ids)])
    await person.draw(f"flowchart LR\n {fewer}\n", diagram_id=read["diagrams"][0])


async def as_svg(person: Person, ids: list[str]) -> None:
    marked = "".join(f'<g data-miro-id="{one}" data-miro-delete="true"/>' for one in ids)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{marked}</svg>'
    told(await person.call("miro_svg_write", svg=svg))


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("delete", [alone, in_a_batch, in_a_diagram, as_svg])
@pytest.mark.slow
def test_one_deletion_is_not_asked_about_and_two_together_are(
    board: Board, tmp_path: Path, delete: Callable[[Person, list[str]], Awaitable[None]], era: str
) -> None:
    async def scene(person: Person) -> None:
        for count in (1, 2):
            drawn = await person.draw(CHAIN, position={"x": 4000 * count, "y": 0})
            person.questions.clear()
            gone = [drawn["nodes"][key] for key in "dc"[:count]]
            await delete(person, gone)
            left = {one["id"] for one in await person.items()}
            assert not left & set(gone)
            assert len(person.questions) == (count > 1 and delete is not alone)
            for key in drawn["nodes"]:
                await alone(person, [drawn["nodes"][key]])
            await person.call("miro_items_delete", operation="delete_text", item_id=drawn["diagram_id"])

    play(board, tmp_path, scene, era)


def messages(count: int, first: str = "") -> str:
    steps = "".join(f" A->>B: Message {one}\n Note over A,B: Note {one}\n" for one in range(count))
    return f"sequenceDiagram\n{first}{steps}"


@pytest.mark.parametrize("era", ERAS)
def test_what_is_drawn_anew_is_not_asked_about(board: Board, tmp_path: Path, era: str) -> None:
    async def scene(person: Person) -> None:
        drawn = await person.draw(messages(4, " A->>A: Think\n"))
        same = {"diagram_id": drawn["diagram_id"]}
        await person.draw(messages(4, " B-->>A: Hello\n Note over A: First\n"), **same)
        assert person.questions == []
        await person.draw("sequenceDiagram\n A->>B: Message 0\n Note over A,B: Note 0\n", **same)
        assert len(person.questions) == 1

    play(board, tmp_path, scene, era)


def test_two_lines_go_though_what_they_join_is_renamed_by_the_same_change(board: Board, tmp_path: Path) -> None:
    async def scene(person: Person) -> None:
        drawn = await person.draw(FLOW)
        again = await person.draw(
            "flowchart LR\n a[Avocado]\n b[Beetroot]\n c[Carrot]\n", diagram_id=drawn["diagram_id"]
        )
        assert again["changed"] == {"created": 0, "updated": 3, "deleted": 2}
        (question,) = person.questions
        assert '"Apple" → "Banana" ("to")' in question

    play(board, tmp_path, scene)


def test_a_node_by_another_key_is_drawn_anew_unasked_unless_somebody_changed_it(board: Board, tmp_path: Path) -> None:
    async def scene(person: Person) -> None:
        renamed = "flowchart LR\n x[Apple] -->|to| y[Banana]\n y --> z[Cherry]\n"
        drawn = await person.draw(FLOW)
        await person.draw(renamed, diagram_id=drawn["diagram_id"])
        assert person.questions == []
        again = await person.draw(FLOW)
        one = Stranger(board, person.board_id)
        for key in "ab":
            one.change(f"/shapes/{again['nodes'][key]}", {"data": {"content": f"{key}, as we call it"}})
        await person.draw(renamed, diagram_id=again["diagram_id"])
        assert len(person.questions) == 1
        assert '"a, as we call it"' in person.questions[0]

    play(board, tmp_path, scene)


def test_a_group_of_an_svg_that_is_of_another_kind_is_a_conflict(board: Board, tmp_path: Path) -> None:
    async def scene(person: Person) -> None:
        one = Stranger(board, person.board_id)
        frame = one.make("frame")
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg"><g data-miro-id="{frame["id"]}" data-miro-kind="shape" '
            'data-miro-delete="true"/></svg>'
        )
        answer = told(await person.call("miro_svg_write", svg=svg))
        assert answer["conflicts"] == [
            {"id": frame["id"], "why": "it is a frame, not what the SVG has it for; it was left alone."}
        ]
        assert one.state(frame) != [None]

    play(board, tmp_path, scene)
