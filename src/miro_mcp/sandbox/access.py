"""Who may see a board, and what of it the person may list whose own token is used."""

from .boards.membership import MEMBER
from .identity import ORGANIZATION_ID
from .people import ADMIN, is_internal, person_of, somebody_acting
from .store import Document, Store

TEAM_MEMBER, PROJECT_MEMBER, GROUP_MEMBER = "team_member", "project_member", "user_group_member"
"""Kinds of document; their scope is the team, project or user group, their id the person's."""

GROUP_ACCESS = "group_access"
"""Kind of document; its scope is the team, board or project, its id the user group's."""

CONTENT_ADMIN = "Content Admin"
"""The admin role with which company admins list private boards too."""


def is_listed(store: Store, board: Document) -> bool:
    """Whether lists show a board to the person whose token it is; what only its link opens is on no list."""
    person_id = somebody_acting()
    return person_id is None or _is_content_admin(store, person_id) or has_access(store, board, person_id)


def is_reachable(store: Store, board: Document) -> bool:
    return is_listed(store, board) or board["policy"]["sharingPolicy"]["access"] != "private"


def has_access(store: Store, board: Document, person_id: str) -> bool:
    """Whether a person is given access: by name, through a project, user group or team, or with the organization."""
    sharing = board["policy"]["sharingPolicy"]
    project_id = board.get("project", {}).get("id")
    if board["owner"]["id"] == person_id or store.get(MEMBER, board["id"], person_id):
        return True
    if sharing["organizationAccess"] != "private" and is_internal(person_of(store, person_id)):
        return True
    if sharing["teamAccess"] != "private" and is_in_team(store, board["team"]["id"], person_id):
        return True
    if _through_group(store, board["id"], person_id):
        return True
    return project_id is not None and _through_project(store, project_id, person_id)


def is_in_team(store: Store, team_id: str, person_id: str) -> bool:
    """Whether a team's access is theirs: people from outside with a board of it are among its members too."""
    member = store.get(TEAM_MEMBER, team_id, person_id)
    return bool(member and member["role"] != "non_team") or _through_group(store, team_id, person_id)


def _through_project(store: Store, project_id: str, person_id: str) -> bool:
    if store.get(PROJECT_MEMBER, project_id, person_id) or _through_group(store, project_id, person_id):
        return True
    project = store.get("project", ORGANIZATION_ID, project_id)
    settings = project["settings"]["sharingPolicySettings"] if project else {"teamAccess": "private"}
    return settings["teamAccess"] != "private" and bool(project) and is_in_team(store, project["teamId"], person_id)


def _through_group(store: Store, place_id: str, person_id: str) -> bool:
    groups = store.all(GROUP_ACCESS, place_id)
    return any(store.get(GROUP_MEMBER, group["id"], person_id) for group in groups)


def _is_content_admin(store: Store, person_id: str) -> bool:
    person = person_of(store, person_id)
    return person["role"] == ADMIN and any(role["name"] == CONTENT_ADMIN for role in person["adminRoles"])
