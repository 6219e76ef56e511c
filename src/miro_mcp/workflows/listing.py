"""Every workflow tool, and which of them a policy exposes."""

from ..guardrails.policy import Policy
from .batch import tool as batch
from .preview.view import VIEW
from .reading import overview
from .workflow import Workflow

WORKFLOWS: tuple[Workflow, ...] = (overview.WORKFLOW, VIEW, batch.WORKFLOW)
"""In the order they are listed."""


def build_workflows(policy: Policy) -> list[Workflow]:
    """Every workflow tool the policy exposes, as it is under that policy."""
    offered = (
        workflow if policy.exposes_workflow(workflow.effect, workflow.toolset) else workflow.as_read_only()
        for workflow in WORKFLOWS
    )
    return [one for one in offered if one and policy.exposes_workflow(one.effect, one.toolset)]
