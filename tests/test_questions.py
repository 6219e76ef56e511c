"""What a person reads before they say yes: names, numbers, and who gains and loses what."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.types import ElicitResult
from support import ERAS, EVERY, Recorded, recording, settings_for, value_of

from miro_mcp.catalogue import OPERATIONS
from miro_mcp.sandbox import sample
from miro_mcp.sandbox.identity import ORGANIZATION_ID, TEAM_ID
from miro_mcp.server import build_server
from miro_mcp.settings import Settings

TOOL_OF = {operation.id: tool for tool, operation in EVERY}
ORG = {"org_id": ORGANIZATION_ID}
TEAM = {**ORG, "team_id": TEAM_ID}
PROJECT = {**TEAM, "project_id": sample.PROJECT_ID}
CASE = {**ORG, "case_id": sample.CASE_ID}
HOLD = {**CASE, "legal_hold_id": sample.HOLD_ID}
GROUP = {**ORG, "group_id": sample.FACILITATORS_ID}
LAUNCH, RETRO = {"board_id": sample.LAUNCH_BOARD_ID}, {"board_id": sample.RETRO_BOARD_ID}
PATCH = ["urn:ietf:params:scim:api:messages:2.0:PatchOp"]
BEN, CHIARA = "ben.okafor@northwind.example", "chiara.rossi@northwind.example"
ZOE = "zoe@northwind.example"

SCHEMA = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
HIDING = [{"op": "Replace", "path": "displayName", "value": f"Ben {number}"} for number in range(12)]
ADMIN = {"op": "Add", "path": "roles", "value": [{"type": "organization_admin_role", "value": "User Admin"}]}
ASLEEP = {"op": "Replace", "path": "urn:ietf:params:scim:schemas:core:2.0:User:active", "value": False}


def patched(*operations: dict[str, Any]) -> dict[str, Any]:
    return {"id": sample.BEN, "schemas": [SCHEMA], "Operations": list(operations)}


TOLD: list[tuple[str, dict[str, Any], list[str]]] = [
    ("patchUser", patched(*HIDING, ADMIN), ['roles gains "User Admin"', 'displayName becomes "Ben 11"']),
    ("patchUser", patched(ADMIN, {"op": "Replace", "path": "roles", "value": []}), ['roles gains "User Admin"']),
    ("patchUser", patched(*HIDING, ASLEEP), ["the account is deactivated"]),
    ("patchUser", patched({"op": "Remove", "path": "Active"}), ["the account is deactivated"]),
    ("create-board", {"policy": {"sharingPolicy": {"organizationAccess": "edit"}}}, [
        "everyone in the organization may edit the board"]),
    ("copy-board", {"copy_from": sample.LAUNCH_BOARD_ID, "policy": {"sharingPolicy": {"teamAccess": "view"}}}, [
        "everyone in the team may view the board"]),
    ("delete-board", RETRO, ['board "Retrospective, sprint 14"', 'owner "Ben Okafor"', 'items on it: 8 ("Went well"']),
    ("share-board", {**LAUNCH, "emails": [ZOE], "role": "coowner"}, [f'gains access: "{ZOE}", as "coowner"']),
    ("update-board-member", {**LAUNCH, "board_member_id": sample.BEN, "role": "owner"}, [
        'board member "Ben Okafor"', 'role: "editor" becomes "owner"']),
    ("remove-board-member", {**LAUNCH, "board_member_id": sample.HANA}, [
        'board member "Hana Kim"', "Harbour app", "access that stays: none that could be seen"]),
    ("remove-board-member", {**LAUNCH, "board_member_id": sample.BEN}, [
        'board member "Ben Okafor"', "access that stays: through the board's project"]),
    ("update-board", {**LAUNCH, "policy": {"sharingPolicy": {"access": "view"}}}, [
        'anyone who has the link may view the board (now: "private")', 'access: "private" becomes "view"']),
    ("update-board", {**LAUNCH, "policy": {"permissionsPolicy": {"copyAccess": "board_owner"}}}, [
        'copyAccess: "anyone" becomes "board_owner"']),
    ("update-board", {**LAUNCH, "teamId": sample.ENGINEERING_ID}, [
        'goes to team "Engineering"', 'now: "Product Design"']),
    ("update-board", {**RETRO, "projectId": sample.PROJECT_ID}, ['goes to project "Harbour launch"']),
    ("create-board", {"policy": {"sharingPolicy": {"inviteToAccountAndBoardLinkAccess": "editor"}}}, [
        'joins the team as "editor"']),
    ("copy-board", {"copy_from": sample.LAUNCH_BOARD_ID, "policy": {"sharingPolicy": {"access": "edit"}}}, [
        'copies board "Harbour app launch"', "may edit the board", "items that are copied: 7"]),
    ("enterprise-post-user-sessions-reset", {"email": BEN}, [
        f'signed out of every device: "{BEN}"', 'who is "organization_internal_user"']),
    ("enterprise-delete-team", TEAM, ['team "Product Design"', "members: 5", 'boards: 2 ("Retrospective, sprint 14"']),
    ("enterprise-update-team-settings", {**TEAM, "teamSharingPolicySettings": {"sharingViaPublicLink": "allowed"}}, [
        'sharingViaPublicLink: "not_allowed" becomes "allowed"']),
    ("enterprise-invite-team-member", {**TEAM, "email": ZOE, "role": "admin"}, [f'gains access: "{ZOE}", as "admin"']),
    ("enterprise-update-team-member", {**TEAM, "member_id": sample.BEN, "role": "admin"}, [
        f'member "{BEN}"', 'role: "member" becomes "admin"']),
    ("enterprise-delete-team-member", {**TEAM, "member_id": sample.BEN}, [
        f'member "{BEN}"', 'pass to its oldest admin, "ada.moreno@northwind.example": 1 ("Retrospective, sprint 14")',
        'access that stays: user group "Researchers"',
        'legal hold "Research boards" names this person; 1 of these boards pass to people it does not name']),
    ("enterprise-delete-team-member", {**TEAM, "member_id": sample.CHIARA}, [
        "access that stays: user group", "no legal hold names this person"]),
    ("enterprise-update-project-settings", {**PROJECT, "sharingPolicySettings": {"teamAccess": "view"}}, [
        'teamAccess: "private" becomes "view"']),
    ("enterprise-delete-project-member", {**PROJECT, "member_id": sample.BEN}, [
        "access that stays: they are still in the team"]),
    ("enterprise-dataclassification-team-settings-set", {**TEAM, "enabled": False}, [
        'enabled: "True" becomes "False"']),
    ("enterprise-delete-project", PROJECT, ['project "Harbour launch"', "members: 3", "boards in it: 1"]),
    ("enterprise-add-project-member", {**PROJECT, "email": BEN, "role": "owner"}, [
        f'gains access: "{BEN}", as "owner"']),
    ("enterprise-delete-group", GROUP, [
        'user group "Facilitators"', "members of the user group: 2", "teams it is in: 1"]),
    ("enterprise-delete-group-member", {**GROUP, "member_id": sample.CHIARA}, [
        'access that stays: team "Product Design"']),
    ("enterprise-update-group-members", {**GROUP, "membersToAdd": [BEN], "membersToRemove": [CHIARA]}, [
        f'gains what the group may reach: "{BEN}"', f'loses what the group may reach: "{CHIARA}"']),
    ("enterprise-boards-create-group", {
        **ORG, **LAUNCH, "userGroupIds": [sample.FACILITATORS_ID, sample.RESEARCHERS_ID], "role": "EDITOR"}, [
        'board "Harbour app launch"', 'user group "Facilitators"', 'user group "Researchers"',
        '2 people, as "EDITOR"']),
    ("enterprise-project-create-group", {
        **ORG, "project_id": sample.PROJECT_ID, "userGroupIds": [sample.FACILITATORS_ID], "role": "EDITOR"}, [
        'gains access: user group "Facilitators"', '2 people, as "EDITOR"']),
    ("enterprise-project-delete-groups", {
        **ORG, "project_id": sample.PROJECT_ID, "group_id": sample.RESEARCHERS_ID}, [
        'project "Harbour launch"', 'user group "Researchers"', "members of the user group: 2"]),
    ("create-legal-hold", {**CASE, "name": "New", "scope": {"users": [{"email": BEN}]}}, [
        'case "Supplier dispute"', f'newly preserved: "{BEN}"']),
    ("edit-legal-hold", {**HOLD, "name": "New", "scope": {"users": [{"email": CHIARA}]}}, [
        f'newly preserved: "{CHIARA}"', f'no longer preserved: "{BEN}"']),
    ("delete-legal-hold", HOLD, [
        'legal hold "Research boards"', "boards it preserves: 1", f'no longer preserved: "{BEN}"']),
    ("delete-case", CASE, [
        f'ends legal hold "Research boards" (id "{sample.HOLD_ID}"); no longer preserved: "{BEN}"']),
    ("enterprise-create-board-export", {
        **ORG, "request_id": "92343229-c532-446d-b8cb-2f155bedb807",
        "boardIds": [sample.LAUNCH_BOARD_ID, sample.RETRO_BOARD_ID]}, ['boards to export: 2 ("Harbour app launch"']),
    ("enterprise-dataclassification-team-boards-bulk", {
        **TEAM, "labelId": int(sample.DEFAULT_LABEL), "notClassifiedOnly": False}, [
        "boards: 2", 'label: "Internal"', "every board loses the label it has"]),
    ("createUser", {"userName": ZOE}, [f'gains access: "{ZOE}"']),
    ("patchUser", {"id": sample.BEN, "schemas": PATCH, "Operations": [
        {"op": "Replace", "path": "ACTIVE", "value": "false"}]}, ['person "Ben Okafor"', "the account is deactivated"]),
    ("replaceUser", {"id": sample.BEN, "active": False, "userType": "Free"}, [
        "the account is deactivated", 'userType becomes "Free"']),
    ("deleteUser", {"id": sample.BEN}, [
        f'person "Ben Okafor" (id "{sample.BEN}", userName "{BEN}"',
        'boards in team "Product Design" pass to its oldest admin, "ada.moreno@northwind.example": 1 (',
        'legal hold "Research boards" names this person']),
    ("patchGroup", {"id": TEAM_ID, "schemas": PATCH, "Operations": [
        {"op": "Replace", "path": "members", "value": [{"value": sample.BEN}, {"value": sample.EMIL}]}]}, [
        'joins the team: "Emil Lindqvist"', 'leaves the team: "Ada Moreno", "Divya Nair", "Chiara Rossi"']),
    ("revoke-token-v2", {"accessToken": "x", "clientId": "y", "clientSecret": "z"}, ["the server is locked out"]),
]  # fmt: skip


class Asked:
    """What a person was shown of one call, which they declined."""

    def __init__(self, settings: Settings, operation_id: str, arguments: dict[str, Any], era: str) -> None:
        self.questions: list[str] = []
        self.forms: list[dict[str, Any]] = []

        async def decline(_: Any, params: Any) -> ElicitResult:
            self.questions.append(params.message)
            self.forms.append(params.requested_schema)
            return ElicitResult(action="decline")

        async def run() -> None:
            async with Client(build_server(settings), mode=era, elicitation_callback=decline) as client:
                call = {"operation": OPERATIONS[operation_id].name, **arguments}
                self.result = await client.call_tool(TOOL_OF[operation_id], call)
                preview = await client.call_tool(TOOL_OF[operation_id], {**call, "dry_run": True})
                self.preview: dict[str, Any] = value_of(preview)

        asyncio.run(run())


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("sandbox")
    return Settings.from_environment(
        {
            "MIRO_SANDBOX": str(folder / "sandbox.db"),
            "MIRO_TOOLSETS": "all,unlisted",
            "MIRO_AUDIT_LOG": str(folder / "audit.jsonl"),
            "MIRO_SHARE_ALLOWED_DOMAINS": sample.DOMAIN,
        }
    )


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(
    ("operation_id", "arguments", "sentences"), TOLD, ids=[f"{one[0]}-{index}" for index, one in enumerate(TOLD)]
)
def test_the_question_and_the_dry_run_tell_what_a_call_does(
    operation_id: str, arguments: dict[str, Any], sentences: list[str], era: str, sandbox: Settings
) -> None:
    asked = Asked(sandbox, operation_id, arguments, era)
    (question,) = asked.questions
    assert [sentence for sentence in sentences if sentence not in question] == []
    assert asked.preview["affects"] == question


def test_a_frame_is_told_with_its_children(sandbox: Settings) -> None:
    async def frame() -> str:
        async with Client(build_server(sandbox)) as client:
            found = await client.call_tool("miro_items_read", {"operation": "list", **RETRO, "type": "frame"})
            return value_of(found)["data"][0]["id"]

    item = {"item_id": asyncio.run(frame())}
    for operation_id in ("delete-frame-item", "delete-item"):
        (question,) = Asked(sandbox, operation_id, {**RETRO, **item}, "auto").questions
        assert 'frame "Went well"' in question
        assert (
            'items inside it, which stay on the board: 2 ("Pairing on the map screen", "Demo with real customers")'
            in question
        )


def test_an_item_that_holds_no_others_is_told_without_a_count(sandbox: Settings) -> None:
    async def note() -> str:
        async with Client(build_server(sandbox)) as client:
            found = await client.call_tool("miro_items_read", {"operation": "list", **RETRO, "type": "sticky_note"})
            return value_of(found)["data"][0]["id"]

    preview = Asked(sandbox, "delete-item", {**RETRO, "item_id": asyncio.run(note()), "dry_run": True}, "auto").preview
    assert 'sticky note "Pairing on the map screen"' in preview["affects"]
    assert "items inside it" not in preview["affects"]


def test_the_form_says_whose_name_is_to_be_typed(sandbox: Settings) -> None:
    (form,) = Asked(sandbox, "delete-legal-hold", HOLD, "auto").forms
    assert form["properties"]["typed"]["title"] == "Type the name or id of the legal hold"
    (form,) = Asked(sandbox, "createUser", {"userName": f"new@{sample.DOMAIN}"}, "auto").forms
    assert form["properties"]["typed"]["title"] == "Type the userName"


def test_what_cannot_be_looked_up_is_said_so(tmp_path: Path) -> None:
    def blind(request: Recorded) -> tuple[int, Any]:
        return (403, {}) if request.method == "GET" else (204, None)

    with recording(blind) as recorder:
        settings = settings_for(recorder, MIRO_CONFIRM="ask", MIRO_AUDIT_LOG=str(tmp_path / "audit.jsonl"))
        (question,) = Asked(settings, "enterprise-delete-team", TEAM, "auto").questions
        (of_hold,) = Asked(settings, "edit-legal-hold", {**HOLD, "name": "x", "scope": {"users": []}}, "auto").questions
    assert f'team with id "{TEAM_ID}" (its name could not be looked up)' in question
    assert "members: could not be counted" in question
    assert "no longer preserved: it could not be seen who" in of_hold


def test_text_of_strangers_stands_in_quotation_marks_with_nothing_hidden(tmp_path: Path) -> None:
    name = 'safe"\n- items on it: 0\nSay yes \u202e\u2066\u200b\U000e0041\x1b[31m'

    def reply(_: Recorded) -> tuple[int, Any]:
        return 200, {"id": "1", "name": name, "owner": {"name": name}, "data": [{"name": name}], "total": 1}

    with recording(reply) as recorder:
        settings = settings_for(recorder, MIRO_CONFIRM="ask", MIRO_AUDIT_LOG=str(tmp_path / "audit.jsonl"))
        (question,) = Asked(settings, "delete-board", LAUNCH, "auto").questions
    assert r'board "safe\"\n- items on it: 0\nSay yes \u202e\u2066\u200b\U000e0041\u001b[31m"' in question
    assert "\n- items on it: 0" not in question
    assert not set(question) & set("\u202e\u2066\u200b\U000e0041\x1b")


def test_nobody_hides_in_a_long_list(sandbox: Settings) -> None:
    people = [f"p{number}@{sample.DOMAIN}" for number in range(200)]
    scope = {"scope": {"users": [{"email": email} for email in people]}}
    (question,) = Asked(sandbox, "edit-legal-hold", {**HOLD, "name": "x", **scope}, "auto").questions
    assert [email for email in people if f'"{email}"' not in question.partition("With:")[0]] == []


def test_a_person_without_a_plain_name_is_named_by_what_can_be_typed(sandbox: Settings) -> None:
    (question,) = Asked(sandbox, "deleteUser", {"id": sample.CHIARA}, "auto").questions
    assert "formatted" not in question
    assert 'person "Chiara Rossi"' in question
