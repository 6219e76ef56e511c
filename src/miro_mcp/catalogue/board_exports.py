"""Board exports."""

from typing import Annotated, Literal

from pydantic import Field

from .operation import ABSENT, READ, WRITE, Operation, OperationGroup
from .shared import InOrganization
from .types import BoardId, Id, PageCursor, PageSize500, Uuid


class BoardExportJobs(InOrganization):
    status: list[
        Literal["JOB_STATUS_CREATED", "JOB_STATUS_IN_PROGRESS", "JOB_STATUS_CANCELLED", "JOB_STATUS_FINISHED"]
    ] = ABSENT
    creatorId: list[Id] = ABSENT
    cursor: PageCursor = ABSENT
    limit: PageSize500 = ABSENT


class BoardExportJobStatus(InOrganization):
    job_id: Uuid


class BoardExportJobTasks(InOrganization):
    job_id: Uuid
    status: list[
        Literal[
            "TASK_STATUS_CREATED",
            "TASK_STATUS_CANCELLED",
            "TASK_STATUS_SCHEDULED",
            "TASK_STATUS_SUCCESS",
            "TASK_STATUS_ERROR",
        ]
    ] = ABSENT
    cursor: PageCursor = ABSENT
    limit: PageSize500 = ABSENT


class CreateBoardExport(InOrganization):
    request_id: Uuid
    boardIds: Annotated[list[BoardId], Field(min_length=1, max_length=1000)] = ABSENT
    boardFormat: Literal["SVG", "HTML", "PDF"] = ABSENT


class UpdateBoardExportJob(InOrganization):
    job_id: Uuid
    status: Literal["CANCELLED"]


class CreateBoardExportTaskExportLink(InOrganization):
    job_id: Uuid
    task_id: Uuid


GROUP = OperationGroup(
    name="board_exports",
    title="Board exports",
    toolset="compliance",
    operations=(
        Operation(
            id="enterprise-board-export-jobs",
            name="list",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/boards/export/jobs",
            arguments=BoardExportJobs,
            summary="Export jobs",
            scopes=("boards:export",),
            level=4,
            plan="enterprise",
            why="tells what was exported",
            sensitive=True,
            tells_when=True,
        ),
        Operation(
            id="enterprise-board-export-job-status",
            name="get",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/boards/export/jobs/{job_id}",
            arguments=BoardExportJobStatus,
            summary="State of an export job",
            scopes=("boards:export",),
            level=4,
            plan="enterprise",
            why="tells what was exported",
            sensitive=True,
        ),
        Operation(
            id="enterprise-board-export-job-results",
            name="get_results",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/boards/export/jobs/{job_id}/results",
            arguments=BoardExportJobStatus,
            summary="Links to an export job's files",
            scopes=("boards:export",),
            level=4,
            plan="enterprise",
            why="links to whole boards",
            sensitive=True,
        ),
        Operation(
            id="enterprise-board-export-job-tasks",
            name="list_tasks",
            effect=READ,
            method="GET",
            path="/v2/orgs/{org_id}/boards/export/jobs/{job_id}/tasks",
            arguments=BoardExportJobTasks,
            summary="An export job's tasks, one a board",
            scopes=("boards:export",),
            level=4,
            plan="enterprise",
            why="tells what was exported",
            sensitive=True,
        ),
        Operation(
            id="enterprise-create-board-export",
            name="create",
            effect=WRITE,
            method="POST",
            path="/v2/orgs/{org_id}/boards/export/jobs",
            arguments=CreateBoardExport,
            summary="Export up to 1,000 boards",
            scopes=("boards:export",),
            level=4,
            plan="enterprise",
            risk=4,
            why="takes up to 1,000 boards out of the organization",
            has_body=True,
            query=("request_id",),
        ),
        Operation(
            id="enterprise-update-board-export-job",
            name="cancel",
            effect=WRITE,
            method="PUT",
            path="/v2/orgs/{org_id}/boards/export/jobs/{job_id}/status",
            arguments=UpdateBoardExportJob,
            summary="Cancel an export job",
            scopes=("boards:export",),
            level=4,
            plan="enterprise",
            risk=4,
            why="stops an export",
            overwrites=True,
            idempotent=True,
            has_body=True,
        ),
        Operation(
            id="enterprise-create-board-export-task-export-link",
            name="create_link",
            effect=WRITE,
            method="POST",
            path="/v2/orgs/{org_id}/boards/export/jobs/{job_id}/tasks/{task_id}/export-link",
            arguments=CreateBoardExportTaskExportLink,
            summary="Make a download link for a task's file",
            scopes=("boards:export",),
            level=4,
            plan="enterprise",
            risk=4,
            why="whoever has the link has the board",
        ),
    ),
)
