"""Prompts as the SDK wants them."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.prompts.base import Message, PromptArgument, UserMessage
from mcp.server.mcpserver.prompts.base import Prompt as SdkPrompt
from mcp.shared.exceptions import MCPError
from mcp.types import INVALID_PARAMS
from pydantic import PrivateAttr

from ..calls import Miro
from ..settings import Settings
from . import PROMPTS
from .completion import Completer
from .prompt import Prompt


def add_prompts(server: MCPServer[Any], miro: Miro, settings: Settings, offered: Set[str]) -> None:
    """Adds every prompt, and the completion of their arguments, to a server that offers these tools."""
    for prompt in PROMPTS:
        server.add_prompt(ServedPrompt.of(prompt, offered))
    server.completion()(Completer(miro, settings))


class ServedPrompt(SdkPrompt):
    """Renders one of our prompts: the SDK's own rendering would hide what was wrong with the arguments."""

    _prompt: Prompt = PrivateAttr()
    _offered: Set[str] = PrivateAttr()

    async def render(self, arguments: dict[str, Any] | None, context: Context[Any, Any]) -> list[Message]:  # noqa: ARG002
        try:
            return [UserMessage(self._prompt.render(arguments or {}, self._offered))]
        except ValueError as error:
            raise MCPError(code=INVALID_PARAMS, message=str(error)) from None

    @classmethod
    def of(cls, prompt: Prompt, offered: Set[str]) -> ServedPrompt:
        """One prompt of a server that offers these tools."""
        served = cls(
            name=prompt.name,
            title=prompt.title,
            description=prompt.description,
            arguments=[
                PromptArgument(name=one.name, description=one.description, required=one.default is None)
                for one in prompt.arguments
            ],
            fn=prompt.render,
            context_kwarg=None,
        )
        served._prompt, served._offered = prompt, offered
        return served
