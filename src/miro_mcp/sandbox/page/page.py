"""The sandbox's page: a list of its boards, and each board live. It shows, and changes nothing."""

from __future__ import annotations

import asyncio
import html
from collections.abc import AsyncGenerator
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ...board.contents import Contents
from ...drawing.job import DrawingJob, draw_in_worker
from ...drawing.text import fonts
from ...drawing.web.page import page, policy, web_file
from ...settings import is_loopback
from ...workers.pool import NotWorkedOut
from ..database import SandboxUnusable
from ..store import Store
from .contents import board_contents

LOOK_EVERY = 0.25
"""Seconds between two looks at whether a board has changed."""

_HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
_OWN = ("connect-src 'self'", "font-src 'self'", "img-src 'self'")
_NO_BOARD = "The sandbox has no such board."


def create_page(store: Store) -> Starlette:
    """The pages over a sandbox's store, for this machine's browsers alone."""
    pages = _Pages(store)
    return Starlette(
        routes=[
            Route("/", pages.boards),
            Route("/boards/{board_id}", pages.board),
            Route("/boards/{board_id}/view.svg", pages.picture),
            Route("/boards/{board_id}/changes", pages.changes),
            Route("/fonts/{name}", _font),
            Route("/{version:path}/boards/{board_id}/{collection}/{item_id}", _item),
        ],
        middleware=[Middleware(LoopbackOnly)],
        exception_handlers={SandboxUnusable: _in_words},
    )


class LoopbackOnly:
    """Answers only what is asked of a loopback name, so that no other site can reach in by a name of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not is_loopback(_host_of(scope)):
            await PlainTextResponse("This page is for this machine alone.", 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)


class _Pages:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._drawn: dict[str, tuple[str, str]] = {}
        """By board: the version last drawn, and its SVG."""

    async def boards(self, _: Request) -> Response:
        found = await run_in_threadpool(self._store.all, "board", "")
        listed = sorted(found, key=lambda board: str(board["modifiedAt"]), reverse=True)
        cards = "".join(
            f'<li><a href="/boards/{quote(board["id"])}"><img alt="" loading="lazy" '
            f'src="/boards/{quote(board["id"])}/view.svg"><p>{html.escape(board["name"])}<br>'
            f"<small>{html.escape(board['description'])}</small></p></a></li>"
            for board in listed
        )
        body = f'<header><h1>Sandbox boards</h1></header><main><ul class="boards">{cards}</ul></main>'
        return _page("Sandbox boards", body, "")

    async def board(self, request: Request) -> Response:
        board = self._store.get("board", "", request.path_params["board_id"])
        if board is None:
            return PlainTextResponse(_NO_BOARD, 404, _HEADERS)
        name = html.escape(board["name"])
        header = f'<header><a href="/">Boards</a><h1>{name}</h1><span class="status"></span></header>'
        scripts = f"(() => {{\n{web_file('viewer.js')}\n{_own('page.js')}\n}})();"
        return _page(name, f'{header}<main><div class="stage"></div></main>', scripts)

    async def picture(self, request: Request) -> Response:
        board_id = request.path_params["board_id"]
        version = await run_in_threadpool(self._store.fingerprint, board_id)
        if self._store.get("board", "", board_id) is None:
            return PlainTextResponse(_NO_BOARD, 404, _HEADERS)
        tag = f'"{version}"'
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        try:
            svg = await self._draw(board_id, version)
        except NotWorkedOut as error:
            return PlainTextResponse(str(error), 503, _HEADERS)
        headers = {**_HEADERS, "ETag": tag, "Content-Security-Policy": "default-src 'none'"}
        return Response(svg, media_type="image/svg+xml", headers=headers)

    async def changes(self, request: Request) -> Response:
        return StreamingResponse(
            self._versions(request.path_params["board_id"]), media_type="text/event-stream", headers=_HEADERS
        )

    async def _versions(self, board_id: str) -> AsyncGenerator[str]:
        """The board's version now, and each that follows."""
        told, looked = None, None
        while True:
            seen = self._store.changes()
            if seen != looked:
                looked = seen
                if self._store.get("board", "", board_id) is None:
                    yield "event: gone\ndata: gone\n\n"
                    return
                version = await run_in_threadpool(self._store.fingerprint, board_id)
                if version != told:
                    told = version
                    yield f"data: {version}\n\n"
            await asyncio.sleep(LOOK_EVERY)

    async def _draw(self, board_id: str, version: str) -> str:
        drawn = self._drawn.get(board_id)
        if drawn is None or drawn[0] != version:
            contents = await run_in_threadpool(self._contents, board_id)
            view = await draw_in_worker(DrawingJob(contents=contents, format="svg", with_findings=False))
            drawn = self._drawn[board_id] = (version, view.svg)
        return drawn[1]

    def _contents(self, board_id: str) -> Contents:
        with self._store.transaction(reads=True):
            return board_contents(self._store, board_id)


async def _in_words(_: Request, error: Exception) -> Response:
    return PlainTextResponse(str(error), 503, _HEADERS)


def _page(title: str, body: str, scripts: str) -> Response:
    styles = _faces() + web_file("viewer.css") + _own("page.css")
    headers = {**_HEADERS, "Content-Security-Policy": policy(scripts, styles, *_OWN) + "; frame-ancestors 'none'"}
    return HTMLResponse(page(title, body, scripts, styles, *_OWN), headers=headers)


def _own(name: str) -> str:
    return files(__package__ or "").joinpath(name).read_text(encoding="utf-8")


def _faces() -> str:
    """The fonts that texts were measured in, for browsers that don't have them."""
    return "".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
        f'font-style: {"italic" if face.italic else "normal"}; src: url("/fonts/{quote(face.path.name)}") }}\n'
        for face in fonts.faces()
    )


async def _font(request: Request) -> Response:
    named = {face.path.name: face.path for face in fonts.faces()}
    path = named.get(request.path_params["name"])
    if path is None:
        return PlainTextResponse("There is no such font here.", 404, _HEADERS)
    return FileResponse(path, media_type="font/ttf", headers={"Cache-Control": "max-age=86400"})


async def _item(request: Request) -> Response:
    """Where an item's link leads: its board, with the item in view."""
    board_id, item_id = request.path_params["board_id"], request.path_params["item_id"]
    return RedirectResponse(f"/boards/{quote(board_id)}#{quote(item_id)}", 302)


def _host_of(scope: Scope) -> str:
    headers: dict[bytes, bytes] = dict(scope["headers"])
    host: Any = headers.get(b"host", b"").decode("latin-1")
    return host if host.endswith("]") or ":" not in host else host.rpartition(":")[0]
