"""Signing in to the sandbox: the page that asks, codes that live once, and pairs of tokens that replace each other."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from ..identity import ORGANIZATION_ID, TEAM_ID
from ..people import acting_user
from ..store import Document, Store
from .handlers import ErrorReply

CODE_SECONDS = 600
ACCESS_SECONDS = 3600
REFRESH_SECONDS = 60 * 24 * 3600

_CODE, _ACCESS, _REFRESH = "oauth-code", "oauth-access", "oauth-refresh"
_PREFIX = "sandbox-access-"


class OAuth:
    """Grants and checks tokens. Tokens that it never granted are none of its business: the sandbox takes any."""

    def __init__(self, store: Store, access_seconds: float = ACCESS_SECONDS) -> None:
        self._store = store
        self._access_seconds = access_seconds

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/oauth/authorize", self._ask, methods=["GET"]),
            Route("/oauth/authorize", self._decide, methods=["POST"]),
            Route("/v1/oauth/token", self._token, methods=["POST"]),
        ]

    def check(self, token: str) -> None:
        """Raises:
        ErrorReply: 401, the token was granted here and is no longer good.
        """
        if not token.startswith(_PREFIX):
            return
        found = self._store.get(_ACCESS, "", token)
        if found is None or found["expires"] <= time.time():
            raise ErrorReply(401, "tokenInvalid", "The access token has expired or was revoked")

    async def _ask(self, request: Request) -> Response:
        asked = dict(request.query_params)
        fault = _fault(asked)
        if fault:
            return HTMLResponse(_page(f"<p>{escape(fault)}</p>"), 400)
        user = acting_user(self._store)["displayName"]
        hidden = "".join(
            f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in asked.items()
        )
        form = (
            f"<p><b>{escape(asked['client_id'])}</b> wants to use the sandbox as {escape(user)}.</p>"
            f'<form method="post" action="/oauth/authorize">{hidden}'
            '<button name="decision" value="allow">Allow</button> <button name="decision" value="deny">Deny</button>'
            "</form>"
        )
        return HTMLResponse(_page(form), headers={"X-Frame-Options": "DENY", "Cache-Control": "no-store"})

    async def _decide(self, request: Request) -> Response:
        asked = await _form(request)
        fault = _fault(asked)
        if fault:
            return HTMLResponse(_page(f"<p>{escape(fault)}</p>"), 400)
        answer = {"error": "access_denied", "error_description": "The person said no"}
        if asked.get("decision") == "allow":
            code = secrets.token_urlsafe(24)
            kept = {name: asked[name] for name in ("client_id", "redirect_uri")}
            self._store.add(_CODE, "", code, kept | {"expires": time.time() + CODE_SECONDS})
            answer = {"code": code, "client_id": asked["client_id"], "team_id": TEAM_ID}
        answer |= {"state": asked["state"]} if "state" in asked else {}
        separator = "&" if urlsplit(asked["redirect_uri"]).query else "?"
        return RedirectResponse(f"{asked['redirect_uri']}{separator}{urlencode(answer)}", 303)

    async def _token(self, request: Request) -> Response:
        form = dict(request.query_params) | await _form(request)
        with self._store.transaction():
            granted = self._grant(form)
        if granted is None:
            return JSONResponse(
                {"error": "invalid_grant", "error_description": "It was used, expired or never given"}, 400
            )
        return JSONResponse(granted, headers={"Cache-Control": "no-store"})

    def _grant(self, form: Mapping[str, str]) -> Document | None:
        if not form.get("client_id") or not form.get("client_secret"):
            return None
        now = time.time()
        if form.get("grant_type") == "authorization_code":
            code = form.get("code", "")
            kept = self._store.get(_CODE, "", code)
            self._store.remove(_CODE, "", code)
            if kept is None or kept["expires"] <= now:
                return None
            if (kept["client_id"], kept["redirect_uri"]) != (form["client_id"], form.get("redirect_uri")):
                return None
            return self._pair(form["client_id"], form["client_secret"], secrets.token_hex(8))
        if form.get("grant_type") == "refresh_token":
            return self._refresh(form, now)
        return None

    def _refresh(self, form: Mapping[str, str], now: float) -> Document | None:
        token = form.get("refresh_token", "")
        kept = self._store.get(_REFRESH, "", token)
        if kept is None or kept["app"] != [form["client_id"], form["client_secret"]]:
            return None
        if kept["spent"] or kept["expires"] <= now:
            end_sign_in(self._store, kept["sign_in"])  # Somebody else holds this sign-in too.
            return None
        self._store.replace(_REFRESH, "", token, kept | {"spent": True})
        self._store.remove(_ACCESS, "", kept["access"])
        return self._pair(form["client_id"], form["client_secret"], kept["sign_in"])

    def _pair(self, client_id: str, client_secret: str, sign_in: str) -> Document:
        access, refresh = _PREFIX + secrets.token_urlsafe(24), "sandbox-refresh-" + secrets.token_urlsafe(24)
        now = time.time()
        self._store.add(_ACCESS, "", access, {"expires": now + self._access_seconds, "sign_in": sign_in, "id": access})
        self._store.add(_REFRESH, "", refresh, {
            "app": [client_id, client_secret], "expires": now + REFRESH_SECONDS, "sign_in": sign_in, "spent": False,
            "access": access, "id": refresh,
        })  # fmt: skip
        return {
            "access_token": access,
            "refresh_token": refresh,
            "expires_in": self._access_seconds,
            "token_type": "bearer",
            "user_id": acting_user(self._store)["id"],
            "team_id": TEAM_ID,
            "org_id": ORGANIZATION_ID,
        }


def end_sign_in(store: Store, sign_in: str) -> None:
    """Makes every token of a sign-in useless."""
    for kind in (_ACCESS, _REFRESH):
        for token in store.all(kind, "", {"sign_in": sign_in}):
            store.remove(kind, "", token["id"])


def revoke_access(store: Store, access_token: str) -> None:
    """Ends the sign-in that a token belongs to, if it was granted here."""
    found = store.get(_ACCESS, "", access_token)
    if found is not None:
        end_sign_in(store, found["sign_in"])


def _fault(asked: Mapping[str, str]) -> str:
    if asked.get("response_type") != "code":
        return "response_type has to be code."
    if not asked.get("client_id"):
        return "client_id is missing."
    if urlsplit(asked.get("redirect_uri", "")).scheme not in ("http", "https"):
        return "redirect_uri has to be a web address."
    return ""


async def _form(request: Request) -> dict[str, str]:
    body = (await request.body()).decode("utf-8", "replace")
    return dict(parse_qsl(body, keep_blank_values=True))


def _page(body: str) -> str:
    return _PAGE.replace("{body}", body)


_PAGE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sandbox: sign in</title>
<style>body { font: 1.1rem/1.5 system-ui, sans-serif; margin: 15vh auto; max-width: 30rem; padding: 0 1rem }
button { font: inherit; padding: .4rem 1.2rem }</style>
</head><body><h1>Sandbox</h1>{body}</body></html>
"""
