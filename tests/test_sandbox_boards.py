"""The sandbox as its clients see it: boards and what is on them, errors, paging, the rate limit, and its file."""

import asyncio
import json
import logging
import re
import struct
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, get_args, get_origin
from urllib.parse import quote

import httpx
import pytest

from miro_mcp.catalogue import OPERATIONS, Operation
from miro_mcp.catalogue.shared import ItemType
from miro_mcp.sandbox.http import handlers as handling
from miro_mcp.sandbox.http import rate_limit
from miro_mcp.sandbox.http.app import create_app
from miro_mcp.sandbox.http.handlers import HANDLERS, ApiCall, Reply
from miro_mcp.sandbox.http.routes import Routes, choose_operation, segments_of

URL = "http://sandbox.localhost"
EXPERIMENTAL = "/v2-experimental/boards"


class Api:
    """A client of one sandbox; a call fails the test unless the answer has the expected status."""

    def __init__(self, path: Path | None = None) -> None:
        self.transport = httpx.ASGITransport(create_app(path))
        self.http = httpx.AsyncClient(transport=self.transport, base_url=URL, headers={"Authorization": "Bearer test"})

    async def call(self, method: str, path: str, status: int, body: Any = None, **options: Any) -> Any:
        if body is not None:
            options["json"] = body
        response = await self.http.request(method, path, **options)
        assert response.status_code == status, response.text
        return response.json() if response.content else None

    async def get(self, path: str, status: int = 200) -> Any:
        return await self.call("GET", path, status)

    async def post(self, path: str, body: Any = None, status: int = 201, **options: Any) -> Any:
        return await self.call("POST", path, status, body, **options)

    async def patch(self, path: str, body: Any, status: int = 200) -> Any:
        return await self.call("PATCH", path, status, body)

    async def delete(self, path: str, status: int = 204) -> Any:
        return await self.call("DELETE", path, status)

    async def board(self, **fields: Any) -> "Board":
        return Board(self, (await self.post("/v2/boards", {"name": "Plan"} | fields))["id"])


class Board:
    """A board, and the calls on it that tests make over and over."""

    def __init__(self, api: Api, id: str) -> None:
        self.api = api
        self.id = id
        self.path = f"/v2/boards/{id}"

    async def add(self, collection: str, status: int = 201, **body: Any) -> Any:
        return await self.api.post(f"{self.path}/{collection}", body, status)

    async def shape(self, **body: Any) -> str:
        return (await self.add("shapes", **body))["id"]

    async def sticky(self, **body: Any) -> str:
        return (await self.add("sticky_notes", **body))["id"]

    async def frame(self, **body: Any) -> str:
        return (await self.add("frames", **{"data": {"title": "Frame"}, **body}))["id"]

    async def connector(self, start: str, end: str, status: int = 200, **body: Any) -> Any:
        return await self.add("connectors", status, startItem={"id": start}, endItem={"id": end}, **body)

    async def group(self, *items: str, status: int = 201) -> Any:
        return await self.add("groups", status, data={"items": list(items)})

    async def node(self, text: str, **body: Any) -> str:
        data = {"nodeView": {"data": {"type": "text", "content": text}}}
        return (await self.api.post(f"{EXPERIMENTAL}/{self.id}/mindmap_nodes", {"data": data, **body}))["id"]

    async def item(self, id: str, status: int = 200) -> Any:
        return await self.api.get(f"{self.path}/items/{id}", status)

    async def listed(self, collection: str = "items", query: str = "limit=50") -> list[Any]:
        return (await self.api.get(f"{self.path}/{collection}?{query}"))["data"]


def in_sandbox(test: Callable[[Board], Awaitable[None]]) -> Callable[[], None]:
    """Runs a test on a new board of a sandbox in memory."""

    def run() -> None:
        async def main() -> None:
            await test(await Api().board())

        asyncio.run(main())

    return run


def encoded(board_id: str, url: str) -> str:
    """The URL as links have it, with the board's id percent-encoded."""
    return url.replace(board_id, quote(board_id, safe=""))


def no_item(error: Any, board_id: str) -> bool:
    told = {"code": "3.0201", "message": "Item not found", "context": {"boardId": {"value": board_id}}}
    return error == {"status": 404, "type": "error", **told}


def faults(error: Any) -> dict[str, str]:
    assert set(error) == {"status", "code", "message", "context", "type"}
    assert (error["status"], error["code"], error["type"]) == (400, "2.0703", "error")
    return {fault["field"]: fault["message"] for fault in error["context"]["fields"]}


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)


# Every operation


def test_every_operation_has_a_handler() -> None:
    assert set(OPERATIONS) == set(HANDLERS)


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=lambda operation: operation.id)
def test_every_operation_is_reached_by_its_method_path_and_query(operation: Operation) -> None:
    segments = ["id" if segment.startswith("{") else segment for segment in segments_of(operation)]
    required = [name for name, field in operation.arguments.model_fields.items() if field.is_required()]
    query = dict.fromkeys((name for name in required if name not in operation.path_arguments), "true")
    candidates = Routes(OPERATIONS.values()).find(operation.method, segments)
    assert choose_operation(candidates, query, multipart=bool(operation.files)) is operation


# Boards


@in_sandbox
async def test_a_board_is_read_back_as_it_was_made(board: Board) -> None:
    made = await board.api.post("/v2/boards", {"name": "Roadmap", "policy": {"sharingPolicy": {"teamAccess": "edit"}}})
    assert made == await board.api.get(f"/v2/boards/{made['id']}")
    assert (made["type"], made["name"], made["description"]) == ("board", "Roadmap", "")
    assert made["viewLink"] == f"https://miro.com/app/board/{made['id']}"
    assert made["policy"]["sharingPolicy"]["teamAccess"] == "edit"
    assert made["policy"]["sharingPolicy"]["access"] == "private"
    assert made["policy"]["sharingPolicy"] == made["sharingPolicy"]
    assert made["currentUserMembership"]["role"] == "owner"
    assert made["owner"]["id"] == made["createdBy"]["id"] == made["currentUserMembership"]["id"]
    assert made["team"]["name"]


@in_sandbox
async def test_updating_a_board_changes_only_what_is_sent(board: Board) -> None:
    before = await board.api.patch(board.path, {"description": "Q3"})
    after = await board.api.patch(board.path, {"policy": {"sharingPolicy": {"access": "view"}}})
    assert after["policy"]["sharingPolicy"] == before["policy"]["sharingPolicy"] | {"access": "view"}
    assert (after["name"], after["description"]) == ("Plan", "Q3")


@in_sandbox
async def test_boards_are_found_by_text_owner_and_team_in_the_order_asked_for(board: Board) -> None:
    api = board.api
    for name in ("zebra plan", "Apple PLAN", "other"):
        await api.post("/v2/boards", {"name": name})
    own = await api.get(board.path)
    team, owner = own["team"]["id"], own["owner"]["id"]

    async def names(query: str) -> list[str]:
        return [found["name"] for found in (await api.get(f"/v2/boards?limit=50&{query}"))["data"]]

    assert await names("query=plan&sort=alphabetically") == ["Apple PLAN", "Plan", "zebra plan"]
    assert (await names(f"owner={owner}&query=a plan"))[:1] == ["zebra plan"]
    assert await names("owner=1&query=plan") == []
    assert (await names(f"team_id={team}&query=nothing"))[:4] == ["other", "Apple PLAN", "zebra plan", "Plan"]
    await api.patch(board.path, {"name": "Changed"})
    assert (await names(f"team_id={team}&sort=last_modified"))[0] == "Changed"
    assert await names("team_id=1") == []


@in_sandbox
async def test_boards_are_paged_by_offset(board: Board) -> None:
    for number in range(5):
        await board.api.post("/v2/boards", {"name": f"paged {number}"})
    page = await board.api.get("/v2/boards?query=paged&limit=2&offset=4&sort=alphabetically")
    assert [found["name"] for found in page["data"]] == ["paged 4"]
    assert (page["total"], page["size"], page["offset"], page["limit"]) == (5, 1, 4, 2)
    beyond = await board.api.get("/v2/boards?query=paged&offset=99")
    assert (beyond["data"], beyond["total"]) == ([], 5)
    assert set(faults(await board.api.get("/v2/boards?limit=51&offset=-1", 400))) == {"limit", "offset"}


@in_sandbox
async def test_a_board_in_a_project_is_in_the_projects_team(board: Board) -> None:
    api = board.api
    organization = f"/v2/orgs/{(await api.get('/v1/oauth-token'))['organization']['id']}"
    teams = [team["id"] for team in (await api.get(f"{organization}/teams"))["data"]]
    projects = [
        (team, project["id"])
        for team in teams
        for project in (await api.get(f"{organization}/teams/{team}/projects"))["data"]
    ]
    team, project = projects[0]
    made = await api.post("/v2/boards", {"projectId": project})
    assert (made["project"], made["team"]["id"]) == ({"id": project}, team)
    assert made["id"] in [found["id"] for found in (await api.get(f"/v2/boards?project_id={project}"))["data"]]
    other = next(id for id in teams if id != team)
    mismatch = {"projectId": project, "teamId": other}
    assert set(faults(await api.post("/v2/boards", mismatch, 400))) == {"projectId"}
    moved = await api.patch(f"/v2/boards/{made['id']}", {"teamId": other})
    assert (moved["team"]["id"], "project" in moved) == (other, False)
    assert set(faults(await board.api.patch(board.path, {"projectId": "1"}, 400))) == {"projectId"}
    assert set(faults(await board.api.patch(board.path, {"teamId": "1"}, 400))) == {"teamId"}


@in_sandbox
async def test_deleting_a_board_takes_everything_on_it(board: Board) -> None:
    item = await board.shape()
    await board.api.delete(board.path)
    for path in (board.path, f"{board.path}/items", f"{board.path}/items/{item}", f"{board.path}/members"):
        assert (await board.api.get(path, 404))["code"] == "notFound"
    await board.api.delete(board.path, 404)


@in_sandbox
async def test_a_copy_has_everything_under_new_ids_and_is_independent(board: Board) -> None:
    api = board.api
    frame = await board.frame()
    child = await board.shape(data={"content": "child"}, parent={"id": frame}, position={"x": 50, "y": 60})
    note = await board.sticky(data={"content": frame})
    await board.connector(child, note)
    tag = (await board.add("tags", title="todo"))["id"]
    await api.post(f"{board.path}/items/{note}?tag_id={tag}", status=204)
    await board.group(child, note)
    root = await board.node("root")
    await board.node("leaf", parent={"id": root})
    await api.post(f"{EXPERIMENTAL}/{board.id}/code_widgets", {"data": {"code": "1"}, "parent": {"id": frame}})

    copied = await api.call("PUT", f"/v2/boards?copy_from={quote(board.id)}", 201, {})
    copy = Board(api, copied["id"])
    assert copied["name"] == "Copy of Plan"
    by_type = {item["type"]: item for item in await copy.listed() if item["type"] != "mindmap_node"}
    assert not {item["id"] for item in by_type.values()} & {frame, child, note}
    assert by_type["shape"]["parent"]["id"] == by_type["frame"]["id"]
    assert by_type["shape"]["position"] == (await board.item(child))["position"]
    assert by_type["sticky_note"]["data"]["content"] == frame
    ids = {by_type["shape"]["id"], by_type["sticky_note"]["id"]}
    (connector,) = await copy.listed("connectors")
    assert {connector["startItem"]["id"], connector["endItem"]["id"]} == ids
    (group,) = await copy.listed("groups")
    assert set(group["data"]["items"]) == ids
    (new_tag,) = await copy.listed("tags", "")
    assert new_tag["id"] != tag
    assert [item["id"] for item in await copy.listed(query=f"tag_id={new_tag['id']}")] == [by_type["sticky_note"]["id"]]
    nodes = (await api.get(f"{EXPERIMENTAL}/{copy.id}/mindmap_nodes"))["data"]
    assert nodes[1]["parent"]["id"] == nodes[0]["id"] != root
    (widget,) = (await api.get(f"{EXPERIMENTAL}/{copy.id}/code_widgets"))["data"]
    assert widget["parent"]["id"] == by_type["frame"]["id"]

    await copy.api.delete(f"{copy.path}/frames/{by_type['frame']['id']}")
    assert len(await board.listed()) == 5
    await api.call("PUT", "/v2/boards?copy_from=nowhere", 404, {})


# Board members


@in_sandbox
async def test_sharing_makes_members_and_tells_which_addresses_failed(board: Board) -> None:
    result = await board.add("members", emails=["new@guest.example", "not an address"], role="editor")
    assert result["failed"] == [{"email": "not an address", "reason": "INVITATION_FAILED"}]
    (guest,) = result["successful"]
    owner, member = await board.listed("members", "")
    assert owner["role"] == "owner"
    assert member == {"id": str(guest), "name": "new", "role": "editor", "type": "board_member"}
    assert (await board.add("members", emails=["NEW@guest.example"]))["successful"] == [guest]
    assert (await board.api.get(f"{board.path}/members/{guest}"))["role"] == "editor"
    other = await board.api.board()
    assert (await other.add("members", emails=["new@guest.example"]))["successful"] == [guest]
    assert (await board.api.get(f"{other.path}/members/{guest}"))["role"] == "commenter"


@in_sandbox
async def test_roles_change_and_access_is_taken_away(board: Board) -> None:
    (id,) = (await board.add("members", emails=["a@guest.example"]))["successful"]
    member = f"{board.path}/members/{id}"
    assert (await board.api.patch(member, {"role": "coowner"}))["role"] == "coowner"
    assert (await board.api.get(member))["role"] == "coowner"
    await board.api.delete(member)
    await board.api.get(member, 404)
    await board.api.patch(member, {"role": "viewer"}, 404)


@in_sandbox
async def test_a_board_keeps_an_owner_until_it_is_handed_over(board: Board) -> None:
    api = board.api
    (owner,) = await board.listed("members", "")
    assert set(faults(await api.delete(f"{board.path}/members/{owner['id']}", 400))) == {"board_member_id"}
    await api.patch(f"{board.path}/members/{owner['id']}", {"role": "viewer"}, 400)
    assert set(faults(await board.add("members", 400, emails=["a@b.example"], role="owner"))) == {"role"}
    organization = (await api.get("/v1/oauth-token"))["organization"]["id"]
    people = (await api.get(f"/v2/orgs/{organization}/members"))["data"]
    heir = next(person for person in people if person["id"] != owner["id"] and person["active"])
    (id,) = (await board.add("members", emails=[heir["email"]]))["successful"]
    assert str(id) == heir["id"]
    await api.patch(f"{board.path}/members/{id}", {"role": "owner"})
    assert [(member["id"], member["role"]) for member in await board.listed("members", "")] == [
        (heir["id"], "owner"),
        (owner["id"], "coowner"),
    ]
    shown = await api.get(board.path)
    assert (shown["owner"]["id"], shown["currentUserMembership"]["role"]) == (heir["id"], "coowner")


# Items of every kind

CREATES: dict[str, tuple[str, dict[str, Any]]] = {
    "shape": ("shapes", {"data": {"content": "a", "shape": "circle"}}),
    "sticky_note": ("sticky_notes", {"data": {"content": "a"}}),
    "text": ("texts", {"data": {"content": "a"}}),
    "card": ("cards", {"data": {"title": "a"}}),
    "app_card": ("app_cards", {"data": {"title": "a", "fields": [{"value": "v"}]}}),
    "image": ("images", {"data": {"url": "https://example.com/a.png"}}),
    "document": ("documents", {"data": {"url": "https://example.com/a.pdf"}}),
    "embed": ("embeds", {"data": {"url": "https://www.youtube.com/watch?v=a"}}),
    "doc_format": ("docs", {"data": {"contentType": "markdown", "content": "# a"}}),
    "frame": ("frames", {"data": {"title": "a"}}),
}


@in_sandbox
async def test_every_kind_of_item_is_made_read_moved_and_deleted(board: Board) -> None:
    for kind, (collection, body) in CREATES.items():
        made = await board.add(collection, **body, position={"x": 7})
        path = f"{board.path}/{collection}/{made['id']}"
        assert len(made["id"]) == 19
        assert made["type"] == kind
        assert made["position"] == {"x": 7, "y": 0, "origin": "center", "relativeTo": "canvas_center"}
        assert made["links"]["self"] == encoded(board.id, URL + path)
        assert {"createdAt", "createdBy", "modifiedAt", "modifiedBy", "geometry", "data"} <= set(made)
        assert made == await board.api.get(path)
        assert await board.item(made["id"]) == made | ({"data": {}} if kind == "doc_format" else {})
        assert [item["id"] for item in await board.listed(query=f"type={kind}")] == [made["id"]]
        moved = await board.api.patch(f"{board.path}/items/{made['id']}", {"position": {"y": 9}})
        assert (moved["position"]["x"], moved["position"]["y"]) == (7, 9)
        wrong = "cards" if collection != "cards" else "shapes"
        await board.api.get(f"{board.path}/{wrong}/{made['id']}", 404)
        await board.api.delete(path)
        await board.api.delete(path, 404)
    assert await board.listed() == []
    assert set(CREATES) == set(get_args(ItemType)) - {"preview", "data_table_format"}


@in_sandbox
async def test_what_is_not_given_gets_the_servers_defaults(board: Board) -> None:
    sticky = await board.add("sticky_notes")
    assert (sticky["geometry"], sticky["style"]["fillColor"]) == ({"width": 199, "height": 228}, "light_yellow")
    assert (await board.add("sticky_notes", data={"shape": "rectangle"}))["geometry"] == {"width": 350, "height": 228}
    basic = await board.add("shapes")
    assert (basic["data"]["shape"], basic["style"]["fillOpacity"]) == ("rectangle", "0.0")
    filled = (await board.add("shapes", style={"fillColor": "#ff0000"}))["style"]
    assert filled == filled | {
        "fillOpacity": "1.0", "borderOpacity": "0.0", "borderWidth": "2.0", "borderColor": "#1a1a1a",
        "fontFamily": "open_sans", "fontSize": "14", "textAlign": "left", "textAlignVertical": "top",
    }  # fmt: skip
    flowchart = await board.add("shapes", data={"shape": "flow_chart_decision"})
    assert (flowchart["style"]["fillOpacity"], flowchart["style"]["textAlign"]) == ("1.0", "center")
    text = await board.add("texts", data={"content": "<p>one line</p><p>and a longer one</p>"})
    narrow = await board.add("texts", data={"content": "one line that is long"}, geometry={"width": 40})
    assert text["geometry"]["height"] < narrow["geometry"]["height"]


@in_sandbox
async def test_an_update_changes_only_what_is_sent(board: Board) -> None:
    before = await board.add("shapes", data={"content": "a", "shape": "star"}, style={"color": "#123456"})
    path = f"{board.path}/shapes/{before['id']}"
    after = await board.api.patch(
        path, {"data": {"content": "b"}, "style": {"borderWidth": 4}, "geometry": {"width": 9}}
    )
    assert after["data"] == {"content": "b", "shape": "star"}
    assert after["style"] == before["style"] | {"borderWidth": "4"}
    assert after["geometry"] == {"width": 9, "height": 100}
    assert after["position"] == before["position"]
    card = await board.add("app_cards", data={"title": "a", "fields": [{"value": "1"}, {"value": "2"}]})
    card = await board.api.patch(f"{board.path}/app_cards/{card['id']}", {"data": {"fields": [{"value": "3"}]}})
    assert (card["data"]["title"], card["data"]["fields"]) == ("a", [{"value": "3"}])


@in_sandbox
async def test_one_side_of_an_item_that_keeps_its_proportions_follows_the_other(board: Board) -> None:
    note = await board.add("sticky_notes", geometry={"width": 398})
    assert note["geometry"] == {"width": 398, "height": 456}
    path = f"{board.path}/sticky_notes/{note['id']}"
    assert (await board.api.patch(path, {"geometry": {"height": 228}}))["geometry"] == {"width": 199, "height": 228}
    assert (await board.api.patch(path, {"data": {"shape": "rectangle"}}))["geometry"] == {"width": 350, "height": 228}
    error = await board.api.patch(path, {"geometry": {"width": 1, "height": 1}}, 400)
    assert "fixed aspect ratio" in error["message"]


@in_sandbox
async def test_impossible_sizes_and_places_are_refused(board: Board) -> None:
    for body, field in (
        ({"geometry": {"width": 0}}, "geometry.width"),
        ({"geometry": {"height": 1e300}}, "geometry.height"),
        ({"position": {"x": -1e300}}, "position.x"),
        ({"position": {"x": 10**400}}, "position.x"),
    ):
        assert field in faults(await board.add("shapes", 400, **body))
    response = await board.api.http.post(f"{board.path}/shapes", content=b'{"position": {"x": NaN}}')
    assert response.status_code == 400
    assert set(faults(await board.add("frames", 400, data={}, geometry={"width": 99}))) == {"geometry.width"}
    assert set(faults(await board.add("texts", 400, data={"content": "a"}, geometry={"width": 5}))) == {
        "geometry.width"
    }


@in_sandbox
async def test_images_and_documents_come_from_a_url_or_a_file_and_can_be_fetched(board: Board) -> None:
    linked = await board.add("images", data={"url": "https://example.com/a.png", "title": "A"})
    assert "url" not in linked["data"]
    resource = await board.api.get(linked["data"]["imageUrl"])
    assert resource["url"] == "https://example.com/a.png"
    parts = {
        "data": (None, json.dumps({"title": "B", "position": {"x": 3}}), "application/json"),
        "resource": ("b.png", png(300, 200), "image/png"),
    }
    uploaded = await board.api.post(f"{board.path}/images", files=parts)
    assert (uploaded["data"]["title"], uploaded["position"]["x"]) == ("B", 3)
    assert uploaded["geometry"] == {"width": 300, "height": 200}
    where = await board.api.get(uploaded["data"]["imageUrl"])
    assert (await board.api.http.get(where["url"])).content == png(300, 200)
    path = f"{board.path}/images/{uploaded['id']}"
    replaced = await board.api.call("PATCH", path, 200, files={"resource": ("c.png", png(1, 1), "image/png")})
    assert replaced["data"]["imageUrl"] != uploaded["data"]["imageUrl"]
    assert (replaced["data"]["title"], replaced["position"]) == ("B", uploaded["position"])
    document = await board.api.post(f"{board.path}/documents", files={"resource": ("plan.pdf", b"%PDF")})
    assert document["data"]["title"] == "plan.pdf"
    assert set(faults(await board.add("images", 400, data={"url": "file:///etc/passwd"}))) == {"data.url"}


@in_sandbox
async def test_a_doc_is_read_as_markdown_or_html(board: Board) -> None:
    doc = await board.add("docs", data={"contentType": "markdown", "content": "# A & B\n\n- one **two**\n\nend"})
    shown = await board.api.get(f"{board.path}/docs/{doc['id']}?textContentType=html")
    assert shown["data"]["content"] == "<h1>A &amp; B</h1><ul><li>one <strong>two</strong></li></ul><p>end</p>"
    assert (await board.api.get(f"{board.path}/docs/{doc['id']}"))["data"] == doc["data"]


@in_sandbox
async def test_the_experimental_route_shows_the_same_items(board: Board) -> None:
    path = f"{EXPERIMENTAL}/{board.id}"
    shape = (await board.api.post(f"{path}/shapes", {"data": {"shape": "flow_chart_delay"}}))["id"]
    shown = await board.api.get(f"{path}/items/{shape}")
    assert (shown["data"]["shape"], shown["style"]["fillOpacity"]) == ("flow_chart_delay", "1.0")
    for poorer in (await board.item(shape), *await board.listed()):
        assert poorer["isSupported"] is False
        assert not poorer.keys() & {"data", "style"}
    await board.api.patch(f"{path}/shapes/{shape}", {"data": {"content": "x"}})
    assert (await board.api.get(f"{path}/shapes/{shape}"))["data"]["content"] == "x"
    listed = (await board.api.get(f"{path}/items?type=shape"))["data"]
    assert [(item["id"], item["data"]["content"]) for item in listed] == [(shape, "x")]
    await board.api.delete(f"{path}/items/{shape}")
    await board.item(shape, 404)


# As seen live


@in_sandbox
async def test_titles_of_frames_and_embeds_are_told_as_html(board: Board) -> None:
    frame = await board.frame(data={"title": "A & B"})
    assert (await board.item(frame))["data"]["title"] == "A &amp; B"
    embed = await board.add("embeds", data={"url": "https://example.com/?a=1&b=2"})
    assert embed["data"]["url"] == "https://example.com/?a=1&amp;b=2"
    note = await board.sticky(data={"content": "A & B"})
    assert (await board.item(note))["data"]["content"] == "A & B"


@in_sandbox
async def test_a_list_tells_no_height_of_a_text_and_nothing_of_a_doc(board: Board) -> None:
    text = await board.add("texts", data={"content": "one"})
    await board.add("docs", data={"contentType": "markdown", "content": "# One"})
    listed = {item["type"]: item for item in await board.listed()}
    assert listed["text"]["geometry"] == {"width": text["geometry"]["width"]}
    assert listed["doc_format"]["data"] == {}


@in_sandbox
async def test_a_note_keeps_some_tags_and_six_thousand_characters(board: Board) -> None:
    note = await board.add(
        "sticky_notes", data={"content": '<p>a <b>b</b> <a href="https://x.example">c</a></p><h1>d</h1>'}
    )
    assert note["data"]["content"] == '<p>a <b>b</b> <a href="https://x.example">c</a></p>d'
    card = await board.add("app_cards", data={"title": "<p>a <b>b</b></p>"})
    assert card["data"]["title"] == "<p>a b</p>"
    await board.sticky(data={"content": "x" * 6000})
    assert set(faults(await board.add("sticky_notes", 400, data={"content": "x" * 6001}))) == {"data.content"}


@in_sandbox
async def test_a_board_has_a_hundred_tags_at_most(board: Board) -> None:
    for number in range(100):
        await board.add("tags", title=f"tag {number}")
    assert "100 tags" in faults(await board.add("tags", 400, title="one more"))[""]


@in_sandbox
async def test_a_card_is_as_high_as_its_content(board: Board) -> None:
    plain = await board.add("cards", data={"title": "Short"})
    told = await board.add("cards", data={"title": "Short", "description": "long " * 60}, geometry={"height": 10})
    assert told["geometry"]["height"] > plain["geometry"]["height"] > 10


@in_sandbox
async def test_refusals_have_miros_words(board: Board) -> None:
    for body, message in (
        ({"zIndex": 1}, "Field [zIndex] is not supported"),
        ({"data": {"shape": "blob"}}, "Unexpected value [blob], expected one of: [rectangle, "),
    ):
        (told,) = faults(await board.add("shapes", 400, **body)).values()
        assert told.startswith(message)
    assert faults(await board.add("texts", 400))["data"] == "Field [data] is required"
    for limit, message in ((9, "minimum items page size is 10"), (51, "maximum items page size is 50")):
        assert faults(await board.api.get(f"{board.path}/items?limit={limit}", 400)) == {"limit": message}
    both = await board.add("sticky_notes", 400, geometry={"width": 1, "height": 1})
    assert both["message"] == "Only height or width should be passed for widgets with fixed aspect ratio"
    assert no_item(await board.item("1", 404), board.id)
    await board.add("shapes", position={"x": 1, "y": 2, "origin": "center"})
    page = await board.api.get(f"{board.path}/items?limit=10")
    assert page["type"] == "cursor-list"
    assert page["links"]["self"].endswith("&cursor=")
    assert re.fullmatch(r"[\d-]+T[\d:]+Z", page["data"][0]["createdAt"])


@in_sandbox
async def test_image_resource_0_can_not_be_fetched(board: Board) -> None:
    await board.api.get(f"{board.path}/resources/images/0", 400)


def test_new_frames_fail_as_often_as_told_and_some_are_made_all_the_same() -> None:
    async def main() -> None:
        api = Api()
        api.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(create_app(frame_faults=0.5)), base_url=URL,
            headers={"Authorization": "Bearer test"},
        )  # fmt: skip
        board = await api.board()
        codes = [
            (await api.http.post(f"{board.path}/frames", json={"data": {"title": str(number)}})).status_code
            for number in range(8)
        ]
        assert codes == [201, 500] * 4
        assert [frame["data"]["title"] for frame in await board.listed()] == ["0", "2", "3", "4", "6", "7"]

    asyncio.run(main())


# Paging


@in_sandbox
async def test_a_cursor_stays_right_while_items_come_and_go(board: Board) -> None:
    made = [await board.shape() for _ in range(25)]
    first = await board.api.get(f"{board.path}/items?limit=10")
    assert (first["total"], first["size"], first["limit"]) == (25, 10, 10)
    await board.api.delete(f"{board.path}/items/{made[9]}")
    await board.api.delete(f"{board.path}/items/{made[12]}")
    late = await board.shape()
    seen = [item["id"] for item in first["data"]]
    page = first
    while "cursor" in page:
        page = await board.api.get(f"{board.path}/items?limit=10&cursor={quote(page['cursor'])}")
        seen += [item["id"] for item in page["data"]]
    assert seen == [*made[:12], *made[13:], late]
    assert (await board.api.get(f"{board.path}/items"))["limit"] == 10


@in_sandbox
async def test_the_next_link_of_a_page_leads_on(board: Board) -> None:
    for _ in range(12):
        await board.shape()
    await board.sticky()
    page = await board.api.get(f"{board.path}/items?limit=10&type=shape")
    onward = await board.api.get(page["links"]["next"])
    assert (onward["size"], onward["total"], "cursor" in onward) == (2, 12, False)


@in_sandbox
async def test_the_links_of_pages_lead_to_the_last_one_and_back(board: Board) -> None:
    made = [await (board.sticky if number % 3 else board.shape)() for number in range(40)]
    for kind, expected in (("", made), ("&type=shape", made[::3])):
        first = await board.api.get(f"{board.path}/items?limit=10{kind}")
        assert "prev" not in first["links"]
        page = await board.api.get(first["links"]["last"])
        assert not {"next", "last"} & page["links"].keys()
        found = [item["id"] for item in page["data"]]
        while "prev" in page["links"]:
            page = await board.api.get(page["links"]["prev"])
            found[:0] = [item["id"] for item in page["data"]]
        assert found == expected


@in_sandbox
async def test_limits_and_cursors_out_of_bounds_are_refused(board: Board) -> None:
    for query, field in (
        ("limit=9", "limit"),
        ("limit=51", "limit"),
        ("limit=ten", "limit"),
        ("limit=10&limit=20", "limit"),
        ("cursor=", "cursor"),
        ("cursor=%21", "cursor"),
        ("cursor=LTU%3D", "cursor"),
        ("type=connector", "type"),
        ("colour=red", "colour"),
    ):
        assert set(faults(await board.api.get(f"{board.path}/items?{query}", 400))) == {field}


@in_sandbox
async def test_connectors_nodes_and_code_widgets_have_lists_of_their_own(board: Board) -> None:
    connector = (await board.connector(await board.shape(), await board.sticky()))["id"]
    node = await board.node("a")
    widget = (await board.api.post(f"{EXPERIMENTAL}/{board.id}/code_widgets", {}))["id"]
    listed = {item["type"]: item for item in await board.listed()}
    assert set(listed) == {"shape", "sticky_note", "mindmap_node"}
    assert (listed["mindmap_node"]["id"], listed["mindmap_node"]["data"]) == (node, {})
    for id in (connector, widget):
        await board.item(id, 404)
        await board.api.delete(f"{board.path}/items/{id}", 404)
    await board.api.delete(f"{board.path}/items/{node}", 400)
    assert len(await board.listed("connectors")) == 1


# Bulk creation


@in_sandbox
async def test_bulk_creation_makes_all_items(board: Board) -> None:
    bodies = [{"type": kind, **body} for kind, (_, body) in CREATES.items() if kind != "doc_format"]
    made = await board.api.post(f"{board.path}/items/bulk", bodies)
    assert made["type"] == "bulk-list"
    assert [item["type"] for item in made["data"]] == [body["type"] for body in bodies]
    assert len(await board.listed()) == len(bodies)


@in_sandbox
async def test_bulk_creation_makes_no_item_when_one_is_wrong(board: Board) -> None:
    shape = {"type": "shape", "data": {"content": "a"}}
    for wrong, field in (
        ({"type": "shape", "data": {"shape": "blob"}}, "2.data.shape"),
        ({"type": "text"}, "2.data.content"),
        ({"type": "embed"}, "2.data.url"),
        ({"type": "connector"}, "2"),
        ({"type": "shape", "parent": {"id": "1"}}, "2.parent.id"),
    ):
        assert set(faults(await board.api.post(f"{board.path}/items/bulk", [shape, shape, wrong], 400))) == {field}
    for count in (0, 21):
        await board.api.post(f"{board.path}/items/bulk", [shape] * count, 400)
    await board.api.post(f"{board.path}/items/bulk", {"type": "shape"}, 400)
    assert await board.listed() == []


@in_sandbox
async def test_bulk_creation_from_files_pairs_descriptions_and_files(board: Board) -> None:
    described = [
        {"type": "image", "title": "one", "position": {"x": 5, "origin": "center"}},
        {"type": "document", "title": "two"},
    ]
    files = [
        ("data", ("items.json", json.dumps(described).encode(), "application/json")),
        ("resources", ("one.png", png(10, 20), "image/png")),
        ("resources", ("two.pdf", b"%PDF", "application/pdf")),
    ]
    made = await board.api.post(f"{board.path}/items/bulk", files=files)
    assert [item["data"]["title"] for item in made["data"]] == ["one", "two"]
    assert made["data"][0]["geometry"] == {"width": 10, "height": 20}
    assert set(faults(await board.api.post(f"{board.path}/items/bulk", status=400, files=files[:2]))) == {"data"}
    broken = [("data", ("items.json", b'[{"type": "shape"}]')), files[1]]
    assert set(faults(await board.api.post(f"{board.path}/items/bulk", status=400, files=broken))) == {"0.type"}
    assert len(await board.listed()) == 2


# Frames and what is in them


@in_sandbox
async def test_what_is_in_a_frame_is_placed_from_its_top_left_corner_and_moves_along(board: Board) -> None:
    frame = await board.frame(position={"x": 1000, "y": 500}, geometry={"width": 400, "height": 200})
    child = await board.shape(parent={"id": frame}, position={"x": 100, "y": 50})
    await board.shape()
    inside = await board.listed(query=f"parent_item_id={frame}")
    assert [item["id"] for item in inside] == [child]
    place = {"x": 100, "y": 50, "origin": "center", "relativeTo": "parent_top_left"}
    assert inside[0]["position"] == place
    assert inside[0]["parent"] == {
        "id": frame,
        "links": {"self": encoded(board.id, f"{URL}{board.path}/frames/{frame}")},
    }
    await board.api.patch(f"{board.path}/frames/{frame}", {"position": {"x": 0, "y": 0}})
    assert (await board.item(child))["position"] == place
    out = await board.api.patch(f"{board.path}/items/{child}", {"parent": {"id": None}})
    assert out["position"] == {"x": -100, "y": -50, "origin": "center", "relativeTo": "canvas_center"}
    assert "parent" not in out
    back = await board.api.patch(f"{board.path}/shapes/{child}", {"parent": {"id": frame}})
    assert back["position"] == place


@in_sandbox
async def test_a_child_outside_of_its_frame_is_refused(board: Board) -> None:
    frame = await board.frame(geometry={"width": 400, "height": 200})
    other = await board.frame(position={"x": 5000})
    error = await board.add("shapes", 400, parent={"id": frame}, position={"x": 401, "y": -1})
    assert faults(error) == dict.fromkeys(("position.x", "position.y"), "new position is outside of parent boundaries")
    far = await board.shape(position={"x": 3000})
    assert set(faults(await board.api.patch(f"{board.path}/items/{far}", {"parent": {"id": frame}}, 400))) == {
        "position.x"
    }
    assert (await board.item(far))["position"]["x"] == 3000
    for parent in ("1", far):
        error = await board.add("shapes", 400, parent={"id": parent})
        assert set(faults(error)) == {"parent.id"}
    error = await board.api.patch(f"{board.path}/items/{other}", {"parent": {"id": frame}}, 400)
    assert set(faults(error)) == {"parent.id"}
    await board.api.get(f"{board.path}/items?parent_item_id={far}", 404)


@in_sandbox
async def test_what_is_in_a_frame_stays_when_the_frame_is_deleted(board: Board) -> None:
    frame = await board.frame(position={"x": 1000, "y": 500}, geometry={"width": 400, "height": 200})
    child = await board.sticky(parent={"id": frame}, position={"x": 100, "y": 50})
    await board.api.delete(f"{board.path}/frames/{frame}")
    left = await board.item(child)
    assert left["position"] == {"x": 900, "y": 450, "origin": "center", "relativeTo": "canvas_center"}
    assert "parent" not in left


@in_sandbox
async def test_deleting_an_item_deletes_what_hangs_on_it(board: Board) -> None:
    child = await board.sticky()
    outside, another = await board.shape(), await board.shape()
    await board.connector(child, outside)
    kept = (await board.connector(outside, another))["id"]
    tag = (await board.add("tags", title="a"))["id"]
    await board.api.post(f"{board.path}/items/{child}?tag_id={tag}", status=204)
    await board.group(child, outside)
    await board.api.delete(f"{board.path}/items/{child}")
    assert [item["id"] for item in await board.listed()] == [outside, another]
    assert [connector["id"] for connector in await board.listed("connectors")] == [kept]
    assert await board.listed(query=f"tag_id={tag}") == []
    assert await board.listed("groups") == []


# Connectors


@in_sandbox
async def test_a_connector_joins_two_different_items_of_its_board(board: Board) -> None:
    one, two, frame = await board.shape(), await board.sticky(), await board.frame()
    elsewhere = await (await board.api.board()).shape()
    made = await board.connector(one, two, captions=[{"content": "yes"}], shape="elbowed")
    assert made == await board.api.get(f"{board.path}/connectors/{made['id']}")
    assert made["captions"] == [{"content": "yes", "position": "50%", "textAlignVertical": "middle"}]
    assert (made["type"], made["style"]["endStrokeCap"]) == ("connector", "stealth")
    for start, end, field in ((one, frame, "endItem.id"), (elsewhere, two, "startItem.id"), ("1", two, "startItem.id")):
        assert set(faults(await board.connector(start, end, 400))) == {field}
    await board.connector(one, one, 400)
    await board.add("connectors", 400, endItem={"id": two})
    path = f"{board.path}/connectors/{made['id']}"
    assert set(faults(await board.api.patch(path, {"startItem": {"id": two}}, 400))) == {"endItem.id"}
    both = {"startItem": {"position": {"x": "1%"}, "snapTo": "top"}}
    assert "never both" in faults(await board.api.patch(path, both, 400))["startItem"]


@in_sandbox
async def test_updating_a_connector_changes_only_what_is_sent(board: Board) -> None:
    one, two, three = await board.shape(), await board.shape(), await board.shape()
    made = await board.connector(one, two, style={"strokeColor": "#ff0000"})
    path = f"{board.path}/connectors/{made['id']}"
    snapped = await board.api.patch(path, {"startItem": {"snapTo": "right"}})
    assert snapped["startItem"]["position"] == {"x": "100%", "y": "50%"}
    assert snapped["endItem"] == made["endItem"]
    moved = await board.api.patch(path, {"startItem": {"id": three}, "style": {"strokeWidth": "5"}})
    assert (moved["startItem"]["id"], "position" in moved["startItem"]) == (three, False)
    assert moved["style"] == made["style"] | {"strokeWidth": "5"}
    await board.api.delete(path)
    await board.api.get(path, 404)


@in_sandbox
async def test_connectors_are_paged_by_cursor(board: Board) -> None:
    one, two = await board.shape(), await board.shape()
    made = [(await board.connector(one, two))["id"] for _ in range(12)]
    page = await board.api.get(f"{board.path}/connectors?limit=10")
    rest = await board.api.get(f"{board.path}/connectors?limit=10&cursor={quote(page['cursor'])}")
    assert [connector["id"] for connector in page["data"] + rest["data"]] == made


# Tags


@in_sandbox
async def test_an_empty_tag_id_never_deletes_the_item(board: Board) -> None:
    note = await board.sticky()
    for query in ("tag_id=", "tag_id=%20", "tag_id=1&tag_id=2", "tag_id=false", "tag_Id=1", "board_id=1"):
        await board.api.delete(f"{board.path}/items/{note}?{query}", 400)
    await board.api.delete(f"{board.path}/items/{note}?tag_id=1", 404)
    await board.item(note)
    for query in ("tag_id=", "parent_item_id=", "tag_id=1&parent_item_id=1"):
        await board.api.get(f"{board.path}/items?{query}", 400)
    await board.api.delete(f"{board.path}/items/{note}")


@in_sandbox
async def test_tags_are_attached_listed_and_detached(board: Board) -> None:
    note, card = await board.sticky(), (await board.add("cards"))["id"]
    tag = await board.add("tags", title="urgent")
    assert (tag["type"], tag["fillColor"]) == ("tag", "red")
    for item in (note, card, note):
        await board.api.post(f"{board.path}/items/{item}?tag_id={tag['id']}", status=204)
    page = await board.api.get(f"{board.path}/items?tag_id={tag['id']}&limit=1&offset=1")
    assert (page["total"], [item["id"] for item in page["data"]]) == (2, [card])
    on_item = await board.api.get(f"{board.path}/items/{note}/tags")
    assert on_item == {"tags": [{name: tag[name] for name in ("id", "type", "title", "fillColor")}]}
    await board.api.delete(f"{board.path}/items/{note}?tag_id={tag['id']}")
    await board.api.delete(f"{board.path}/items/{note}?tag_id={tag['id']}", 404)
    await board.item(note)
    await board.api.delete(f"{board.path}/tags/{tag['id']}")
    assert (await board.api.get(f"{board.path}/items/{card}/tags"))["tags"] == []


@in_sandbox
async def test_tags_have_unique_titles_and_belong_on_eight_at_most_cards_and_notes(board: Board) -> None:
    note = await board.sticky()
    tags = [(await board.add("tags", title=f"tag {number}"))["id"] for number in range(9)]
    assert set(faults(await board.add("tags", 400, title="tag 0"))) == {"title"}
    assert set(faults(await board.api.patch(f"{board.path}/tags/{tags[1]}", {"title": "tag 0"}, 400))) == {"title"}
    assert (await board.api.patch(f"{board.path}/tags/{tags[0]}", {"title": "tag 0", "fillColor": "blue"}))["id"]
    for tag in tags[:8]:
        await board.api.post(f"{board.path}/items/{note}?tag_id={tag}", status=204)
    await board.api.post(f"{board.path}/items/{note}?tag_id={tags[8]}", status=400)
    shape = await board.shape()
    await board.api.post(f"{board.path}/items/{shape}?tag_id={tags[0]}", status=400)


# Groups


@in_sandbox
async def test_groups_hold_items_that_are_in_no_other(board: Board) -> None:
    one, two, three, four = [await board.shape() for _ in range(4)]
    group = await board.group(one, two)
    assert (group["type"], group["data"]) == ("group", {"items": [one, two]})
    for items in ([three], [three, three]):
        assert set(faults(await board.group(*items, status=400))) == {"data.items"}
    for items in ([three, "1"], [one, three]):
        assert no_item(await board.group(*items, status=404), board.id)
    page = await board.api.get(f"{board.path}/groups/items?group_item_id={group['id']}")
    assert {item["id"] for item in page["data"]} == {one, two}
    body = {"data": {"items": [one, three, four]}}
    replaced = await board.api.call("PUT", f"{board.path}/groups/{group['id']}", 200, body)
    assert replaced["id"] != group["id"]
    await board.api.get(f"{board.path}/groups/{group['id']}", 404)
    assert [found["id"] for found in await board.listed("groups")] == [replaced["id"]]
    await board.api.delete(f"{board.path}/items/{one}")
    assert (await board.api.get(f"{board.path}/groups/{replaced['id']}"))["data"]["items"] == [three, four]


@in_sandbox
async def test_ungrouping_keeps_the_items_and_deleting_with_items_does_not(board: Board) -> None:
    one, two = await board.shape(), await board.shape()
    for query in ("", "?delete_items=false"):
        group = (await board.group(one, two))["id"]
        for wrong in ("delete_items=", "delete_items=yes", "delete_items=1", "deleteItems=true"):
            await board.api.delete(f"{board.path}/groups/{group}?{wrong}", 400)
        await board.api.delete(f"{board.path}/groups/{group}{query}")
        assert len(await board.listed()) == 2
    group = (await board.group(one, two))["id"]
    await board.api.delete(f"{board.path}/groups/{group}?delete_items=true")
    assert (await board.listed(), await board.listed("groups")) == ([], [])


# Mind maps and code widgets


@in_sandbox
async def test_deleting_a_mind_map_node_takes_its_children(board: Board) -> None:
    path = f"{EXPERIMENTAL}/{board.id}/mindmap_nodes"
    root = await board.node("root")
    left = await board.node("left", parent={"id": root}, position={"x": -100})
    await board.node("deeper", parent={"id": left})
    right = await board.node("right", parent={"id": root}, position={"x": 100})
    shown = await board.api.get(f"{path}/{left}")
    assert (shown["data"]["isRoot"], shown["data"]["direction"]) == (False, "start")
    assert shown["data"]["nodeView"]["data"]["content"] == "left"
    await board.api.delete(f"{path}/{left}")
    assert [node["id"] for node in (await board.api.get(path))["data"]] == [root, right]
    error = await board.api.post(path, {"data": {"nodeView": {}}, "parent": {"id": left}}, 400)
    assert set(faults(error)) == {"parent.id"}


@in_sandbox
async def test_code_widgets_are_made_changed_moved_and_deleted(board: Board) -> None:
    path = f"{EXPERIMENTAL}/{board.id}/code_widgets"
    made = await board.api.post(path, {"data": {"code": "1", "language": "python"}})
    own = f"{path}/{made['id']}"
    assert (made["type"], made["links"]["self"]) == ("code", encoded(board.id, URL + own))
    assert (await board.api.patch(own, {"data": {"title": "T"}}))["data"]["code"] == "1"
    assert (await board.api.patch(f"{own}/position", {"y": 4}))["position"]["y"] == 4
    assert (await board.api.get(path))["data"] == [await board.api.get(own)]
    await board.api.delete(own)
    await board.api.get(own, 404)
    assert set(faults(await board.api.post(path, {"data": {"code": "x" * 6001}}, 400))) == {"data.code"}


# The token and the app


@in_sandbox
async def test_the_token_tells_whose_it_is_and_every_scope(board: Board) -> None:
    info = await board.api.get("/v1/oauth-token")
    assert info["user"]["id"] == (await board.api.get(board.path))["owner"]["id"]
    assert info["organization"]["name"]
    assert info["team"]["name"]
    assert set(info["scopes"]) == {scope for operation in OPERATIONS.values() for scope in operation.scopes}
    await board.api.post("/v1/oauth/revoke?access_token=a", status=204)
    await board.api.post("/v2/oauth/revoke", {"accessToken": "a", "clientId": "b", "clientSecret": "c"}, 204)


@in_sandbox
async def test_app_metrics_are_the_same_each_time(board: Board) -> None:
    path = "/v2-experimental/apps/1/metrics"
    months = await board.api.get(f"{path}?startDate=2025-01-15&endDate=2025-03-01&period=MONTH")
    assert [month["periodStart"] for month in months] == ["2025-01-01", "2025-02-01", "2025-03-01"]
    assert months == await board.api.get(f"{path}?startDate=2025-01-15&endDate=2025-03-01&period=MONTH")
    assert (await board.api.get(f"{path}-total"))["installations"] > 0
    await board.api.get(f"{path}?startDate=2025-01-15&endDate=2025-01-14", 400)
    await board.api.get(f"{path}?startDate=0001-01-01&endDate=9999-12-31&period=DAY", 400)
    await board.api.get(f"{path}?startDate=9999-12-30&endDate=9999-12-31&period=MONTH", 400)


# Errors


@in_sandbox
async def test_unknown_routes_say_that_there_is_no_endpoint(board: Board) -> None:
    for method, path in (
        ("GET", "/v2/nothing"),
        ("GET", f"{board.path}/"),
        ("GET", "/Users"),
        ("POST", "/v2/nothing"),
    ):
        error = await board.api.call(method, path, 404)
        assert error["message"] == f"No endpoint {method} {path}."


@in_sandbox
async def test_a_wrong_method_is_told_as_such(board: Board) -> None:
    for method, path in (("PUT", board.path), ("POST", f"{board.path}/connectors/1"), ("OPTIONS", board.path)):
        assert (await board.api.call(method, path, 405))["code"] == "methodNotSupported"


@in_sandbox
async def test_a_missing_or_blank_token_is_refused(board: Board) -> None:
    for header in ({}, {"Authorization": "Bearer "}, {"Authorization": "Basic abc"}, {"Authorization": "test"}):
        async with httpx.AsyncClient(transport=board.api.transport, base_url=URL) as anonymous:
            response = await anonymous.get(board.path, headers=header)
        assert (response.status_code, response.json()["code"]) == (401, "tokenNotProvided")
        assert response.headers["X-RateLimit-Remaining"] == "100000"


@in_sandbox
async def test_wrong_bodies_are_refused_with_the_field_at_fault(board: Board) -> None:
    for body, fields in (
        ({"data": {"shape": "blob"}}, {"data.shape"}),
        ({"data": {"colour": "red"}, "position": {"x": "left"}}, {"data.colour", "position.x"}),
        ({"style": {"fillColor": "red"}}, {"style.fillColor"}),
        ({"unknown": 1}, {"unknown"}),
        ({"board_id": "another"}, {"board_id"}),
    ):
        assert set(faults(await board.add("shapes", 400, **body))) == fields
    assert set(faults(await board.add("connectors", 400))) == {"startItem", "endItem"}
    for content in (b"{", b"[]", b'"text"', b"\xff", b"[" * 100_000):
        response = await board.api.http.post(f"{board.path}/shapes", content=content)
        assert set(faults(response.json())) == {""}


@in_sandbox
async def test_ids_are_single_segments_of_the_path(board: Board) -> None:
    encoded = quote(board.id, safe="")
    assert (await board.api.get(f"/v2/boards/{encoded}/items"))["total"] == 0
    await board.api.get(f"/v2/boards/{encoded}%2Fitems", 400)
    await board.api.get("/v2/boards//items", 400)
    group = (await board.group(await board.shape(), await board.shape()))["id"]
    assert "group_item_id" in faults(await board.api.get(f"{board.path}/groups/items", 400))
    await board.api.get(f"{board.path}/groups/{group}")


@in_sandbox
async def test_files_of_more_than_six_megabytes_are_refused(board: Board) -> None:
    limit = 6 * 1024 * 1024
    await board.api.post(f"{board.path}/images", files={"resource": ("a.png", b"x" * limit)})
    error = await board.api.post(f"{board.path}/images", status=413, files={"resource": ("a.png", b"x" * (limit + 1))})
    assert error["status"] == 413
    await board.api.post(f"{board.path}/shapes", status=415, files={"resource": ("a.png", b"x")})
    broken = {"Content-Type": "multipart/form-data"}
    response = await board.api.http.post(f"{board.path}/images", content=b"x", headers=broken)
    assert faults(response.json())
    assert set(faults(await board.api.post(f"{board.path}/images", status=400, files={"data": (None, "{}")}))) == {
        "resource"
    }


def test_a_fault_of_a_handler_is_a_logged_error_without_a_traceback_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(call: ApiCall) -> Reply:
        call.store.remove("board", "", call.arguments["board_id"])
        raise RuntimeError("a detail of the inside")

    async def main() -> None:
        board = await Api().board()
        monkeypatch.setitem(handling.HANDLERS, "delete-board", fail)
        response = await board.api.http.delete(board.path)
        assert (response.status_code, response.json()["code"]) == (500, "3.0000")
        assert "inside" not in response.text
        await board.api.get(board.path)

    with caplog.at_level(logging.ERROR):
        asyncio.run(main())
    assert "delete-board" in caplog.text


@in_sandbox
async def test_any_text_survives(board: Board) -> None:
    content = "\ud800 \u2028 \U0001f600 </script> \x00 'quote\" ‮"
    response = await board.api.http.post(
        f"{board.path}/shapes", content=json.dumps({"data": {"content": content}}).encode()
    )
    assert json.loads(response.text)["data"]["content"] == content
    assert (await board.listed())[0]["data"]["content"] == content


# The rate limit


@in_sandbox
async def test_every_answer_tells_what_is_left_of_the_minute(board: Board) -> None:
    before = int((await board.api.http.get(board.path)).headers["X-RateLimit-Remaining"])
    for method, path, credits in (
        ("GET", board.path, 50),
        ("GET", f"{board.path}/items", 100),
        ("DELETE", f"{board.path}/items/1", 500),
        ("PUT", "/v2/boards?copy_from=1", 2000),
        ("GET", "/api/v1/scim/Users", 0),
        ("GET", "/v2/nothing", 0),
    ):
        headers = (await board.api.http.request(method, path)).headers
        assert headers["X-RateLimit-Limit"] == "100000"
        assert int(headers["X-RateLimit-Reset"]) > 1_700_000_000
        before -= credits
        assert int(headers["X-RateLimit-Remaining"]) == before


@in_sandbox
async def test_bulk_creation_and_reading_a_group_cost_by_the_item(board: Board) -> None:
    items = [{"type": "shape"}] * 7
    before = int((await board.api.http.get(board.path)).headers["X-RateLimit-Remaining"])
    made = await board.api.http.post(f"{board.path}/items/bulk", json=items)
    assert int(made.headers["X-RateLimit-Remaining"]) == before - 700
    group = (await board.group(*(item["id"] for item in made.json()["data"][:3])))["id"]
    read = await board.api.http.get(f"{board.path}/groups/{group}")
    assert int(read.headers["X-RateLimit-Remaining"]) == before - 700 - 100 - 300


def test_a_minutes_credits_run_out_for_one_token_and_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1_800_000_000.0]
    limits = rate_limit.RateLimit
    monkeypatch.setattr("miro_mcp.sandbox.http.app.RateLimit", lambda: limits(lambda: now[0]))

    async def main() -> None:
        api = Api()
        board = await api.board()
        note = await board.sticky()
        for _ in range(198):
            await api.delete(f"{board.path}/items/1", 404)
        error = await api.delete(f"{board.path}/items/{note}", 429)
        assert (error["status"], error["code"], error["context"], error["type"]) == (
            429,
            "tooManyRequests",
            None,
            "error",
        )
        other = await api.http.get(board.path, headers={"Authorization": "Bearer other"})
        assert other.status_code == 200
        await api.get("/api/v1/scim/Users")
        now[0] += 60
        await board.item(note)

    asyncio.run(main())


# The file

WRITE = """
import asyncio, sys
from pathlib import Path
import httpx
from miro_mcp.sandbox.http.app import create_app

async def main(path, board, name):
    transport = httpx.ASGITransport(create_app(Path(path)))
    headers = {"Authorization": f"Bearer {name}"}
    async with httpx.AsyncClient(transport=transport, base_url="http://sandbox", headers=headers) as client:
        for number in range(100):
            body = {"data": {"content": f"{name} {number}"}}
            response = await client.post(f"/v2/boards/{board}/shapes", json=body)
            assert response.status_code == 201, response.text
        print((await client.get("/v2/boards")).json()["total"])

asyncio.run(main(*sys.argv[1:]))
"""


def start_writing(path: Path, board: str, name: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", WRITE, str(path), board, name], stdout=subprocess.PIPE, text=True)


def test_two_processes_share_a_file_and_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "sandbox.db"

    async def prepare() -> str:
        return (await Api(path).board()).id

    id = asyncio.run(prepare())
    processes = [start_writing(path, id, name) for name in ("one", "two")]
    assert [process.wait(60) for process in processes] == [0, 0]
    for process in processes:
        process.communicate()

    async def read() -> list[str]:
        api = Api(path)
        contents: list[str] = []
        page: dict[str, Any] = {"cursor": None}
        while "cursor" in page:
            after = f"&cursor={quote(page['cursor'])}" if page["cursor"] else ""
            page = await api.get(f"/v2/boards/{id}/items?limit=50{after}")
            contents += [item["data"]["content"] for item in page["data"]]
        return contents

    assert sorted(asyncio.run(read())) == sorted(f"{name} {number}" for name in ("one", "two") for number in range(100))


@pytest.mark.slow
def test_processes_that_start_on_a_fresh_file_at_once_fill_it_once(tmp_path: Path) -> None:
    async def seeded() -> tuple[str, int]:
        boards = await Api(tmp_path / "other.db").get("/v2/boards")
        return boards["data"][0]["id"], boards["total"]

    program = (
        "import sys; from pathlib import Path; from miro_mcp.sandbox.http.app import create_app; "
        "sys.stdin.readline(); create_app(Path(sys.argv[1]))"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path / "new.db")], stdin=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    for process in processes:
        process.communicate("go\n", timeout=60)
    assert [process.returncode for process in processes] == [0] * 4

    async def total() -> int:
        return (await Api(tmp_path / "new.db").get("/v2/boards"))["total"]

    assert asyncio.run(total()) == asyncio.run(seeded())[1] > 0


def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "sandbox.db"

    async def write() -> tuple[str, str]:
        board = await Api(path).board()
        return board.id, await board.sticky(data={"content": "kept"})

    async def read(board: str, item: str) -> Any:
        return await Api(path).get(f"/v2/boards/{board}/items/{item}")

    assert asyncio.run(read(*asyncio.run(write())))["data"]["content"] == "kept"


def test_sandboxes_in_memory_are_apart() -> None:
    async def main() -> None:
        one, two = Api(), Api()
        await two.get((await one.board()).path, 404)

    asyncio.run(main())


def test_lists_in_queries_are_given_by_repeating_them() -> None:
    lists = {
        (operation.id, name)
        for operation in OPERATIONS.values()
        for name, field in operation.arguments.model_fields.items()
        if get_origin(field.annotation) is list and not operation.has_body
    }
    assert ("enterprise-board-export-jobs", "status") in lists

    async def main() -> None:
        api = Api()
        organization = (await api.get("/v1/oauth-token"))["organization"]["id"]
        query = "status=JOB_STATUS_CREATED&status=JOB_STATUS_FINISHED&creatorId=1&creatorId=2"
        await api.get(f"/v2/orgs/{organization}/boards/export/jobs?{query}")
        error = await api.get(f"/v2/orgs/{organization}/boards/export/jobs?status=NONE", 400)
        assert set(faults(error)) == {"status.0"}

    asyncio.run(main())
