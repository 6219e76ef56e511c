"""The tool that tells a board in few words."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated, Any

from pydantic import Field

from ...catalogue.operation import ABSENT, READ
from ...catalogue.shared import OnBoard
from ...catalogue.types import Id
from ..region import Region
from ..workflow import Outcome, Session, Workflow
from .choosing import CONNECTOR, Choice, Wanted, choose
from .contents import Contents, Item
from .fitting import Telling
from .header import counts_of
from .loading import load
from .outline import Block, Omitted, Outline
from .plain import flat
from .tokens import most_tokens
from .words import quoted, shortened, text_of

DEFAULT_BUDGET = 4000
"""Tokens."""

_LEAST_FOR_AN_EDGE = 15
"""Tokens: with the budget it says how many connectors are worth reading."""

_TITLE = 60
"""Characters of a frame's title in the structured content."""

Kind = Annotated[str, Field(examples=["sticky_note"])]


class OverviewArguments(OnBoard):
    budget: Annotated[int, Field(ge=200, le=1_000_000)] = ABSENT
    frame_id: Id = ABSENT
    region: Region = ABSENT
    kinds: Annotated[list[Kind], Field(min_length=1)] = ABSENT
    tag: Annotated[str, Field(min_length=1)] = ABSENT
    search: Annotated[str, Field(min_length=1)] = ABSENT

    @property
    def wanted(self) -> Wanted:
        return Wanted(
            frame_id=self.frame_id,
            region=self.region,
            kinds=frozenset(self.kinds) if self.kinds else None,
            tag=self.tag,
            search=self.search,
        )


async def overview(arguments: OverviewArguments, session: Session) -> Outcome:
    """Raises:
    CallError: see client/errors.py.
    """
    budget = arguments.budget or DEFAULT_BUDGET
    wanted = arguments.wanted
    contents = await load(
        session,
        arguments.board_id,
        with_people=True,
        most_connectors=budget // _LEAST_FOR_AN_EDGE if wanted.everything else None,
    )
    return await asyncio.to_thread(_tell, contents, wanted, budget)


def _tell(contents: Contents, wanted: Wanted, budget: int) -> Outcome:
    choice = choose(contents, wanted)
    with_ids = wanted.kinds is not None and CONNECTOR in wanted.kinds
    telling = Telling(contents, choice, _asked_for(wanted), with_ids=with_ids)
    outline = telling.within(budget)
    # Clients that show the value too pay for both: the text makes room for it, up to half.
    value = _value(contents, choice, outline)
    room = max(budget // 2, budget - most_tokens(json.dumps(value, ensure_ascii=False)))
    if most_tokens(outline.text) > room:
        outline = telling.within(room)
        value = _value(contents, choice, outline)
    return Outcome(value, outline.text)


def _value(contents: Contents, choice: Choice, outline: Outline) -> dict[str, Any]:
    value: dict[str, Any] = {
        "counts": counts_of(choice),
        "connectors": len(choice.connectors) + contents.connectors_unread,
        "frames": _frames(outline),
        "omitted": _omitted(outline),
    }
    return {**value, "missing": list(contents.missing)} if contents.missing else value


def _frames(outline: Outline) -> list[dict[str, Any]]:
    """The frames that the text names."""
    return [_frame(block, block.section.frame) for block in outline.frames if block.section and block.section.frame]


def _frame(block: Block, frame: Item) -> dict[str, Any]:
    left_out = {"omitted": block.amount_left_out} if block.amount_left_out else {}
    return {
        "id": frame.id,
        "title": shortened(text_of(frame), _TITLE),
        "items": sum(line.amount for line in block.lines),
        **left_out,
    }


def _omitted(outline: Outline) -> dict[str, Any]:
    omitted = Omitted.of(outline)
    return {
        "items": omitted.items,
        "connectors": omitted.connectors,
        "frames": omitted.frames,
        "texts_shortened": outline.shortened,
        "by_kind": dict(omitted.by_kind),
    }


def _asked_for(wanted: Wanted) -> str:
    region = wanted.region
    parts = {
        "frame_id": wanted.frame_id,
        "region": f"{region.x},{region.y} {region.width}x{region.height}" if region else None,
        "kinds": ", ".join(sorted(wanted.kinds)) if wanted.kinds else None,
        "tag": wanted.tag,
        "search": wanted.search,
    }
    return "; ".join(f"{name} {quoted(shortened(flat(part), 60))}" for name, part in parts.items() if part)


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
    run=overview,
    effect=READ,
)
