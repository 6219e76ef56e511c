"""Permission for one call, and the record of what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..catalogue import READ, Operation
from .audit import NOT_SENT, Pending


@dataclass
class Clearance:
    """The client sends nothing without one for that very operation.

    `if_broken_off` is what has come of the call as far as the client knows, should it be broken off now.
    """

    operation: Operation
    pending: Pending | None
    _if_broken_off: str = field(default=NOT_SENT, init=False)

    @property
    def if_broken_off(self) -> str:
        return self._if_broken_off

    @if_broken_off.setter
    def if_broken_off(self, outcome: str) -> None:
        self._if_broken_off = outcome
        if self.pending is not None:
            self.pending.foresee(outcome)

    def covers(self, operation: Operation) -> bool:
        """Whether it is for this operation; what changes anything has to be on record, too."""
        return self.operation is operation and (operation.effect is READ or self.pending is not None)

    def complete(self, outcome: str, status: int | None) -> None:
        if self.pending is not None:
            self.pending.complete(outcome=outcome, status=status)
