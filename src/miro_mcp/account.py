"""`miro-mcp login`, `logout` and `whoami`."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Mapping
from datetime import datetime
from getpass import getpass
from typing import Any, cast

from .calls import miro_for
from .client.signin.browser import PORT, SignInFailed, listening, open_browser
from .client.signin.oauth import authorize_url, exchange, refresh, revoke_tokens
from .client.signin.store import SignIn, exclusively, forget_sign_in, load_sign_in, save_sign_in
from .errors import CallError
from .settings import Settings


def login(settings: Settings, *, port: int | None, team_id: str | None, use_browser: bool) -> int:
    """Signs a person in and keeps the pair of tokens; the exit status is 0 when that worked."""
    if settings.sandbox:
        return _fail("The sandbox needs no sign-in. Run `miro-mcp login` without MIRO_SANDBOX.")
    try:
        where = _sign_in(settings, port or PORT, team_id, use_browser=use_browser)
    except (CallError, OSError) as error:
        return _fail(str(error))
    print(f"Signed in. The tokens are kept in {where}.")
    if settings.access_token is not None:
        print("MIRO_ACCESS_TOKEN is set and goes before the sign-in: unset it to use what you just signed in to.")
        return 0
    return whoami(settings)


def logout(settings: Settings) -> int:
    """Revokes the kept tokens and forgets them; they are forgotten even if Miro can't be told."""
    base_url = settings.api_base_url
    try:
        with exclusively(base_url):
            kept = load_sign_in(base_url)
            if kept is None:
                print("Not signed in: there is nothing to forget.")
                return 0
            failure = _revoke(kept)
            forget_sign_in(base_url)
    except OSError as error:
        return _fail(f"The sign-in could not be forgotten: {error}")
    if failure:
        return _fail(
            f"Signed out here, but Miro could not be told ({failure}). The token is good until it expires: to end it "
            "now, remove the app in Miro's profile settings."
        )
    print("Signed out: Miro has revoked the token, and it is forgotten here.")
    return 0


def whoami(settings: Settings) -> int:
    """Prints whose token is used, where, with which scopes, and until when."""
    try:
        info = asyncio.run(token_info(settings))
    except CallError as error:
        return _fail(str(error))
    for name in ("user", "team", "organization"):
        place = info.get(name)
        if isinstance(place, Mapping):
            described = cast("Mapping[str, Any]", place)
            print(f"{name + ':':<14}{described.get('name') or '(no name)'} ({described.get('id', 'no id')})")
    scopes: Any = info.get("scopes")
    print(f"{'scopes:':<14}{' '.join(map(str, cast('list[Any]', scopes))) if isinstance(scopes, list) else scopes}")
    print(f"{'from:':<14}{token_source(settings)}")
    print(f"{'expires:':<14}{expiry_of(settings)}")
    return 0


async def token_info(settings: Settings) -> Mapping[str, Any]:
    """What Miro tells about the token.

    Raises:
        CallError: see errors.py.
    """
    miro = miro_for(settings)
    try:
        info = await miro.look("token-info", {})
    finally:
        await miro.aclose()
    return cast("Mapping[str, Any]", info) if isinstance(info, Mapping) else {}


def token_source(settings: Settings) -> str:
    if settings.sandbox:
        return "the sandbox"
    return "MIRO_ACCESS_TOKEN" if settings.access_token is not None else "miro-mcp login"


def expiry_of(settings: Settings) -> str:
    """When the access token ends, as far as is known here."""
    kept = None if settings.access_token is not None else load_sign_in(settings.api_base_url)
    if kept is None:
        return "not known here"
    if kept.expires_at is None:
        return "never"
    moment = datetime.fromtimestamp(kept.expires_at).astimezone().isoformat(sep=" ", timespec="minutes")
    minutes = (kept.expires_at - time.time()) / 60
    renewal = ", renewed before that" if kept.refresh_token else ""
    return f"{moment} (in {minutes:.0f} minutes{renewal})"


def _sign_in(settings: Settings, port: int, team_id: str | None, *, use_browser: bool) -> str:
    with listening(port) as redirect:
        client_id, client_secret = _app(settings, redirect.uri)
        url = authorize_url(settings.api_base_url, client_id, redirect.uri, redirect.state, team_id)
        print(f"Sign in to Miro in the browser:\n  {url}", flush=True)
        if use_browser and not open_browser(url):
            print("No browser could be opened: open the address above yourself.", flush=True)
        code = redirect.wait()
        sign_in = exchange(settings.api_base_url, client_id, client_secret, code, redirect.uri)
    with exclusively(settings.api_base_url):
        return save_sign_in(sign_in)


def _app(settings: Settings, redirect_uri: str) -> tuple[str, str]:
    """The client id and secret of the operator's app, asked for where they are not set.

    Raises:
        SignInFailed: they are not set, and nobody can be asked.
    """
    if settings.client_id and settings.client_secret:
        return settings.client_id, settings.client_secret
    if not sys.stdin.isatty():
        raise SignInFailed(
            "Which app to sign in to isn't known. Set MIRO_CLIENT_ID and MIRO_CLIENT_SECRET (in Miro: the app's page, "
            f"App Credentials), and name {redirect_uri} as a redirect URI there."
        )
    print(f"On your app's page in Miro, {redirect_uri} has to be named as a redirect URI.")
    client_id = settings.client_id or input("Client ID: ").strip()
    client_secret = settings.client_secret or getpass("Client secret: ").strip()
    if not client_id or not client_secret:
        raise SignInFailed("Both the client ID and the client secret are needed. Run `miro-mcp login` again.")
    return client_id, client_secret


def _revoke(kept: SignIn) -> str:
    """Why the tokens could not be revoked, empty when they were; an access token has to be good to be revoked."""
    try:
        revoke_tokens(refresh(kept, patient=True) if kept.refresh_token and kept.is_stale(time.time()) else kept)
    except CallError as error:
        return str(error)
    return ""


def _fail(words: str) -> int:
    print(f"miro-mcp: {words}", file=sys.stderr)
    return 1
