"""What the operator set bounds to stays inside them, however an id, an address or a file is written."""

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest
from support import EVERY, Recorded, answer_to, connected, minimal, recording, settings_for, text_of

from miro_mcp.catalogue import OPERATIONS
from miro_mcp.guardrails.uploads import open_upload
from miro_mcp.settings import Settings, SettingsError

TOOL_OF = {operation.id: tool for tool, operation in EVERY}
TEAM, OTHER_TEAM = "3074457345621141001", "3074457345621141002"
BOARD = "uXjVallowed0="
PATCH = ["urn:ietf:params:scim:api:messages:2.0:PatchOp"]


class World:
    """An API whose boards are all in one team, whose projects are in another, and whose people are at corp.example."""

    def __init__(self, team: str = TEAM) -> None:
        self.team = team

    def __call__(self, request: Recorded) -> tuple[int, Any]:
        if request.path == "/v1/oauth-token":
            return 200, {"organization": {"id": "7"}, "user": {"id": "8"}}
        if "/projects/" in request.path and f"/teams/{OTHER_TEAM}/" not in request.path:
            return 404, {}
        status, least = answer_to(request)
        if not isinstance(least, dict):
            return status, least
        return 200, least | {"id": "1", "team": {"id": self.team}, "email": "ada@corp.example", "type": "shape"}


def refused(
    operation_id: str, arguments: dict[str, Any], folder: Path, world: World | None = None, **environment: str
) -> tuple[bool, list[Recorded], str]:
    """Whether a call failed, which requests arrived, and what was told."""

    async def run() -> tuple[bool, str]:
        settings = settings_for(recorder, **{"MIRO_AUDIT_LOG": str(folder / "audit.jsonl"), **environment})
        async with connected(settings) as client:
            operation = OPERATIONS[operation_id]
            result = await client.call_tool(TOOL_OF[operation_id], {"operation": operation.name, **arguments})
            return result.is_error, text_of(result)

    with recording(world or World()) as recorder:
        failed, told = asyncio.run(run())
        return failed, list(recorder.requests), told


@pytest.mark.parametrize(
    "address",
    [
        "eve@evil.example@corp.example", '"ada@corp.example" <eve@evil.example>', "eve@evil.example,ada@corp.example",
        "eve@evil.example ada@corp.example", "ada@corp.example.", "ada@corp.example\n", "ada@CORP.example.evil.example",
        "ada@\uff43orp.example", "ada@\u212aorp.example", "ada@sub.corp.example", "@corp.example", "<ada@corp.example>",
        "corp.example",
    ],
)  # fmt: skip
@pytest.mark.slow
def test_only_a_plain_address_at_an_allowed_domain_is_invited(address: str, tmp_path: Path) -> None:
    allowed = {"MIRO_SHARE_ALLOWED_DOMAINS": "corp.example,korp.example"}
    arguments = {"board_id": BOARD, "emails": ["ada@corp.example", address]}
    failed, requests, told = refused("share-board", arguments, tmp_path, **allowed)
    assert failed
    assert requests == []
    assert "MIRO_SHARE_ALLOWED_DOMAINS" in told


def test_letters_of_either_case_are_one_domain(tmp_path: Path) -> None:
    arguments = {"board_id": BOARD, "emails": ["Ada@CORP.example"]}
    failed, _, _ = refused("share-board", arguments, tmp_path, MIRO_SHARE_ALLOWED_DOMAINS="corp.example")
    assert not failed


@pytest.mark.parametrize(("address", "failed"), [("zoe@corp.example", False), ("zoe@example.com", True)])
def test_without_a_setting_the_own_domain_is_allowed(address: str, failed: bool, tmp_path: Path) -> None:
    arguments = {"board_id": BOARD, "emails": [address]}
    assert refused("share-board", arguments, tmp_path, MIRO_SHARE_ALLOWED_DOMAINS="")[0] is failed


@pytest.mark.parametrize(
    ("operation_id", "arguments"),
    [
        *(
            ("patchUser", {"id": "1", "schemas": PATCH, "Operations": [{"op": "Replace", "path": p, "value": "e@x.y"}]})
            for p in ("userName", "emails", 'emails[type eq "work"].value', "urn:x:User:userName")
        ),
        ("replaceUser", {"id": "1", "userName": "ada@example.com", "emails": [{"value": "eve@evil.example"}]}),
        ("enterprise-update-group-members", {
            "org_id": "7", "group_id": "9", "membersToAdd": ["ada@example.com", "eve@evil.example"]}),
    ],
)  # fmt: skip
def test_addresses_hidden_in_bodies_are_held_to_the_list(
    operation_id: str, arguments: dict[str, Any], tmp_path: Path
) -> None:
    failed, requests, _ = refused(operation_id, arguments, tmp_path)
    assert failed
    assert requests == []


@pytest.mark.parametrize(
    "board",
    [BOARD, "uXjVallowed0%3D", "uXjVallowed0%3d", "https://miro.com/app/board/uXjVallowed0%3D/?share_link_id=1"],
)
def test_an_allowed_board_may_be_written_as_in_urls(board: str, tmp_path: Path) -> None:
    failed, requests, _ = refused("get-specific-board", {"board_id": board}, tmp_path, MIRO_ALLOWED_BOARDS=BOARD)
    assert not failed
    assert [request.path for request in requests] == ["/v2/boards/uXjVallowed0%3D"]


@pytest.mark.parametrize(
    "board",
    [
        "uXjVallowed0", "uXjVallowed0==", "uXjVALLOWED0=", "https://evil.example/app/board/uXjVallowed0=/",
        "https://miro.com/app/board/uXjVother0=/?uXjVallowed0=", "uXjVallowed0%253D", "%75XjVallowed0=",
        "uXjVallowed0=/items", "uXjVother0=?x=uXjVallowed0=", "uXjVallowed0=\u200b", ".",
    ],
)  # fmt: skip
@pytest.mark.slow
def test_no_other_writing_of_a_board_passes_for_an_allowed_one(board: str, tmp_path: Path) -> None:
    failed, requests, _ = refused("get-items", {"board_id": board}, tmp_path, MIRO_ALLOWED_BOARDS=BOARD)
    assert failed
    assert requests == []


@pytest.mark.parametrize(
    ("operation_id", "arguments"),
    [
        ("enterprise-get-group", {"org_id": "1", "group_id": "2"}),
        ("enterprise-boards-create-group", {"org_id": "1", "board_id": "b=", "userGroupIds": ["1"], "role": "VIEWER"}),
        ("update-board", {"board_id": "b=", "teamId": OTHER_TEAM}),
        ("get-boards", {"team_id": OTHER_TEAM}),
    ],
)
def test_ids_outside_are_refused_before_anything_is_looked_up(
    operation_id: str, arguments: dict[str, Any], tmp_path: Path
) -> None:
    bounds = {"MIRO_ALLOWED_TEAMS": TEAM, "MIRO_ALLOWED_ORGS": "7"}
    failed, requests, _ = refused(operation_id, arguments, tmp_path, **bounds)
    assert failed
    assert requests == []


PROJECT_CALLS: list[tuple[str, dict[str, Any]]] = [
    ("update-board", {"board_id": "b=", "projectId": "5"}),
    ("create-board", {"name": "x", "teamId": TEAM, "projectId": "5"}),
    ("get-boards", {"team_id": TEAM, "project_id": "5"}),
]


@pytest.mark.slow
@pytest.mark.parametrize(("operation_id", "arguments"), PROJECT_CALLS)
def test_a_project_has_to_be_in_an_allowed_team(operation_id: str, arguments: dict[str, Any], tmp_path: Path) -> None:
    failed, requests, told = refused(operation_id, arguments, tmp_path, MIRO_ALLOWED_TEAMS=TEAM)
    assert failed
    assert "project '5'" in told
    assert all(request.method == "GET" for request in requests)
    inside = {**arguments, **({"teamId": OTHER_TEAM} if "teamId" in arguments else {})}
    inside |= {"team_id": OTHER_TEAM} if "team_id" in arguments else {}
    failed, _, told = refused(operation_id, inside, tmp_path, World(OTHER_TEAM), MIRO_ALLOWED_TEAMS=OTHER_TEAM)
    assert not failed, told


def test_a_board_of_another_team_is_out(tmp_path: Path) -> None:
    world = World(OTHER_TEAM)
    failed, requests, _ = refused("get-items", {"board_id": "b="}, tmp_path, world, MIRO_ALLOWED_TEAMS=TEAM)
    assert failed
    assert [request.path for request in requests] == ["/v2/boards/b%3D"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes among files")
@pytest.mark.parametrize("name", ["pipe", "loop", "folder", "link", "link-to-folder/secret.txt", "../secret.txt"])
def test_only_regular_files_from_open_folders_are_uploaded(name: str, tmp_path: Path) -> None:
    root, outside = tmp_path / "open", tmp_path / "secret.txt"
    (root / "folder").mkdir(parents=True)
    outside.write_text("secret")
    os.mkfifo(root / "pipe")
    (root / "loop").symlink_to("loop")
    (root / "link").symlink_to(outside)
    (root / "link-to-folder").symlink_to(tmp_path)
    arguments = minimal(OPERATIONS["create-image-item-using-local-file"], root) | {"resource": str(root / name)}
    del arguments["operation"]
    failed, requests, told = refused(
        "create-image-item-using-local-file", arguments, tmp_path, MIRO_UPLOAD_ROOTS=str(root)
    )
    assert failed
    assert requests == []
    assert "othing was sent" in told


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
@pytest.mark.parametrize("swapped", ["file", "folder"])
def test_a_file_swapped_for_a_link_after_it_was_checked_is_not_opened(swapped: str, tmp_path: Path) -> None:
    folder, outside = tmp_path.resolve() / "folder", tmp_path.resolve() / "outside"
    folder.mkdir()
    outside.mkdir()
    (outside / "a.txt").write_text("secret")
    checked = folder / "a.txt"
    checked.write_text("x")
    open_upload(checked).close()
    if swapped == "file":
        checked.unlink()
        checked.symlink_to(outside / "a.txt")
    else:
        folder.rename(tmp_path / "moved")
        folder.symlink_to(outside)
    with pytest.raises(Exception, match="so nothing was sent"):
        open_upload(checked)


def test_an_upload_outside_is_on_record_as_refused(tmp_path: Path) -> None:
    arguments = {"board_id": BOARD, "resource": "/etc/passwd"}
    refused("create-image-item-using-local-file", arguments, tmp_path)
    assert '"outcome":"refused"' in (tmp_path / "audit.jsonl").read_text()


@pytest.mark.parametrize(
    "environment",
    [
        {"MIRO_ALLOWED_BOARDS": ","}, {"MIRO_ALLOWED_TEAMS": " , "}, {"MIRO_ALLOWED_ORGS": ",,"},
        {"MIRO_SHARE_ALLOWED_DOMAINS": "*"}, {"MIRO_SHARE_ALLOWED_DOMAINS": "ada@example.com"},
        {"MIRO_SHARE_ALLOWED_DOMAINS": "\u212aorp.example"},
    ],
)  # fmt: skip
def test_a_list_that_would_not_do_what_it_seems_to_is_refused(environment: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=next(iter(environment))):
        Settings.from_environment(environment)
