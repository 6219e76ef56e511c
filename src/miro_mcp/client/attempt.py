"""One try of a request: it is sent once, and what came back is told, whatever that is."""

from __future__ import annotations

import asyncio
import json
import mimetypes
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from pydantic_core import from_json

from ..catalogue.operation import SECRETS
from ..guardrails.uploads import open_upload
from ..text.secrets import bytes_without_secrets
from .request import Request

if TYPE_CHECKING:
    import httpx

MOST_ANSWER_BYTES = 8 * 1024 * 1024
"""Of an answer; what comes beyond it is not read."""

_MOST_TEXT = 100_000


@dataclass(frozen=True)
class Received:
    """A whole answer. `body` is parsed JSON, text where it isn't JSON, None where it is empty.

    `cut` says that it was larger than MOST_BYTES, `garbled` that it was to be JSON and could not be read as such.
    """

    status: int
    headers: Mapping[str, str]
    body: Any
    cut: bool = False
    garbled: bool = False


@dataclass(frozen=True)
class Lost:
    """No whole answer. `arrived` is False only where the request can't have reached the API as a whole.

    `connected` is whether there was a connection at all, `status` that of an answer which had begun.
    """

    reason: str
    connected: bool
    arrived: bool
    status: int | None = None


class _Way:
    """How far a request has got, by the events that httpx tells of; none are told of an app in this process."""

    def __init__(self) -> None:
        self.begun = False
        self.sent = False

    @property
    def may_have_arrived(self) -> bool:
        return self.sent or not self.begun

    async def __call__(self, event: str, _: Mapping[str, Any]) -> None:
        if event.endswith("send_request_headers.started"):
            self.begun = True
        elif event.endswith("send_request_body.complete"):
            self.sent = True


async def attempt(
    client: httpx.AsyncClient, request: Request, url: str, token: str, content: bytes | None, seconds: float
) -> Received | Lost:
    """Sends a request once; `content` is its JSON body, `seconds` how long it may take in all."""
    import httpx

    way = _Way()
    response: httpx.Response | None = None
    with ExitStack() as open_files:
        message = client.build_request(
            request.operation.method,
            url,
            params=httpx.QueryParams(request.query) if request.query else None,
            headers=_headers(request, token, content),
            content=content,
            files=_parts(request, open_files) if request.files else None,
            extensions={"timeout": client.timeout.as_dict(), "trace": way},
        )
        try:
            async with asyncio.timeout(seconds):
                response = await client.send(message, stream=True)
                try:
                    data, cut = await _read(response)
                finally:
                    await response.aclose()
        except (
            httpx.ConnectError,
            httpx.ConnectTimeout,
            httpx.PoolTimeout,
            httpx.ProxyError,
            httpx.UnsupportedProtocol,
        ) as error:
            return Lost(_reason(error), connected=False, arrived=False)
        except (httpx.HTTPError, TimeoutError) as error:
            if response is not None and not response.is_success:
                return Received(response.status_code, response.headers, None)
            status = response.status_code if response else None
            return Lost(_reason(error), connected=True, arrived=way.may_have_arrived, status=status)
    return _received(response, bytes_without_secrets(data, *_secrets_in(request)), cut=cut)


def _secrets_in(request: Request) -> list[str]:
    body: Any = request.body
    given = dict(request.query) | (cast("dict[str, Any]", body) if isinstance(body, dict) else {})
    return [str(value) for name, value in given.items() if name in SECRETS and value]


def json_of(request: Request) -> bytes | None:
    """The JSON body of a request, None where it has none or is sent in parts."""
    if request.files or request.body is None:
        return None
    return json.dumps(request.body, allow_nan=False, separators=(",", ":")).encode("ascii")


def _headers(request: Request, token: str, content: bytes | None) -> dict[str, str]:
    headers = {"Authorization": f"Bearer {token}"}
    if content is not None:
        scim = request.operation.host == "scim"
        headers["Content-Type"] = "application/scim+json" if scim else "application/json"
    return headers


def _parts(request: Request, open_files: ExitStack) -> list[tuple[str, Any]]:
    """The parts of a multipart body; files are opened into `open_files` and streamed from there."""
    fields = [
        (name, (None, json.dumps(value, allow_nan=False).encode("ascii"), "application/json"))
        for name, value in request.body.items()
    ]
    return [*fields, *((name, _file(source, name, open_files)) for name, source in request.files)]


def _file(source: Path | bytes, name: str, open_files: ExitStack) -> tuple[str, Any, str]:
    if isinstance(source, bytes):
        return f"{name}.json", source, "application/json"
    kind = mimetypes.guess_type(source.name)[0] or "application/octet-stream"
    return source.name, open_files.enter_context(open_upload(source)), kind


async def _read(response: httpx.Response) -> tuple[bytes, bool]:
    """The content, and whether it was cut."""
    data = bytearray()
    async for chunk in response.aiter_bytes():
        data += chunk
        if len(data) > MOST_ANSWER_BYTES:
            return bytes(data[:MOST_ANSWER_BYTES]), True
    return bytes(data), False


def _received(response: httpx.Response, data: bytes, *, cut: bool) -> Received:
    if not data:
        return Received(response.status_code, response.headers, None)
    body, garbled = _parse(data, partial=cut)
    garbled = garbled and "json" in response.headers.get("content-type", "")
    return Received(response.status_code, response.headers, body, cut, garbled)


def _parse(data: bytes, *, partial: bool) -> tuple[Any, bool]:
    """The value of a JSON text, as far as it goes if it is but a part of one; other text as it is."""
    try:
        return from_json(data, allow_inf_nan=False, allow_partial=partial), False
    except ValueError as error:
        text = data.decode("utf-8", "replace")
        if "recursion" in str(error) or partial:
            return text[:_MOST_TEXT], False
    try:
        # Halves of surrogate pairs are taken here; what shows text makes them visible.
        return json.loads(text, parse_constant=str), False
    except (ValueError, RecursionError):
        return text, True


def _reason(error: Exception) -> str:
    words = str(error).strip()
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
