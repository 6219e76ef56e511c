"""Prompts: work that people often want done on a board, told in terms of the tools."""

from . import access_review, action_items, affinity, codebase, retrospective, story_map, summary
from .prompt import Argument, Prompt

PROMPTS: tuple[Prompt, ...] = (
    codebase.PROMPT,
    retrospective.PROMPT,
    story_map.PROMPT,
    affinity.PROMPT,
    summary.PROMPT,
    action_items.PROMPT,
    access_review.PROMPT,
)
"""Every prompt, in the order they are listed."""

__all__ = ["PROMPTS", "Argument", "Prompt"]
