"""`miro_person_review`: what somebody is in, owns and is held by, and the way out."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ...catalogue.operation import ABSENT, READ, Arguments
from ...catalogue.types import Email, Id, Offset
from ...tools.fit import MOST_TOKENS
from ..workflow import Workflow

DEFAULT_BUDGET = 8000
"""Tokens."""


class PersonReviewArguments(Arguments):
    email: Annotated[Email, Field(min_length=3)] = ABSENT
    user_id: Id = ABSENT
    leaving: bool = ABSENT
    start: Offset = ABSENT
    budget: Annotated[int, Field(ge=1000, le=200_000)] = ABSENT

    @property
    def max_tokens(self) -> int:
        """Of the plan: it is within the budget with the text."""
        return max(self.budget or 0, MOST_TOKENS)


PERSON_REVIEW = Workflow(
    name="miro_person_review",
    title="Person review",
    description=(
        "One person, by email or user_id: licence, teams, projects, user groups, boards owned with who would inherit "
        "each, legal holds and what they would lose. leaving: also the plan of taking them out, as batches for "
        "miro_batch. start: how many boards to skip; budget: tokens, 8000 by default."
    ),
    arguments=PersonReviewArguments,
    effect=READ,
    toolset="organization",
)
"""Changes nothing: the plan is the assistant's to carry out, and a person's to approve."""
