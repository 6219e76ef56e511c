"""Prompts: work that people often want done on a board, told in terms of the tools."""

from .boards import (
    KANBAN,
    MEETING_NOTES,
    ORG_REVIEW,
    RETROSPECTIVE,
    ROADMAP,
    SERVICE_BLUEPRINT,
    STORY_MAP,
    WIREFRAME,
)
from .drawing import AFFINITY, CODEBASE
from .organization import ACCESS_REVIEW, OFFBOARDING
from .prompt import Argument, Prompt
from .reading import ACTION_ITEMS, SUMMARY

PROMPTS: tuple[Prompt, ...] = (
    *(CODEBASE, RETROSPECTIVE, STORY_MAP, KANBAN, ROADMAP, SERVICE_BLUEPRINT, MEETING_NOTES, WIREFRAME, ORG_REVIEW),
    *(AFFINITY, SUMMARY, ACTION_ITEMS, ACCESS_REVIEW, OFFBOARDING),
)
"""Every prompt, in the order they are listed."""

__all__ = ["PROMPTS", "Argument", "Prompt"]
