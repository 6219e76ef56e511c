"""Projects of a team (spaces), with their settings; their boards outlive them."""

from ..audit import audited
from ..http.handlers import ApiCall, Reply, handles
from ..http.paging import list_page
from ..http.replies import merged
from ..identity import ORGANIZATION_ID
from ..people import acting_user
from ..store import Document
from .memberships import PROJECT_MEMBER
from .places import PROJECT, project_of, team_of


@handles("enterprise-get-projects")
def list_all(call: ApiCall) -> Reply:
    where = {"teamId": team_of(call)["id"]}
    return list_page(call, call.store.page(PROJECT, ORGANIZATION_ID, 0, -1, where), _shown)


@handles("enterprise-get-project")
def get(call: ApiCall) -> Reply:
    return Reply(200, _shown(project_of(call)))


@handles("enterprise-create-project")
@audited("project_created", "project")
def create(call: ApiCall) -> Reply:
    team_id, owner_id = team_of(call)["id"], acting_user(call.store)["id"]
    project = new_project(call.store.new_id(), call.arguments["name"], team_id)
    call.store.add(PROJECT, ORGANIZATION_ID, project["id"], project)
    call.store.add(PROJECT_MEMBER, project["id"], owner_id, {"id": owner_id, "role": "owner"})
    return Reply(201, _shown(project))


def new_project(id: str, name: str, team_id: str) -> Document:
    return {"id": id, "name": name, "teamId": team_id, "settings": {"sharingPolicySettings": {"teamAccess": "private"}}}


@handles("enterprise-update-project")
@audited("project_renamed", "project")
def update(call: ApiCall) -> Reply:
    project = project_of(call) | {"name": call.arguments["name"]}
    call.store.replace(PROJECT, ORGANIZATION_ID, project["id"], project)
    return Reply(200, _shown(project))


@handles("enterprise-delete-project")
@audited("project_deleted", "project")
def delete(call: ApiCall) -> Reply:
    project_id = project_of(call)["id"]
    for board in call.store.all("board", "", {"project.id": project_id}):
        del board["project"]
        call.store.replace("board", "", board["id"], board)
    call.store.remove(PROJECT, ORGANIZATION_ID, project_id)
    call.store.remove_scope(project_id)
    return Reply(204)


@handles("enterprise-get-project-settings")
def get_settings(call: ApiCall) -> Reply:
    return Reply(200, _settings(project_of(call)))


@handles("enterprise-update-project-settings")
@audited("project_settings_changed", "project")
def update_settings(call: ApiCall) -> Reply:
    project = project_of(call)
    given = {"sharingPolicySettings": call.arguments.get("sharingPolicySettings", {})}
    project["settings"] = merged(project["settings"], given)
    call.store.replace(PROJECT, ORGANIZATION_ID, project["id"], project)
    return Reply(200, _settings(project))


def _shown(project: Document) -> Document:
    return {"id": project["id"], "name": project["name"], "type": "project"}


def _settings(project: Document) -> Document:
    return project["settings"] | {"type": "project_settings"}
