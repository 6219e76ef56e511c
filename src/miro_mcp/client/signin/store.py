"""Where a sign-in is kept: the system's keyring, or a file of one's own where there is none."""

from __future__ import annotations

import json
import re
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol, cast

from platformdirs import user_state_path

from ...system.files import write_whole
from ...system.locks import locked

_SERVICE = "miro-mcp"
_EARLY = 300.0
"""Seconds before its end at which a token is renewed, but a tenth of its life at most."""


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """A pair of tokens, the app they were given to, and the base URL that they may be sent to, no other.

    `expires_at` is in epoch seconds and `lifetime` in seconds; both are None for tokens that don't expire. `user_id` is
    whose they are, where Miro told it.
    """

    base_url: str
    client_id: str
    client_secret: str = field(repr=False)
    access_token: str = field(repr=False)
    refresh_token: str | None = field(default=None, repr=False)
    expires_at: float | None = None
    lifetime: float | None = None
    user_id: str | None = None

    def is_stale(self, now: float) -> bool:
        """Whether it is time to renew it."""
        if self.expires_at is None:
            return False
        return now >= self.expires_at - min(_EARLY, 0.1 * (self.lifetime or 0.0))

    def is_expired(self, now: float) -> bool:
        return self.expires_at is not None and now >= self.expires_at


class SignInStore(Protocol):
    where: str

    def read(self, base_url: str) -> str | None: ...

    def write(self, base_url: str, text: str) -> None: ...

    def remove(self, base_url: str) -> None: ...


class FileStore:
    """A file a base URL, which its owner alone can read; written whole or not at all."""

    def __init__(self) -> None:
        self.where = f"files in {folder()}"

    def read(self, base_url: str) -> str | None:
        path = _path(base_url)
        return path.read_text("utf-8") if path.exists() else None

    def write(self, base_url: str, text: str) -> None:
        path = _path(base_url)
        write_whole(path, text)
        self.where = f"the file {path}, which only you can read, since there is no keyring here"

    def remove(self, base_url: str) -> None:
        _path(base_url).unlink(missing_ok=True)


class KeyringStore:
    def __init__(self, backend: Any) -> None:
        self._backend = backend
        self.where = f"the system's keyring ({backend.name})"

    def read(self, base_url: str) -> str | None:
        return self._backend.get_password(_SERVICE, base_url)

    def write(self, base_url: str, text: str) -> None:
        self._backend.set_password(_SERVICE, base_url, text)

    def remove(self, base_url: str) -> None:
        from keyring.errors import PasswordDeleteError

        try:
            self._backend.delete_password(_SERVICE, base_url)
        except PasswordDeleteError:
            return  # There was none.


def load_sign_in(base_url: str) -> SignIn | None:
    """The sign-in kept for a base URL; what can't be read as one is none."""
    for store in _stores_to_read():
        text = store.read(base_url)
        if text is not None:
            return _parse(text, base_url)
    return None


def save_sign_in(sign_in: SignIn) -> str:
    """Keeps a sign-in, in the place where it is already or else in the best there is; returns where that is.

    Raises:
        OSError: it can't be written.
    """
    text = json.dumps(asdict(sign_in))
    file = FileStore()
    keyring = _keyring()
    if keyring is not None and file.read(sign_in.base_url) is None:
        try:
            keyring.write(sign_in.base_url, text)
        except _keyring_errors():
            pass
        else:
            return keyring.where
    file.write(sign_in.base_url, text)
    return file.where


def forget_sign_in(base_url: str) -> None:
    for store in _stores_to_read():
        store.remove(base_url)


@contextmanager
def exclusively(base_url: str) -> Generator[None]:
    """Keeps other processes from changing the sign-in meanwhile."""
    path = _path(base_url)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with locked(path.with_suffix(".lock")):
        yield


def folder() -> Path:
    return user_state_path("miro-mcp", appauthor=False)


def _path(base_url: str) -> Path:
    return folder() / f"sign-in-{re.sub('[^a-z0-9.]+', '-', base_url.partition('://')[2].lower())}.json"


def _stores_to_read() -> Generator[SignInStore]:
    """The file first: where there is one, no keyring need be woken."""
    yield FileStore()
    keyring = _keyring()
    if keyring is not None:
        yield keyring


def _keyring() -> KeyringStore | None:
    """The system's keyring, if there is one that keeps secrets better than a file would."""
    import keyring

    backend: Any = keyring.get_keyring()
    return KeyringStore(backend) if backend.priority >= 1 else None


def _keyring_errors() -> tuple[type[Exception], ...]:
    from keyring.errors import KeyringError

    return (KeyringError, OSError)


def _parse(text: str, base_url: str) -> SignIn | None:
    try:
        sign_in = SignIn(**cast("dict[str, Any]", json.loads(text)))
    except (ValueError, TypeError):
        return None
    return sign_in if sign_in.base_url == base_url else None
