"""SCIM groups: the teams, with their people."""

from typing import Any, cast

from ..audit import audited
from ..http.handlers import ApiCall, Reply, handles
from ..identity import ORGANIZATION_ID
from ..organization.memberships import TEAM_MEMBER, join_team, leave_team
from ..organization.places import TEAM
from ..people import MEMBER, PERSON, everyone, is_internal
from ..store import Document, Store
from .errors import ScimError, no_resource
from .lists import chosen, page_of
from .resources import group_resource

_MOST_MEMBERS = 8000
_LONGEST_NAME = 60


@handles("listGroups")
def list_all(call: ApiCall) -> Reply:
    return page_of(call, [group_resource(call, team) for team in call.store.all(TEAM, ORGANIZATION_ID)])


@handles("getGroup")
def get(call: ApiCall) -> Reply:
    return Reply(200, chosen(call, group_resource(call, _team_of(call))))


@handles("patchGroup")
@audited("group_changed", "directory")
def change(call: ApiCall) -> Reply:
    team = _team_of(call)
    for operation in call.arguments["Operations"]:
        value = operation.get("value")
        if isinstance(value, list):
            people = [member["value"] for member in cast("list[Document]", value)]
            _change_members(call.store, team["id"], operation, people)
        elif value is None and operation["op"] == "Remove":
            people = [member["id"] for member in call.store.all(TEAM_MEMBER, team["id"])]
            _change_members(call.store, team["id"], operation, people)
        else:
            team["name"] = _name(operation, value)
    call.store.replace(TEAM, ORGANIZATION_ID, team["id"], team)
    return Reply(200, chosen(call, group_resource(call, team)))


def _change_members(store: Store, team_id: str, operation: Document, people: list[str]) -> None:
    if operation.get("path", "members") != "members":
        raise ScimError(400, "displayName takes a text, and can't be removed", "invalidValue")
    if len(people) > _MOST_MEMBERS:
        raise ScimError(413, f"A patch may name up to {_MOST_MEMBERS} people")
    known = {person["id"]: person for person in everyone(store)}
    named = dict.fromkeys(people)
    for person_id in named:
        if person_id not in known:
            raise no_resource("User", person_id)
    before = [member["id"] for member in store.all(TEAM_MEMBER, team_id)]
    leaving = {"Add": [], "Remove": list(named), "Replace": [id for id in before if id not in named]}
    if operation["op"] != "Remove":
        for person_id in named:
            _add(store, team_id, known[person_id])
    for person_id in leaving[operation["op"]]:
        leave_team(store, team_id, person_id)


def _add(store: Store, team_id: str, person: Document) -> None:
    """Puts a person into a team: guests become people of the organization's own, the deactivated are active again."""
    if not is_internal(person):
        person |= {"role": MEMBER, "license": "full"}
    store.replace(PERSON, ORGANIZATION_ID, person["id"], person | {"active": True})
    if store.get(TEAM_MEMBER, team_id, person["id"]) is None:
        join_team(store, team_id, person["id"], "member")


def _name(operation: Document, value: Any) -> str:
    name: Any = cast("Document", value).get("displayName") if isinstance(value, dict) else value
    if operation["op"] == "Remove" or operation.get("path") == "members" or not isinstance(name, str) or not name:
        raise ScimError(400, "The operation needs people for members, or a text for displayName", "invalidValue")
    if len(name) > _LONGEST_NAME:
        raise ScimError(400, f"A name may have up to {_LONGEST_NAME} characters", "invalidValue")
    return name


def _team_of(call: ApiCall) -> Document:
    id: str = call.arguments["id"]
    team = call.store.get(TEAM, ORGANIZATION_ID, id)
    if team is None:
        raise no_resource("Group", id)
    return team
