"""The sandbox's organization as its clients see it: people, teams, projects, user groups, compliance, and SCIM."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import httpx
import pytest

from miro_mcp.catalogue import GROUPS
from miro_mcp.sandbox import sample
from miro_mcp.sandbox.compliance import board_exports, legal_holds
from miro_mcp.sandbox.http.app import create_app
from miro_mcp.sandbox.http.handlers import HANDLERS
from miro_mcp.sandbox.identity import ORGANIZATION_ID, TEAM_ID, USER_ID
from miro_mcp.sandbox.scim.schemas import ENTERPRISE_SCHEMA, USER_SCHEMA
from miro_mcp.sandbox.seed import seed
from miro_mcp.sandbox.store import Store

ORG = f"/v2/orgs/{ORGANIZATION_ID}"
TEAM = f"{ORG}/teams/{TEAM_ID}"
PROJECT = f"{TEAM}/projects/{sample.PROJECT_ID}"
USER_GROUP = f"{ORG}/groups/{sample.RESEARCHERS_ID}"
CASE = f"{ORG}/cases/{sample.CASE_ID}"
EXPORTS = f"{ORG}/boards/export/jobs"
SCIM = "/api/v1/scim"
NOBODY = "3074457345618999999"
PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
EVER = {"from": "2020-01-01T00:00:00Z", "to": "2100-01-01T00:00:00Z"}
PUBLIC, INTERNAL, CONFIDENTIAL = (label[0] for label in sample.LABELS)


def address(name: str) -> str:
    return f"{name}@{sample.DOMAIN}"


class Api:
    """A sandbox in memory; a call fails the test unless the answer has the expected status."""

    def __init__(self) -> None:
        self.app = create_app()

    def call(self, method: str, path: str, status: int, body: Any = None, /, **query: Any) -> Any:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            headers = {"Authorization": "Bearer test"}
            async with httpx.AsyncClient(transport=transport, base_url="http://sandbox", headers=headers) as client:
                options = {} if body is None else {"content": json.dumps(body)}
                return await client.request(method, f"{path}?{urlencode(query, True)}" if query else path, **options)

        response = asyncio.run(send())
        assert response.status_code == status, response.text
        return response.json() if response.content else None

    def get(self, path: str, status: int = 200, /, **query: Any) -> Any:
        return self.call("GET", path, status, **query)

    def post(self, path: str, body: Any, status: int = 201, /, **query: Any) -> Any:
        return self.call("POST", path, status, body, **query)

    def patch(self, path: str, body: Any, status: int = 200) -> Any:
        return self.call("PATCH", path, status, body)

    def put(self, path: str, body: Any, status: int = 200) -> Any:
        return self.call("PUT", path, status, body)

    def delete(self, path: str, status: int = 204) -> Any:
        return self.call("DELETE", path, status)

    def ids(self, path: str, **query: Any) -> list[str]:
        page = self.get(path, **query)
        return [entry["id"] for entry in (page if isinstance(page, list) else page["data"])]

    def pages(self, path: str, limit: int, **query: Any) -> Iterator[list[Any]]:
        page = self.get(path, limit=limit, **query)
        yield page["data"]
        while "cursor" in page:
            page = self.get(path, limit=limit, **query, cursor=page["cursor"])
            yield page["data"]

    def scim_patch(self, path: str, *operations: dict[str, Any], status: int = 200) -> Any:
        return self.patch(f"{SCIM}{path}", {"schemas": [PATCH_OP], "Operations": list(operations)}, status)

    def audited(self) -> list[str]:
        bounds = {"createdAfter": EVER["from"], "createdBefore": EVER["to"]}
        return [entry["event"] for entry in self.get("/v2/audit/logs", **bounds)["data"]]


@pytest.fixture
def api() -> Api:
    return Api()


# The whole


def test_every_operation_of_these_toolsets_has_a_handler() -> None:
    toolsets = ("organization", "compliance", "scim")
    wanted = {operation.id for group in GROUPS if group.toolset in toolsets for operation in group.operations}
    assert wanted <= HANDLERS.keys()


def test_seeding_twice_is_seeding_once() -> None:
    store = Store(None)
    with store.transaction():
        seed(store)
    before = [store.count(kind, ORGANIZATION_ID) for kind in ("person", "team", "audit_log")]
    with store.transaction():
        seed(store)
    assert [store.count(kind, ORGANIZATION_ID) for kind in ("person", "team", "audit_log")] == before


UNKNOWN = {
    "organization": "/v2/orgs/1",
    "organization's members": "/v2/orgs/1/members",
    "organization's cases": "/v2/orgs/1/cases",
    "organization's logs": f"/v2/orgs/1/content-logs/items?{urlencode(EVER)}",
    "organization's export jobs": "/v2/orgs/1/boards/export/jobs",
    "organization's labels": "/v2/orgs/1/data-classification-settings",
    "person": f"{ORG}/members/{NOBODY}",
    "team": f"{ORG}/teams/{NOBODY}",
    "team of another organization": f"/v2/orgs/1/teams/{TEAM_ID}",
    "team's settings": f"{ORG}/teams/{NOBODY}/settings",
    "team member": f"{TEAM}/members/{NOBODY}",
    "project": f"{TEAM}/projects/{NOBODY}",
    "project of another team": f"{ORG}/teams/{sample.ENGINEERING_ID}/projects/{sample.PROJECT_ID}",
    "project member": f"{PROJECT}/members/{NOBODY}",
    "user group": f"{ORG}/groups/{NOBODY}",
    "user group member": f"{USER_GROUP}/members/{NOBODY}",
    "access to a team": f"{TEAM}/groups/{sample.RESEARCHERS_ID}",
    "team of a user group": f"{USER_GROUP}/teams/{TEAM_ID}",
    "groups of a board": f"{ORG}/boards/uXjVNothing=/groups",
    "groups of a project": f"{ORG}/projects/{NOBODY}/groups",
    "case": f"{ORG}/cases/{NOBODY}",
    "legal hold": f"{CASE}/legal-holds/{NOBODY}",
    "export job": f"{EXPORTS}/{uuid4()}",
    "label of a board": f"{TEAM}/boards/{sample.RETRO_BOARD_ID}/data-classification",
    "board of another team": (
        f"{ORG}/teams/{sample.ENGINEERING_ID}/boards/{sample.LAUNCH_BOARD_ID}/data-classification"
    ),
}


@pytest.mark.parametrize("path", UNKNOWN.values(), ids=UNKNOWN.keys())
def test_what_there_is_not_answers_404_in_miros_shape(api: Api, path: str) -> None:
    body = api.get(path, 404)
    assert (body["status"], body["code"], body["type"]) == (404, "notFound", "error")
    assert "No endpoint" not in body["message"]


def test_writing_leaves_an_entry_in_the_audit_log(api: Api) -> None:
    before = len(api.audited())
    api.post(f"{ORG}/teams", {"name": "Sales"})
    assert api.audited()[before:] == ["team_created"]
    api.post(f"{ORG}/groups", {"name": "Researchers"}, 409)
    assert len(api.audited()) == before + 1


# Members


def test_the_organization_tells_its_name_and_plan(api: Api) -> None:
    organization = api.get(ORG)
    assert (organization["name"], organization["plan"]) == ("Northwind Studio", "company")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"emails": "Ada.Moreno@northwind.example, ben.okafor@northwind.example"}, [sample.ADA, sample.BEN]),
        ({"role": "organization_internal_admin"}, [sample.ADA]),
        ({"license": "free"}, [sample.FATIMA, sample.GORAN]),
        ({"active": "false"}, [sample.GORAN]),
        ({"license": "free", "active": "true"}, [sample.FATIMA]),
        ({"emails": "nobody@northwind.example"}, []),
    ],
)
def test_members_are_found_by_what_they_are(api: Api, query: dict[str, str], expected: list[str]) -> None:
    assert api.ids(f"{ORG}/members", **query) == expected


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8, 9, 100])
def test_pages_of_members_have_no_gaps_and_no_repeats(api: Api, limit: int) -> None:
    pages = list(api.pages(f"{ORG}/members", limit))
    assert [person["id"] for page in pages for person in page] == [person[0] for person in sample.PEOPLE]
    assert all(len(page) == limit for page in pages[:-1])


def test_a_cursor_holds_when_the_entry_it_stands_at_goes(api: Api) -> None:
    made = [api.post(f"{ORG}/groups", {"name": f"Group {number}"})["id"] for number in range(4)]
    page = api.get(f"{ORG}/groups", limit=4)
    api.delete(f"{ORG}/groups/{made[1]}")
    assert api.ids(f"{ORG}/groups", limit=4, cursor=page["cursor"]) == made[2:]


def test_a_limit_over_the_maximum_or_a_made_up_cursor_is_refused(api: Api) -> None:
    api.get(f"{ORG}/members", 400, limit=101)
    api.get(EXPORTS, 400, limit=501)
    api.get(f"{ORG}/content-logs/items", 400, limit=1001, **EVER)
    api.get(f"{ORG}/members", 400, cursor="made up")


def test_resetting_sessions_answers_nothing_and_knows_the_people(api: Api) -> None:
    path = "/v2/sessions/reset_all"
    assert api.call("POST", path, 200, email=address("ben.okafor")) is None
    assert api.audited()[-1] == "user_sessions_reset"
    api.call("POST", path, 404, email="nobody@elsewhere.example")


# Teams


def test_a_team_is_made_renamed_and_found_by_part_of_its_name(api: Api) -> None:
    team = api.post(f"{ORG}/teams", {"name": "Sales North"})
    assert api.ids(f"{ORG}/teams/{team['id']}/members", role="admin") == [USER_ID]
    api.patch(f"{ORG}/teams/{team['id']}", {"name": "Sales South"})
    assert api.get(f"{ORG}/teams", name="sOUTH")["data"] == [{"id": team["id"], "name": "Sales South", "type": "team"}]


def test_team_settings_change_member_by_member_and_start_from_the_defaults(api: Api) -> None:
    defaults = api.get(f"{ORG}/default_teams_settings")
    api.patch(f"{TEAM}/settings", {"teamSharingPolicySettings": {"sharingViaPublicLink": "allowed"}})
    api.patch(f"{TEAM}/settings", {"teamSharingPolicySettings": {"defaultBoardAccess": "view"}})
    settings = api.get(f"{TEAM}/settings")
    wanted = {"sharingViaPublicLink": "allowed", "defaultBoardAccess": "view"}
    assert settings["teamSharingPolicySettings"] == defaults["teamSharingPolicySettings"] | wanted
    assert settings["teamInvitationSettings"] == defaults["teamInvitationSettings"]
    assert settings["teamId"] == TEAM_ID
    other = api.get(f"{ORG}/teams/{sample.ENGINEERING_ID}/settings")
    assert other["teamSharingPolicySettings"] == defaults["teamSharingPolicySettings"]


def test_a_change_of_team_settings_that_says_nothing_changes_nothing(api: Api) -> None:
    before = api.get(f"{TEAM}/settings")
    assert [api.patch(f"{TEAM}/settings", {}) for _ in range(2)] == [before, before]


def test_deleting_a_team_takes_its_projects_and_boards_along(api: Api) -> None:
    kept = api.post("/v2/boards", {"name": "Kept", "teamId": sample.ENGINEERING_ID})["id"]
    assert sorted(api.ids("/v2/boards", team_id=TEAM_ID)) == sorted([sample.LAUNCH_BOARD_ID, sample.RETRO_BOARD_ID])
    api.delete(TEAM)
    api.get(TEAM, 404)
    api.get(PROJECT, 404)
    api.get(f"{ORG}/projects/{sample.PROJECT_ID}/groups", 404)
    for board_id in (sample.LAUNCH_BOARD_ID, sample.RETRO_BOARD_ID):
        api.get(f"/v2/boards/{board_id}", 404)
        api.get(f"/v2/boards/{board_id}/items", 404)
    assert api.ids("/v2/boards") == [kept]
    assert api.ids(f"{ORG}/teams") == [sample.ENGINEERING_ID]
    assert len(api.ids(f"{ORG}/members")) == len(sample.PEOPLE)


# Team members


def test_only_people_of_the_organization_join_a_team_and_only_once(api: Api) -> None:
    api.post(f"{TEAM}/members", {"email": "nobody@elsewhere.example"}, 404)
    member = api.post(f"{TEAM}/members", {"email": address("fatima.haddad")})
    assert (member["id"], member["role"], member["teamId"]) == (sample.FATIMA, "member", TEAM_ID)
    api.post(f"{TEAM}/members", {"email": address("fatima.haddad")}, 409)
    assert api.get(f"{TEAM}/members/{sample.FATIMA}") == member


def test_members_of_a_team_are_listed_by_role(api: Api) -> None:
    assert api.ids(f"{TEAM}/members", role="admin") == [sample.ADA, sample.DIVYA]
    api.patch(f"{TEAM}/members/{sample.BEN}", {"role": "admin"})
    assert api.ids(f"{TEAM}/members", role="admin") == [sample.ADA, sample.DIVYA, sample.BEN]
    assert api.ids(f"{TEAM}/members", role="team_guest") == [sample.HANA]


def test_the_boards_of_a_person_who_leaves_go_to_the_oldest_team_admin(api: Api) -> None:
    api.delete(f"{TEAM}/members/{sample.BEN}")
    api.get(f"{TEAM}/members/{sample.BEN}", 404)
    assert api.get(f"/v2/boards/{sample.RETRO_BOARD_ID}")["owner"]["id"] == sample.ADA
    assert sample.BEN not in api.ids(f"{PROJECT}/members")
    assert sample.BEN not in api.ids(f"/v2/boards/{sample.LAUNCH_BOARD_ID}/members")
    assert sample.BEN in api.ids(f"{ORG}/members")


def test_a_team_keeps_an_admin(api: Api) -> None:
    member = f"{ORG}/teams/{sample.ENGINEERING_ID}/members/{sample.EMIL}"
    api.delete(member, 409)
    api.patch(member, {"role": "member"}, 409)
    assert api.get(member)["role"] == "admin"


# Projects


def test_a_project_is_made_renamed_and_deleted(api: Api) -> None:
    project = api.post(f"{TEAM}/projects", {"name": "Lighthouse"})
    path = f"{TEAM}/projects/{project['id']}"
    assert [member["role"] for member in api.get(f"{path}/members")["data"]] == ["owner"]
    assert api.patch(path, {"name": "Beacon"}) == {"id": project["id"], "name": "Beacon", "type": "project"}
    assert api.ids(f"{TEAM}/projects") == [sample.PROJECT_ID, project["id"]]
    api.delete(path)
    assert api.ids(f"{TEAM}/projects") == [sample.PROJECT_ID]


def test_the_boards_of_a_deleted_project_stay_in_the_team(api: Api) -> None:
    assert api.ids("/v2/boards", project_id=sample.PROJECT_ID) == [sample.LAUNCH_BOARD_ID]
    api.delete(PROJECT)
    assert api.ids("/v2/boards", project_id=sample.PROJECT_ID) == []
    assert sample.LAUNCH_BOARD_ID in api.ids("/v2/boards", team_id=TEAM_ID)


def test_project_settings_are_kept(api: Api) -> None:
    assert api.get(f"{PROJECT}/settings")["sharingPolicySettings"] == {"teamAccess": "private"}
    api.patch(f"{PROJECT}/settings", {"sharingPolicySettings": {"teamAccess": "view"}})
    api.patch(f"{PROJECT}/settings", {})
    assert api.get(f"{PROJECT}/settings")["sharingPolicySettings"] == {"teamAccess": "view"}


def test_people_join_a_project_change_role_and_leave(api: Api) -> None:
    body = {"email": address("divya.nair"), "role": "viewer"}
    assert api.post(f"{PROJECT}/members", body) == {"id": sample.DIVYA, **body, "type": "project_member"}
    api.post(f"{PROJECT}/members", body, 409)
    api.patch(f"{PROJECT}/members/{sample.DIVYA}", {"role": "coowner"})
    assert api.get(f"{PROJECT}/members/{sample.DIVYA}")["role"] == "coowner"
    api.delete(f"{PROJECT}/members/{sample.DIVYA}")
    api.get(f"{PROJECT}/members/{sample.DIVYA}", 404)


# User groups


def test_a_user_group_is_made_changed_and_has_a_name_of_its_own(api: Api) -> None:
    group = api.post(f"{ORG}/groups", {"name": "Writers", "description": "Words"})
    path = f"{ORG}/groups/{group['id']}"
    api.patch(path, {"description": "Words and pictures"})
    wanted = {"id": group["id"], "name": "Writers", "description": "Words and pictures", "type": "user-group"}
    assert api.get(path) == wanted
    api.patch(path, {"name": "Facilitators"}, 409)
    api.patch(path, {"name": "Writers"})


def test_deleting_a_user_group_ends_its_access(api: Api) -> None:
    assert api.ids(f"{ORG}/projects/{sample.PROJECT_ID}/groups") == [sample.RESEARCHERS_ID]
    api.delete(USER_GROUP)
    assert api.ids(f"{ORG}/projects/{sample.PROJECT_ID}/groups") == []
    api.get(f"{USER_GROUP}/members", 404)


def test_people_join_and_leave_a_user_group(api: Api) -> None:
    member = api.post(f"{USER_GROUP}/members", {"email": address("ada.moreno")})
    assert member == {"id": sample.ADA, "email": address("ada.moreno"), "type": "user-group-member"}
    api.post(f"{USER_GROUP}/members", {"email": address("ada.moreno")}, 409)
    api.post(f"{USER_GROUP}/members", {"email": "nobody@elsewhere.example"}, 404)
    assert api.ids(f"{USER_GROUP}/members") == [sample.BEN, sample.FATIMA, sample.ADA]
    api.delete(f"{USER_GROUP}/members/{sample.BEN}")
    api.delete(f"{USER_GROUP}/members/{sample.BEN}", 404)
    assert api.ids(f"{USER_GROUP}/members") == [sample.FATIMA, sample.ADA]


def test_a_change_of_many_members_tells_what_became_of_each(api: Api) -> None:
    change = {
        "membersToAdd": [address("ada.moreno"), sample.CHIARA, "nobody@elsewhere.example"],
        "membersToRemove": [sample.BEN, sample.EMIL],
    }
    results = api.patch(f"{USER_GROUP}/members", change, 207)
    told = [(result["operation"], result["status"]) for result in results]
    assert told == [("addMembers", 200), ("addMembers", 400), ("removeMembers", 200), ("removeMembers", 400)]
    assert [user["id"] for user in results[0]["affectedUsers"]] == [sample.ADA, sample.CHIARA]
    assert "nobody@elsewhere.example" in results[1]["error"]["message"]
    assert [user["id"] for user in results[2]["affectedUsers"]] == [sample.BEN]
    assert sample.EMIL in results[3]["error"]["message"]
    (result,) = api.patch(f"{USER_GROUP}/members", {"membersToAdd": ["\ud83d"]}, 207)
    assert result["status"] == 400
    assert api.ids(f"{USER_GROUP}/members") == [sample.FATIMA, sample.ADA, sample.CHIARA]


# What user groups may reach


def test_a_user_group_enters_a_team_and_leaves_it(api: Api) -> None:
    body = {"userGroupId": sample.RESEARCHERS_ID, "role": "member"}
    wanted = {"id": sample.RESEARCHERS_ID, "role": "member", "type": "team-user-group"}
    assert api.post(f"{TEAM}/groups", body) == wanted
    api.post(f"{TEAM}/groups", body, 409)
    assert api.get(f"{TEAM}/groups/{sample.RESEARCHERS_ID}") == wanted
    assert api.get(f"{USER_GROUP}/teams")["data"] == [{"id": TEAM_ID, "role": "member", "type": "user-group-team"}]
    assert api.get(f"{USER_GROUP}/teams/{TEAM_ID}")["id"] == TEAM_ID
    api.delete(f"{TEAM}/groups/{sample.RESEARCHERS_ID}")
    assert api.ids(f"{TEAM}/groups") == []
    api.delete(f"{TEAM}/groups/{sample.RESEARCHERS_ID}", 404)


@pytest.mark.parametrize("place", [f"boards/{sample.RETRO_BOARD_ID}", f"projects/{sample.PROJECT_ID}"])
def test_sharing_with_user_groups_gives_and_changes_the_role(api: Api, place: str) -> None:
    path = f"{ORG}/{place}/groups"
    groups = [sample.FACILITATORS_ID, sample.RESEARCHERS_ID]
    api.post(path, {"userGroupIds": groups, "role": "VIEWER"}, 200)
    api.post(path, {"userGroupIds": groups[:1], "role": "EDITOR"}, 200)
    roles = {access["id"]: access["role"] for access in api.get(path)["data"]}
    assert roles == {groups[0]: "EDITOR", groups[1]: "VIEWER"}
    api.delete(f"{path}/{groups[0]}")
    assert api.ids(path) == groups[1:]
    api.post(path, {"userGroupIds": [NOBODY], "role": "VIEWER"}, 404)
    api.post(path, {"userGroupIds": [], "role": "VIEWER"}, 400)


# Logs


def test_the_audit_log_is_cut_by_time_and_sorted_both_ways(api: Api) -> None:
    bounds = {"createdAfter": EVER["from"], "createdBefore": EVER["to"]}
    entries = api.get("/v2/audit/logs", **bounds)["data"]
    assert len(entries) == len(sample.AUDIT)
    for sorting, expected in (("ASC", entries), ("DESC", entries[::-1])):
        pages = list(api.pages("/v2/audit/logs", 3, **bounds, sorting=sorting))
        assert [entry for page in pages for entry in page] == expected
    since = {"createdAfter": entries[4]["createdAt"], "createdBefore": entries[6]["createdAt"]}
    assert api.get("/v2/audit/logs", **since)["data"] == entries[4:7]
    api.get("/v2/audit/logs", 400, createdAfter=EVER["to"], createdBefore=EVER["from"])


def test_content_logs_are_found_by_board_and_person(api: Api) -> None:
    path = f"{ORG}/content-logs/items"
    everything = api.get(path, **EVER)["data"]
    launch = api.get(path, **EVER, board_ids=sample.LAUNCH_BOARD_ID)["data"]
    retro = api.get(path, **EVER, emails=[address("ben.okafor")])["data"]
    assert launch
    assert launch + retro == everything
    assert {entry["contentId"] for entry in retro} == {sample.RETRO_BOARD_ID}
    backwards = [entry for page in api.pages(path, 4, **EVER, sorting="desc") for entry in page]
    assert backwards == everything[::-1]


def test_ai_interactions_are_found_by_object_and_person(api: Api) -> None:
    path = f"{ORG}/ai-interaction-logs"
    assert len(api.get(path, **EVER)["data"]) == len(sample.AI)
    found = api.get(path, **EVER, object_ids=[sample.RETRO_BOARD_ID])["data"]
    assert [entry["logType"] for entry in found] == ["request", "response"]
    assert api.get(path, **EVER, object_ids=[sample.RETRO_BOARD_ID], emails=[address("ben.okafor")])["data"] == []


# Cases and legal holds


def test_a_case_is_opened_edited_and_closed(api: Api) -> None:
    case = api.post(f"{ORG}/cases", {"name": "Audit", "description": "Yearly"}, 200)
    path = f"{ORG}/cases/{case['id']}"
    assert case["createdBy"]["firstName"] == "Ada"
    edited = api.put(path, {"name": "Audit 2"})
    assert (edited["name"], "description" in edited) == ("Audit 2", False)
    assert api.get(f"{ORG}/cases")["total"] == 2
    api.delete(path)
    api.get(path, 404)


def test_a_case_with_an_open_hold_is_not_closed(api: Api) -> None:
    api.delete(CASE, 400)
    api.delete(f"{CASE}/legal-holds/{sample.HOLD_ID}")
    api.delete(CASE)


def test_a_hold_lists_the_boards_its_custodians_own_and_follows_its_edits(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    scope = {"scope": {"users": [{"email": address("ada.moreno")}]}}
    hold = api.post(f"{CASE}/legal-holds", {"name": "Ada's", **scope}, 200)
    path = f"{CASE}/legal-holds/{hold['id']}"
    assert hold["state"] == "PROCESSING"
    assert [entry["contentId"] for entry in api.get(f"{path}/content-items")["data"]] == [sample.LAUNCH_BOARD_ID]
    new = api.post("/v2/boards", {"name": "Another"})["id"]
    content = api.get(f"{path}/content-items")
    assert (content["total"], content["data"][1]) == (2, {"contentId": new, "type": "board"})
    api.put(path, {"name": "Ben's", "scope": {"users": [{"email": address("ben.okafor")}]}})
    assert [entry["contentId"] for entry in api.get(f"{path}/content-items")["data"]] == [sample.RETRO_BOARD_ID]
    monkeypatch.setattr(legal_holds, "seconds_since", lambda _: 2.0)
    assert api.get(path)["state"] == "ACTIVE"
    assert api.get(f"{CASE}/legal-holds")["total"] == 2


def test_a_hold_needs_people_of_the_organization(api: Api) -> None:
    body = {"name": "Theirs", "scope": {"users": [{"email": "nobody@elsewhere.example"}]}}
    assert api.post(f"{CASE}/legal-holds", body, 400)["context"]["fields"][0]["field"] == "scope.users.0.email"


def test_a_case_lists_the_exports_of_what_it_holds(api: Api) -> None:
    held, other = str(uuid4()), str(uuid4())
    api.post(EXPORTS, {"boardIds": [sample.RETRO_BOARD_ID]}, 200, request_id=held)
    api.post(EXPORTS, {"boardIds": [sample.RETRO_BOARD_ID, sample.LAUNCH_BOARD_ID]}, 200, request_id=other)
    assert api.ids(f"{CASE}/export-jobs") == [held]


# Exports


def start_export(api: Api, *board_ids: str) -> str:
    job = api.post(EXPORTS, {"boardIds": list(board_ids), "boardFormat": "PDF"}, 200, request_id=str(uuid4()))
    return job["jobId"]


def test_an_export_finishes_after_a_few_looks(api: Api) -> None:
    path = f"{EXPORTS}/{start_export(api, sample.LAUNCH_BOARD_ID, sample.RETRO_BOARD_ID, 'uXjVNothing=')}"
    assert {task["status"] for task in api.get(f"{path}/tasks")["data"]} <= {"CREATED", "SCHEDULED"}
    assert not any("exportLink" in result for result in api.get(f"{path}/results")["results"])
    states = [api.get(path)["jobStatus"] for _ in range(3)]
    assert states[1:] == ["FINISHED", "FINISHED"]
    results = api.get(f"{path}/results")["results"]
    assert [result["status"] for result in results] == ["SUCCESS", "SUCCESS", "ERROR"]
    assert all("exportLink" in result for result in results[:2])
    assert results[2]["errorType"] == "FATAL"
    (job,) = api.get(EXPORTS, status=["JOB_STATUS_FINISHED"])["data"]
    assert (job["status"], job["tasksCount"]) == ("finished", {"total": 3, "success": 2, "error": 1})


def test_an_export_finishes_with_time_alone(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    path = f"{EXPORTS}/{start_export(api, sample.LAUNCH_BOARD_ID)}"
    monkeypatch.setattr(board_exports, "seconds_since", lambda _: 2.0)
    assert api.get(path)["jobStatus"] == "FINISHED"


def test_the_same_request_makes_one_job(api: Api) -> None:
    request_id = str(uuid4())
    jobs = [api.post(EXPORTS, {"boardIds": [sample.LAUNCH_BOARD_ID]}, 200, request_id=request_id) for _ in range(2)]
    assert jobs[0] == jobs[1]
    assert api.get(EXPORTS)["total"] == 1
    api.post(EXPORTS, {}, 400, request_id=str(uuid4()))


def test_a_job_under_way_is_cancelled_and_a_finished_one_is_not(api: Api) -> None:
    path = f"{EXPORTS}/{start_export(api, sample.LAUNCH_BOARD_ID)}"
    assert api.put(f"{path}/status", {"status": "CANCELLED"}) == {"status": {"jobStatus": "CANCELLED"}}
    assert [api.get(path)["jobStatus"] for _ in range(3)] == ["CANCELLED"] * 3
    assert [task["status"] for task in api.get(f"{path}/tasks")["data"]] == ["CANCELLED"]
    other = f"{EXPORTS}/{start_export(api, sample.LAUNCH_BOARD_ID)}"
    assert [api.get(other)["jobStatus"] for _ in range(2)][-1] == "FINISHED"
    api.put(f"{other}/status", {"status": "CANCELLED"}, 400)
    assert len(api.ids(EXPORTS, status=["JOB_STATUS_CANCELLED", "JOB_STATUS_FINISHED"])) == 2
    assert api.ids(EXPORTS, creatorId=1) == []


def test_a_link_is_made_once_the_task_is_done(api: Api) -> None:
    path = f"{EXPORTS}/{start_export(api, sample.LAUNCH_BOARD_ID)}"
    (task,) = api.get(f"{path}/tasks")["data"]
    link = f"{path}/tasks/{task['id']}/export-link"
    assert api.call("POST", link, 425)["status"] == 425
    assert [api.get(path)["jobStatus"] for _ in range(2)][-1] == "FINISHED"
    made = api.call("POST", link, 200)
    assert (made["status"], "exportLink" in made, "linkExpiredAt" in made) == ("SUCCESS", True, True)
    api.call("POST", f"{path}/tasks/{uuid4()}/export-link", 404)


def test_there_is_no_link_to_a_board_that_could_not_be_exported(api: Api) -> None:
    path = f"{EXPORTS}/{start_export(api, 'uXjVNothing=')}"
    assert [api.get(path)["jobStatus"] for _ in range(2)][-1] == "FINISHED"
    (task,) = api.get(f"{path}/tasks", status="TASK_STATUS_ERROR")["data"]
    link = api.call("POST", f"{path}/tasks/{task['id']}/export-link", 200)
    assert (link["status"], link["errorType"], "exportLink" in link) == ("ERROR", "FATAL", False)


@pytest.mark.parametrize("limit", [1, 4, 5, 6])
def test_pages_of_tasks_have_no_gaps_and_no_repeats(api: Api, limit: int) -> None:
    boards = [api.post("/v2/boards", {"name": str(number)})["id"] for number in range(5)]
    pages = api.pages(f"{EXPORTS}/{start_export(api, *boards)}/tasks", limit)
    assert [task["board"]["key"] for page in pages for task in page] == boards


# Data classification


def test_the_organization_has_labels(api: Api) -> None:
    settings = api.get(f"{ORG}/data-classification-settings")
    assert [(label["name"], label["default"]) for label in settings["labels"]] == [
        ("Public", False),
        ("Internal", True),
        ("Confidential", False),
    ]


def test_a_board_is_labelled_and_labelled_anew(api: Api) -> None:
    path = f"{TEAM}/boards/{sample.RETRO_BOARD_ID}/data-classification"
    for label_id, name in ((CONFIDENTIAL, "Confidential"), (PUBLIC, "Public")):
        assert api.post(path, {"labelId": label_id}, 200)["name"] == name
        assert api.get(path)["id"] == label_id
    api.post(path, {"labelId": NOBODY}, 404)
    api.post(path, {}, 400)


def test_labelling_a_team_spares_labelled_boards_when_told_to(api: Api) -> None:
    path = f"{TEAM}/data-classification"
    assert api.patch(path, {"labelId": int(PUBLIC), "notClassifiedOnly": True})["numberUpdatedBoards"] == 1
    assert api.patch(path, {"labelId": int(PUBLIC), "notClassifiedOnly": True})["numberUpdatedBoards"] == 0
    launch = f"{TEAM}/boards/{sample.LAUNCH_BOARD_ID}/data-classification"
    assert api.get(launch)["id"] == INTERNAL
    assert api.patch(path, {"labelId": int(PUBLIC), "notClassifiedOnly": False})["numberUpdatedBoards"] == 2
    assert api.get(launch)["id"] == PUBLIC


def test_a_teams_default_label_is_for_the_boards_that_come_after_it(api: Api) -> None:
    settings = f"{TEAM}/data-classification-settings"
    first = api.patch(settings, {"defaultLabelId": int(CONFIDENTIAL)})
    assert (first["enabled"], first["defaultLabelId"]) == (True, CONFIDENTIAL)
    board_id = api.post("/v2/boards", {"name": "New"})["id"]
    assert api.get(f"{TEAM}/boards/{board_id}/data-classification")["id"] == CONFIDENTIAL
    api.get(f"{TEAM}/boards/{sample.RETRO_BOARD_ID}/data-classification", 404)
    api.patch(settings, {"defaultLabelId": int(PUBLIC)})
    assert api.get(f"{TEAM}/boards/{board_id}/data-classification")["id"] == CONFIDENTIAL
    assert api.patch(settings, {"enabled": False}) == api.get(settings)
    api.patch(settings, {"defaultLabelId": 1}, 404)


# SCIM users


def scim_names(api: Api, **query: Any) -> list[str]:
    return [user["name"]["givenName"] for user in api.get(f"{SCIM}/Users", **query)["Resources"]]


FILTERS = {
    'userName eq "BEN.okafor@northwind.example"': ["Ben"],
    'displayName co "o" and not (active eq false)': ["Ada", "Ben", "Chiara"],
    "active eq false": ["Goran"],
    'active eq "False"': ["Goran"],
    'userType ne "Full"': ["Fatima", "Goran"],
    f'groups.value eq "{sample.ENGINEERING_ID}"': ["Ada", "Emil", "Fatima", "Goran"],
    'roles[value eq "Content Admin"] or name.familyName sw "moR"': ["Ada", "Chiara"],
    f"{ENTERPRISE_SCHEMA}:department pr": ["Ben"],
    f"{ENTERPRISE_SCHEMA} pr": ["Ben"],
    f'{ENTERPRISE_SCHEMA}:manager.displayName ew "Moreno"': ["Ben"],
    '(userName sw "ada" or userName sw "emil") and emails.primary eq true': ["Ada", "Emil"],
    'userName eq "a \\" quoted one"': [],
    "nickName pr": [],
}


@pytest.mark.parametrize("expression", FILTERS)
def test_scim_users_are_found_by_a_filter(api: Api, expression: str) -> None:
    assert scim_names(api, filter=expression) == FILTERS[expression]


@pytest.mark.parametrize(
    "expression",
    [
        "userName",
        'userName eq "\\q"',
        "userName eq",
        'userName is "x"',
        "(active eq true",
        'userName eq "x',
        "()",
        "a eq b c",
        "(" * 99,
    ],
)
def test_a_filter_that_is_none_is_refused_in_scims_shape(api: Api, expression: str) -> None:
    body = api.get(f"{SCIM}/Users", 400, filter=expression)
    assert body["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]
    assert (body["status"], body["scimType"]) == ("400", "invalidFilter")


def test_guests_are_not_in_the_directory(api: Api) -> None:
    assert "Hana" not in scim_names(api)
    assert api.get(f"{SCIM}/Users/{sample.HANA}", 404)["status"] == "404"
    api.delete(f"{SCIM}/Users/{sample.HANA}", 404)


@pytest.mark.parametrize("count", [1, 3, 7, 8])
def test_pages_of_scim_users_have_no_gaps_and_no_repeats(api: Api, count: int) -> None:
    everyone = scim_names(api)
    found: list[str] = []
    while len(found) < len(everyone):
        page = api.get(f"{SCIM}/Users", startIndex=len(found) + 1, count=count)
        assert page["totalResults"] == len(everyone)
        assert page["itemsPerPage"] == len(page["Resources"]) > 0
        found += [user["name"]["givenName"] for user in page["Resources"]]
    assert found == everyone


def test_scim_users_are_sorted_and_cut_down_to_attributes(api: Api) -> None:
    assert scim_names(api, sortBy="userName", sortOrder="descending", count=2) == ["Goran", "Fatima"]
    user = api.get(f"{SCIM}/Users/{sample.BEN}", attributes=f"userName,emails.value,{ENTERPRISE_SCHEMA}:department")
    assert api.get(f"{SCIM}/Users/{sample.BEN}", attributes="nickName,userName.part") == {
        "schemas": [USER_SCHEMA, ENTERPRISE_SCHEMA],
        "id": sample.BEN,
    }
    assert user == {
        "schemas": [USER_SCHEMA, ENTERPRISE_SCHEMA],
        "id": sample.BEN,
        "userName": address("ben.okafor"),
        "emails": [{"value": address("ben.okafor")}],
        ENTERPRISE_SCHEMA: {"department": "Research"},
    }


def test_a_provisioned_person_is_a_member_of_the_organization_and_the_default_team(api: Api) -> None:
    body = {
        "schemas": [USER_SCHEMA],
        "userName": "ines.moreau@northwind.example",
        "name": {"givenName": "Inès", "familyName": "Moreau"},
        "userType": "Free",
        "roles": [{"value": "User Admin", "type": "organization_admin_role", "primary": False}],
        ENTERPRISE_SCHEMA: {"department": "Sales"},
    }
    user = api.post(f"{SCIM}/Users", body)
    assert (user["displayName"], user["active"], user["userType"]) == ("Inès Moreau", True, "Free")
    assert [group["value"] for group in user["groups"]] == [TEAM_ID]
    assert api.get(f"{SCIM}/Users/{user['id']}") == user
    (member,) = api.get(f"{ORG}/members", emails=body["userName"])
    assert (member["id"], member["license"]) == (user["id"], "free")
    assert member["adminRoles"] == [{"type": "prebuilt", "name": "User Admin"}]
    assert user["id"] in api.ids(f"{TEAM}/members")


def test_a_taken_or_impossible_user_name_is_refused(api: Api) -> None:
    taken = api.post(f"{SCIM}/Users", {"userName": "Ada.Moreno@northwind.example"}, 409)
    assert (taken["status"], taken["scimType"]) == ("409", "uniqueness")
    operation = {"op": "Replace", "path": "userName", "value": address("ada.moreno")}
    api.scim_patch(f"/Users/{sample.BEN}", operation, status=409)
    api.post(f"{SCIM}/Users", {"userName": "not an address"}, 400)
    api.post(f"{SCIM}/Users", {"userName": address("new"), "userType": "Golden"}, 400)


def test_a_patch_changes_what_it_names(api: Api) -> None:
    department = f"{ENTERPRISE_SCHEMA}:department"
    user = api.scim_patch(
        f"/Users/{sample.FATIMA}",
        {"op": "Replace", "path": "displayName", "value": "Fatima El Haddad"},
        {"op": "Replace", "path": "userName", "value": address("fatima")},
        {"op": "Replace", "path": "userType", "value": "Full"},
        {"op": "Replace", "path": "active", "value": "false"},
        {"op": "Add", "path": department, "value": "Engineering"},
        {"op": "Replace", "path": f"{ENTERPRISE_SCHEMA}:manager.value", "value": sample.EMIL},
        {"op": "Add", "path": 'photos[type eq "photo"].value', "value": "https://northwind.example/fatima.png"},
        {"op": "Replace", "path": "preferredLanguage", "value": "ar_LB"},
    )
    assert user["name"] == {"formatted": "Fatima El Haddad", "familyName": "El Haddad", "givenName": "Fatima"}
    assert user[ENTERPRISE_SCHEMA] == {"department": "Engineering", "manager": {"value": sample.EMIL}}
    assert user["photos"] == [{"type": "photo", "value": "https://northwind.example/fatima.png"}]
    member = api.get(f"{ORG}/members/{sample.FATIMA}")
    assert (member["email"], member["license"], member["active"]) == (address("fatima"), "full", False)
    user = api.scim_patch(f"/Users/{sample.FATIMA}", {"op": "Remove", "path": department})
    assert user[ENTERPRISE_SCHEMA] == {"manager": {"value": sample.EMIL}}
    assert api.get(f"{SCIM}/Users/{sample.FATIMA}") == user


def test_a_patch_gives_and_takes_roles(api: Api) -> None:
    path = f"/Users/{sample.CHIARA}"

    def roles() -> list[tuple[str, bool]]:
        return [(role["value"], role["primary"]) for role in api.get(f"{SCIM}{path}")["roles"]]

    added = {"value": "Security Admin", "type": "organization_admin_role", "primary": False}
    api.scim_patch(path, {"op": "Add", "path": "roles", "value": [added]})
    api.scim_patch(path, {"op": "Add", "path": "roles", "value": [added]})
    assert roles() == [
        ("ORGANIZATION_INTERNAL_USER", True),
        ("Content Admin", False),
        ("Security Admin", False),
    ]
    api.scim_patch(path, {"op": "Remove", "path": 'roles[value eq "Content Admin"]'})
    promotion = {"op": "Replace", "path": "roles[primary eq true].value", "value": "ORGANIZATION_INTERNAL_ADMIN"}
    api.scim_patch(path, promotion)
    assert roles() == [("ORGANIZATION_INTERNAL_ADMIN", True), ("Security Admin", False)]
    assert api.get(f"{ORG}/members/{sample.CHIARA}")["role"] == "organization_internal_admin"
    api.scim_patch(path, {"op": "Remove", "path": "roles"})
    assert roles() == [("ORGANIZATION_INTERNAL_ADMIN", True)]


BAD_PATCHES: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown attribute": ({"op": "Replace", "path": "nickName", "value": "x"}, "invalidPath"),
    "an unknown part": ({"op": "Replace", "path": "name.middleName", "value": "x"}, "invalidPath"),
    "a list without a filter": ({"op": "Replace", "path": "photos.value", "value": "x"}, "invalidPath"),
    "a path that is none": ({"op": "Replace", "path": "roles[", "value": "x"}, "invalidPath"),
    "a filter that is none": ({"op": "Remove", "path": "roles[value]"}, "invalidFilter"),
    "what follows from elsewhere": ({"op": "Replace", "path": "groups", "value": "x"}, "mutability"),
    "a text for a truth value": ({"op": "Replace", "path": "active", "value": "maybe"}, "invalidValue"),
    "a text for parts": ({"op": "Replace", "path": "name", "value": "Ben"}, "invalidValue"),
    "a text for a list": ({"op": "Add", "path": "roles", "value": "Content Admin"}, "invalidValue"),
    "a name that is required": ({"op": "Remove", "path": "userName"}, "mutability"),
    "nothing that fits": ({"op": "Replace", "path": "photos[primary eq true].value", "value": "x"}, "noTarget"),
    "a downgrade": ({"op": "Replace", "path": "userType", "value": "Free"}, "mutability"),
    "a guest's role": (
        {"op": "Replace", "path": "roles[primary eq true].value", "value": "ORGANIZATION_EXTERNAL_USER"},
        "invalidValue",
    ),
    "a name that is too long": ({"op": "Replace", "path": "displayName", "value": "x" * 61}, "invalidValue"),
}


@pytest.mark.parametrize(("operation", "kind"), BAD_PATCHES.values(), ids=BAD_PATCHES.keys())
def test_a_patch_that_is_wrong_changes_nothing_and_says_why(api: Api, operation: dict[str, Any], kind: str) -> None:
    before = api.get(f"{SCIM}/Users/{sample.BEN}")
    first = {"op": "Replace", "path": "preferredLanguage", "value": "en_GB"}
    body = api.scim_patch(f"/Users/{sample.BEN}", first, operation, status=400)
    assert (body["status"], body["scimType"]) == ("400", kind)
    assert api.get(f"{SCIM}/Users/{sample.BEN}") == before


def test_replacing_a_person_takes_away_what_it_does_not_give(api: Api) -> None:
    user = api.put(f"{SCIM}/Users/{sample.BEN}", {"userName": address("ben"), "displayName": "Ben O."})
    assert (user["userName"], user["displayName"], user["active"]) == (address("ben"), "Ben O.", True)
    assert ENTERPRISE_SCHEMA not in user
    assert [role["value"] for role in user["roles"]] == ["ORGANIZATION_INTERNAL_USER"]


def test_a_patch_takes_parts_away_and_passes_over_what_follows_from_elsewhere(api: Api) -> None:
    path = f"/Users/{sample.BEN}"
    photo = {"type": "photo", "value": "https://northwind.example/ben.png"}
    user = api.scim_patch(
        path,
        {"op": "Add", "path": "photos", "value": [photo]},
        {"op": "Remove", "path": 'photos[type eq "photo"].type'},
        {"op": "Replace", "path": "photos[value pr]", "value": [{"type": "thumbnail"}]},
        {"op": "Replace", "path": "emails", "value": "ignored@northwind.example"},
        {"op": "Replace", "path": f"{ENTERPRISE_SCHEMA}:manager", "value": sample.DIVYA},
        {"op": "Remove", "path": f"{ENTERPRISE_SCHEMA}:manager.displayName"},
        {"op": "Replace", "path": "name.familyName", "value": "Okafor-Reyes"},
    )
    assert user["photos"] == [photo | {"type": "thumbnail"}]
    assert user["emails"][0]["value"] == address("ben.okafor")
    assert user[ENTERPRISE_SCHEMA]["manager"] == {"value": sample.DIVYA}
    assert user["displayName"] == "Ben Okafor-Reyes"


def test_a_person_has_one_primary_role(api: Api) -> None:
    roles = [{"value": "ORGANIZATION_INTERNAL_USER", "primary": True}] * 2
    assert api.put(f"{SCIM}/Users/{sample.BEN}", {"roles": roles}, 400)["scimType"] == "invalidValue"
    given = [{"value": "Scribe", "type": "organization_admin_role"}, {"display": "Nothing"}]
    user = api.put(f"{SCIM}/Users/{sample.BEN}", {"roles": given})
    assert [role["value"] for role in user["roles"]] == ["ORGANIZATION_INTERNAL_USER", "Scribe"]
    assert api.get(f"{ORG}/members/{sample.BEN}")["adminRoles"] == [{"type": "custom", "name": "Scribe"}]


def test_a_deactivated_person_can_only_be_reactivated(api: Api) -> None:
    path = f"/Users/{sample.GORAN}"
    api.scim_patch(path, {"op": "Replace", "path": "userType", "value": "Full"}, status=400)
    activation = {"op": "Replace", "path": "active", "value": "True"}
    user = api.scim_patch(path, activation, {"op": "Replace", "path": "userType", "value": "Full"})
    assert (user["active"], user["userType"]) == (True, "Full")


def test_the_last_company_admin_stays_one(api: Api) -> None:
    path = f"/Users/{USER_ID}"
    demotion = {"op": "Replace", "path": "roles[primary eq true].value", "value": "ORGANIZATION_INTERNAL_USER"}
    api.scim_patch(path, demotion, status=409)
    api.scim_patch(path, {"op": "Replace", "path": "active", "value": "false"}, status=409)
    api.delete(f"{SCIM}{path}", 409)
    promotion = demotion | {"value": "ORGANIZATION_INTERNAL_ADMIN"}
    api.scim_patch(f"/Users/{sample.BEN}", promotion)
    api.scim_patch(path, demotion)


def test_a_person_without_a_default_team_is_still_provisioned(api: Api) -> None:
    api.delete(TEAM)
    assert api.post(f"{SCIM}/Users", {"userName": address("new")})["groups"] == []


def test_the_boards_a_deleted_person_owns_elsewhere_go_to_that_teams_admin(api: Api) -> None:
    board_id = api.post("/v2/boards", {"name": "Theirs", "teamId": sample.ENGINEERING_ID})["id"]
    api.post(f"/v2/boards/{board_id}/members", {"emails": [address("ben.okafor")], "role": "editor"})
    api.patch(f"/v2/boards/{board_id}/members/{sample.BEN}", {"role": "owner"})
    api.delete(f"{SCIM}/Users/{sample.BEN}")
    assert api.get(f"/v2/boards/{board_id}")["owner"]["id"] == sample.EMIL


def test_a_deleted_person_is_gone_everywhere_and_their_boards_change_owner(api: Api) -> None:
    api.delete(f"{SCIM}/Users/{sample.BEN}")
    api.get(f"{SCIM}/Users/{sample.BEN}", 404)
    api.get(f"{ORG}/members/{sample.BEN}", 404)
    for path in (f"{TEAM}/members", f"{PROJECT}/members", f"{USER_GROUP}/members"):
        assert sample.BEN not in api.ids(path)
    assert api.get(f"/v2/boards/{sample.RETRO_BOARD_ID}")["owner"]["id"] == sample.ADA
    assert api.delete(f"{SCIM}/Users/{sample.EMIL}", 409)["status"] == "409"


# SCIM groups and discovery


def members_of(group: Any) -> list[str]:
    return [member["value"] for member in group["members"]]


def test_teams_are_scim_groups(api: Api) -> None:
    group = api.get(f"{SCIM}/Groups/{TEAM_ID}")
    assert group["displayName"] == "Product Design"
    assert members_of(group) == [sample.ADA, sample.DIVYA, sample.BEN, sample.CHIARA]
    found = api.get(f"{SCIM}/Groups", filter='displayName eq "engineering"', attributes="displayName")["Resources"]
    assert [(found_one["id"], "members" in found_one) for found_one in found] == [(sample.ENGINEERING_ID, False)]
    assert api.get(f"{SCIM}/Groups/{NOBODY}", 404)["status"] == "404"


def test_a_group_patch_adds_removes_and_replaces_the_members_of_the_team(api: Api) -> None:
    path = f"/Groups/{TEAM_ID}"

    def people(*ids: str) -> list[dict[str, str]]:
        return [{"value": id} for id in ids]

    added = api.scim_patch(path, {"op": "Add", "path": "members", "value": people(sample.EMIL, sample.ADA)})
    assert members_of(added)[-1] == sample.EMIL
    assert sample.EMIL in api.ids(f"{TEAM}/members")
    removal = {"op": "Remove", "path": "members", "value": people(sample.EMIL, sample.BEN)}
    assert members_of(api.scim_patch(path, removal)) == [sample.ADA, sample.DIVYA, sample.CHIARA]
    replacement = {"op": "Replace", "path": "members", "value": people(sample.ADA, sample.FATIMA)}
    assert members_of(api.scim_patch(path, replacement)) == [sample.ADA, sample.FATIMA]
    assert api.ids(f"{TEAM}/members") == [sample.ADA, sample.FATIMA]


def test_guests_and_the_deactivated_that_a_group_takes_in_become_full_members(api: Api) -> None:
    people = [{"value": sample.HANA}, {"value": sample.GORAN}]
    api.scim_patch(f"/Groups/{TEAM_ID}", {"op": "Add", "value": people})
    hana, goran = (api.get(f"{ORG}/members/{id}") for id in (sample.HANA, sample.GORAN))
    assert (hana["role"], hana["license"]) == ("organization_internal_user", "full")
    assert goran["active"] is True


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "Replace", "path": "displayName", "value": "Design"},
        {"op": "Replace", "value": {"id": TEAM_ID, "displayName": "Design"}},
    ],
)
def test_a_group_patch_renames_the_team(api: Api, operation: dict[str, Any]) -> None:
    assert api.scim_patch(f"/Groups/{TEAM_ID}", operation)["displayName"] == "Design"
    assert api.get(TEAM)["name"] == "Design"


@pytest.mark.parametrize(
    ("operation", "status"),
    [
        ({"op": "Add", "path": "members", "value": [{"value": NOBODY}]}, 404),
        ({"op": "Remove", "path": "members", "value": [{"value": sample.BEN}, {"value": sample.EMIL}]}, 404),
        ({"op": "Remove", "path": "members"}, 409),
        ({"op": "Replace", "path": "members", "value": [{"value": sample.BEN}]}, 409),
        ({"op": "Add", "path": "members", "value": "Design"}, 400),
        ({"op": "Add", "path": "members"}, 400),
        ({"op": "Remove", "path": "displayName"}, 400),
        ({"op": "Replace", "path": "displayName", "value": "x" * 61}, 400),
        ({"op": "Add", "path": "members", "value": [{"value": sample.BEN}] * 8001}, 413),
        ({"op": "Replace", "path": "displayName", "value": [{"value": sample.BEN}]}, 400),
    ],
)
def test_a_group_patch_that_fails_changes_nobody(api: Api, operation: dict[str, Any], status: int) -> None:
    before = api.get(f"{SCIM}/Groups/{TEAM_ID}")
    assert api.scim_patch(f"/Groups/{TEAM_ID}", operation, status=status)["status"] == str(status)
    assert api.get(f"{SCIM}/Groups/{TEAM_ID}") == before


def test_discovery_describes_the_service(api: Api) -> None:
    assert api.get(f"{SCIM}/ServiceProviderConfig")["patch"] == {"supported": True}
    types = api.get(f"{SCIM}/ResourceTypes")["Resources"]
    assert [kind["endpoint"] for kind in types] == ["/Users", "/Groups"]
    assert api.get(f"{SCIM}/ResourceTypes/User") == types[0]
    schemas = api.get(f"{SCIM}/Schemas")["Resources"]
    assert api.get(f"{SCIM}/Schemas/{ENTERPRISE_SCHEMA}") == schemas[2]
    assert {attribute["name"] for attribute in schemas[0]["attributes"]} >= {"userName", "active", "roles"}
