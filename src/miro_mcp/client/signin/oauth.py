"""Miro's OAuth 2.0 endpoints: where a person signs in, and what codes and tokens are exchanged for."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from ...errors import CallError, Unreachable
from ...settings import REST_URL
from ...system.ending import is_ending
from ..opening import LOOPBACK, opening
from .store import SignIn

if TYPE_CHECKING:
    import httpx

_AUTHORIZE = "https://miro.com/oauth/authorize"
_TRIES = 4
_FIRST_PAUSE = 0.25
_TIMEOUT = 15.0


class OAuthRefused(CallError):
    """Miro answered with an error of OAuth's: `code` is its `error`, such as invalid_grant."""

    def __init__(self, status: int, answer: object) -> None:
        body: Mapping[str, Any] = cast("Mapping[str, Any]", answer) if isinstance(answer, Mapping) else {}
        self.code = str(body.get("error") or body.get("code") or status)
        words = str(body.get("error_description") or body.get("message") or body.get("reason") or "")
        super().__init__(f"{self.code}: {words}" if words else self.code)


def authorize_url(base_url: str, client_id: str, redirect_uri: str, state: str, team_id: str | None) -> str:
    """Where the person signs in; for another base URL than Miro's own, the page is there too."""
    page = _AUTHORIZE if base_url == REST_URL else f"{base_url}/oauth/authorize"
    query = {"response_type": "code", "client_id": client_id, "redirect_uri": redirect_uri, "state": state}
    return f"{page}?{urlencode(query | ({'team_id': team_id} if team_id else {}))}"


def exchange(base_url: str, client_id: str, client_secret: str, code: str, redirect_uri: str) -> SignIn:
    """Raises:
    OAuthRefused, Unreachable: there is no sign-in.
    """
    app = {"client_id": client_id, "client_secret": client_secret}
    grant = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
    return _sign_in(base_url, app, _post(f"{base_url}/v1/oauth/token", app | grant, tries=1))


def refresh(sign_in: SignIn, *, patient: bool) -> SignIn:
    """A new pair; the old one's refresh token is dead then.

    Raises:
        OAuthRefused, Unreachable: there is none. `patient` says that it is worth several tries.
    """
    app = {"client_id": sign_in.client_id, "client_secret": sign_in.client_secret}
    grant = {"grant_type": "refresh_token", "refresh_token": sign_in.refresh_token or ""}
    url = f"{sign_in.base_url}/v1/oauth/token"
    return _sign_in(sign_in.base_url, app, _post(url, app | grant, tries=_TRIES if patient else 1))


def revoke_tokens(sign_in: SignIn) -> None:
    """Raises:
    OAuthRefused, Unreachable: the tokens may still be good.
    """
    body = {"accessToken": sign_in.access_token, "clientId": sign_in.client_id, "clientSecret": sign_in.client_secret}
    headers = {"Authorization": f"Bearer {sign_in.access_token}"}
    with _client() as client:
        _send(client.build_request("POST", f"{sign_in.base_url}/v2/oauth/revoke", json=body, headers=headers), client)


def _post(url: str, form: dict[str, str], *, tries: int) -> Any:
    """Sends a form, its secrets in the body; again where it could not be delivered or Miro has a passing fault."""
    with _client() as client:
        for turn in range(tries):
            try:
                return _send(client.build_request("POST", url, data=form), client)
            except Unreachable:
                if turn == tries - 1 or is_ending():
                    raise
                time.sleep(_FIRST_PAUSE * 2**turn)
    raise AssertionError("a try returns or raises")


def _send(request: httpx.Request, client: httpx.Client) -> Any:
    import httpx

    try:
        response = client.send(request)
    except httpx.HTTPError as error:
        raise Unreachable(str(request.url.copy_with(query=None)), type(error).__name__) from error
    if response.status_code == 429 or response.status_code >= 500:
        raise Unreachable(str(request.url.copy_with(query=None)), f"it answered {response.status_code}")
    try:
        answer = response.json() if response.content else None
    except ValueError:
        answer = None
    if not response.is_success:
        raise OAuthRefused(response.status_code, answer)
    return answer


def _client() -> httpx.Client:
    import httpx

    with opening():
        return httpx.Client(timeout=_TIMEOUT, follow_redirects=False, mounts=dict.fromkeys(LOOPBACK))


def _sign_in(base_url: str, app: Mapping[str, str], answer: Any) -> SignIn:
    body: Mapping[str, Any] = cast("Mapping[str, Any]", answer) if isinstance(answer, Mapping) else {}
    token, refresh_token, seconds = body.get("access_token"), body.get("refresh_token"), body.get("expires_in")
    if not isinstance(token, str) or not token:
        raise OAuthRefused(200, {"error": "no access token in the answer"})
    lifetime = float(seconds) if isinstance(seconds, int | float) and seconds > 0 else None
    return SignIn(
        base_url=base_url,
        client_id=app["client_id"],
        client_secret=app["client_secret"],
        access_token=token,
        refresh_token=refresh_token if isinstance(refresh_token, str) and refresh_token else None,
        expires_at=time.time() + lifetime if lifetime else None,
        lifetime=lifetime,
        user_id=str(body["user_id"]) if body.get("user_id") else None,
    )
