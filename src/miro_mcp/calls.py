"""The one way through: every call, whoever makes it, is checked, cleared, sent, recorded and answered here."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from anyio import to_thread

from .catalogue import OPERATIONS, Operation
from .catalogue.check import checked
from .catalogue.operation import Arguments
from .client.course import Answer
from .client.http import MiroClient
from .client.paging import walk
from .client.request import Request, build
from .downloads.fetch import fetch
from .errors import CallError, SandboxClosed
from .guardrails.audit import AuditLog, default_audit_path
from .guardrails.bounds import Bounds
from .guardrails.clearance import Clearance
from .guardrails.confirmation import Asker
from .guardrails.guard import Call, Guard, Permit
from .guardrails.names import mask, secrets_in
from .guardrails.policy import Policy
from .keeping.file import KeptFile, kept_path
from .keeping.journal import Journal, journal_path
from .keeping.keeper import Keeper
from .settings import Settings, default_sandbox_path
from .text.secrets import without_secrets

_LOADED_LATE = ("httpx", "httpcore", "h11", "certifi")
"""Packages that sending takes and a start does without."""


def miro_for(settings: Settings) -> Miro:
    """The way through for one set of settings; nothing is opened or sent until the first call."""
    client = MiroClient(settings, partial(_sandbox, settings) if settings.sandbox else None)
    audit = AuditLog(settings.audit_log or default_audit_path(), lambda: client.person)
    days = settings.keep_days
    file = KeptFile(kept_path(settings.audit_log or default_audit_path()), days)
    base = f"sandbox {settings.sandbox_path or default_sandbox_path()}" if settings.sandbox else settings.api_base_url
    journal = Journal(journal_path(settings.audit_log or default_audit_path()), base)
    return Miro(Guard(Policy(settings), Bounds(settings), audit), client, Keeper(file, base, days), journal)


def _sandbox(settings: Settings) -> Any:
    """The app that answers in Miro's place; it is imported when the first call needs it.

    Raises:
        SandboxClosed: its file can't be used.
    """
    create_app = import_module("miro_mcp.sandbox.http.app").create_app
    try:
        return create_app(settings.sandbox_path or default_sandbox_path(), frame_faults=settings.sandbox_faults)
    except OSError as error:
        raise SandboxClosed(str(error)) from error


class Miro:
    """Miro as the rest of the program sees it: an operation and its checked arguments in, an answer out."""

    def __init__(self, guard: Guard, client: MiroClient, keeper: Keeper, journal: Journal) -> None:
        self._guard = guard
        self._client = client
        self.keeper = keeper
        self.journal = journal
        self._loading = asyncio.Lock()
        self._to_load = list(_LOADED_LATE)

    @property
    def clock_skew(self) -> float | None:
        """Seconds by which this machine's clock is ahead of Miro's, None before the first answer."""
        return self._client.clock_skew

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
            CallError: see errors.py.
        """
        (permit,) = await self.clear_all([(operation, arguments)], asker, inner=inner)
        return await self.carry_out(permit, max_items)

    async def clear_all(
        self,
        calls: Sequence[tuple[Operation, Arguments]],
        asker: Asker,
        *,
        inner: bool = False,
        redrawn: int = 0,
        of: int = 0,
    ) -> list[Permit]:
        """Decides about calls that belong together before any of them is made, with one question at most.

        Where a person has to be asked, a client of the newer era makes the tool call again with the answer: nothing
        may be changed before this returned. Several deletions count as one that takes many along; the last `redrawn` of
        the calls are none, but take away what the server drew, to draw it anew. The calls are what is known beforehand
        of a plan of `of` steps.

        Raises:
            CallError: nothing was sent; of several calls it names the one.
        """
        await self._load()
        for operation, _ in calls:
            await self._client.check_signed_in(operation)
        others = len(calls) - redrawn
        wanted = [
            Call(operation, _given(arguments), inner, redraws=number >= others)
            for number, (operation, arguments) in enumerate(calls)
        ]
        return await self._guard.clear(wanted, asker, self.look, of)

    async def carry_out(self, permit: Permit, max_items: int | None = None) -> Answer:
        """Makes one call that was cleared, once; what a person was shown is looked up again just before.

        Raises:
            CallError: see errors.py.
        """
        operation, given = permit.call.operation, permit.call.given
        clearance = await self._guard.begin(permit, self.look)
        try:
            kept = None if permit.takes_back else await self.keeper.keep(operation, given, self.look)
        except BaseException:
            clearance.complete("not sent", None)
            raise
        try:
            answer = await self._send(self._prepare(operation, given), clearance, given, max_items)
        except CallError as error:
            clearance.complete(error.outcome, getattr(error, "status", None))
            if error.outcome != "unknown":
                self.keeper.drop(kept)
            error.what = without_secrets(error.what, *secrets_in(given))
            error.args = (without_secrets(str(error), *secrets_in(given)),)
            raise
        except BaseException:
            clearance.complete(clearance.if_broken_off, None)
            raise
        clearance.complete("done", answer.status)
        if operation.method == "POST":
            self.keeper.note_made(answer.body)
        return answer

    async def take_back(self, operation: Operation, arguments: Arguments) -> None:
        """Deletes what the same use of a tool has made a moment ago: that takes nothing from anybody.

        Raises:
            CallError: see errors.py.
        """
        await self.carry_out(self._guard.leave_to_take_back(Call(operation, _given(arguments))))

    def may_have_to_ask(
        self, operation: Operation, arguments: Arguments, *, among: int = 1, late: frozenset[str] = frozenset()
    ) -> bool:
        """Whether a call may need a person's approval for what it is, whatever it touches: see Guard."""
        return self._guard.may_have_to_ask(Call(operation, _given(arguments)), among=among, late=late)

    async def look(self, operation_id: str, given: Mapping[str, Any]) -> Any:
        """The body of a read that the server makes for itself, to show what a call would touch.

        Raises:
            CallError: see errors.py.
        """
        operation = OPERATIONS[operation_id]
        self._guard.policy.check_look(operation)
        request = build(operation, _given(checked(operation, given)), {})
        return (await self._client.send(request, Clearance(operation, None))).body

    @property
    def download_root(self) -> Path | None:
        """The folder that files may be downloaded into."""
        return self._guard.policy.download_root

    @property
    def call_seconds(self) -> float:
        """What one call may take in all."""
        return self._client.call_seconds

    async def download(self, link: str, target: Path, size: int | None) -> str:
        """Puts the file that a link of Miro's leads to into its place: see downloads/fetch.py."""
        return await fetch(self._client, link, target, size)

    async def aclose(self) -> None:
        await self._client.aclose()

    async def preview(
        self, calls: Sequence[tuple[Operation, Arguments]], of: int = 0
    ) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """The exact request each call would send, what would be decided about it, and what about all together.

        Only reads are sent. The decision about all has the question in it, or the reason of a refusal.

        Raises:
            CallError: a file that a call uploads is not there, or may not be read.
        """
        shown = [{"request": self._shown(operation, _given(arguments))} for operation, arguments in calls]
        wanted = [Call(operation, _given(arguments)) for operation, arguments in calls]
        foreseen, together = await self._guard.foresee(wanted, self.look, of)
        return [one | told for one, told in zip(shown, foreseen, strict=True)], together

    async def _load(self) -> None:
        """Loads what was put off, in a thread: other calls are answered meanwhile."""
        async with self._loading:
            while self._to_load:
                await to_thread.run_sync(import_module, self._to_load[0])
                self._to_load.pop(0)

    def _shown(self, operation: Operation, given: Mapping[str, Any]) -> dict[str, Any]:
        request = self._prepare(operation, given)
        shown: dict[str, Any] = {"method": operation.method, "url": self._client.url_of(request, mask)}
        if request.query:
            shown["query"] = [[name, mask({name: value})[name]] for name, value in request.query]
        if request.body is not None:
            shown["body"] = request.body if operation.body_is else mask(request.body)
        if request.files:
            shown["files"] = [_shown_file(name, source) for name, source in request.files]
        return shown

    async def _send(
        self, request: Request, clearance: Clearance, given: Mapping[str, Any], max_items: int | None
    ) -> Answer:
        if max_items is None:
            return await self._client.send(request, clearance)

        async def fetch(page_arguments: Mapping[str, Any]) -> Answer:
            return await self._client.send(build(request.operation, page_arguments, {}), clearance)

        return await walk(request.operation, given, max_items, fetch)

    def _prepare(self, operation: Operation, given: Mapping[str, Any]) -> Request:
        return build(operation, given, self._guard.policy.check_uploads(operation, given))


def _shown_file(part: str, source: Path | bytes) -> dict[str, Any]:
    if isinstance(source, bytes):
        return {"part": part, "json": json.loads(source)}
    return {"part": part, "path": str(source), "bytes": source.stat().st_size}


def _given(arguments: Arguments) -> dict[str, Any]:
    return arguments.model_dump(exclude_unset=True, by_alias=True)
