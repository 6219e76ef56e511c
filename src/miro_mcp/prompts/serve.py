"""Prompts and completions as the server lists and answers them."""

from __future__ import annotations

import logging
from collections.abc import Set

from mcp.shared.exceptions import MCPError
from mcp.types import (
    INTERNAL_ERROR,
    INVALID_PARAMS,
    CompleteRequestParams,
    CompleteResult,
    GetPromptRequestParams,
    GetPromptResult,
    ListPromptsResult,
    PaginatedRequestParams,
    PromptArgument,
    PromptMessage,
    TextContent,
)
from mcp.types import Prompt as ListedPrompt

from ..calls import Miro
from ..settings import Settings
from ..tools.request import Context
from . import PROMPTS
from .completion import Completer
from .prompt import Prompt

logger = logging.getLogger(__name__)


class PromptHandlers:
    """Every prompt of a server that offers these tools, and the completion of their arguments."""

    def __init__(self, miro: Miro, settings: Settings, offered: Set[str]) -> None:
        self._prompts = {prompt.name: prompt for prompt in PROMPTS}
        self._offered = offered
        self._completer = Completer(miro, settings)

    async def list_all(self, _: Context, __: PaginatedRequestParams | None) -> ListPromptsResult:
        return ListPromptsResult(prompts=[_listed(prompt) for prompt in self._prompts.values()])

    async def get(self, _: Context, params: GetPromptRequestParams) -> GetPromptResult:
        prompt = self._prompts.get(params.name)
        if prompt is None:
            raise MCPError(code=INVALID_PARAMS, message=f"Unknown prompt: {params.name}")
        try:
            text = prompt.render(params.arguments or {}, self._offered)
        except ValueError as error:
            raise MCPError(code=INVALID_PARAMS, message=str(error)) from None
        message = PromptMessage(role="user", content=TextContent(type="text", text=text))
        return GetPromptResult(description=prompt.description, messages=[message])

    async def complete(self, _: Context, params: CompleteRequestParams) -> CompleteResult:
        try:
            return CompleteResult(completion=await self._completer(params.ref, params.argument, params.context))
        except Exception as error:
            logger.exception("Completing %r failed", params.argument.name)
            raise MCPError(code=INTERNAL_ERROR, message=f"{params.argument.name} can't be completed now.") from error


def _listed(prompt: Prompt) -> ListedPrompt:
    arguments = [
        PromptArgument(name=one.name, description=one.description, required=one.default is None)
        for one in prompt.arguments
    ]
    return ListedPrompt(name=prompt.name, title=prompt.title, description=prompt.description, arguments=arguments)
