"""What a prompt is: arguments, and a text in which they and the tools to use are named."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from string import Template
from typing import Literal

Completes = Literal["board", "frame", "organization"]
"""What is looked up in Miro for an argument."""


@dataclass(frozen=True, kw_only=True)
class Argument:
    """One argument; without a `default`, which stands in the text for a value that isn't given, it is required.

    `completes` is what is looked up while it is typed, or the values it is usually one of.
    """

    name: str
    description: str
    default: str | None = None
    completes: Completes | tuple[str, ...] = ()


BOARD_ARGUMENT = Argument(name="board_id", description="The board: its id or its URL", completes="board")


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """One prompt; in `text`, `$name` stands for an argument's value and `miro_…` for a tool."""

    name: str
    title: str
    description: str
    arguments: tuple[Argument, ...]
    text: str

    @property
    def tools(self) -> frozenset[str]:
        """Every tool the text tells to use."""
        return frozenset(re.findall(r"\bmiro_[a-z_]+", self.text))

    def render(self, given: Mapping[str, str], offered: Set[str]) -> str:
        """The text for an assistant to which the tools `offered` are there.

        Raises:
            ValueError: an argument is missing, or is none of the prompt's.
        """
        known = {argument.name: argument.default for argument in self.arguments}
        if unknown := [name for name in given if name not in known]:
            raise ValueError(f"{self.name} takes {', '.join(known)}, not {', '.join(unknown)}.")
        values = known | {name: value.strip() for name, value in given.items() if value.strip()}
        if missing := [name for name, value in values.items() if value is None]:
            raise ValueError(f"{self.name} needs {', '.join(missing)}.")
        return self._warning(offered) + Template(self.text).substitute(values)

    def _warning(self, offered: Set[str]) -> str:
        absent = sorted(self.tools - offered)
        if not absent:
            return ""
        return (
            f"This server does not offer {', '.join(absent)} now. Tell the person to switch on what is missing "
            "(toolsets with MIRO_TOOLSETS, writes by taking MIRO_READ_ONLY away) and to restart it; do only what works "
            "without.\n\n"
        )
