"""The operator's bounds: which boards, teams and organizations a call may touch, and whom it may invite."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from ..catalogue import Operation
from ..client.errors import CallError, Refused
from ..settings import Settings
from .subjects import Look

Given = Mapping[str, Any]

_BOARD_ARGUMENTS = ("board_id", "copy_from", "boardIds", "board_ids", "object_ids")
_TEAM_ARGUMENTS = ("team_id", "teamId")
_MAKES_A_BOARD = frozenset({"create-board", "copy-board"})
_OWN_TOKEN = frozenset({"token-info"})
"""Reads of the server's own token touch nobody's boards."""

_INVITED = {
    "share-board": "emails",
    "enterprise-invite-team-member": "email",
    "enterprise-add-project-member": "email",
    "enterprise-create-group-member": "email",
    "enterprise-update-group-members": "membersToAdd",
    "createUser": "userName",
    "replaceUser": "userName",
}
"""The arguments that name who gains access."""


class Bounds:
    """Checks a call against MIRO_ALLOWED_… and MIRO_SHARE_ALLOWED_DOMAINS; what can't be shown to be inside is out."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._own: tuple[str | None, str | None] | None = None

    async def check(self, operation: Operation, given: Given, look: Look) -> None:
        """Raises:
        Refused: the call leaves the bounds, or can't be shown to stay inside.
        """
        settings = self._settings
        if operation.id in _OWN_TOKEN:
            return
        boards = _values(given, _BOARD_ARGUMENTS)
        teams = _values(given, _TEAM_ARGUMENTS)
        if settings.allowed_boards:
            self._check_boards(operation, boards)
        if settings.allowed_teams:
            for board in boards:
                teams.append(await self._team_of(board, look))
            _require("team", "MIRO_ALLOWED_TEAMS", teams, settings.allowed_teams)
        if settings.allowed_orgs:
            organization = given.get("org_id") or await self._own_organization(operation, look)
            _require("organization", "MIRO_ALLOWED_ORGS", [organization or "unknown"], settings.allowed_orgs)
        if operation.id in _INVITED or operation.id == "patchUser":
            await self._check_invited(operation, given, look)

    def _check_boards(self, operation: Operation, boards: list[str]) -> None:
        if operation.id in _MAKES_A_BOARD:
            raise Refused(
                "A new board would not be among the boards in MIRO_ALLOWED_BOARDS, so nothing was sent. "
                "The operator can take that limit away."
            )
        _require("board", "MIRO_ALLOWED_BOARDS", boards, self._settings.allowed_boards)

    async def _team_of(self, board: str, look: Look) -> str:
        body = await _look_or_none(look, "get-specific-board", {"board_id": board})
        return str(_part(_part(body, "team"), "id") or "unknown")

    async def _own_organization(self, operation: Operation, look: Look) -> str | None:
        return None if operation.host == "scim" else (await self._own_ids(look))[0]

    async def _own_ids(self, look: Look) -> tuple[str | None, str | None]:
        """The organization and person the token belongs to."""
        if self._own is None:
            body = await _look_or_none(look, "token-info", {})
            ids = (_part(_part(body, "organization"), "id"), _part(_part(body, "user"), "id"))
            self._own = (str(ids[0]) if ids[0] else None, str(ids[1]) if ids[1] else None)
        return self._own

    async def _check_invited(self, operation: Operation, given: Given, look: Look) -> None:
        people = _people(operation, given)
        if not people:
            return
        domains = self._settings.share_allowed_domains or await self._own_domain(look)
        for person in people:
            address = person if "@" in person else await self._address_of(person, given, look)
            domain = address.rpartition("@")[2].lower() if address else ""
            if not domain or domain not in domains:
                allowed = f"Allowed: {', '.join(sorted(domains))}." if domains else "No domain is known to be allowed."
                raise Refused(
                    f"{_INVITED.get(operation.id, 'Operations')}: {person[:100]!r} is not at an allowed domain, so nothing "
                    f"was sent. {allowed} The operator sets them with MIRO_SHARE_ALLOWED_DOMAINS, for example "
                    "MIRO_SHARE_ALLOWED_DOMAINS=example.com."
                )

    async def _own_domain(self, look: Look) -> frozenset[str]:
        organization, person = await self._own_ids(look)
        if not organization or not person:
            return frozenset()
        address = await self._address_of(person, {"org_id": organization}, look)
        return frozenset({address.rpartition("@")[2].lower()}) if address else frozenset()

    async def _address_of(self, person: str, given: Given, look: Look) -> str | None:
        if "org_id" not in given:
            return None
        arguments = {"org_id": given["org_id"], "member_id": person}
        email = _part(await _look_or_none(look, "enterprise-get-organization-member", arguments), "email")
        return email if isinstance(email, str) and "@" in email else None


def _people(operation: Operation, given: Given) -> list[str]:
    if operation.id == "patchUser":
        patches = cast("list[Given]", given.get("Operations", []))
        return [
            str(patch["value"])
            for patch in patches
            if str(patch.get("path", "")).lower() in ("username", "emails", "emails.value") and "value" in patch
        ]
    return _values(given, (_INVITED[operation.id],))


def _values(given: Given, names: Iterable[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        value = given.get(name)
        if isinstance(value, list):
            found += [str(part) for part in cast("list[Any]", value)]
        elif value is not None:
            found.append(str(value))
    return found


def _require(kind: str, variable: str, ids: list[str], allowed: frozenset[str]) -> None:
    outside = [one for one in ids if one not in allowed]
    if ids and not outside:
        return
    told = f"{kind} {outside[0]!r} is not among those" if outside else f"this call can't be shown to stay in a {kind}"
    raise Refused(f"Nothing was sent: {told} that the operator allows in {variable}.")


async def _look_or_none(look: Look, operation: str, given: Given) -> Any:
    try:
        return await look(operation, given)
    except CallError:
        return None


def _part(value: Any, name: str) -> Any:
    return cast("Given", value).get(name) if isinstance(value, Mapping) else None
