"""Export jobs: one task a board; a job moves on with time, and with each look at its status."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from ..audit import audited
from ..http.handlers import ApiCall, ErrorReply, Reply, handles, invalid, not_found
from ..http.paging import list_page
from ..http.replies import after, now, seconds_since
from ..identity import ORGANIZATION_ID
from ..organization.places import organization_of
from ..people import acting_user
from ..store import Document, Store

EXPORT_JOB = "export_job"
"""Kind of document; its scope is the organization, its id the caller's request id, so that no request counts twice."""

_STEPS = ("CREATED", "IN_PROGRESS", "FINISHED")
_STEP_SECONDS = 0.5
_TASK_STATUS = {"CREATED": "CREATED", "IN_PROGRESS": "SCHEDULED", "FINISHED": "SUCCESS", "CANCELLED": "CANCELLED"}
"""State of a job's tasks by the state of the job; a finished job's tasks for boards there were not end in ERROR."""
_ERROR: Document = {"errorMessage": "There is no such board", "errorType": "FATAL"}

_ARTIFACT_LIFE = timedelta(days=7)
_LINK_LIFE = timedelta(minutes=15)
_LIMIT = 50


@handles("enterprise-create-board-export")
@audited("board_export_requested", "ediscovery")
def create(call: ApiCall) -> Reply:
    organization_of(call)
    job_id = str(UUID(call.arguments["request_id"]))
    if call.store.get(EXPORT_JOB, ORGANIZATION_ID, job_id) is None:
        if "boardIds" not in call.arguments:
            raise invalid({"boardIds": "must name a board"})
        call.store.add(EXPORT_JOB, ORGANIZATION_ID, job_id, _new_job(call, job_id))
    return Reply(200, {"jobId": job_id})


@handles("enterprise-board-export-jobs")
def list_jobs(call: ApiCall) -> Reply:
    organization_of(call)
    states = {name.removeprefix("JOB_STATUS_") for name in call.arguments.get("status", ())}
    creators = {str(id) for id in call.arguments.get("creatorId", ())}
    rows = [
        (position, job)
        for position, job in call.store.page(EXPORT_JOB, ORGANIZATION_ID, 0, -1)
        if (not states or _state(job) in states) and (not creators or job["creatorId"] in creators)
    ]
    return list_page(call, rows, _shown, default=_LIMIT, with_total=True)


@handles("enterprise-board-export-job-status")
def get_status(call: ApiCall) -> Reply:
    job = _job_of(call)
    job["looks"] += 1
    _keep(call.store, job)
    return Reply(200, {"jobStatus": _state(job)})


@handles("enterprise-update-board-export-job")
@audited("board_export_cancelled", "ediscovery")
def cancel(call: ApiCall) -> Reply:
    job = _job_of(call)
    if _state(job) == "FINISHED":
        raise ErrorReply(400, "invalidParameters", "The job is finished: it can't be cancelled any more")
    job |= {"cancelled": True, "modifiedAt": now()}
    _keep(call.store, job)
    return Reply(200, {"status": {"jobStatus": _state(job)}})


@handles("enterprise-board-export-job-tasks")
def list_tasks(call: ApiCall) -> Reply:
    job = _job_of(call)
    states = {name.removeprefix("TASK_STATUS_") for name in call.arguments.get("status", ())}
    tasks = enumerate(_tasks(job), 1)
    rows = [(number, task) for number, task in tasks if not states or task["status"] in states]
    return list_page(call, rows, dict, default=_LIMIT, with_total=True)


@handles("enterprise-board-export-job-results")
def get_results(call: ApiCall) -> Reply:
    job = _job_of(call)
    results: list[Document] = []
    for task in _tasks(job):
        result = {name: task[name] for name in ("status", "errorMessage", "errorType") if name in task}
        results.append({"boardId": task["board"]["key"], **result, **_link(call, job, task)})
    return Reply(200, {"jobId": job["id"], "results": results})


@handles("enterprise-create-board-export-task-export-link")
@audited("board_export_link_created", "ediscovery")
def create_link(call: ApiCall) -> Reply:
    job = _job_of(call)
    task_id = str(UUID(call.arguments["task_id"]))
    task = next((task for task in _tasks(job) if task["id"] == task_id), None)
    if task is None:
        raise not_found("Task", task_id)
    if task["status"] in ("CREATED", "SCHEDULED"):
        raise ErrorReply(425, "tooEarly", "The task is not done yet: try again in a second")
    told = {name: value for name, value in task.items() if name not in ("id", "board", "sizeInBytes")}
    link = _link(call, job, task)
    if link:
        link["linkExpiredAt"] = after(now(), _LINK_LIFE)
    return Reply(200, told | link)


def _new_job(call: ApiCall, job_id: str) -> Document:
    at = now()
    board_ids = list(dict.fromkeys(call.arguments["boardIds"]))
    return {
        "id": job_id,
        "name": f"Export of {at}",
        "boardFormat": call.arguments.get("boardFormat", "SVG"),
        "createdAt": at,
        "modifiedAt": at,
        "creatorId": acting_user(call.store)["id"],
        "boardIds": board_ids,
        "sizes": {id: _size(call.store, id) for id in board_ids if call.store.get("board", "", id)},
        "looks": 0,
        "cancelled": False,
    }


def _size(store: Store, board_id: str) -> int:
    """Bytes of a made-up file: the more items, the larger."""
    return 20_000 + 1_500 * store.count("item", board_id)


def _job_of(call: ApiCall) -> Document:
    organization_of(call)
    job_id = str(UUID(call.arguments["job_id"]))
    job = call.store.get(EXPORT_JOB, ORGANIZATION_ID, job_id)
    if job is None:
        raise not_found("Export job", job_id)
    return job


def _keep(store: Store, job: Document) -> None:
    store.replace(EXPORT_JOB, ORGANIZATION_ID, job["id"], job)


def _state(job: Mapping[str, Any]) -> str:
    if job["cancelled"]:
        return "CANCELLED"
    step: int = max(job["looks"], int(seconds_since(job["createdAt"]) / _STEP_SECONDS))
    return _STEPS[min(step, len(_STEPS) - 1)]


def _tasks(job: Mapping[str, Any]) -> list[Document]:
    return [_task(job, board_id) for board_id in job["boardIds"]]


def _task(job: Mapping[str, Any], board_id: str) -> Document:
    task: Document = {
        "id": str(uuid5(UUID(job["id"]), board_id)),
        "status": _TASK_STATUS[_state(job)],
        "board": {"key": board_id},
    }
    if task["status"] != "SUCCESS":
        return task
    if board_id not in job["sizes"]:
        return task | {"status": "ERROR", **_ERROR}
    return task | {"artifactExpiredAt": after(job["createdAt"], _ARTIFACT_LIFE), "sizeInBytes": job["sizes"][board_id]}


def finished_task(job: Mapping[str, Any], task_id: str) -> Document | None:
    """The task of a job with that id, when its file is there."""
    return next((task for task in _tasks(job) if task["id"] == task_id and task["status"] == "SUCCESS"), None)


def _link(call: ApiCall, job: Document, task: Document) -> Document:
    if task["status"] != "SUCCESS":
        return {}
    signed = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    query = f"X-Amz-Date={signed}&X-Amz-Expires={int(_LINK_LIFE.total_seconds())}"
    return {"exportLink": f"{call.base_url}/exports/{job['id']}/{task['id']}.zip?{query}"}


def _shown(job: Document) -> Document:
    done = [task["status"] for task in _tasks(job)]
    return {
        **{name: job[name] for name in ("id", "name", "boardFormat", "createdAt", "modifiedAt")},
        "status": _state(job).lower(),
        "tasksCount": {"total": len(done), "success": done.count("SUCCESS"), "error": done.count("ERROR")},
        "creator": {"id": job["creatorId"]},
    }
