"""Tools that do more than one call: reading and seeing boards, diagrams, batches; each call takes the one way."""

from .workflow import Workflow

WORKFLOWS: tuple[Workflow, ...] = ()
"""Every workflow tool, in the order they are listed."""

__all__ = ["WORKFLOWS", "Workflow"]
