"""Who is in which team, project and user group, and what becomes of a person's boards when they leave."""

from ..access import GROUP_MEMBER as GROUP_MEMBER
from ..access import PROJECT_MEMBER as PROJECT_MEMBER
from ..access import TEAM_MEMBER as TEAM_MEMBER
from ..boards.membership import MEMBER as BOARD_MEMBER
from ..http.handlers import ErrorReply, not_found
from ..http.replies import now
from ..identity import ORGANIZATION_ID
from ..people import PERSON, acting_user
from ..store import Document, Store
from .places import PROJECT, TEAM, USER_GROUP


def join_team(store: Store, team_id: str, person_id: str, role: str) -> Document:
    """Puts a person into a team.

    Raises:
        ErrorReply: 409, they are in it.
    """
    if store.get(TEAM_MEMBER, team_id, person_id):
        raise ErrorReply(409, "conflict", f"User {person_id} is a member of the team already")
    at, by = now(), acting_user(store)["id"]
    member = {
        "id": person_id,
        "role": role,
        "createdAt": at,
        "createdBy": by,
        "modifiedAt": at,
        "modifiedBy": by,
        "teamId": team_id,
        "type": "team-member",
    }
    store.add(TEAM_MEMBER, team_id, person_id, member)
    return member


def leave_team(store: Store, team_id: str, person_id: str) -> None:
    """Takes a person out of a team, its projects and its boards; the oldest team admin left gets what they owned.

    Raises:
        ErrorReply: 404, they are not in it; 409, nobody else is its admin.
    """
    if not store.get(TEAM_MEMBER, team_id, person_id):
        raise not_found("Team member", person_id)
    heir_id: str = another_admin(store, team_id, person_id)["id"]
    for board in store.all("board", "", {"team.id": team_id}):
        store.remove(BOARD_MEMBER, board["id"], person_id)
        if board["owner"]["id"] == person_id:
            _hand_over(store, board, heir_id)
    for project in store.all(PROJECT, ORGANIZATION_ID, {"teamId": team_id}):
        store.remove(PROJECT_MEMBER, project["id"], person_id)
    store.remove(TEAM_MEMBER, team_id, person_id)


def another_admin(store: Store, team_id: str, person_id: str) -> Document:
    """The oldest admin of a team beside a person.

    Raises:
        ErrorReply: 409, there is none.
    """
    admins = store.all(TEAM_MEMBER, team_id, {"role": "admin"})
    others = (admin for admin in admins if admin["id"] != person_id)
    found = min(others, key=lambda admin: admin["createdAt"], default=None)
    if found is None:
        raise ErrorReply(409, "conflict", "The last admin of a team can't leave it or give up the role")
    return found


def teams_with(store: Store, person_id: str) -> list[Document]:
    return [team for team in store.all(TEAM, ORGANIZATION_ID) if store.get(TEAM_MEMBER, team["id"], person_id)]


def leave_organization(store: Store, person_id: str) -> None:
    """Removes a person from everything they are in, and then altogether.

    Raises:
        ErrorReply: 409, they are the last admin of one of their teams, or of one where they own a board.
    """
    for team in teams_with(store, person_id):
        leave_team(store, team["id"], person_id)
    for board in store.all("board", "", {"owner.id": person_id}):
        _hand_over(store, board, another_admin(store, board["team"]["id"], person_id)["id"])
    for board in store.all("board", ""):
        store.remove(BOARD_MEMBER, board["id"], person_id)
    for kind, member_kind in ((PROJECT, PROJECT_MEMBER), (USER_GROUP, GROUP_MEMBER)):
        for place in store.all(kind, ORGANIZATION_ID):
            store.remove(member_kind, place["id"], person_id)
    store.remove(PERSON, ORGANIZATION_ID, person_id)


def _hand_over(store: Store, board: Document, owner_id: str) -> None:
    store.remove(BOARD_MEMBER, board["id"], owner_id)
    store.replace("board", "", board["id"], board | {"owner": {"id": owner_id}})
