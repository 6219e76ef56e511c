"""Every workflow tool."""

from .workflow import Workflow

WORKFLOWS: tuple[Workflow, ...] = ()
"""In the order they are listed."""
