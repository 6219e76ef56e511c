"""One person as they were reviewed."""

from __future__ import annotations

from dataclasses import dataclass

from ...directory.holds import Hold
from ...directory.people import Person
from ...directory.values import Organization, PeopleGroup, Project, SharedBoard, Team


@dataclass
class Reviewed:
    """A person and what was read of their organization; its boards are those they own, `holds` those that name them.

    `holds` is None where legal holds could not be looked at.
    """

    person: Person
    organization: Organization
    holds: list[Hold] | None = None

    @property
    def boards(self) -> list[SharedBoard]:
        """By team and name."""
        teams = self.organization.teams
        return sorted(
            self.organization.boards,
            key=lambda board: (teams[board.team_id].name if board.team_id else "", board.name, board.id),
        )

    @property
    def teams(self) -> list[Team]:
        return [team for team in self.organization.teams.values() if self.person.id in (team.members or {})]

    @property
    def projects(self) -> list[Project]:
        return [one for one in self.organization.projects.values() if self.person.id in (one.members or {})]

    @property
    def groups(self) -> list[PeopleGroup]:
        return [group for group in self.organization.groups.values() if self.person.id in (group.members or ())]

    def heir_of(self, board: SharedBoard) -> str | None:
        """Who would get a board, by the API's rule; None where nobody can, or the team could not be seen."""
        team = self.organization.teams.get(board.team_id)
        return team.heir_of(self.person.id) if team else None

    def heir_address(self, board: SharedBoard) -> str | None:
        heir = self.heir_of(board)
        return None if heir is None else self.organization.people.get(heir).email or heir

    def would_lose(self, hold: Hold) -> list[str]:
        """The boards that a hold would no longer preserve once they have passed to their heirs."""
        return hold.would_lose({board.id: self.heir_address(board) for board in self.boards})

    def is_last_admin_of(self, team: Team) -> bool:
        return (team.members or {}).get(self.person.id) == "admin" and team.heir_of(self.person.id) is None
