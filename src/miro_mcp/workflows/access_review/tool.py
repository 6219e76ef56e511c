"""`miro_access_review`: who can see what, and what is open."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ...catalogue.operation import ABSENT, READ, Arguments
from ...catalogue.types import BoardId, Id, Offset
from ...directory.reach import Finding
from ...tools.fit import MOST_TOKENS
from ..workflow import Workflow

DEFAULT_BUDGET = 10_000
"""Tokens."""

MOST_BOARDS = 1000
"""Boards that one review takes: more would cost more credits than a minute has."""

Budget = Annotated[int, Field(ge=1000, le=200_000)]


class AccessReviewArguments(Arguments):
    board_ids: Annotated[list[BoardId], Field(min_length=1, max_length=500)] = ABSENT
    team_id: Id = ABSENT
    project_id: Id = ABSENT
    only: Annotated[list[Finding], Field(min_length=1)] = ABSENT
    start: Offset = ABSENT
    budget: Budget = ABSENT

    @property
    def max_tokens(self) -> int:
        """Of the steps: what is told of boards is within the budget with them."""
        return max(self.budget or 0, MOST_TOKENS)


ACCESS_REVIEW = Workflow(
    name="miro_access_review",
    title="Access review",
    description=(
        "Who has access to boards and through what (by name, project, user group, team, organization, link), what is "
        "open, who is external or deactivated: counts, then a line a board. Of the boards named, a team's, a "
        "project's, or all that the token sees.\n"
        "only: boards with these findings, and the miro_batch steps that close them. start: how many boards to skip; "
        "budget: tokens of the text, 10000 by default."
    ),
    arguments=AccessReviewArguments,
    effect=READ,
    toolset="organization",
)
