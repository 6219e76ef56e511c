"""Export jobs: whether one that is asked for was made before, for the same `request_id`."""

from __future__ import annotations

from .arguments import CheckedCall

_CREATE = "enterprise-create-board-export"
_NOTE = (
    "This request_id was used before: no export was begun, and this is the job that was made for it then. Give a new "
    "UUID for a new export."
)


class Requests:
    """The request ids that exports were asked for with, as long as the server runs: Miro's answer doesn't tell."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def note_reused(self, call: CheckedCall) -> str:
        """Words on a job that there was already; to be asked once Miro has answered."""
        if call.operation.id != _CREATE:
            return ""
        request_id = str(call.arguments.model_dump()["request_id"]).lower()
        note = _NOTE if request_id in self._used else ""
        self._used.add(request_id)
        return note
