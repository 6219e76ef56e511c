"""HTTP exchanges as ASGI sees them: a client that leaves breaks its calls off, and streams end with the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio

from .in_flight import EXCHANGE, Calls

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LISTEN = (b"mcp-method", b"subscriptions/listen")


class Exchanges:
    """Lets all requests through.

    The SDK breaks off the calls of a client that closes its stream in the newer era alone; in the older one the answer
    could not reach it any more, either.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._ended = anyio.Event()

    def end_streams(self) -> None:
        """Ends the streams that clients only listen on, which would go on for as long as they like."""
        self._ended.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        calls = scope[EXCHANGE] = Calls()

        async def receive_leaving() -> Message:
            message = await receive()
            if message["type"] == "http.disconnect":
                calls.break_off()
            return message

        if scope["method"] == "GET" or _LISTEN in scope["headers"]:
            await self._listen(scope, receive_leaving, send)
        else:
            await self._app(scope, receive_leaving, send)

    async def _listen(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = over = False

        async def receive_until_end() -> Message:
            message: Message = {"type": "http.disconnect"}
            async with anyio.create_task_group() as group:

                async def stop() -> None:
                    await self._ended.wait()
                    group.cancel_scope.cancel()

                group.start_soon(stop)
                message = await receive()
                group.cancel_scope.cancel()
            return message

        async def send_noting(message: Message) -> None:
            nonlocal begun, over
            begun = True
            over = message["type"] == "http.response.body" and not message.get("more_body", False)
            await send(message)

        await self._app(scope, receive_until_end, send_noting)
        if begun and not over:
            await send({"type": "http.response.body", "body": b""})
