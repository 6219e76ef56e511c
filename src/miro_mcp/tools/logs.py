"""Logs as they are told: filtered over the whole walk, counted by event first, and what repeats said once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from ..calls import Miro
from ..client.course import Answer
from ..guardrails.confirmation import Asker
from ..guardrails.lookups import entries, part
from .additions import AI_LOG, AUDIT_LOG, CONTENT_LOG, LogAdditions
from .arguments import CheckedCall
from .fit import how_many_fit
from .registry import MAX_ITEMS
from .results import shape_answer, to_text

Entry = dict[str, Any]


@dataclass(frozen=True)
class Log:
    """Where a log has what its entries tell: the event, who, when, and the members that name the object."""

    event: str
    who: str
    when: str
    objects: tuple[tuple[str, ...], ...]
    after: str
    """The argument that the walk begins at."""


LOGS: dict[str, Log] = {
    AUDIT_LOG: Log("event", "createdBy", "createdAt", (("object", "id"), ("object", "name")), "createdAfter"),
    CONTENT_LOG: Log("actionType", "actor", "actionTime", (("contentId",), ("itemId",)), "from"),
    AI_LOG: Log("logType", "actor", "createdAt", (("object", "id"),), "from"),
}

_WHO = ("email", "id", "name")
_LEFT_OUT = frozenset({"id"})
"""An entry's own id leads nowhere."""

_FOR_HEAD = 400
"""Tokens kept for what stands before the entries and behind them."""


async def read_log(call: CheckedCall, miro: Miro, asker: Asker) -> dict[str, Any]:
    """The entries of a log that are wanted; with a filter the pages are walked to the end of the time asked for."""
    log = LOGS[call.operation.id]
    wanted = call.added if isinstance(call.added, LogAdditions) else LogAdditions()
    is_filtered = bool(wanted.model_fields_set)
    answer = await miro.call(call.operation, call.arguments, asker, MAX_ITEMS if is_filtered else call.max_items)
    body = cast("Mapping[str, Any]", answer.body)
    read = [cast("Entry", entry) for entry in entries(body, "data")]
    found = [entry for entry in read if _is_wanted(entry, log, wanted)]
    counts = Counter(str(entry.get(log.event)) for entry in found)
    value: dict[str, Any] = {"counts": dict(counts.most_common()), "matched": len(found), "read": len(read)}
    value |= {name: body[name] for name in ("total", "cursor", "more", "cut") if name in body}
    told = found[: call.max_items] if call.max_items else found
    return _fitting(value, told, call, log)


def _is_wanted(entry: Entry, log: Log, wanted: LogAdditions) -> bool:
    who = entry.get(log.who)
    tests = (
        (wanted.event, [entry.get(log.event)]),
        (wanted.person, [part(who, name) for name in _WHO]),
        (wanted.object, [part(entry, *path) for path in log.objects]),
    )
    return all(not text or any(text.casefold() in str(one).casefold() for one in of if one) for text, of in tests)


def _fitting(value: dict[str, Any], found: Sequence[Entry], call: CheckedCall, log: Log) -> dict[str, Any]:
    """As many of the entries as fit; what is left out is counted, and how to go on said."""
    same, people = _same(found, log), _people(found, log)
    told = [_told(entry, call, log, same) for entry in found]
    shared = ({"people": people} if people else {}) | ({"same": same} if same else {})
    head = call.max_tokens - _FOR_HEAD - _size(value | shared)
    kept = how_many_fit(told, max(head, _FOR_HEAD))
    value |= {**shared, "data": told[:kept]}
    left = value["matched"] - kept
    if left:
        last = told[kept - 1][log.when] if kept else None
        value["left_out"] = left
        value["go_on"] = f"Narrow event, person, object or time, or give max_tokens; the last entry told is of {last}."
    return value


def _size(value: Any) -> int:
    return len(to_text(value)) // 3


def _told(entry: Entry, call: CheckedCall, log: Log, same: Mapping[str, Any]) -> Entry:
    """When, what, who and the rest; of the fields that were picked, beside when and who, those alone."""
    head = {log.when: entry.get(log.when), log.event: entry.get(log.event), log.who: _name(entry.get(log.who))}
    if call.fields:
        return head | shape_answer(Answer(200, entry), fields=call.fields)
    if call.verbose:
        return head | {name: value for name, value in entry.items() if name not in head}
    spoken = {log.when, log.event, log.who, *_LEFT_OUT}
    rest = {name: _without(value, same.get(name)) for name, value in entry.items() if name not in spoken}
    return head | shape_answer(Answer(200, {name: value for name, value in rest.items() if value}), tells_when=True)


def _without(value: Any, same: Any) -> Any:
    """A value without what is the same in every entry."""
    if value == same:
        return None
    if not isinstance(value, dict):
        return value
    members = cast("Entry", value)
    return {name: member for name, member in members.items() if part(same, name) != member}


def _same(found: Sequence[Entry], log: Log) -> Entry:
    """What all entries have in common, objects member by member."""
    if len(found) < 2:
        return {}
    first = found[0]
    names = [name for name in first if name not in (log.when, log.event, log.who, *_LEFT_OUT)]
    same: Entry = {
        name: first[name] for name in names if first[name] and all(one.get(name) == first[name] for one in found)
    }
    for name in names:
        inside = first[name]
        if name not in same and isinstance(inside, dict):
            members = cast("Entry", inside)
            shared = {
                key: value for key, value in members.items() if all(part(one, name, key) == value for one in found)
            }
            same |= {name: shared} if shared else {}
    return same


def _name(who: Any) -> str:
    return next((str(told) for name in _WHO if (told := part(who, name))), "unknown")


def _people(found: Sequence[Entry], log: Log) -> dict[str, Any]:
    """Who is behind each name, said once."""
    people: dict[str, Any] = {}
    for entry in found:
        who = entry.get(log.who)
        if isinstance(who, dict) and _name(who) not in people:
            told = cast("Entry", who)
            people[_name(who)] = {name: value for name, value in told.items() if value and value != _name(who)}
    return people
