"""What pyproject.toml says of the project, and the tools it offers."""

import tomllib
from pathlib import Path
from typing import Any

from miro_mcp.guardrails.policy import Policy
from miro_mcp.settings import Settings
from miro_mcp.tools.registry import ToolSpec, build_tools
from miro_mcp.workflows.listing import build_workflows
from miro_mcp.workflows.workflow import Workflow

ROOT = Path(__file__).parents[2]
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT: dict[str, Any] = PYPROJECT["project"]
REGISTRY_NAME: str = PYPROJECT["tool"]["miro-mcp"]["registry-name"]


def offered() -> tuple[list[Workflow], list[ToolSpec]]:
    """The workflow tools and the tools of operations that a server with no settings has."""
    policy = Policy(Settings())
    return build_workflows(policy), build_tools(policy)
