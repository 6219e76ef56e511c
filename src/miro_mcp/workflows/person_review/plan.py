"""The way out of somebody who leaves: hold first, transfer, remove, sign out; as batches that change nothing yet."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from ...guardrails.confirmation import MOST_GRAVE
from ...text.quoting import quoted
from .reviewed import Reviewed

Step = dict[str, Any]

_PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


@dataclass
class LeavingPlan:
    """Batches in their order, each as `miro_batch` takes it, and what no call does."""

    batches: list[dict[str, Any]]
    notes: list[str] = field(default_factory=list[str])


def plan_leaving(reviewed: Reviewed, offered: Collection[str]) -> LeavingPlan:
    """Each of the calls needs a person's yes, so a batch has no more of them than one question may."""
    first = [*_holds(reviewed), *_transfers(reviewed), *_removals(reviewed)]
    last = [*_deactivation(reviewed, offered), *_sign_out(reviewed)]
    if len(last) == 1:
        first, last = first + last, []  # What a person is shown of an account must not change beside it.
    batches: list[dict[str, Any]] = []
    number = 0
    for steps in (first, last):
        for at in range(0, len(steps), MOST_GRAVE):
            named = [{"id": f"s{number + place}", **one} for place, one in enumerate(steps[at : at + MOST_GRAVE], 1)]
            number += len(named)
            batches.append({"steps": named, "in_order": True, "dry_run": True})
    return LeavingPlan(batches, list(_notes(reviewed, offered, {str(step["tool"]) for step in first + last})))


def _holds(reviewed: Reviewed) -> Iterator[Step]:
    """Holds that would lose boards name the heirs too."""
    boards = {board.id: board for board in reviewed.boards}
    for hold in reviewed.holds or ():
        heirs = [reviewed.heir_address(boards[id]) for id in reviewed.would_lose(hold)]
        if not heirs:
            continue
        users = [{"email": email} for email in dict.fromkeys([*hold.emails, *filter(None, heirs)])]
        where = {"org_id": reviewed.organization.id, "case_id": hold.case_id, "legal_hold_id": hold.id}
        described = {"description": hold.description} if hold.description else {}
        yield _step("miro_legal_holds_write", "edit", **where, name=hold.name, **described, scope={"users": users})


def _transfers(reviewed: Reviewed) -> Iterator[Step]:
    """Boards of which the heir is a member; the others pass to their heirs with the removal from the team."""
    for board in reviewed.boards:
        heir = reviewed.heir_of(board)
        if heir is not None and heir in (board.members or {}):
            yield _step("miro_board_members_write", "update", board_id=board.id, board_member_id=heir, role="owner")


def _removals(reviewed: Reviewed) -> Iterator[Step]:
    where = {"org_id": reviewed.organization.id, "member_id": reviewed.person.id}
    for project in reviewed.projects:
        yield _step("miro_project_members_delete", "remove", **where, team_id=project.team_id, project_id=project.id)
    for group in reviewed.groups:
        yield _step("miro_user_group_members_delete", "remove", **where, group_id=group.id)
    for team in reviewed.teams:
        if not reviewed.is_last_admin_of(team):
            yield _step("miro_team_members_delete", "remove", **where, team_id=team.id)


def _deactivation(reviewed: Reviewed, offered: Collection[str]) -> Iterator[Step]:
    person = reviewed.person
    if person.active and person.is_internal and "miro_scim_users_write" in offered:
        change = [{"op": "Replace", "path": "active", "value": "false"}]
        yield _step("miro_scim_users_write", "patch", id=person.id, schemas=[_PATCH], Operations=change)


def _sign_out(reviewed: Reviewed) -> Iterator[Step]:
    yield _step("miro_organizations_delete", "reset_sessions", email=reviewed.person.email)


def _notes(reviewed: Reviewed, offered: Collection[str], used: set[str]) -> Iterator[str]:
    yield (
        "Nothing was changed. Pass each batch to miro_batch as it is, one after the other, to see what it would do; "
        "without dry_run it is carried out, once a person has said yes."
    )
    if reviewed.holds is None:
        yield "Legal holds were not looked at: have somebody check them before anything is removed."
    elif not reviewed.holds:
        yield "No legal hold names this person: if a matter is open, make the hold first."
    for team in reviewed.teams:
        if reviewed.is_last_admin_of(team):
            yield (
                f"They are the last admin of team {quoted(team.name)} (id {team.id}) and can't be taken out of it: "
                "make another member its admin first, with miro_team_members_write update(role: admin)."
            )
    own = {team.id for team in reviewed.teams if not reviewed.is_last_admin_of(team)}
    stay = [board.id for board in reviewed.boards if board.team_id not in own]
    members = [board for board in reviewed.boards if reviewed.heir_of(board) in (board.members or {})]
    if passing := len(reviewed.boards) - len(stay) - len([board for board in members if board.id not in stay]):
        yield f"{passing} boards pass to their heirs with the removal from the team: the heir is no member of them yet."
    if stay:
        yield f"These boards are in teams they are not taken out of, and stay theirs: {', '.join(stay)}."
    if reviewed.person.is_internal and "miro_scim_users_write" not in offered:
        yield "The account itself is deactivated over SCIM (toolset scim) or in Miro's company settings."
    yield from (f"This server does not offer {tool} now." for tool in sorted(used - set(offered)))


def _step(tool: str, operation: str, **arguments: Any) -> Step:
    return {"tool": tool, "arguments": {"operation": operation, **arguments}}
