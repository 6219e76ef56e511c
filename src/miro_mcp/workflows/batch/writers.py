"""Workflow tools as steps of a batch: planned before anybody is asked, carried out with what was allowed then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...catalogue import Operation
from ...catalogue.operation import Arguments
from ...errors import CallError
from ...guardrails.guard import Permit
from ...session import Session
from ..diagram_write.tool import WRITE_DIAGRAM
from ..layout_write.tool import LAYOUT
from ..svg_write.tool import SVG
from ..workflow import Workflow

WRITERS: dict[str, Workflow] = {one.name: one for one in (WRITE_DIAGRAM, LAYOUT, SVG)}
"""Those that may be steps."""

OperationCall = tuple[Operation, Arguments]


class _PlannedError(CallError):
    """Ends a workflow once it is known what it would change."""


class PlanningSession(Session):
    """Reads as usual. What a workflow would have cleared is in `wanted`, the last `redrawn` of it its own drawing."""

    def __init__(self, session: Session) -> None:
        super().__init__(session._miro, session._asker, session.tools)
        self.wanted: Sequence[OperationCall] = ()
        self.redrawn = 0
        self.is_planned = False

    async def call(self, operation_id: str, **given: Any) -> Any:
        del operation_id, given
        self.is_planned = True
        raise _PlannedError

    async def clear(
        self, calls: Sequence[OperationCall], *, ask: bool = True, redrawn: int = 0, of: int = 0
    ) -> list[Permit]:
        del ask, of
        self.wanted, self.redrawn, self.is_planned = calls, redrawn, True
        raise _PlannedError

    async def plan(self, writer: Workflow, arguments: Arguments) -> None:
        """Finds out what a workflow would change.

        Raises:
            CallError: it can't be done, or would not be allowed.
        """
        try:
            await writer.run(arguments, self)
        except CallError:
            if not self.is_planned:
                raise


class ClearedSession(Session):
    """Carries out a workflow that was planned: nobody is asked any more, and `permits` are for what was known then."""

    def __init__(self, session: Session, wanted: Sequence[OperationCall], permits: Sequence[Permit]) -> None:
        super().__init__(session._miro, session._asker, session.tools)
        self._wanted = list(wanted)
        self._permits = list(permits)

    async def clear(
        self, calls: Sequence[OperationCall], *, ask: bool = True, redrawn: int = 0, of: int = 0
    ) -> list[Permit]:
        del ask  # It is too late for it.
        if self._permits and list(calls) == self._wanted:
            permits, self._permits = self._permits, []
            return permits
        return await super().clear(calls, ask=False, redrawn=redrawn, of=of)
