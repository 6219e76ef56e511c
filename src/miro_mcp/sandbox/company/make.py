"""Adds the organization to a sandbox's store, the same figures each time; what there is already stays."""

from __future__ import annotations

from random import Random

from .. import sample
from ..access import CONTENT_ADMIN, GROUP_ACCESS, GROUP_MEMBER, PROJECT_MEMBER, TEAM_MEMBER
from ..http.replies import ago
from ..identity import ORGANIZATION_ID, TEAM_ID, USER_ID
from ..organization.places import PROJECT, TEAM, USER_GROUP
from ..organization.projects import new_project
from ..people import ADMIN, GRANT, MEMBER, PERSON, is_internal, person_of
from ..store import Document, Store
from . import boards, names, records

TEAM_IDS = (TEAM_ID, sample.ENGINEERING_ID, names.MARKETING[0], names.SUCCESS[0])

_MARK = "organization"
_SEED = 40

token_of_person = "sandbox-{}".format
"""The token of somebody, by their address before the @."""


def add_organization(store: Store) -> None:
    """Adds it once; a store that has it is left as it is."""
    with store.transaction():
        if store.get("sandbox", "", _MARK):
            return
        chance = Random(_SEED)  # noqa: S311
        people = _people(store)
        _teams(store, people)
        groups = _user_groups(store, people, chance)
        _projects(store, people, groups, chance)
        boards.add_boards(store, TEAM_IDS, groups, chance)
        records.add_records(store, chance)
        store.add("sandbox", "", _MARK, {"done": True})


def _people(store: Store) -> list[Document]:
    """Everybody but those of the sample, who all keep what they are; the sandbox's owner sees private boards now."""
    owner = person_of(store, USER_ID)
    roles = [*owner["adminRoles"], {"type": "prebuilt", "name": CONTENT_ADMIN}]
    store.replace(PERSON, ORGANIZATION_ID, USER_ID, owner | {"adminRoles": roles})
    people: list[Document] = []
    for number, (given, family, domain, role, license) in enumerate(names.PEOPLE):
        shown = f"{given} {family}"
        active = shown not in names.DEACTIVATED
        address = f"{given}.{family}".lower()
        person: Document = {
            "id": str(names.FIRST_PERSON + number),
            "email": f"{address}@{domain or sample.DOMAIN}",
            "active": active,
            "role": role,
            "license": license,
            "licenseAssignedAt": ago(300 - number),
            "lastActivityAt": ago(number % 20 if active else 60 + number),
            "adminRoles": [{"type": "prebuilt", "name": name} for name in names.ADMIN_ROLES.get(shown, ())],
            "displayName": shown,
            "givenName": given,
            "familyName": family,
            "enterprise": {},
        }
        store.add(PERSON, ORGANIZATION_ID, person["id"], person)
        people.append(person)
    for person in store.all(PERSON, ORGANIZATION_ID):
        if person["active"]:
            token = token_of_person(person["email"].partition("@")[0])
            store.add(GRANT, "", token, {"person": person["id"]})
    return people


def _teams(store: Store, people: list[Document]) -> None:
    """Each of the new people in one team, every fifth in two; the first two of a new team are its admins."""
    for id, name in (names.MARKETING, names.SUCCESS):
        store.add(TEAM, ORGANIZATION_ID, id, {"id": id, "name": name})
    joined = [0] * len(TEAM_IDS)
    for number, person in enumerate(people):
        for team in {number % 4, (number + 1) % 4} if number % 5 == 0 else {number % 4}:
            if person["role"] not in (ADMIN, MEMBER) and number % 2:
                continue
            admin = team > 1 and joined[team] < 2 and is_internal(person)
            outside = "team_guest" if person["role"] == names.TEAM_GUEST else "non_team"
            role = "admin" if admin else "member" if is_internal(person) else outside
            _join(store, TEAM_IDS[team], person["id"], role, 200 - number)
            joined[team] += 1


def _join(store: Store, team_id: str, person_id: str, role: str, days: float) -> None:
    by = {"createdAt": ago(days), "createdBy": USER_ID, "modifiedAt": ago(days), "modifiedBy": USER_ID}
    member = {"id": person_id, "role": role, **by, "teamId": team_id, "type": "team-member"}
    store.add(TEAM_MEMBER, team_id, person_id, member)


def _user_groups(store: Store, people: list[Document], chance: Random) -> list[str]:
    """The ids of all user groups; each is in a team or two."""
    for number, (id, name, description) in enumerate(names.USER_GROUPS):
        store.add(
            USER_GROUP,
            ORGANIZATION_ID,
            id,
            {"id": id, "name": name, "description": description, "type": "user-group"},
        )
        insiders = [person["id"] for person in people if is_internal(person)]
        for person_id in chance.sample(insiders, 4 + number):
            store.add(GROUP_MEMBER, id, person_id, {"id": person_id})
    for id, team in ((names.USER_GROUPS[0][0], 0), (names.USER_GROUPS[0][0], 3), (names.USER_GROUPS[1][0], 2)):
        store.add(GROUP_ACCESS, TEAM_IDS[team], id, {"id": id, "role": "member"})
    return [group["id"] for group in store.all(USER_GROUP, ORGANIZATION_ID)]


def _projects(store: Store, people: list[Document], groups: list[str], chance: Random) -> None:
    for number, (id, name, team, is_open) in enumerate(names.PROJECTS):
        project = new_project(id, name, TEAM_IDS[team])
        if is_open:
            project["settings"]["sharingPolicySettings"]["teamAccess"] = "view"
        store.add(PROJECT, ORGANIZATION_ID, id, project)
        roles = ("owner", "coowner", "editor", "editor", "commentator", "viewer")
        for person, role in zip(chance.sample(people, len(roles)), roles, strict=True):
            role = role if is_internal(person) else "viewer"
            store.add(PROJECT_MEMBER, id, person["id"], {"id": person["id"], "role": role})
        if number % 2:
            group_id = groups[number]
            store.add(GROUP_ACCESS, id, group_id, {"id": group_id, "role": "EDITOR" if number == 1 else "VIEWER"})
