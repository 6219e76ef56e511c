"""Who has access to a board: its owner, whom the board names, and those it is shared with."""

from ..identity import ORGANIZATION_ID
from ..people import PERSON
from ..store import Document, Store

MEMBER = "board_member"
"""Kind of document; its scope is the board.

A record has the `id` and `role` of one who isn't the owner, and for people from outside `name` and `email`.
"""


def memberships(store: Store, board: Document) -> list[Document]:
    """Everyone with access as the API shows them, the owner first."""
    records = store.all(MEMBER, board["id"])
    ids = [board["owner"]["id"], *(record["id"] for record in records if record["id"] != board["owner"]["id"])]
    return [member for id in ids if (member := membership(store, board, id))]


def membership(store: Store, board: Document, person_id: str) -> Document | None:
    """One person's access as the API shows it; none for who has no access, or has left the organization."""
    record = store.get(MEMBER, board["id"], person_id) or {}
    role = "owner" if board["owner"]["id"] == person_id else record.get("role")
    name = record.get("name") or name_of(store, person_id)
    return {"id": person_id, "name": name, "role": role, "type": "board_member"} if role and name else None


def name_of(store: Store, person_id: str) -> str:
    """The name of somebody in the organization; empty for anybody else."""
    person = store.get(PERSON, ORGANIZATION_ID, person_id)
    return person["displayName"] if person else ""
