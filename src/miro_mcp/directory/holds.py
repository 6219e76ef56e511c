"""Legal holds that name somebody, and the boards that they preserve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from ..guardrails.lookups import entries, part
from ..system.parallel import run_jobs
from ..text.quoting import quoted
from .looks import Looks, Raw


@dataclass(frozen=True)
class Hold:
    """A hold; `emails` are those it names, `boards` the ids of what it preserves, None where they could not be seen."""

    id: str
    case_id: str
    case_name: str
    name: str
    description: str
    state: str
    emails: tuple[str, ...]
    boards: tuple[str, ...] | None

    def names(self, email: str) -> bool:
        return email.casefold() in map(str.casefold, self.emails)

    def would_lose(self, heirs: Mapping[str, str | None]) -> list[str]:
        """Of what it preserves, the boards that pass to somebody whom it doesn't name; `heirs` are addresses by board.

        A board without an heir stays with the person.
        """
        preserved = heirs if self.boards is None else self.boards
        return [id for id in preserved if (heir := heirs.get(id)) is not None and not self.names(heir)]


async def read_holds(looks: Looks, organization_id: str, email: str) -> list[Hold] | None:
    """The holds that name an address; None where cases can't be read."""
    cases = await looks.every("legal holds", "", "get-all-cases", org_id=organization_id)
    if cases is None:
        return None
    found: list[Hold] = []

    async def read(case: Raw) -> None:
        where = {"org_id": organization_id, "case_id": str(case.get("id"))}
        called = f"case {quoted(str(case.get('name') or where['case_id']))}"
        for entry in await looks.every("legal holds", called, "get-all-legal-holds", **where) or ():
            hold = _hold(case, entry)
            if hold.names(email):
                found.append(await _with_boards(hold, where))

    async def _with_boards(hold: Hold, where: dict[str, str]) -> Hold:
        held = await looks.every(
            "boards", f"legal hold {quoted(hold.name)}", "get-legal-hold-content-items", **where, legal_hold_id=hold.id
        )
        boards = None if held is None else tuple(str(one.get("contentId")) for one in held)
        return replace(hold, boards=boards)

    await run_jobs([partial(read, case) for case in cases])
    return sorted(found, key=lambda hold: (hold.case_name, hold.name, hold.id))


def _hold(case: Raw, entry: Raw) -> Hold:
    return Hold(
        id=str(entry.get("id")),
        case_id=str(case.get("id")),
        case_name=str(case.get("name", "")),
        name=str(entry.get("name", "")),
        description=str(entry.get("description", "")),
        state=str(entry.get("state", "")),
        emails=tuple(str(part(user, "email")) for user in entries(entry, "scope", "users")),
        boards=None,
    )
