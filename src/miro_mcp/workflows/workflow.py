"""What a workflow tool is, and what it works with: sessions make its calls, outcomes are what it answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ..catalogue import OPERATIONS, READ, Effect, Operation, Toolset
from ..catalogue.operation import Arguments
from ..errors import BadArguments
from ..guardrails.confirmation import Asker, Nobody

if TYPE_CHECKING:
    from ..calls import Miro
    from ..client.course import Answer
    from ..guardrails.guard import Permit
    from ..tools.registry import ToolSpec


@dataclass(frozen=True)
class Outcome:
    """What a workflow answers: a value, its text where that isn't the value as JSON, and pictures as PNG bytes."""

    value: dict[str, Any]
    text: str | None = None
    pictures: tuple[bytes, ...] = ()


class Session:
    """The calls of one use of a workflow tool; `tools` are those the assistant has, by name."""

    def __init__(self, miro: Miro, asker: Asker, tools: Mapping[str, ToolSpec]) -> None:
        self._miro = miro
        self._asker = asker
        self.tools = tools

    async def read(self, operation_id: str, *, max_items: int | None = None, **given: Any) -> Any:
        """The body of a read that belongs to the workflow, whatever toolset its operation is in.

        Raises:
            CallError: see errors.py.
        """
        operation = OPERATIONS[operation_id]
        answer = await self._miro.call(operation, _checked(operation_id, given), self._asker, max_items, inner=True)
        return answer.body

    async def call(self, operation_id: str, **given: Any) -> Any:
        """The body of any call; it is refused where the assistant itself could not make it.

        Raises:
            CallError: see errors.py.
        """
        answer = await self._miro.call(OPERATIONS[operation_id], _checked(operation_id, given), self._asker)
        return answer.body

    async def clear(self, calls: Sequence[tuple[Operation, Arguments]], *, ask: bool = True) -> list[Permit]:
        """Leave to make calls of the assistant's, all or none, with one question at most.

        Once something was changed nobody can be asked any more: the client may answer by calling the tool anew.

        Raises:
            CallError: see errors.py.
        """
        return await self._miro.clear_all(calls, self._asker if ask else _TOO_LATE)

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
        await self._miro.take_back(OPERATIONS[operation_id], _checked(operation_id, given))

    async def preview(self, operation: Operation, arguments: Arguments) -> dict[str, Any]:
        """The exact request a call would send, and what would be decided about it; only reads are sent."""
        return await self._miro.preview(operation, arguments)

    def has_to_ask(self, operation: Operation, arguments: Arguments, *, among: int = 1) -> bool:
        """Whether a call of the assistant's, one of so many deletions, would need a person's yes for what it is."""
        return self._miro.has_to_ask(operation, arguments, among=among)


_TOO_LATE = Nobody(
    "This needs a person's yes, and what it would touch was not known when they could be asked, so it was not sent. "
    "Make it a call of its own."
)


@dataclass(frozen=True, kw_only=True)
class Workflow:
    """One workflow tool; its input schema is that of `arguments`, `effect` the worst it does.

    One that only does what other tools may do (`follows_read_only`) stays in read-only mode, and reads then. `run`
    gets the checked arguments and a session. Heavy imports belong inside it, not at the top of its module.
    """

    name: str
    title: str
    description: str
    arguments: type[Arguments]
    run: Callable[[Any, Session], Awaitable[Outcome]]
    effect: Effect
    toolset: Toolset = "default"
    destructive: bool = False
    repeatable: bool = True
    follows_read_only: bool = False
    meta: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def as_read_only(self) -> Workflow | None:
        """What is left of it in read-only mode."""
        return replace(self, effect=READ, destructive=False, repeatable=True) if self.follows_read_only else None


def _checked(operation_id: str, given: Mapping[str, Any]) -> Arguments:
    try:
        return OPERATIONS[operation_id].arguments.model_validate(given, by_alias=True)
    except ValidationError as error:
        places = ", ".join(".".join(map(str, one["loc"])) for one in error.errors(include_url=False))
        raise BadArguments(f"{operation_id} can't be called with this {places or 'combination'}.") from error
