"""One use of a tool: the calls it makes, each by the one way through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .calls import Miro
from .catalogue import OPERATIONS, Operation
from .catalogue.check import checked
from .catalogue.operation import Arguments
from .client.course import Answer
from .guardrails.confirmation import Asker, Nobody
from .guardrails.guard import Permit
from .keeping.journal import Journal
from .keeping.keeper import Keeper
from .tools.registry import ToolSpec


class Session:
    """The calls of one use of a workflow tool; `tools` are those the assistant has, by name."""

    def __init__(self, miro: Miro, asker: Asker, tools: Mapping[str, ToolSpec]) -> None:
        self._miro = miro
        self._asker = asker
        self.tools = tools

    @property
    def keeper(self) -> Keeper:
        """What earlier calls deleted or overwrote."""
        return self._miro.keeper

    @property
    def journal(self) -> Journal:
        """What calls of many steps have done that were cut off."""
        return self._miro.journal

    async def read(self, operation_id: str, *, max_items: int | None = None, **given: Any) -> Any:
        """The body of a read that belongs to the workflow, whatever toolset its operation is in.

        Raises:
            CallError: see errors.py.
        """
        operation = OPERATIONS[operation_id]
        answer = await self._miro.call(
            operation, checked(OPERATIONS[operation_id], given), self._asker, max_items, inner=True
        )
        return answer.body

    async def own_token(self) -> Any:
        """Whose token the server uses: the person, their team and their organization.

        Raises:
            CallError: see errors.py.
        """
        return await self._miro.look("token-info", {})

    async def call(self, operation_id: str, **given: Any) -> Any:
        """The body of any call; it is refused where the assistant itself could not make it.

        Raises:
            CallError: see errors.py.
        """
        answer = await self._miro.call(OPERATIONS[operation_id], checked(OPERATIONS[operation_id], given), self._asker)
        return answer.body

    async def clear(
        self, calls: Sequence[tuple[Operation, Arguments]], *, ask: bool = True, redrawn: int = 0, of: int = 0
    ) -> list[Permit]:
        """Leave to make calls of the assistant's, all or none, with one question at most.

        They are what is known beforehand of a plan of `of` steps. The last `redrawn` of them take away what the server
        drew and nobody has changed since, to draw it anew.
        Once something was changed nobody can be asked any more: the client may answer by calling the tool again.

        Raises:
            CallError: see errors.py.
        """
        return await self._miro.clear_all(calls, self._asker if ask else _TOO_LATE, redrawn=redrawn, of=of)

    async def carry_out(self, permit: Permit, max_items: int | None = None) -> Answer:
        """Raises:
        CallError: see errors.py.
        """
        return await self._miro.carry_out(permit, max_items)

    async def take_back(self, operation_id: str, **given: Any) -> None:
        """Deletes what this same use of the tool has made; nobody is asked about that.

        Raises:
            CallError: see errors.py.
        """
        await self._miro.take_back(OPERATIONS[operation_id], checked(OPERATIONS[operation_id], given))

    async def preview(
        self, calls: Sequence[tuple[Operation, Arguments]], of: int = 0
    ) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """The exact request each call would send, and what would be decided about it and all together: see Miro."""
        return await self._miro.preview(calls, of)

    def may_have_to_ask(
        self, operation: Operation, arguments: Arguments, *, among: int = 1, late: frozenset[str] = frozenset()
    ) -> bool:
        """Whether a call of the assistant's may need approval for what it is: see Guard."""
        return self._miro.may_have_to_ask(operation, arguments, among=among, late=late)


_TOO_LATE = Nobody(
    "This needs a person's approval, and what it would touch was not known when they could be asked, so it was not "
    "sent. Make it a call of its own."
)
