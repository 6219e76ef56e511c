"""Every workflow tool, and which of them a policy exposes."""

from ..guardrails.policy import Policy
from .batch.tool import BATCH
from .diagrams.reading import READ_DIAGRAM
from .diagrams.writing import WRITE_DIAGRAM
from .editing.tool import SVG
from .preview.view import VIEW
from .reading.overview import OVERVIEW
from .workflow import Workflow

WORKFLOWS: tuple[Workflow, ...] = (OVERVIEW, VIEW, WRITE_DIAGRAM, READ_DIAGRAM, SVG, BATCH)
"""In the order they are listed."""


def build_workflows(policy: Policy) -> list[Workflow]:
    """Every workflow tool the policy exposes, as it is under that policy."""
    offered = (
        workflow if policy.exposes_workflow(workflow.effect, workflow.toolset) else workflow.as_read_only()
        for workflow in WORKFLOWS
    )
    return [one for one in offered if one and policy.exposes_workflow(one.effect, one.toolset)]
