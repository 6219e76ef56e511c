"""`miro_board_overview`: a board in few words."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ...board.region import Region
from ...catalogue.operation import ABSENT, READ
from ...catalogue.shared import OnBoard
from ...catalogue.types import Id
from ..workflow import Workflow

DEFAULT_BUDGET = 4000
"""Tokens."""


KindName = Annotated[str, Field(examples=["sticky_note"])]


class OverviewArguments(OnBoard):
    budget: Annotated[int, Field(ge=200, le=1_000_000)] = ABSENT
    frame_id: Id = ABSENT
    region: Region = ABSENT
    kinds: Annotated[list[KindName], Field(min_length=1)] = ABSENT
    tag: Annotated[str, Field(min_length=1)] = ABSENT
    search: Annotated[str, Field(min_length=1)] = ABSENT


OVERVIEW = Workflow(
    name="miro_board_overview",
    title="Board overview",
    description=(
        "A board as an outline by frame, in reading order: ids, kinds, texts, colours, tags; connectors as edges "
        "between ids. Start here.\n"
        "budget: tokens of the text, 4000 by default; what is left out is counted.\n"
        "Parts in full: frame_id, region (overlapping items), kinds (item kinds, connector), tag (title or id), "
        "search (in texts)."
    ),
    arguments=OverviewArguments,
    effect=READ,
)
