"""Renewing a kept sign-in: once, whichever process needs it first; the others find what that one kept."""

from __future__ import annotations

import time

from ...errors import NotKept, NotSignedIn, SignInEnded, Unreachable
from .oauth import OAuthRefused, refresh
from .store import SignIn, exclusively, load_sign_in, save_sign_in


def renewed(base_url: str, refused: str | None) -> SignIn:
    """The kept sign-in, renewed if it is about to expire or holds the access token that was `refused`.

    Raises:
        NotSignedIn: there is none, it can't be renewed any more (SignInEnded), or it can't be read or kept (NotKept).
        Unreachable: it has expired, and a new one could not be had.
    """
    try:
        kept = _kept(base_url)
        if _is_good(kept, refused):
            return kept
        with exclusively(base_url):
            # Another process may have been here meanwhile.
            kept = _kept(base_url)
            return kept if _is_good(kept, refused) else _renew(kept, refused)
    except OSError as error:
        raise NotKept(error) from error


def _kept(base_url: str) -> SignIn:
    kept = load_sign_in(base_url)
    if kept is None:
        raise NotSignedIn(NOT_SIGNED_IN)
    return kept


def _is_good(kept: SignIn, refused: str | None) -> bool:
    return kept.access_token != refused and not kept.is_stale(time.time())


def _renew(kept: SignIn, refused: str | None) -> SignIn:
    useless = kept.access_token == refused or kept.is_expired(time.time())
    if kept.refresh_token is None:
        if useless:
            raise SignInEnded("Miro no longer takes its token, which has no refresh token")
        return kept
    try:
        new = refresh(kept, patient=useless)
    except OAuthRefused as error:
        raise SignInEnded(f"Miro answered {error}") from error
    except Unreachable:
        if useless:
            raise
        return kept
    save_sign_in(new)
    return new


NOT_SIGNED_IN = (
    "Not signed in, so nothing was sent. Run `miro-mcp login` in a terminal, or set MIRO_ACCESS_TOKEN to a token (in "
    'Miro: the app\'s page, "Install app and get OAuth token") and restart the server, or start it with --sandbox '
    "(MIRO_SANDBOX=1) to try everything without an account."
)
