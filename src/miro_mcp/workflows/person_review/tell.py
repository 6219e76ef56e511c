"""A person review within a number of tokens: what they are in first, then the boards until the budget is used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ...directory.holds import Hold
from ...directory.values import SharedBoard
from ...text.hidden import visible
from ...text.quoting import quoted
from ...text.render import flat
from ...text.token_bound import most_tokens
from ...tools.results import to_text
from ..workflow import Outcome
from .plan import LeavingPlan
from .reviewed import Reviewed

_FOR_PLAN, _FOR_HEADER = 0.5, 0.6
"""Shares of the budget that the plan may take, and of what it leaves the lines before the boards."""

_FOR_END = 40
"""Tokens kept for the line that says what is left out."""


def tell_person(reviewed: Reviewed, plan: LeavingPlan | None, *, start: int, budget: int) -> Outcome:
    value = _told_plan(plan, int(budget * _FOR_PLAN)) if plan else None
    room = budget - (most_tokens(to_text(value)) if value else 0) - _FOR_END
    lines = _fitting(_header(reviewed), int(room * _FOR_HEADER))
    room -= sum(map(_cost, lines))
    boards = reviewed.boards
    told = 0
    for board in boards[start:]:
        line = _board(reviewed, board)
        if told and _cost(line) > room:
            break
        room -= _cost(line)
        lines.append(line)
        told += 1
    left = len(boards) - start - told
    if left > 0:
        lines.append(f"Left out: {left} boards. Go on with start {start + told}, or give a larger budget.")
    return Outcome(value, visible("\n".join(lines)))


def _header(reviewed: Reviewed) -> Iterator[list[str]]:
    """Each line in parts, of which the first stands for itself and the others may be left out."""
    person, people = reviewed.person, reviewed.organization.people
    name = f"{quoted(people.get(person.id).name)}, " if people.get(person.id).name else ""
    roles = f" ({', '.join(person.admin_roles)})" if person.admin_roles else ""
    state = "active" if person.active else "inactive (deactivated)"
    yield [f"{name}{flat(person.email)}, id {person.id}: {person.role}{roles}, licence {person.license}, {state}"]
    yield from ([f"Not looked at: {missing}"] for missing in reviewed.organization.missing)
    yield from ([_hold(reviewed, hold)] for hold in reviewed.holds or ())
    if reviewed.holds is not None and not reviewed.holds:
        yield ["Legal holds: none names them"]
    teams = [
        f"{quoted(team.name)} (id {team.id}) {(team.members or {})[person.id]}"
        + (", its last admin" if reviewed.is_last_admin_of(team) else "")
        for team in reviewed.teams
    ]
    yield [f"Teams: {len(teams)}", *teams]
    projects = [f"{quoted(one.name)} (id {one.id}) {(one.members or {})[person.id]}" for one in reviewed.projects]
    yield [f"Projects: {len(projects)}", *projects]
    yield [f"User groups: {len(reviewed.groups)}", *(f"{quoted(one.name)} (id {one.id})" for one in reviewed.groups)]
    yield [f"Boards they own: {len(reviewed.boards)}, each with who inherits it: the admin of its team who came first"]


def _hold(reviewed: Reviewed, hold: Hold) -> str:
    lost = reviewed.would_lose(hold)
    boards = "boards not seen" if hold.boards is None else f"preserves {len(hold.boards)} boards"
    told = f"would lose {len(lost)}, which pass to people it does not name: {', '.join(lost)}" if lost else "loses none"
    return (
        f"Legal hold {quoted(hold.name)} (id {hold.id}) of case {quoted(hold.case_name)} (id {hold.case_id}), "
        f"{hold.state}: {boards}; {told}"
    )


def _board(reviewed: Reviewed, board: SharedBoard) -> str:
    team = reviewed.organization.teams.get(board.team_id)
    heir = reviewed.heir_address(board)
    if heir:
        passes = f"to {heir}"
    elif team is not None and team.members is None:
        passes = "heir not seen"
    else:
        passes = "to nobody: the team has no other admin"
    return f"{board.id} {quoted(board.name)}, team {quoted(team.name if team else '')}: {passes}"


def _fitting(lines: Iterator[list[str]], room: int) -> list[str]:
    """The lines with as many of their parts as fit; what is left out is counted."""
    told: list[str] = []
    for head, *parts in lines:
        kept: list[str] = []
        spent = _cost(head) + 8
        for part in parts:
            if spent + _cost(part) > room:
                break
            spent += _cost(part)
            kept.append(part)
        left = [f"{len(parts) - len(kept)} more: give a larger budget"] if len(kept) < len(parts) else []
        told.append("; ".join([head, *kept, *left]))
        room -= spent
    return told


def _told_plan(plan: LeavingPlan, room: int) -> dict[str, Any]:
    """The plan from its first step on, as far as there is room."""
    value: dict[str, Any] = {"batches": plan.batches, "notes": plan.notes}
    steps = [(number, step) for number, batch in enumerate(plan.batches) for step in batch["steps"]]
    kept = len(steps)
    while kept and most_tokens(to_text(value)) > room:
        kept = kept * 3 // 4
        note = f"{len(steps) - kept} further steps are left out: give a larger budget before you begin."
        value = {"batches": _first(plan.batches, steps[:kept]), "notes": [note, *plan.notes]}
    return value


def _first(batches: Sequence[dict[str, Any]], steps: Sequence[tuple[int, dict[str, Any]]]) -> list[dict[str, Any]]:
    within = [{**batch, "steps": [step for at, step in steps if at == number]} for number, batch in enumerate(batches)]
    return [batch for batch in within if batch["steps"]]


def _cost(line: str) -> int:
    return most_tokens(f"{line}\n")
