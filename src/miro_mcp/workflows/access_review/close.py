"""What closes a finding: calls of other tools, as steps of a batch."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from ...directory.reach import AccessPath, Finding, open_field, ways_to
from ...directory.values import Organization, SharedBoard

Step = dict[str, Any]

_CLOSED = {"access": "private", "inviteToAccountAndBoardLinkAccess": "no_access", "organizationAccess": "private"}

_ORDER = (
    *("miro_boards_write", "miro_board_members_delete", "miro_project_members_delete"),
    *("miro_user_group_members_delete", "miro_team_members_delete"),
)
"""Who is taken out of a team is out of its boards and projects: it comes last."""

HOW: dict[Finding, str] = {
    "public": 'miro_boards_write update with policy {"sharingPolicy":{"access":"private"}}',
    "link": 'miro_boards_write update with policy {"sharingPolicy":{"inviteToAccountAndBoardLinkAccess":"no_access"}}',
    "organization": 'miro_boards_write update with policy {"sharingPolicy":{"organizationAccess":"private"}}',
    "external": "take the person out of the board, project, user group or team that gives the access",
    "inactive": "the same; a board whose owner is deactivated needs another owner first",
}


class Closing:
    """Collects the steps for one board after the other; what several boards need is one step."""

    def __init__(self, organization: Organization, only: Collection[Finding]) -> None:
        self._organization = organization
        self._only = only
        self._seen: dict[str, Step] = {}
        self.notes: list[str] = []

    def steps_for(self, board: SharedBoard) -> tuple[list[Step], list[str]]:
        """The further steps that close a board's findings, and what no call can do."""
        steps = [step for step in self._wanted(board) if json.dumps(step) not in self._seen]
        return steps, list(self._owner_notes(board))

    def take(self, steps: Sequence[Step], notes: Sequence[str]) -> None:
        for step in steps:
            self._seen[json.dumps(step)] = step
        self.notes += notes

    @property
    def steps(self) -> list[Step]:
        ordered = sorted(self._seen.values(), key=lambda step: _ORDER.index(step["tool"]))
        return [{"id": f"s{number}", **step} for number, step in enumerate(ordered, 1)]

    def _wanted(self, board: SharedBoard) -> Iterator[Step]:
        fields = [field for finding in self._only if (field := open_field(finding)) and board.level(field)]
        if fields:
            policy = {"sharingPolicy": {field: _CLOSED[field] for field in fields}}
            yield _step("miro_boards_write", "update", board_id=board.id, policy=policy)
        for way in ways_to(board, self._organization):
            if self._is_wanted(way.person_id) and (way.kind, way.role) != ("direct", "owner"):
                yield self._removal(board, way)

    def _is_wanted(self, person_id: str) -> bool:
        people = self._organization.people
        return ("external" in self._only and people.is_external(person_id)) or (
            "inactive" in self._only and people.is_inactive(person_id)
        )

    def _removal(self, board: SharedBoard, way: AccessPath) -> Step:
        """Takes the person out of what gives the access."""
        organization = self._organization.id
        if way.kind == "direct":
            return _step("miro_board_members_delete", "remove", board_id=board.id, board_member_id=way.person_id)
        where = {"org_id": organization, "member_id": way.person_id}
        if way.kind == "project":
            where |= {"team_id": self._organization.projects[way.id].team_id, "project_id": way.id}
            return _step("miro_project_members_delete", "remove", **where)
        if way.kind == "group":
            return _step("miro_user_group_members_delete", "remove", **where, group_id=way.id)
        return _step("miro_team_members_delete", "remove", **where, team_id=way.id)

    def _owner_notes(self, board: SharedBoard) -> Iterator[str]:
        if not (board.owner_id and self._is_wanted(board.owner_id)):
            return
        owner = self._organization.people.marked(board.owner_id)
        yield (
            f"Board {board.id} is owned by {owner}: make another of its members the owner with "
            "miro_board_members_write update(role: owner), then take this person out."
        )


def _step(tool: str, operation: str, **arguments: Any) -> Step:
    return {"tool": tool, "arguments": {"operation": operation, **arguments}}
