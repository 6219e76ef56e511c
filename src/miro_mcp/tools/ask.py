"""Putting a question to the person at the client, in either protocol era."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from mcp.shared.exceptions import MCPError
from mcp.types import ElicitRequest, ElicitRequestFormParams, ElicitResult, InputRequiredResult

from ..errors import Refused
from ..guardrails.confirmation import Confirmation, Question
from ..system.caller import client_name
from .request import ToolRequest

_KEY = "confirmation"
_FIRST_ROUND_TRIP_VERSION = "2026-07-28"

_CANNOT_ASK = (
    "A person has to confirm this, and this client can't ask one (it does not support elicitation), so nothing was "
    "sent. {about} The operator can set MIRO_CONFIRM=allow to let such calls pass unasked, or use a client that can "
    "ask."
)
_CHANGED = "What you were shown has changed meanwhile; this is how it stands now.\n"


class InputNeeded(Exception):
    """Ends this round of a call: the client asks the person and calls again with the answer."""

    def __init__(self, result: InputRequiredResult) -> None:
        super().__init__("input is needed")
        self.result = result


MOST_NOES = 3
CLOSED_SECONDS = 600.0
"""After so many times no to the same call, nobody is asked about it for so long."""


@dataclass
class Answers:
    """What people have answered, as long as the server runs: the confirmations acted on, and each no."""

    used: set[str] = field(default_factory=set[str])
    noes: dict[str, list[float]] = field(default_factory=dict[str, list[float]])

    def note_no(self, question: Question) -> None:
        self._recent(question).append(time.monotonic())

    def check(self, question: Question) -> None:
        """Raises:
        Refused: the person said no to these very calls often enough.
        """
        if len(self._recent(question)) >= MOST_NOES:
            raise Refused(
                f"The person said no to this {MOST_NOES} times, so they are not asked about it again for "
                f"{CLOSED_SECONDS / 60:.0f} minutes, and nothing was sent. Ask them in the conversation what they want."
            )

    def _recent(self, question: Question) -> list[float]:
        """When no was said to these calls, of late."""
        since = time.monotonic() - CLOSED_SECONDS
        for calls in [calls for calls, times in self.noes.items() if times and times[-1] < since]:
            del self.noes[calls]
        return self.noes.setdefault(question.calls, [])


class ClientAsker:
    """Asks through the client of one call; `answers` are those to all calls of a server."""

    def __init__(self, request: ToolRequest, answers: Answers) -> None:
        self._request = request
        self._context = request.context
        self._answers = answers
        self._used = answers.used

    async def ask(self, question: Question) -> Confirmation:
        self._answers.check(question)
        if not self._can_ask():
            raise Refused(_CANNOT_ASK.format(about=question.about))
        if self._context.protocol_version >= _FIRST_ROUND_TRIP_VERSION:
            self._take_answer(question)
            return Confirmation(self._who(question), waited=False)
        await self._ask_now(question)
        return Confirmation(self._who(question), waited=True)

    def _who(self, question: Question) -> str:
        """Who said yes and how, as far as it can be told: MCP names the client, not the person at it."""
        how = "typed the name or id" if question.typed else "ticked yes"
        return f"a person asked by {client_name() or 'an unnamed client'}, who {how}"

    def _can_ask(self) -> bool:
        capabilities = self._context.session.client_capabilities
        elicitation = capabilities.elicitation if capabilities else None
        if elicitation is None or (elicitation.form is None and elicitation.url is not None):
            return False
        modern = self._context.protocol_version >= _FIRST_ROUND_TRIP_VERSION
        return modern or self._context.session.can_send_request

    async def _ask_now(self, question: Question) -> None:
        try:
            answer = await self._context.session.elicit_form(
                question.message, question.schema, self._context.request_id
            )
        except (MCPError, ValueError) as error:
            raise Refused(f"The client could not ask the person ({error}), so nothing was sent.") from error
        self._judge(question, answer)

    def _judge(self, question: Question, answer: ElicitResult) -> None:
        if answer.action == "decline":
            self._answers.note_no(question)
        _judge(question, answer)

    def _take_answer(self, question: Question) -> None:
        """Acts on an answer to this very question; asks when there is none, or when a yes was to another one."""
        state = _read_state(self._request.params.request_state)
        answer = (self._request.params.input_responses or {}).get(_KEY)
        nonce = str(state.get("nonce"))
        if isinstance(answer, ElicitResult) and answer.action != "accept":
            if nonce not in self._used:
                self._used.add(nonce)
                self._judge(question, answer)
            _judge(question, answer)
        if answer is None or state.get("question") != question.digest:
            raise InputNeeded(_request(question, changed=answer is not None))
        if nonce in self._used:
            raise Refused(
                "This confirmation has been used already, so nothing was sent. Call again to have them asked again."
            )
        self._used.add(nonce)
        if not isinstance(answer, ElicitResult):
            raise Refused("The client's answer was not one to the question asked, so nothing was sent.")
        _judge(question, answer)


def _request(question: Question, *, changed: bool) -> InputRequiredResult:
    message = (_CHANGED if changed else "") + question.message
    state = json.dumps({"question": question.digest, "nonce": secrets.token_hex(16)})
    form = ElicitRequestFormParams(message=message, requested_schema=question.schema)
    return InputRequiredResult(input_requests={_KEY: ElicitRequest(params=form)}, request_state=state)


def _read_state(state: str | None) -> Mapping[str, Any]:
    try:
        read = json.loads(state or "{}")
    except ValueError:
        return {}
    return cast("dict[str, Any]", read) if isinstance(read, dict) else {}


def _judge(question: Question, answer: ElicitResult) -> None:
    if answer.action == "decline":
        raise Refused("The person said no, so nothing was sent. Don't try again unless they ask for it.")
    if answer.action != "accept":
        raise Refused("The person closed the question without an answer, so nothing was sent. Ask before trying again.")
    if not question.is_yes(answer.content):
        wanted = "a name or id that was typed is not the object's" if question.typed else "the box was not ticked"
        raise Refused(f"Not confirmed: {wanted}, so nothing was sent. If they meant yes, call again.")
