"""Every workflow tool, and which of them a policy exposes."""

from ..guardrails.policy import Policy
from .access_review.tool import ACCESS_REVIEW
from .batch.tool import BATCH
from .diagram_read.tool import READ_DIAGRAM
from .diagram_write.tool import WRITE_DIAGRAM
from .layout_write.tool import LAYOUT
from .overview.tool import OVERVIEW
from .person_review.tool import PERSON_REVIEW
from .restore.tool import RESTORE
from .svg_write.tool import SVG
from .view.tool import VIEW
from .workflow import Workflow

WORKFLOWS: tuple[Workflow, ...] = (
    *(OVERVIEW, VIEW, WRITE_DIAGRAM, READ_DIAGRAM, LAYOUT, SVG, BATCH, RESTORE),
    *(ACCESS_REVIEW, PERSON_REVIEW),
)
"""In the order they are listed."""


def build_workflows(policy: Policy) -> list[Workflow]:
    """Every workflow tool the policy exposes, as it is under that policy."""
    offered = (
        workflow if policy.exposes_workflow(workflow.effect, workflow.toolset) else workflow.as_read_only()
        for workflow in WORKFLOWS
    )
    return [one for one in offered if one and policy.exposes_workflow(one.effect, one.toolset)]
