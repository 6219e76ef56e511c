"""The one way through: every call, whoever makes it, is checked, sent and answered here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from .catalogue import Operation
from .catalogue.operation import Arguments
from .client.http import Answer, MiroClient
from .client.paging import walk
from .client.request import Request, build
from .guardrails.policy import Policy


class Miro:
    """Miro as the rest of the program sees it: an operation and its checked arguments in, an answer out."""

    def __init__(self, policy: Policy, client: MiroClient) -> None:
        self.policy = policy
        self._client = client

    async def call(self, operation: Operation, arguments: Arguments, max_items: int | None = None) -> Answer:
        """Carries one operation out; a list operation walks its pages when `max_items` is given.

        Raises:
            CallError: see client/errors.py.
        """
        given = arguments.model_dump(exclude_unset=True, by_alias=True)

        async def fetch(page_arguments: Mapping[str, Any]) -> Answer:
            return await self._client.send(self._prepare(operation, page_arguments))

        if max_items is None:
            return await fetch(given)
        return await walk(operation, given, max_items, fetch)

    def preview(self, operation: Operation, arguments: Arguments) -> dict[str, Any]:
        """The exact request a call would send, as data; nothing is sent."""
        request = self._prepare(operation, arguments.model_dump(exclude_unset=True, by_alias=True))
        preview: dict[str, Any] = {"method": operation.method, "url": self._client.url_of(request)}
        if request.query:
            preview["query"] = [list(pair) for pair in request.query]
        if request.body is not None:
            preview["body"] = request.body
        if request.files:
            preview["files"] = [
                {"part": name, "path": str(path), "bytes": path.stat().st_size} for name, path in request.files
            ]
        return preview

    def _prepare(self, operation: Operation, given: Mapping[str, Any]) -> Request:
        self.policy.check(operation)
        files = {
            name: [self.policy.check_upload(name, path) for path in _as_list(given[name])]
            for name in operation.files
            if name in given
        }
        return build(operation, given, files)


def _as_list(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else [value]
