"""What can go wrong, each error with its words.

CallError                  the call did not succeed
├── BadArguments           the arguments break a rule; nothing was sent
├── Refused                the operator's settings forbid it; nothing was sent
├── NotSignedIn            there is no token for this host; nothing was sent
│   ├── SignInEnded        there was a sign-in, and it can't be renewed; nothing was sent
│   └── NotKept            the sign-in can't be read or kept; nothing was sent
├── SignInFailed           nobody was signed in (client/signin/browser.py)
├── OAuthRefused           Miro refused a code or a token that was to be exchanged (client/signin/oauth.py)
├── AuditUnavailable       the call can't be put on record (guardrails/audit.py); nothing was sent
├── CannotOpen             the client or the sandbox can't be opened; nothing was sent
├── Unreachable            no connection could be made; nothing was sent
├── OutcomeUnknown         a request went out and no whole answer came back
│   └── NotTheApi          something answered that is not Miro's API
└── ApiError               Miro answered with an error
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

_NOT_STORED = 507
"""Insufficient Storage (RFC 4918): the one fault of a server's that says that nothing was carried out."""

_LONGEST = 500
"""Characters of Miro's words that an error quotes."""

_LONGEST_PROOF = 120
"""Characters that an error quotes of what is not Miro's."""


class CallError(Exception):
    """A failed call. Its message says what happened, whether anything changed, and what to do next.

    `outcome` is what the audit log says of it: "not sent", "failed", or "unknown". `what` is the part of the message
    that says what happened, where it has other parts.
    """

    outcome = "not sent"
    what = ""

    @property
    def cause(self) -> str:
        """What happened, without what to do next where that is said apart."""
        return self.what or str(self)


class BadArguments(CallError):
    pass


class Refused(CallError):
    pass


class NotSignedIn(CallError):
    pass


class SignInEnded(NotSignedIn):
    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The sign-in can't be renewed ({reason}), so nothing was sent. A person has to sign in again: "
            "run `miro-mcp login` in a terminal, then call again."
        )


class NotKept(NotSignedIn):
    def __init__(self, error: OSError) -> None:
        super().__init__(
            f"The sign-in could not be read or kept ({error.strerror or error}), so nothing was sent. Make its folder "
            "writable, then run `miro-mcp login` if the sign-in is lost."
        )


class CannotOpen(CallError):
    """`variables` of the environment are the likely cause."""

    def __init__(self, reason: str, variables: Sequence[str] = ()) -> None:
        named = ", ".join(variables) or "the system's settings"
        super().__init__(
            f"The connection to Miro can't be opened ({reason}), so nothing was sent. "
            f"Correct {named} in the server's environment, then restart it."
        )


class SandboxClosed(CannotOpen):
    """The message is the sandbox's own: which file, why, and what to do."""

    def __init__(self, words: str) -> None:
        CallError.__init__(self, words)


class Unreachable(CallError):
    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"No connection to {url} ({reason}). Nothing was sent and nothing changed. "
            "Check the network and the base URL, then try again."
        )


class OutcomeUnknown(CallError):
    """`changes` is whether the call was to change anything; `check` is what shows whether it did."""

    def __init__(self, what: str, *, changes: bool, check: str = "") -> None:
        self.outcome = "unknown" if changes else "failed"
        self.what = what
        super().__init__(f"{what} {_unknown(check) if changes else 'Nothing was changed by it; try again.'}")


class NotTheApi(OutcomeUnknown):
    """A 2xx answer without what Miro answers: a sign-in page, a proxy, another server."""

    def __init__(self, status: int, body: object, url: str, *, changes: bool, check: str = "") -> None:
        self.status = status
        what = "an empty body" if body is None else json.dumps(body, ensure_ascii=False)[:_LONGEST_PROOF]
        super().__init__(
            f"{url} answered {status} with what is not Miro's answer: {what}. A proxy or sign-in page in between, or a "
            "wrong MIRO_API_BASE_URL (MIRO_SCIM_BASE_URL for SCIM), is the likely cause: `miro-mcp doctor` checks it.",
            changes=changes,
            check=check,
        )


class ApiError(CallError):
    """Miro's own error: `status`, its `code` and `message`, and `context` where it sent one.

    `names_fields` is whether Miro blames fields of the request.

    `uncertain` says that an earlier try of the same call may have been carried out, `check` what shows whether it
    was, `hint` what else is known of the cause, `tries` how often it was sent, and `wait` for how many seconds Miro
    asks to be left alone.
    """

    def __init__(
        self,
        status: int,
        answer: object,
        *,
        changes: bool,
        uncertain: bool = False,
        check: str = "",
        hint: str = "",
        tries: int = 1,
        wait: float | None = None,
    ) -> None:
        body: Mapping[str, Any] = cast("Mapping[str, Any]", answer) if isinstance(answer, Mapping) else {}
        self.status = status
        self.outcome = "unknown" if changes and (uncertain or (status >= 500 and status != _NOT_STORED)) else "failed"
        self.code = str(body.get("code") or "")
        self.names_fields = bool(_fields(body))
        self.detail = _detail(body) or (answer.strip()[:_LONGEST] if isinstance(answer, str) else "")
        title = f"Miro answered {status}" + (f" {_code(self.code)}" if self.code else "")
        title += f" (tried {tries} times)" if tries > 1 else ""
        explanation = f": {_quoted(self.detail)}." if self.detail else "."
        advice = _unknown(check) if self.outcome == "unknown" else _advice(status, wait, self.names_fields)
        self.what = f"{title}{explanation}"
        super().__init__(" ".join(part for part in (self.what, hint, advice) if part))


def _unknown(check: str) -> str:
    return (
        "The outcome is unknown: it may or may not have been carried out. "
        f"{check or 'Read the board or object before trying again, or it may be done twice.'}"
    )


def _quoted(text: str) -> str:
    """Miro's own words, which may hold what people wrote: marked as such, on one line."""
    return json.dumps(text[:_LONGEST] + ("…" if len(text) > _LONGEST else ""), ensure_ascii=False)


def _code(code: str) -> str:
    return code if re.fullmatch(r"[\w.-]{1,60}", code, re.ASCII) else _quoted(code)


def _detail(body: Mapping[str, Any]) -> str:
    message = str(body.get("message") or body.get("detail") or body.get("reason") or "")
    fields = _fields(body)
    if not fields:
        return message
    listed = "; ".join(_field(field) for field in fields[:10])
    return f"{message.rstrip('.')} ({listed})" if message else listed


def _fields(body: Mapping[str, Any]) -> list[Any]:
    """The fields that Miro blames."""
    context = body.get("context")
    fields: Any = cast("Mapping[str, Any]", context).get("fields") if isinstance(context, Mapping) else None
    return cast("list[Any]", fields) if isinstance(fields, list) else []


def _field(field: Any) -> str:
    if not isinstance(field, Mapping):
        return str(field)
    entry = cast("Mapping[str, Any]", field)
    return f"{entry.get('field', '?')}: {entry.get('message', '?')}"


_NOTHING_CHANGED = "Nothing was changed."
_ADVICE = {
    400: "Correct the arguments; the plan or a missing scope can also be the cause.",
    401: "The token is missing, expired or revoked: the operator has to sign in again (`miro-mcp login`) or set a new "
    "token.",
    403: "The token's scopes, the person's role or the plan don't allow this.",
    404: "There is no such object, or this token can't see it: check the ids by listing.",
    409: "Somebody changed it at the same time or it exists already: read it again, then decide.",
    413: "It is too large: send less at once; a file may have 6 MB.",
    425: "It isn't ready yet: look at the job's status and call again when it is done.",
    429: "The rate limit is used up: wait, then try again.",
}


def _advice(status: int, wait: float | None, names_fields: bool) -> str:
    if status == 400 and names_fields:
        return f"{_NOTHING_CHANGED} Correct these fields."
    if status == _NOT_STORED:
        return _NOTHING_CHANGED
    advice = "Miro has a fault: try again later." if status >= 500 else _ADVICE.get(status, "Check the arguments.")
    asked = f" Miro asks to wait {wait:.0f} s." if wait is not None else ""
    return f"{_NOTHING_CHANGED} {advice}{asked}"
