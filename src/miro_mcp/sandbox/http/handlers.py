"""How the sandbox answers one call: the handler's view of it, its reply, and errors shaped like Miro's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...catalogue import Operation, check_ids
from ..store import Document, Store

Files = dict[str, list[tuple[str, str, bytes]]]
"""Uploaded parts of a multipart body by part name: (file name, content type, bytes)."""


@dataclass(frozen=True)
class ApiCall:
    """One request that has passed the operation's own checks.

    `arguments` are the validated ones under the API's names: path, query and top-level body fields together.
    """

    operation: Operation
    arguments: dict[str, Any]
    store: Store
    base_url: str
    files: Files = field(default_factory=Files)


@dataclass(frozen=True)
class Reply:
    """What is sent back; no body at all when it is None."""

    status: int
    body: Document | list[Any] | None = None


class ErrorReply(Exception):
    """An error that the sandbox answers with, in Miro's shape; `faults` say what is wrong by field."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        faults: Mapping[str, str] | None = None,
        context: Document | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.faults = faults or {}
        fields = [{"field": name, "message": fault} for name, fault in self.faults.items()]
        context = {"fields": fields} if fields else context
        self.body: Document = {"status": status, "code": code, "message": message, "context": context, "type": "error"}


def not_found(what: str, id: str) -> ErrorReply:
    return ErrorReply(404, "notFound", f"{what} with id {id} not found")


def no_item(board_id: str) -> ErrorReply:
    """What an id answers that is no item of this board, or none that the call may take."""
    return ErrorReply(404, "3.0201", "Item not found", context={"boardId": {"value": board_id}})


def invalid(faults: Mapping[str, str]) -> ErrorReply:
    """A refusal that names each field at fault and what is wrong with it."""
    return ErrorReply(400, "2.0703", "Invalid parameters", faults)


Handler = Callable[[ApiCall], Reply]
HANDLERS: dict[str, Handler] = {}
"""The handler of each operation id; filled by the modules of this package."""

MOVING_ON = frozenset({"enterprise-board-export-job-status"})
"""Reads that write: a job moves on each time that it is looked at."""


def handles(*operation_ids: str) -> Callable[[Handler], Handler]:
    """Makes a function the one handler of these operations."""
    check_ids(operation_ids)
    if twice := HANDLERS.keys() & set(operation_ids):
        raise ValueError(f"handled twice: {', '.join(twice)}")

    def register(handler: Handler) -> Handler:
        for operation_id in operation_ids:
            HANDLERS[operation_id] = handler
        return handler

    return register
