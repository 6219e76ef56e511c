"""Tools that do more than one call: reading and seeing boards, diagrams, batches; each call takes the one way."""

from ..guardrails.policy import Policy
from .batch import tool as batch
from .reading import overview
from .workflow import Workflow

WORKFLOWS: tuple[Workflow, ...] = (overview.WORKFLOW, batch.WORKFLOW)
"""Every workflow tool, in the order they are listed."""


def build_workflows(policy: Policy) -> list[Workflow]:
    """Every workflow tool the policy exposes, as it is under that policy."""
    offered = (
        workflow if policy.exposes_workflow(workflow.effect, workflow.toolset) else workflow.as_read_only()
        for workflow in WORKFLOWS
    )
    return [one for one in offered if one and policy.exposes_workflow(one.effect, one.toolset)]


__all__ = ["WORKFLOWS", "Workflow", "build_workflows"]
