"""The files behind images and documents: uploaded bytes, or the URL they come from."""

import base64
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from ..http.handlers import ApiCall, ErrorReply, not_found
from ..http.rate_limit import RateLimit
from ..http.replies import link
from ..http.requests import token_of
from ..store import Document, Store
from .content import check_web_address

PATH = "/v2/boards/{board_id}/resources/{collection}/{resource_id}"

File = tuple[str, str, bytes]
"""Name, content type and bytes of an uploaded file."""

_URLS: dict[str, tuple[str, dict[str, str]]] = {
    "images": ("imageUrl", {"format": "preview", "redirect": "false"}),
    "documents": ("documentUrl", {"redirect": "false"}),
}


def keep_file(store: Store, board_id: str, collection: str, file: File) -> Document:
    """Keeps an uploaded file and returns what its item remembers."""
    name, kind, content = file
    return _keep(store, board_id, collection, {"name": name, "type": kind, "bytes": base64.b64encode(content).decode()})


def keep_url(store: Store, board_id: str, collection: str, url: str) -> Document:
    """Keeps where a file is and returns what its item remembers.

    Raises:
        ErrorReply: 400, it is no web address.
    """
    check_web_address(url)
    return _keep(store, board_id, collection, {"url": url})


def _keep(store: Store, board_id: str, collection: str, source: Document) -> Document:
    id = store.new_id()
    store.add("resource", board_id, id, {"id": id, **source})
    return {"id": id, "collection": collection}


def resource_link(call: ApiCall, board_id: str, resource: Document | None) -> Document:
    """The member of an item's data that links to its file."""
    if resource is None:
        return {}
    name, query = _URLS[resource["collection"]]
    return {name: link(call, "boards", board_id, "resources", resource["collection"], resource["id"], **query)}


def endpoint(store: Store, rate_limit: RateLimit) -> Callable[[Request], Awaitable[Response]]:
    """Answers like Miro: where the file is, or with `redirect=true` the file itself."""

    async def answer(request: Request) -> Response:
        token = ""
        try:
            token = token_of(request)
            response = _answer(store, request)
        except ErrorReply as error:
            response = JSONResponse(error.body, error.status)
        response.headers.update(rate_limit.headers(token))
        return response

    return answer


def _answer(store: Store, request: Request) -> Response:
    if request.path_params["resource_id"] == "0":
        raise ErrorReply(400, "2.0703", "Invalid parameters")
    resource = store.get("resource", request.path_params["board_id"], request.path_params["resource_id"])
    if resource is None:
        raise not_found("Resource", request.path_params["resource_id"])
    if request.query_params.get("redirect") != "true":
        url = resource.get("url") or str(request.url.include_query_params(redirect="true"))
        return JSONResponse({"type": resource.get("type", "application/octet-stream"), "url": url})
    if "url" in resource:
        return RedirectResponse(resource["url"], 307)
    return Response(base64.b64decode(resource["bytes"]), media_type="application/octet-stream")
