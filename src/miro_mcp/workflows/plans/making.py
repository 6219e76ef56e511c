"""Making what is new of a plan: noted before and after, and looked for where a call has no answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

from ...board.contents import Contents, Raw, as_object
from ...board.unanswered import Unanswered, ask_until_made, sought_line
from ...board.write import created_entries, in_order
from ...client.course import Answer
from ...errors import CallError, OutcomeUnknown
from ...guardrails.guard import Permit
from ...session import Session
from ..svg_write.rules import CONNECTOR_DELETE, rules_of
from .done import Done, resolved, sought_creation
from .steps import Creation, WritePlan

Leave = Callable[[Sequence[Creation]], Awaitable[Permit]]
"""Gets leave to make some of what is new once more."""


class Making:
    """What was made of one plan on one board: `made` has id and kind by label, `answers` Miro's words by id."""

    def __init__(self, session: Session, board_id: str, contents: Contents, plan: WritePlan, done: Done) -> None:
        self._session = session
        self._board_id = board_id
        self._plan = plan
        self._done = done
        self._unanswered = Unanswered(session, board_id, done.ids_before(contents))
        self._is_unsure = False
        self.made = done.made_on(contents, plan)
        self.answers: dict[str, Raw] = {
            identifier: contents.items[identifier].raw
            for identifier, _ in self.made.values()
            if identifier in contents.items
        }

    @property
    def ids(self) -> dict[str, str]:
        return {label: identifier for label, (identifier, _) in self.made.items()}

    def missing(self, makings: Sequence[Creation]) -> list[Creation]:
        return [one for one in makings if one.label not in self.made]

    async def create(self, bulk: Sequence[Creation], permit: Permit, leave: Leave) -> None:
        """Makes items with one call, as far as it can be done so.

        Raises:
            CallError: some are not made, or may be.
        """
        permits = [permit]

        async def ask(missing: list[int]) -> Sequence[Raw]:
            wanted = [bulk[number] for number in missing]
            self._done.sent(one.label for one in wanted)
            body = (await self._carry_out(permits.pop() if permits else await leave(wanted))).body
            found = [as_object(body)] if bulk[0].is_single else created_entries(body)
            if len(found) != len(wanted):
                ids = ", ".join(str(raw["id"]) for raw in found)
                raise OutcomeUnknown(f"Miro made {len(found)} items of {len(wanted)}: {ids or 'none'}.", changes=True)
            found = in_order([one.given for one in wanted], found)
            self._keep(wanted, found)
            return found

        async def look(missing: list[int]) -> Sequence[Raw | None]:
            wanted = [bulk[number] for number in missing]
            sought = [sought_creation(one) for one in wanted]
            found = await self._unanswered.find_items(sought, set(self.ids.values()))
            self._keep(wanted, found)
            return found

        await ask_until_made(len(bulk), ask, look)

    async def connect(self, line: Creation, permit: Permit, leave: Leave) -> None:
        """Makes a line.

        Raises:
            CallError: it is not made, or may be.
        """
        permits = [permit]

        async def ask(_: list[int]) -> Sequence[Raw]:
            self._done.sent([line.label])
            body = as_object((await self._carry_out(permits.pop() if permits else await leave([line]))).body)
            self._keep([line], [body])
            return [body]

        async def look(_: list[int]) -> Sequence[Raw | None]:
            sought = sought_line(resolved(line.given, self.ids))
            found = await self._unanswered.find_line(sought, set(self.ids.values()))
            self._keep([line], [found])
            return [found]

        await ask_until_made(1, ask, look)

    async def tag(self, tag: Creation, permit: Permit) -> None:
        """Makes a tag; a second of the same title is refused by Miro, so nothing has to be looked for."""
        self._keep([tag], [as_object((await self._carry_out(permit)).body)])

    async def settle(self) -> None:
        """Takes away what a call has made that was made again, since nothing was heard or seen of it.

        Raises:
            CallError: it could not be.
        """
        if not self._is_unsure:
            return
        items = [sought_creation(one) for one in (*self._plan.frames, *self._plan.items)]
        lines = [sought_line(resolved(one.given, self.ids)) for one in self._plan.lines]
        more, joined = await self._unanswered.find_all(items, lines, set(self.ids.values()))
        for item in more:
            await self._session.take_back(rules_of(item.kind).delete, board_id=self._board_id, item_id=item.id)
        for line in joined:
            await self._session.take_back(CONNECTOR_DELETE, board_id=self._board_id, connector_id=line.id)

    def _keep(self, wanted: Sequence[Creation], found: Sequence[Raw | None]) -> None:
        raws: Mapping[str, Raw] = {one.label: raw for one, raw in zip(wanted, found, strict=True) if raw is not None}
        kinds = {one.label: one.kind for one in wanted}
        made = {label: (str(raw.get("id") or ""), kinds[label]) for label, raw in raws.items()}
        self.made |= made
        self.answers |= {str(raw.get("id")): raw for raw in raws.values()}
        self._done.made(made)

    async def _carry_out(self, permit: Permit) -> Answer:
        try:
            return await self._session.carry_out(permit)
        except CallError as error:
            self._is_unsure = self._is_unsure or error.outcome == "unknown"
            raise
