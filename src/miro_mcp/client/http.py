"""The one HTTP client of the process: hosts, tokens, turns, and tries until there is an answer or a clear failure."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import anyio
from anyio import to_thread

from .. import __version__
from ..catalogue import OPERATIONS, Operation
from ..errors import ApiError, CallError, OutcomeUnknown, Refused
from ..guardrails.clearance import Clearance
from ..settings import Settings
from ..system import progress
from .attempt import Lost, Received, attempt, json_of
from .course import Answer, Course
from .credits import Budget, cost_of, skew
from .explain import explain_refusal, may_lack_scopes, other_way, scopes_of
from .lane import MOST_IN_FLIGHT, Lane
from .opening import LOOPBACK, opening
from .quota import Quota, check_size
from .request import Request, build
from .tokens import StaticToken, Tokens, rest_tokens
from .tracing import span_of

if TYPE_CHECKING:
    import httpx

logger = logging.getLogger(__name__)

CONNECT_TIMEOUT = 10.0
READ_TIMEOUT = 60.0
"""Seconds. Bulk creation and exports are slow to answer; a connection is not."""

_CONNECTIONS = 2 * MOST_IN_FLIGHT


MOST_IN_PROCESS = 4
"""Calls in flight to an API in this process, whose threads share its time with the loop that serves everybody."""


@dataclass(frozen=True)
class _Host:
    base_url: str
    tokens: Tokens
    lane: Lane


@dataclass(frozen=True)
class Download:
    """A file that comes from elsewhere: the status of the answer, and its bytes as they come."""

    status: int
    chunks: AsyncIterator[bytes]


class MiroClient:
    """Sends requests with the right host and token; made once, opened at the first call, closed with the server."""

    def __init__(self, settings: Settings, app: Callable[[], Any] | None = None) -> None:
        """`app` opens the ASGI app that stands for Miro in this process, where there is one."""
        self._settings = settings
        self._app = app
        self._hosts = {
            "rest": _Host(
                settings.api_base_url, rest_tokens(settings), Lane(Budget(), MOST_IN_PROCESS if app else MOST_IN_FLIGHT)
            ),
            "scim": _Host(settings.scim_base_url, StaticToken("MIRO_SCIM_TOKEN", settings.scim_token), Lane(Quota())),
        }
        self._opened: httpx.AsyncClient | None = None
        self._opening = anyio.Lock()
        self._scopes: dict[str, tuple[str, ...] | None] = {}
        self._dated: tuple[str, float] | None = None

    @property
    def clock_skew(self) -> float | None:
        """Seconds by which this machine's clock is ahead of the API's, by the last answer that was dated."""
        return None if self._dated is None else skew(*self._dated)

    @property
    def person(self) -> str | None:
        """The id at Miro of whoever is signed in, as far as the sign-in told it."""
        return self._hosts["rest"].tokens.person

    def url_of(self, request: Request, mask: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> str:
        """The request's whole URL, in which `mask` replaced what is secret of the query."""
        import httpx

        query = tuple((name, str(mask({name: value})[name])) for name, value in request.query)
        return str(httpx.URL(self._base_of(request), params=httpx.QueryParams(query) if query else None))

    def _base_of(self, request: Request) -> str:
        return self._hosts[request.operation.host].base_url + request.path

    async def check_signed_in(self, operation: Operation) -> None:
        """Raises:
        NotSignedIn: there is no token for the operation's host.
        """
        await self._hosts[operation.host].tokens.current()

    async def send(self, request: Request, clearance: Clearance) -> Answer:
        """Sends one request, again where that is safe and can help, within the limits of the host.

        Raises:
            Refused: the request is not the one that was cleared.
            BadArguments, NotSignedIn, Unreachable: nothing was sent.
            OutcomeUnknown: no whole answer came back.
            ApiError: any answer that is not 2xx.
        """
        operation = request.operation
        if not clearance.covers(operation):
            raise Refused(f"{operation.id} was not cleared, so nothing was sent.")
        await self._open()  # It takes a moment the first time, which is none of the call's.
        course = Course(request, self._hosts[operation.host].base_url, self._settings.call_timeout)
        with span_of(operation, cost_of(request), course):
            return await self._carry_out(request, course, clearance)

    @property
    def base_url(self) -> str:
        return self._settings.api_base_url

    @property
    def call_seconds(self) -> float:
        """What one call may take in all."""
        return self._settings.call_timeout

    @asynccontextmanager
    async def download(self, link: str, start: int = 0) -> AsyncGenerator[Download]:
        """What a link leads to, from byte `start` on; it is another's, so no token goes along.

        Raises:
            OutcomeUnknown: it can't be reached, or was broken off.
        """
        import httpx

        headers = {"Accept": "*/*", "Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})
        try:
            async with self._client().stream("GET", link, headers=headers) as response:
                yield Download(response.status_code, response.aiter_raw())
        except httpx.HTTPError as error:
            reason = str(error) or type(error).__name__
            raise OutcomeUnknown(f"The file did not come whole ({reason}).", changes=False) from error

    async def aclose(self) -> None:
        """Closes it; a renewal of the sign-in that is under way is kept first."""
        for host in self._hosts.values():
            await host.tokens.aclose()
        opened, self._opened = self._opened, None
        if opened is not None:
            await opened.aclose()

    async def _carry_out(self, request: Request, course: Course, clearance: Clearance) -> Answer:
        host = self._hosts[request.operation.host]
        content = json_of(request)
        check_size(request, content)
        renewed = False
        while True:
            token = await host.tokens.current()
            course.seconds += await host.lane.enter(request)
            clearance.if_broken_off = "unknown"
            result = await self._try(request, course, token, content)
            if isinstance(result, Received) and result.status == 401 and not renewed:
                renewed = await host.tokens.renew(token)
                if renewed:
                    continue
            try:
                judged = course.judge(result)
            except ApiError as error:
                hint = other_way(error, request.operation)
                if may_lack_scopes(error, request.operation):
                    hint = await self._explain(request.operation, token)
                if isinstance(result, Received) and hint:
                    raise course.error(result, hint) from None
                raise
            if isinstance(judged, Answer):
                return judged
            clearance.if_broken_off = "unknown" if course.uncertain else "not sent"
            logger.info("%s: %s, tried again in %.1f s", request.operation.id, judged.why, judged.seconds)
            await progress.pause(judged.seconds, judged.why)

    async def _try(self, request: Request, course: Course, token: str, content: bytes | None) -> Received | Lost:
        """One try within the turn that was taken for it, which is given back whatever happens."""
        lane = self._hosts[request.operation.host].lane
        begun = time.monotonic()
        received: Received | None = None
        try:
            result = await attempt(self._client(), request, self._base_of(request), token, content, course.left)
            received = result if isinstance(result, Received) else None
        finally:
            lane.leave(request, time.monotonic() - begun, received)
        if received and "date" in received.headers:
            self._dated = (received.headers["date"], time.time())
        told = result.reason if isinstance(result, Lost) else result.status
        logger.info("%s %s: %s", request.operation.method, request.operation.id, told)
        return result

    async def _explain(self, operation: Operation, token: str) -> str:
        """What the operation needs beside what the token has, which is asked for once."""
        if operation.host == "rest" and token not in self._scopes:
            asked = Clearance(OPERATIONS["token-info"], None)
            try:
                answer = await self.send(build(asked.operation, {}, {}), asked)
            except CallError as error:
                logger.info("The token's scopes could not be read: %s", error)
                self._scopes = {token: None}
            else:
                self._scopes = {token: scopes_of(answer.body)}
        return explain_refusal(operation, self._scopes.get(token))

    async def _open(self) -> None:
        """Opens the client in a thread: certificates, or a sandbox, take a while to be read.

        Raises:
            CannotOpen: see errors.py.
        """
        async with self._opening:
            if self._opened is None:
                await to_thread.run_sync(self._client)

    def _client(self) -> httpx.AsyncClient:
        if self._opened is None:
            import httpx

            transport = httpx.ASGITransport(self._app(), raise_app_exceptions=False) if self._app else None
            with opening():
                self._opened = httpx.AsyncClient(
                    transport=transport,
                    timeout=httpx.Timeout(READ_TIMEOUT, connect=CONNECT_TIMEOUT),
                    limits=httpx.Limits(max_connections=_CONNECTIONS, max_keepalive_connections=_CONNECTIONS),
                    headers={
                        "User-Agent": f"miro-mcp/{__version__}",
                        "Accept": "application/json, application/scim+json",
                    },
                    follow_redirects=False,
                    mounts=dict.fromkeys(LOOPBACK),
                    trust_env=self._app is None,
                )
        return self._opened
