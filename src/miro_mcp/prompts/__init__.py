"""Prompts: work that people often want done on a board, told in terms of the tools."""

from .drawing import AFFINITY, CODEBASE, RETROSPECTIVE, STORY_MAP
from .organization import ACCESS_REVIEW, OFFBOARDING
from .prompt import Argument, Prompt
from .reading import ACTION_ITEMS, SUMMARY

PROMPTS: tuple[Prompt, ...] = (
    *(CODEBASE, RETROSPECTIVE, STORY_MAP, AFFINITY, SUMMARY, ACTION_ITEMS),
    *(ACCESS_REVIEW, OFFBOARDING),
)
"""Every prompt, in the order they are listed."""

__all__ = ["PROMPTS", "Argument", "Prompt"]
