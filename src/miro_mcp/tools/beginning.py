"""The beginning of a list that is too long for one answer, with what asks for the rest."""

from __future__ import annotations

from functools import partial
from typing import Any

from ..calls import Miro
from ..client.paging import LISTS
from ..guardrails.confirmation import Asker
from ..system.aside import aside
from .arguments import CheckedCall
from .fit import how_many_fit
from .results import shape_answer

_LEAST = 10
"""Entries: pages of items have no fewer, so that only whole tens have a cursor behind them."""

_GO_ON = (
    "This is the beginning of the list. Pass on {where} for the rest; name the fields you need, or give max_tokens."
)


async def begin_list(call: CheckedCall, value: dict[str, Any], miro: Miro, asker: Asker) -> dict[str, Any] | None:
    """As many of the first entries as fit, and where to go on; None for what is no such list, or of very long entries.

    A cursor stands behind a page alone: what is to be told is read once more, as pages that end where it ends.
    """
    name = next((one for one in LISTS if isinstance(value.get(one), list)), None)
    paging = call.operation.paging
    if name is None or paging is None:
        return None
    entries: list[Any] = value[name]
    kept = await aside(entries, how_many_fit, entries, call.max_tokens) // _LEAST * _LEAST
    if not kept:
        return None
    left = value["total"] - kept if isinstance(value.get("total"), int) else len(entries) - kept
    begun = {**value, name: entries[:kept], "more": True, "left_out": left}
    if paging != "cursor":
        where, first = ("offset", 0) if paging == "offset" else ("startIndex", 1)
        given = call.arguments.model_dump(exclude_unset=True, by_alias=True)
        return begun | {where: given.get(where, first) + kept, "go_on": _GO_ON.format(where=where)}
    begun.pop("cursor", None)
    if miro.may_have_to_ask(call.operation, call.arguments):
        return begun | {"go_on": f"Call again with max_items {kept}: its cursor leads to the rest."}
    given = call.arguments.model_dump(exclude_unset=True, by_alias=True, exclude={"limit"})
    again = await miro.call(call.operation, call.operation.arguments.model_validate(given), asker, kept)
    shape = partial(shape_answer, fields=call.fields, verbose=call.verbose, tells_when=call.operation.tells_when)
    shorter = await aside(again.body, shape, again)
    return shorter | {"left_out": left, "go_on": _GO_ON.format(where="cursor")}
