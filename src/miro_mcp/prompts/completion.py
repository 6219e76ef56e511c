"""Completions of prompt arguments: boards by name, frames of the chosen board, the own organization, known values."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from mcp.types import Completion, CompletionArgument, CompletionContext, PromptReference, ResourceTemplateReference

from ..calls import Miro
from ..errors import CallError
from ..guardrails.confirmation import Nobody
from ..resources import BOARD_RESOURCES
from ..session import Session
from ..settings import Settings
from . import PROMPTS, Argument
from .prompt import BOARD_ARGUMENT

MAX_VALUES = 20
"""Values offered at a time; the protocol allows 100."""

_ARGUMENTS: dict[tuple[str, str], Argument] = {
    (prompt.name, argument.name): argument for prompt in PROMPTS for argument in prompt.arguments
} | {(resource.uri, "board_id"): BOARD_ARGUMENT for resource in BOARD_RESOURCES}
"""By the name of the prompt, or the URI template, and the argument's own."""
_log = logging.getLogger(__name__)


class Completer:
    """Answers completion requests; where Miro can't be asked there is nothing to offer, and the log says why."""

    def __init__(self, miro: Miro, settings: Settings) -> None:
        self._miro = miro
        self._settings = settings

    async def __call__(
        self,
        reference: PromptReference | ResourceTemplateReference,
        typed: CompletionArgument,
        context: CompletionContext | None,
    ) -> Completion:
        name = reference.name if isinstance(reference, PromptReference) else reference.uri
        argument = _ARGUMENTS.get((name, typed.name))
        if argument is None:
            return Completion(values=[])
        values = await self._values(argument, typed.value.strip(), _resolved(context))
        return Completion(values=values[:MAX_VALUES], total=len(values), has_more=len(values) > MAX_VALUES)

    async def _values(self, argument: Argument, text: str, resolved: Mapping[str, str]) -> list[str]:
        if isinstance(argument.completes, tuple):
            return [value for value in argument.completes if text.lower() in value.lower()]
        try:
            match argument.completes:
                case "board":
                    return await self.boards(text)
                case "frame":
                    return await self._frames(text, resolved.get("board_id", ""))
                case "organization":
                    return await self._organization(text)
        except CallError as error:
            _log.info("Nothing to complete %s with: %s", argument.name, error)
            return []

    async def boards(self, text: str) -> list[str]:
        """Ids of the boards whose name or description has the text, or whose id begins with it."""
        allowed = self._settings.allowed_boards
        if allowed:  # Listing boards is refused then, since it would reach beyond them.
            return sorted(board for board in allowed if text.lower() in board.lower())
        found = await self._read("get-boards", limit=str(MAX_VALUES), **({"query": text} if text else {}))
        return [str(board["id"]) for board in found.get("data", [])]

    async def _frames(self, text: str, board_id: str) -> list[str]:
        if not board_id:
            return []
        frames = (await self._read("get-items", board_id=board_id, type="frame", limit="50")).get("data", [])
        return [
            str(frame["id"])
            for frame in frames
            if text.lower() in str(frame.get("data", {}).get("title", "")).lower() or str(frame["id"]).startswith(text)
        ]

    async def _organization(self, text: str) -> list[str]:
        found = str((await self._miro.look("token-info", {}))["organization"]["id"])
        return [found] if found.startswith(text) else []

    async def _read(self, operation_id: str, **given: Any) -> Any:
        return await Session(self._miro, Nobody("Nobody is asked while typing."), {}).read(operation_id, **given)


def _resolved(context: CompletionContext | None) -> Mapping[str, str]:
    return (context.arguments if context else None) or {}
