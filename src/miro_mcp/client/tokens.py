"""Where a host's token comes from: what the operator set, or the sign-in that `miro-mcp login` keeps."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Protocol

import anyio

from ..errors import NotSignedIn
from ..settings import Settings
from ..text.secrets import keep_secret

if TYPE_CHECKING:
    from .signin.store import SignIn


class Tokens(Protocol):
    @property
    def person(self) -> str | None:
        """The id at Miro of whose token it is, where that is known."""
        ...

    async def current(self) -> str:
        """The token to send.

        Raises:
            NotSignedIn: there is none.
        """
        ...

    async def renew(self, refused: str) -> bool:
        """Whether there is another token than the one that was refused."""
        ...

    async def aclose(self) -> None:
        """Waits for what must not be lost."""
        ...


def rest_tokens(settings: Settings) -> Tokens:
    """The operator's token where one is set, before any sign-in."""
    if settings.access_token is not None:
        return StaticToken("MIRO_ACCESS_TOKEN", settings.access_token)
    return SignedIn(settings.api_base_url)


class StaticToken:
    def __init__(self, variable: str, token: str | None) -> None:
        self._variable = variable
        self._token = token
        self.person = None

    async def current(self) -> str:
        if self._token is None:
            raise NotSignedIn(
                f"Not signed in: {self._variable} is not set, so nothing was sent. Set {self._variable} to a token (in "
                "Miro: the company settings, where user provisioning has a token of its own) and restart the server, "
                "or start it with --sandbox (MIRO_SANDBOX=1) to try everything without an account."
            )
        return self._token

    async def renew(self, refused: str) -> bool:
        del refused
        return False

    async def aclose(self) -> None:
        return


class SignedIn:
    """The kept sign-in for one base URL; read at the first call, renewed before it expires and when it is refused.

    One renewal at a time, whoever asks for it, and it goes on when the call that asked is cancelled, and to its end
    before the client is closed: the old refresh token is spent with it.
    """

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._kept: SignIn | None = None
        self._renewal: asyncio.Task[SignIn] | None = None

    async def current(self) -> str:
        if self._kept is None or self._kept.is_stale(time.time()):
            self._kept = await self._renewed(None)
        return self._kept.access_token

    @property
    def person(self) -> str | None:
        return self._kept.user_id if self._kept else None

    async def renew(self, refused: str) -> bool:
        # A renewal that was on its way already may have begun before this token was refused.
        for _ in range(2):
            if self._kept is None or self._kept.access_token == refused:
                self._kept = await self._renewed(refused)
        return self._kept is not None and self._kept.access_token != refused

    async def aclose(self) -> None:
        if self._renewal is not None:
            with anyio.CancelScope(shield=True):
                await asyncio.wait([self._renewal])

    async def _renewed(self, refused: str | None) -> SignIn:
        if self._renewal is None:
            from .signin.renewal import renewed

            self._renewal = asyncio.create_task(asyncio.to_thread(renewed, self._base_url, refused))
            self._renewal.add_done_callback(self._forget_renewal)
        kept = await asyncio.shield(self._renewal)
        keep_secret(kept.access_token, kept.refresh_token, kept.client_secret)
        return kept

    def _forget_renewal(self, renewal: asyncio.Task[SignIn]) -> None:
        self._renewal = None
        if not renewal.cancelled():
            renewal.exception()  # Whoever waited has it; that nobody did is no fault.
