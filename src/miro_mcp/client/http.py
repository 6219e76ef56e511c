"""The one HTTP client of the process: hosts, tokens, timeouts, and answers of any shape."""

from __future__ import annotations

import json
import logging
import mimetypes
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from .. import __version__
from ..catalogue import READ, Operation
from ..guardrails.uploads import open_upload
from ..settings import Settings
from .errors import ApiError, NotSignedIn, OutcomeUnknown, Refused, Unreachable
from .request import Request

if TYPE_CHECKING:
    import httpx

    from ..guardrails.guard import Clearance

logger = logging.getLogger(__name__)

CONNECT_TIMEOUT = 10.0
READ_TIMEOUT = 60.0
"""Seconds. Bulk creation and exports are slow to answer; a connection is not."""


@dataclass(frozen=True)
class Answer:
    """A 2xx answer: parsed JSON, text where it isn't JSON, None where it is empty."""

    status: int
    body: Any


class MiroClient:
    """Sends requests with the right host and token; made once, opened at the first call, closed with the server."""

    def __init__(self, settings: Settings) -> None:
        self._hosts = {
            "rest": (settings.api_base_url, settings.access_token, "MIRO_ACCESS_TOKEN"),
            "scim": (settings.scim_base_url, settings.scim_token, "MIRO_SCIM_TOKEN"),
        }
        self._settings = settings
        self._opened: httpx.AsyncClient | None = None

    def url_of(self, request: Request, mask: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> str:
        """The request's whole URL, in which `mask` replaced what is secret of the query."""
        import httpx

        query = tuple((name, str(mask({name: value})[name])) for name, value in request.query)
        return str(httpx.URL(self._base_of(request), params=httpx.QueryParams(query) if query else None))

    def _base_of(self, request: Request) -> str:
        return self._hosts[request.operation.host][0] + request.path

    def check_signed_in(self, operation: Operation) -> None:
        """Raises:
        NotSignedIn: there is no token for the operation's host.
        """
        _, token, variable = self._hosts[operation.host]
        if token is None:
            raise NotSignedIn(variable)

    async def send(self, request: Request, clearance: Clearance) -> Answer:
        """Sends one request once.

        Raises:
            Refused: the request is not the one that was cleared.
            NotSignedIn, Unreachable: nothing was sent.
            OutcomeUnknown: no whole answer came back.
            ApiError: any answer that is not 2xx.
        """
        if not clearance.covers(request.operation):
            raise Refused(f"{request.operation.id} was not cleared, so nothing was sent.")
        self.check_signed_in(request.operation)
        base_url, token, _ = self._hosts[request.operation.host]
        import httpx

        changes = request.operation.effect is not READ
        client = self._client()
        with ExitStack() as open_files:
            try:
                response = await client.request(
                    request.operation.method,
                    self._base_of(request),
                    params=httpx.QueryParams(request.query) if request.query else None,
                    **_content(request, open_files, {"Authorization": f"Bearer {token}"}),
                )
            except httpx.HTTPError as error:
                _explain(error, base_url, changes=changes)
        logger.info("%s %s: %s", request.operation.method, request.operation.id, response.status_code)
        body = _parse(response)
        if not response.is_success:
            raise ApiError(response.status_code, body, changes=changes)
        return Answer(response.status_code, body)

    async def aclose(self) -> None:
        opened, self._opened = self._opened, None
        if opened is not None:
            await opened.aclose()

    def _client(self) -> httpx.AsyncClient:
        if self._opened is None:
            import httpx

            transport: httpx.AsyncBaseTransport | None = None
            if self._settings.sandbox:
                from ..sandbox.app import create_app
                from ..settings import default_sandbox_path

                app = create_app(self._settings.sandbox_path or default_sandbox_path())
                transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            self._opened = httpx.AsyncClient(
                transport=transport,
                timeout=httpx.Timeout(READ_TIMEOUT, connect=CONNECT_TIMEOUT),
                limits=httpx.Limits(max_connections=32, max_keepalive_connections=32),
                headers={"User-Agent": f"miro-mcp/{__version__}", "Accept": "application/json, application/scim+json"},
                follow_redirects=False,
                trust_env=not self._settings.sandbox,
            )
        return self._opened


def _content(request: Request, open_files: ExitStack, headers: dict[str, str]) -> dict[str, Any]:
    """The arguments of httpx for headers and body; files are opened into `open_files` and streamed from there."""
    if not request.files:
        if request.body is None:
            return {"headers": headers}
        content = json.dumps(request.body, allow_nan=False, separators=(",", ":"))
        kind = "application/scim+json" if request.operation.host == "scim" else "application/json"
        return {"content": content.encode("ascii"), "headers": headers | {"Content-Type": kind}}
    fields = [
        (name, (None, json.dumps(value, allow_nan=False).encode("ascii"), "application/json"))
        for name, value in request.body.items()
    ]
    uploads = [
        (
            name,
            (
                path.name,
                open_files.enter_context(open_upload(path)),
                mimetypes.guess_type(path.name)[0] or "application/octet-stream",
            ),
        )
        for name, path in request.files
    ]
    return {"headers": headers, "files": [*fields, *uploads]}


def _parse(response: httpx.Response) -> Any:
    if not response.content:
        return None
    try:
        return response.json()
    except ValueError:
        return response.text


def _explain(error: httpx.HTTPError, base_url: str, *, changes: bool) -> NoReturn:
    import httpx

    reason = type(error).__name__
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout | httpx.UnsupportedProtocol):
        raise Unreachable(base_url, reason) from error
    raise OutcomeUnknown(f"The request was sent but no whole answer came back ({reason}).", changes=changes) from error
