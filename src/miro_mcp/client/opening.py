"""What HTTP clients are opened with: the environment's proxies and certificates, and words where they can't be used."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from urllib.parse import urlsplit
from urllib.request import getproxies

from ..errors import CannotOpen

LOOPBACK = ("all://localhost", "all://127.0.0.1", "all://[::1]")
"""Addresses of this machine, which no proxy can reach: patterns of URLs, as httpx takes them for its mounts."""

_PROXIES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY")
_FILES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE")


@contextmanager
def opening() -> Generator[None]:
    """Around the opening of a client.

    Raises:
        CannotOpen: the environment names a proxy or a file that can't be used.
    """
    import httpx

    try:
        for url in getproxies().values():
            _ = urlsplit(url).port  # One beyond 65535 would be found out at the first connection only.
        yield
    except OSError as error:
        raise CannotOpen(f"a certificate file can't be used: {error.strerror or error}", _set(_FILES)) from error
    except (ValueError, ImportError, httpx.InvalidURL) as error:
        reason = str(error).partition(" Make sure")[0].rstrip(".")
        raise CannotOpen(f"a proxy can't be used: {reason}", _set(_PROXIES)) from error


def _set(names: Iterable[str]) -> list[str]:
    """Those of the variables that are set, in capitals or not; their values may hold passwords."""
    return [one for name in names for one in (name, name.lower()) if os.environ.get(one)]
