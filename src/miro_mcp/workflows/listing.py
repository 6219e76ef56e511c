"""Every workflow tool."""

from .preview.view import VIEW
from .workflow import Workflow

WORKFLOWS: tuple[Workflow, ...] = (VIEW,)
"""In the order they are listed."""
