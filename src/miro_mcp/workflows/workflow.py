"""What a workflow tool is: its declaration, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import Any

from anyio import to_thread

from ..catalogue import READ, Effect, Toolset
from ..catalogue.operation import Arguments
from ..session import Session


@dataclass(frozen=True)
class Outcome:
    """What a workflow answers: a value, told as JSON, a text of its own, and pictures as PNG bytes."""

    value: dict[str, Any] | None
    text: str | None = None
    pictures: tuple[bytes, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Workflow:
    """One workflow tool; its input schema is that of `arguments`, `effect` the worst it does.

    `run(arguments, session)` in the module run.py beside its arguments does the work; it is imported when it is first
    used, with all that it needs. One that only does what other tools may do (`follows_read_only`) stays in read-only
    mode, and reads then.
    """

    name: str
    title: str
    description: str
    arguments: type[Arguments]
    effect: Effect
    toolset: Toolset = "default"
    destructive: bool = False
    repeatable: bool = True
    follows_read_only: bool = False
    meta: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def as_read_only(self) -> Workflow | None:
        """What is left of it in read-only mode."""
        return replace(self, effect=READ, destructive=False, repeatable=True) if self.follows_read_only else None

    async def run(self, arguments: Arguments, session: Session) -> Outcome:
        """Raises:
        CallError: see errors.py.
        """
        name = f"{self.arguments.__module__.rpartition('.')[0]}.run"
        # In a thread, since what a workflow needs takes a moment to load.
        return await (await to_thread.run_sync(import_module, name)).run(arguments, session)
