"""Teams; deleting one takes its projects and boards along."""

from ..audit import audited
from ..http.handlers import ApiCall, Reply, handles
from ..http.paging import list_page
from ..identity import ORGANIZATION_ID
from ..people import acting_user
from ..store import Document, Store
from .memberships import join_team
from .places import PROJECT, TEAM, organization_of, team_of


@handles("enterprise-get-teams")
def list_all(call: ApiCall) -> Reply:
    organization_of(call)
    part: str = call.arguments.get("name", "").casefold()
    rows = [row for row in call.store.page(TEAM, ORGANIZATION_ID, 0, -1) if part in row[1]["name"].casefold()]
    return list_page(call, rows, _shown)


@handles("enterprise-get-team")
def get(call: ApiCall) -> Reply:
    return Reply(200, _shown(team_of(call)))


@handles("enterprise-create-team")
@audited("team_created", "team")
def create(call: ApiCall) -> Reply:
    organization_of(call)
    team: Document = {"id": call.store.new_id(), "name": call.arguments["name"]}
    call.store.add(TEAM, ORGANIZATION_ID, team["id"], team)
    join_team(call.store, team["id"], acting_user(call.store)["id"], "admin")
    return Reply(201, _shown(team))


@handles("enterprise-update-team")
@audited("team_renamed", "team")
def update(call: ApiCall) -> Reply:
    team = team_of(call)
    team["name"] = call.arguments.get("name", team["name"])
    call.store.replace(TEAM, ORGANIZATION_ID, team["id"], team)
    return Reply(200, _shown(team))


@handles("enterprise-delete-team")
@audited("team_deleted", "team")
def delete(call: ApiCall) -> Reply:
    store, team_id = call.store, team_of(call)["id"]
    for project in store.all(PROJECT, ORGANIZATION_ID, {"teamId": team_id}):
        store.remove(PROJECT, ORGANIZATION_ID, project["id"])
        store.remove_scope(project["id"])
    for board in boards_of_team(store, team_id):
        store.remove("board", "", board["id"])
        store.remove_scope(board["id"])
    store.remove(TEAM, ORGANIZATION_ID, team_id)
    store.remove_scope(team_id)
    return Reply(204)


def boards_of_team(store: Store, team_id: str) -> list[Document]:
    return store.all("board", "", {"team.id": team_id})


def _shown(team: Document) -> Document:
    return {"id": team["id"], "name": team["name"], "type": "team"}
