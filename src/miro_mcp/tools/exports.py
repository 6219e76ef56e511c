"""Export jobs: whether one that is asked for was made long ago, for the same `request_id`."""

from __future__ import annotations

from typing import Any, cast

from ..calls import Miro
from ..errors import CallError
from .arguments import CheckedCall

CREATE = "enterprise-create-board-export"
_JOBS = "enterprise-board-export-jobs"
_NOTE = (
    "This request_id was used before: no export was begun, and this is the job that was made for it then. Give a new "
    "UUID for a new export."
)


async def jobs_before(call: CheckedCall, miro: Miro) -> frozenset[str] | None:
    """The ids of the jobs there are, before one is asked for; None where none is, or that can't be seen."""
    if call.operation.id != CREATE:
        return None
    given = call.arguments.model_dump(exclude_unset=True)
    try:
        page: Any = await miro.look(_JOBS, {"org_id": given["org_id"], "limit": 500})
    except CallError:
        return None
    jobs = cast("list[dict[str, Any]]", page["data"])
    return frozenset(str(job.get("id")) for job in jobs)


def note_reused(before: frozenset[str] | None, body: Any) -> str:
    """Words on a job that was there already."""
    job = cast("dict[str, Any]", body).get("jobId") if isinstance(body, dict) else None
    return _NOTE if before and job in before else ""
