"""The sandbox as an ASGI app: every route of the catalogue over one SQLite file."""

import json
import logging
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from ...catalogue import OPERATIONS, READ, Operation
from .. import account, boards, compliance, items, organization, scim, seed
from ..compliance import export_files
from ..database import SandboxUnusable
from ..items import files
from ..people import acting_by
from ..scim.errors import ScimError
from ..store import Store
from . import oauth
from .faults import FrameFaults
from .handlers import HANDLERS, MOVING_ON, ApiCall, ErrorReply, Reply
from .rate_limit import RateLimit, credits_for
from .replies import in_whole_seconds
from .requests import is_multipart, read_request, token_of
from .routes import Routes, choose_operation, segments_of

logger = logging.getLogger(__name__)

ROOMS = (account, boards, compliance, items, organization, scim)
"""Packages whose modules hold the handlers; importing them fills the table."""

for room in ROOMS:
    for found in iter_modules(room.__path__):
        import_module(f"{room.__name__}.{found.name}")


def open_store(path: Path | None = None) -> Store:
    """The store at `path`; a fresh one is filled with sample data once.

    Raises:
        SandboxUnusable: its file can't be used.
    """
    store = Store(path)
    with store.transaction():
        if store.is_empty():
            seed.seed(store)
            store.add("sandbox", "", "seed", {"done": True})
    return store


def create_app(
    path: Path | None = None, access_seconds: float = oauth.ACCESS_SECONDS, frame_faults: float = 0.0
) -> Starlette:
    """Miro's API over the SQLite file at `path`, or in memory. A fresh store is filled with sample data once.

    `access_seconds` is how long the access tokens live that its OAuth grants; `frame_faults` the share of new frames
    that are answered with 500.
    """
    store = open_store(path)
    rate_limit = RateLimit()
    sign_in = oauth.OAuth(store, access_seconds)
    return Starlette(
        routes=[
            *sign_in.routes,
            Route(files.PATH, files.endpoint(store, rate_limit)),
            Route(export_files.PATH, export_files.endpoint(store)),
            Route("/{path:path}", _Api(store, rate_limit, sign_in, FrameFaults(frame_faults))),
        ],
        exception_handlers={SandboxUnusable: _cannot_store},
    )


class _Api:
    def __init__(self, store: Store, rate_limit: RateLimit, sign_in: oauth.OAuth, faults: FrameFaults) -> None:
        self._faults = faults
        self._store = store
        self._sign_in = sign_in
        self._routes = Routes(OPERATIONS.values())
        self._rate_limit = rate_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        token = ""
        operation: Operation | None = None
        try:
            token = token_of(request)
            self._sign_in.check(token)
            operation, path = self._operation(request)
            reply = await self._reply(operation, path, request, token)
        except ErrorReply as error:
            reply = _refusal(error, operation)
        except SandboxUnusable as error:
            reply = _refusal(_not_stored(error), operation)
        except ClientDisconnect:
            return  # Whoever asked has gone before they had asked.
        except Exception:
            logger.exception("%s %s failed", request.method, operation.id if operation else request.url.path)
            reply = _refusal(ErrorReply(500, "3.0000", "The sandbox has a fault; its log tells more"), operation)
        media_type = "application/scim+json" if _is_scim(operation) else "application/json"
        await _response(reply, self._rate_limit.headers(token), media_type)(scope, receive, send)

    def _operation(self, request: Request) -> tuple[Operation, dict[str, str]]:
        raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
        segments = [unquote(segment) for segment in raw.decode("ascii", "replace").split("?")[0][1:].split("/")]
        candidates = self._routes.find(request.method, segments)
        operation = choose_operation(candidates, request.query_params, multipart=is_multipart(request))
        if operation is None and candidates:
            raise ErrorReply(415, "unsupportedMediaType", "This endpoint does not take this content type")
        if operation is None and self._routes.has(segments):
            raise ErrorReply(405, "methodNotSupported", f"Request method '{request.method}' not supported")
        if operation is None:
            raise ErrorReply(404, "notFound", f"No endpoint {request.method} {request.url.path}.")
        values = zip(segments_of(operation), segments, strict=True)
        return operation, {name[1:-1]: value for name, value in values if name.startswith("{")}

    async def _reply(self, operation: Operation, path: dict[str, str], request: Request, token: str) -> Reply:
        arguments, files = await read_request(operation, path, request)
        charged_by_reply = operation.per_item and operation.effect is READ
        if not charged_by_reply:
            self._rate_limit.charge(token, credits_for(operation, arguments))
        base_url = f"{request.url.scheme}://{request.url.netloc}"
        fault = self._faults.next() if operation.id == "create-frame-item" else None
        if fault == "before":
            raise _FAULT
        call = ApiCall(operation, arguments, self._store, base_url, files)
        reply = await run_in_threadpool(_handled, call, token)
        if charged_by_reply and isinstance(reply.body, dict):
            self._rate_limit.charge(token, credits_for(operation, reply.body["data"]))
        if fault == "after":
            raise _FAULT
        return Reply(reply.status, in_whole_seconds(reply.body)) if "/boards" in operation.path else reply


def _handled(call: ApiCall, token: str) -> Reply:
    reads = call.operation.effect is READ and call.operation.id not in MOVING_ON
    with call.store.transaction(reads=reads), acting_by(call.store, token):
        return HANDLERS[call.operation.id](call)


_FAULT = ErrorReply(500, "3.0000", "Internal server error")


def _not_stored(error: Exception) -> ErrorReply:
    return ErrorReply(507, "insufficientStorage", str(error))


async def _cannot_store(_: Request, error: Exception) -> Response:
    reply = _not_stored(error)
    return _response(Reply(reply.status, reply.body), {}, "application/json")


def _is_scim(operation: Operation | None) -> bool:
    return operation is not None and operation.host == "scim"


def _refusal(error: ErrorReply, operation: Operation | None) -> Reply:
    """The reply to a call that failed; SCIM has a shape of error of its own."""
    if _is_scim(operation) and not isinstance(error, ScimError):
        detail = "; ".join([str(error), *(f"{field}: {fault}" for field, fault in error.faults.items())])
        error = ScimError(error.status, detail)
    return Reply(error.status, error.body)


def _response(reply: Reply, headers: dict[str, str], media_type: str) -> Response:
    if reply.body is None:
        return Response(status_code=reply.status, headers=headers)
    return Response(json.dumps(reply.body, separators=(",", ":")), reply.status, headers, media_type)
