"""What can go wrong, each error with its words.

CallError                  the call did not succeed
├── BadArguments           the arguments break a rule; nothing was sent
├── Refused                the operator's settings forbid it; nothing was sent
├── NotSignedIn            there is no token for this host; nothing was sent
├── Unreachable            no connection could be made; nothing was sent
├── OutcomeUnknown         a request went out and no whole answer came back
└── ApiError               Miro answered with an error
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, cast

_LONGEST = 500
"""Characters of Miro's words that an error quotes."""


class CallError(Exception):
    """A failed call. Its message says what happened, whether anything changed, and what to do next.

    `outcome` is what the audit log says of it: "not sent", "failed", or "unknown".
    """

    outcome = "not sent"


class BadArguments(CallError):
    pass


class Refused(CallError):
    pass


_WHERE_TOKENS_ARE = {
    "MIRO_ACCESS_TOKEN": 'the app\'s page, "Install app and get OAuth token"',
    "MIRO_SCIM_TOKEN": "the company settings, where user provisioning has a token of its own",
}


class NotSignedIn(CallError):
    def __init__(self, variable: str) -> None:
        super().__init__(
            f"Not signed in: {variable} is not set, so nothing was sent. Set {variable} to a token (in Miro: "
            f"{_WHERE_TOKENS_ARE[variable]}) and restart the server, or start it with --sandbox (MIRO_SANDBOX=1) to "
            "try everything without an account."
        )


class Unreachable(CallError):
    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"No connection to {url} ({reason}). Nothing was sent and nothing changed. "
            "Check the network and the base URL, then try again."
        )


class OutcomeUnknown(CallError):
    outcome = "unknown"

    def __init__(self, what: str, *, changes: bool) -> None:
        consequence = (
            "It may or may not have been carried out: read the board or object before trying again, or it may be "
            "done twice."
            if changes
            else "Nothing was changed by it; try again."
        )
        super().__init__(f"{what} {consequence}")


class ApiError(CallError):
    """Miro's own error: `status`, its `code` and `message`, and `context` where it sent one."""

    def __init__(self, status: int, answer: object, *, changes: bool) -> None:
        body: Mapping[str, Any] = cast("Mapping[str, Any]", answer) if isinstance(answer, Mapping) else {}
        self.status = status
        self.outcome = "unknown" if changes and status >= 500 else "failed"
        self.code = str(body.get("code") or "")
        self.detail = _detail(body) or (answer.strip()[:500] if isinstance(answer, str) else "")
        title = f"Miro answered {status}" + (f" {_code(self.code)}" if self.code else "")
        explanation = f": {_quoted(self.detail)}." if self.detail else "."
        super().__init__(f"{title}{explanation} {_advice(status, changes=changes)}")


def _quoted(text: str) -> str:
    """Miro's own words, which may hold what people wrote: marked as such, on one line."""
    return json.dumps(text[:_LONGEST] + ("…" if len(text) > _LONGEST else ""), ensure_ascii=False)


def _code(code: str) -> str:
    return code if re.fullmatch(r"[\w.-]{1,60}", code, re.ASCII) else _quoted(code)


def _detail(body: Mapping[str, Any]) -> str:
    message = str(body.get("message") or body.get("detail") or body.get("reason") or "")
    context = body.get("context")
    fields: Any = cast("Mapping[str, Any]", context).get("fields") if isinstance(context, Mapping) else None
    if isinstance(fields, list):
        listed = "; ".join(_field(field) for field in cast("list[Any]", fields)[:10])
        return f"{message.rstrip('.')} ({listed})" if message else listed
    return message


def _field(field: Any) -> str:
    if not isinstance(field, Mapping):
        return str(field)
    entry = cast("Mapping[str, Any]", field)
    return f"{entry.get('field', '?')}: {entry.get('message', '?')}"


_NOTHING_CHANGED = "Nothing was changed."
_ADVICE = {
    400: f"{_NOTHING_CHANGED} Correct the arguments; the plan or a missing scope can also be the cause.",
    401: f"{_NOTHING_CHANGED} The token is missing, expired or revoked: the operator has to set a new one.",
    403: f"{_NOTHING_CHANGED} The token's scopes, the person's role or the plan don't allow this.",
    404: f"{_NOTHING_CHANGED} There is no such object, or this token can't see it: check the ids by listing.",
    409: f"{_NOTHING_CHANGED} Somebody changed it at the same time or it exists already: read it again, then retry.",
    413: f"{_NOTHING_CHANGED} It is too large: send less at once; a file may have 6 MB.",
    425: f"{_NOTHING_CHANGED} It isn't ready yet: wait a little and try again.",
    429: f"{_NOTHING_CHANGED} The rate limit is used up: wait a minute and try again.",
}


def _advice(status: int, *, changes: bool) -> str:
    if status >= 500 and changes:
        return "Whether anything was changed is unknown: read the object before trying again."
    if status >= 500:
        return f"{_NOTHING_CHANGED} Miro has a fault: try again later."
    return _ADVICE.get(status, f"{_NOTHING_CHANGED} Check the arguments.")
