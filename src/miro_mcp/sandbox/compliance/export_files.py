"""The files that links to exports lead to: whoever has the link has the file, so no token is asked for."""

import io
import re
import zipfile
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from ..identity import ORGANIZATION_ID
from ..store import Store
from .board_exports import EXPORT_JOB, finished_task

PATH = "/exports/{job_id}/{task_id}.zip"

_FROM = re.compile(r"bytes=(\d+)-", re.ASCII)


def endpoint(store: Store) -> Callable[[Request], Awaitable[Response]]:
    """Answers with a file, or the rest of it from the byte that a `Range` names."""

    async def answer(request: Request) -> Response:
        job = store.get(EXPORT_JOB, ORGANIZATION_ID, request.path_params["job_id"])
        task = finished_task(job, request.path_params["task_id"]) if job else None
        if job is None or task is None:
            return PlainTextResponse("There is no such file, or it has expired.", 403)
        data = _archive(task["board"]["key"], job["boardFormat"], task["sizeInBytes"])
        wanted = _FROM.fullmatch(request.headers.get("range", ""))
        headers = {"ETag": f'"{task["id"]}"', "Accept-Ranges": "bytes"}
        if not wanted:
            return Response(data, media_type="application/zip", headers=headers)
        start = int(wanted[1])
        if start >= len(data):
            return Response(status_code=416, headers={"Content-Range": f"bytes */{len(data)}"})
        headers["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
        return Response(data[start:], 206, headers, "application/zip")

    return answer


def _archive(board_id: str, board_format: str, size: int) -> bytes:
    """An archive of exactly that size, with one made-up file in it."""
    name = f"{board_id.rstrip('=')}.{board_format.lower()}"
    return _zipped(name, size - len(_zipped(name, 0)))


def _zipped(name: str, size: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), b" " * size)
    return buffer.getvalue()
