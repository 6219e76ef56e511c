"""Exports of boards: a team's boards at once, waiting until the job is done, and what became of each board."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, cast

from ..calls import Miro
from ..catalogue import OPERATIONS
from ..catalogue.check import checked
from ..downloads.files import check_folder, file_name
from ..downloads.links import ends_at
from ..errors import BadArguments, CallError
from ..guardrails.confirmation import Asker
from ..guardrails.lookups import entries, part
from ..system.parallel import run_jobs
from ..system.progress import note
from .additions import CREATE_EXPORT, ExportAdditions, ResultsAdditions
from .arguments import CheckedCall
from .registry import MAX_ITEMS

MOST_BOARDS = 1000
"""Of one job."""

_NAMED = 200
"""Boards whose names are looked up: each costs a call."""

_PAUSES = (1.0, 2.0, 3.0, 5.0, 8.0, 10.0)
"""Seconds between looks at a job; each costs 2,000 credits."""

_REUSED = (
    "This request_id was used before: no export was begun, and this is the job that was made for it then. Give a new "
    "UUID for a new export."
)
_LEFT_OUT = "team_id: {count} boards are more than the 1,000 that one export takes. Name them with boardIds, in parts."


class Requests:
    """The request ids of exports, as long as the server runs: those used, which Miro's answer doesn't tell, and those
    made here, which stay the same for the same export until it was begun.

    So a person's answer, or another try after an unknown outcome, is to the very call that was asked or tried.
    """

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._made: dict[str, str] = {}

    async def prepared(self, call: CheckedCall, given: Mapping[str, Any], miro: Miro, asker: Asker) -> CheckedCall:
        """The call as it is asked about and sent: with the boards of a team, and an id that lasts.

        Raises:
            CallError: see with_boards.
        """
        if call.operation.id != CREATE_EXPORT:
            return call
        call = await with_boards(call, miro, asker)
        if given.get("request_id") is not None:
            return call
        arguments = call.arguments.model_dump(exclude_unset=True, by_alias=True)
        id = arguments.pop("request_id")
        id = self._made.setdefault(json.dumps(arguments, sort_keys=True), id)
        return replace(call, arguments=checked(call.operation, {**arguments, "request_id": id}))

    def note_begun(self, request_id: str) -> None:
        self._made = {key: id for key, id in self._made.items() if id != request_id}

    def note_reused(self, request_id: str) -> str:
        """Words on a job that there was already; to be asked once Miro has answered."""
        said = _REUSED if request_id.lower() in self._used else ""
        self._used.add(request_id.lower())
        return said


async def with_boards(call: CheckedCall, miro: Miro, asker: Asker) -> CheckedCall:
    """The call with the boards of the team in place of `team_id`, so that what is asked and sent names them.

    Raises:
        BadArguments: boards are named too, there are none, or too many.
        CallError: the boards can't be listed.
    """
    if not isinstance(call.added, ExportAdditions) or not call.added.team_id:
        return call
    if "boardIds" in call.arguments.model_fields_set:
        raise BadArguments("team_id: give team_id or boardIds, not both. Nothing was sent.")
    listing = OPERATIONS["get-boards"]
    where = {"team_id": call.added.team_id}
    answer = await miro.call(listing, checked(listing, where), asker, MOST_BOARDS + 1, inner=True)
    ids = [str(board["id"]) for board in entries(answer.body, "data")]
    if not ids:
        raise BadArguments(f"team_id: the token sees no board in team {call.added.team_id}. Nothing was exported.")
    if len(ids) > MOST_BOARDS:
        raise BadArguments(_LEFT_OUT.format(count=part(answer.body, "total") or "more boards than that"))
    given = call.arguments.model_dump(exclude_unset=True, by_alias=True)
    return replace(call, arguments=checked(call.operation, {**given, "boardIds": ids}))


async def export(call: CheckedCall, miro: Miro, asker: Asker, requests: Requests) -> dict[str, Any]:
    """Begins an export; the job's id is told whatever comes of it.

    Raises:
        CallError: the message names the job's id, since it may have been begun.
    """
    given = call.arguments.model_dump(exclude_unset=True, by_alias=True)
    job_id = str(given["request_id"])
    try:
        answer = await miro.call(call.operation, call.arguments, asker)
    except CallError as error:
        if error.outcome == "unknown":
            error.args = (f"{error} Its job id is {job_id}: the same request_id begins no second export.",)
        raise
    value: dict[str, Any] = {"jobId": part(answer.body, "jobId") or job_id, "boards": len(entries(given, "boardIds"))}
    reused = requests.note_reused(job_id)
    requests.note_begun(job_id)
    if isinstance(call.added, ExportAdditions) and call.added.wait:
        job = _Job(miro, asker, str(given["org_id"]), str(value["jobId"]))
        value |= await job.until_done()
        if value["status"] == "FINISHED":
            value |= _counted(await job.tasks())
    return value | ({"note": reused} if reused else {})


async def results(call: CheckedCall, miro: Miro, asker: Asker) -> dict[str, Any]:
    """What became of each board of a job: its name, the file's size, the link and how long it lives."""
    given = call.arguments.model_dump(exclude_unset=True, by_alias=True)
    added = call.added if isinstance(call.added, ResultsAdditions) else ResultsAdditions()
    folder = check_folder("download", added.download, miro.download_root) if added.download else None
    job = _Job(miro, asker, str(given["org_id"]), str(given["job_id"]))
    value: dict[str, Any] = {"jobId": job.id}
    if added.wait:
        value |= await job.until_done()
    answer = await miro.call(call.operation, call.arguments, asker)
    found = [cast("dict[str, Any]", entry) for entry in entries(answer.body, "results")]
    if not any(entry.get("exportLink") for entry in found):
        pending = {} if added.wait else {"go_on": "No file is there yet: wait true waits for the job."}
        return {**value, "results": found, **pending}
    tasks = {str(part(task, "board", "key")): task for task in await job.tasks()}
    names = await _names(miro, asker, [str(entry.get("boardId")) for entry in found])
    told = [_told(entry, tasks.get(str(entry.get("boardId")), {}), names) for entry in found]
    if folder is not None:
        value["folder"] = str(folder)
        await run_jobs([partial(_download, miro, entry, folder) for entry in told if "exportLink" in entry], at_once=4)
    if len(found) > _NAMED:
        value["note"] = f"The names of the first {_NAMED} boards are told, of {len(found)}."
    return {**value, "results": told}


class _Job:
    def __init__(self, miro: Miro, asker: Asker, org_id: str, job_id: str) -> None:
        self._miro = miro
        self._asker = asker
        self._where = {"org_id": org_id, "job_id": job_id}
        self.id = job_id

    async def until_done(self) -> dict[str, Any]:
        """Waits for the end of the job, within what a call may take; tells its status."""
        until = time.monotonic() + self._miro.call_seconds
        looks = 0
        while True:
            answer = await self._read("enterprise-board-export-job-status")
            status = str(part(answer, "jobStatus"))
            if status in ("FINISHED", "CANCELLED"):
                return {"status": status}
            pause = _PAUSES[min(looks, len(_PAUSES) - 1)]
            looks += 1
            if time.monotonic() + pause > until:
                go_on = f"Not done yet: miro_board_exports_read get_results(job_id {self.id}, wait true) waits on."
                return {"status": status, "go_on": go_on}
            await note(f"the export is {status.lower().replace('_', ' ')}")
            await asyncio.sleep(pause)

    async def tasks(self) -> list[dict[str, Any]]:
        answer = await self._read("enterprise-board-export-job-tasks", MAX_ITEMS)
        return [cast("dict[str, Any]", task) for task in entries(answer, "data")]

    async def _read(self, operation_id: str, most: int | None = None) -> Any:
        operation = OPERATIONS[operation_id]
        answer = await self._miro.call(operation, checked(operation, self._where), self._asker, most, inner=True)
        return answer.body


def _counted(tasks: list[dict[str, Any]]) -> dict[str, Any]:
    failed = [task for task in tasks if task.get("status") != "SUCCESS"]
    errors = [{"boardId": part(task, "board", "key"), "error": task.get("errorMessage")} for task in failed]
    size = sum(int(task.get("sizeInBytes") or 0) for task in tasks)
    done = {"exported": len(tasks) - len(failed), "bytes": size}
    until = min((str(task["artifactExpiredAt"]) for task in tasks if task.get("artifactExpiredAt")), default=None)
    kept = {"files_until": until} if until else {}
    return {**done, **kept, **({"failed": errors} if errors else {})}


async def _names(miro: Miro, asker: Asker, ids: list[str]) -> dict[str, str]:
    """Names of boards by id, of the first ones that can be read."""
    operation = OPERATIONS["get-specific-board"]
    names: dict[str, str] = {}

    async def read(id: str) -> None:
        try:
            answer = await miro.call(operation, checked(operation, {"board_id": id}), asker, inner=True)
        except CallError:
            return
        names[id] = str(part(answer.body, "name") or "")

    await run_jobs([partial(read, id) for id in ids[:_NAMED]])
    return names


def _told(entry: dict[str, Any], task: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    told = {"boardId": entry.get("boardId"), "name": names.get(str(entry.get("boardId")))}
    told |= {name: value for name, value in entry.items() if name not in told}
    told |= {"sizeInBytes": task.get("sizeInBytes"), "files_until": task.get("artifactExpiredAt")}
    told |= {"link_until": ends_at(str(entry.get("exportLink", "")))}
    return {name: value for name, value in told.items() if value is not None}


async def _download(miro: Miro, entry: dict[str, Any], folder: Path) -> None:
    """Fetches one file, and says in its entry what came of it."""
    target = folder / file_name(str(entry.get("name", "")), str(entry["boardId"]), ".zip")
    size = entry.get("sizeInBytes")
    try:
        done = await miro.download(str(entry["exportLink"]), target, size if isinstance(size, int) else None)
    except CallError as error:
        entry["download"] = str(error)
        return
    entry |= {"download": done, "file": target.name}
    del entry["exportLink"]
    entry.pop("link_until", None)
