"""The one way through: every call, whoever makes it, is checked, cleared, sent, recorded and answered here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from pydantic import ValidationError

from .catalogue import OPERATIONS, Operation
from .catalogue.operation import Arguments
from .client.errors import BadArguments, CallError
from .client.http import Answer, MiroClient
from .client.paging import walk
from .client.request import Request, build
from .guardrails.confirmation import Asker
from .guardrails.guard import Clearance, Guard
from .guardrails.subjects import mask


class Miro:
    """Miro as the rest of the program sees it: an operation and its checked arguments in, an answer out."""

    def __init__(self, guard: Guard, client: MiroClient) -> None:
        self._guard = guard
        self._client = client

    async def call(
        self,
        operation: Operation,
        arguments: Arguments,
        asker: Asker,
        max_items: int | None = None,
        *,
        inner: bool = False,
    ) -> Answer:
        """Carries one operation out; a list operation walks its pages when `max_items` is given.

        An `inner` call is a workflow's own rather than the assistant's: a read may then be of any toolset.

        Raises:
            CallError: see client/errors.py.
        """
        given = _given(arguments)
        request = self._prepare(operation, given)
        self._client.check_signed_in(operation)
        clearance = await self._guard.clear(operation, given, asker, self.look, inner=inner)
        try:
            answer = await self._send(request, clearance, given, max_items)
        except CallError as error:
            clearance.complete(error.outcome, getattr(error, "status", None))
            raise
        except BaseException:
            clearance.complete("unknown", None)
            raise
        clearance.complete("done", answer.status)
        return answer

    async def look(self, operation_id: str, given: Mapping[str, Any]) -> Any:
        """The body of a read that the server makes for itself, to show what a call would touch."""
        operation = OPERATIONS[operation_id]
        try:
            arguments = operation.arguments.model_validate(given, by_alias=True)
        except ValidationError:
            raise BadArguments(f"{operation_id} can't be asked about these ids. Nothing was sent.") from None
        return (await self._client.send(build(operation, _given(arguments), {}), Clearance(operation, None))).body

    async def preview(self, operation: Operation, arguments: Arguments) -> dict[str, Any]:
        """The exact request a call would send, and what would be decided about it; only reads are sent."""
        given = _given(arguments)
        request = self._prepare(operation, given)
        shown: dict[str, Any] = {"method": operation.method, "url": self._client.url_of(request)}
        if request.query:
            shown["query"] = [[name, mask({name: value})[name]] for name, value in request.query]
        if request.body is not None:
            shown["body"] = request.body if operation.body_is else mask(request.body)
        if request.files:
            shown["files"] = [
                {"part": name, "path": str(path), "bytes": path.stat().st_size} for name, path in request.files
            ]
        return {"request": shown, **await self._guard.foresee(operation, given, self.look)}

    async def _send(
        self, request: Request, clearance: Clearance, given: Mapping[str, Any], max_items: int | None
    ) -> Answer:
        if max_items is None:
            return await self._client.send(request, clearance)

        async def fetch(page_arguments: Mapping[str, Any]) -> Answer:
            return await self._client.send(build(request.operation, page_arguments, {}), clearance)

        return await walk(request.operation, given, max_items, fetch)

    def _prepare(self, operation: Operation, given: Mapping[str, Any]) -> Request:
        files = {
            name: [self._guard.policy.check_upload(name, path) for path in _as_list(given[name])]
            for name in operation.files
            if name in given
        }
        return build(operation, given, files)


def _given(arguments: Arguments) -> dict[str, Any]:
    return arguments.model_dump(exclude_unset=True, by_alias=True)


def _as_list(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else [value]
