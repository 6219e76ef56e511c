"""Board members: sharing a board, changing roles, taking access away."""

import hashlib
import re

from ..http.handlers import ApiCall, Reply, handles, invalid, not_found
from ..http.paging import by_offset
from ..http.replies import link
from ..people import find_by_email
from ..store import Document
from .membership import MEMBER, membership, memberships, name_of
from .scope import board_of, on_board

_ADDRESS = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_FIRST_GUEST_ID = 3_074_457_000_000_000_000


@handles("get-board-members")
def list_all(call: ApiCall) -> Reply:
    board = board_of(call.store, call.arguments["board_id"])
    return by_offset(call, memberships(call.store, board), dict)


@handles("get-specific-board-member")
def get(call: ApiCall) -> Reply:
    return Reply(200, _with_link(call, _find(call, board_of(call.store, call.arguments["board_id"]))))


@handles("share-board")
def share(call: ApiCall) -> Reply:
    board = board_of(call.store, on_board(call))
    role: str = call.arguments.get("role", "commenter")
    if role == "owner":
        raise invalid({"role": "an invitation can't make somebody the owner: change the member's role afterwards"})
    emails: list[str] = call.arguments["emails"]
    wrong = [email for email in emails if not _ADDRESS.fullmatch(email)]
    right = [_invited(call, email) for email in emails if email not in wrong]
    for person in right:
        if membership(call.store, board, person["id"]) is None:
            call.store.remove(MEMBER, board["id"], person["id"])
            call.store.add(MEMBER, board["id"], person["id"], person | {"role": role})
    failed = [{"email": email, "reason": "INVITATION_FAILED"} for email in wrong]
    return Reply(201, {"successful": [int(person["id"]) for person in right], "failed": failed})


@handles("update-board-member")
def update(call: ApiCall) -> Reply:
    board = board_of(call.store, on_board(call))
    member = _find_other_than_owner(call, board)
    role = call.arguments.get("role", member["role"])
    if role == "owner":
        _hand_over(call, board, member["id"])
    else:
        record = call.store.get(MEMBER, board["id"], member["id"]) or {}
        call.store.replace(MEMBER, board["id"], member["id"], record | {"role": role})
    return Reply(200, _with_link(call, member | {"role": role}))


@handles("remove-board-member")
def remove(call: ApiCall) -> Reply:
    board = board_of(call.store, on_board(call))
    call.store.remove(MEMBER, board["id"], _find_other_than_owner(call, board)["id"])
    return Reply(204)


def _find(call: ApiCall, board: Document) -> Document:
    member_id: str = call.arguments["board_member_id"]
    member = membership(call.store, board, member_id)
    if member is None:
        raise not_found("Board member", member_id)
    return member


def _find_other_than_owner(call: ApiCall, board: Document) -> Document:
    """The member a call names.

    Raises:
        ErrorReply: 404, there is none; 400, it is the owner, who stays until somebody else is made the owner.
    """
    member = _find(call, board)
    if member["role"] == "owner":
        raise invalid({"board_member_id": "is the owner: make somebody else the owner first"})
    return member


def _hand_over(call: ApiCall, board: Document, person_id: str) -> None:
    """Makes a member the owner; the owner until now becomes a co-owner.

    Raises:
        ErrorReply: 400, it is a guest.
    """
    if not name_of(call.store, person_id):
        raise invalid({"role": "only somebody of the organization can own a board"})
    former: str = board["owner"]["id"]
    call.store.remove(MEMBER, board["id"], former)
    call.store.add(MEMBER, board["id"], former, {"id": former, "role": "coowner"})
    call.store.replace("board", "", board["id"], board | {"owner": {"id": person_id}})


def _invited(call: ApiCall, email: str) -> Document:
    """What a record keeps of somebody invited; who is not in the organization is a guest, the same on every board."""
    person = find_by_email(call.store, email)
    if person:
        return {"id": person["id"]}
    digest = hashlib.sha256(email.casefold().encode("utf-8", "replace")).digest()
    number = _FIRST_GUEST_ID + int.from_bytes(digest[:6], "big")
    return {"id": str(number), "name": email.partition("@")[0], "email": email}


def _with_link(call: ApiCall, member: Document) -> Document:
    own = link(call, "boards", call.arguments["board_id"], "members", member["id"])
    return member | {"links": {"self": own}}
