"""Which links may be followed: https to public addresses, and the sandbox's own."""

from __future__ import annotations

import asyncio
import socket
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from urllib.parse import parse_qs, urlsplit
from urllib.request import getproxies

from ..errors import Refused
from ..settings import is_loopback


async def check_link(link: str, own_base_url: str) -> None:
    """`own_base_url` is that of the API: where it is on this machine, as the sandbox is, its links are too.

    Raises:
        Refused: the link is not https, or leads to an address that is not public.
    """
    parts, own = urlsplit(link), urlsplit(own_base_url)
    host = parts.hostname or ""
    if is_loopback(own.hostname or "") and (parts.scheme, parts.netloc) == (own.scheme, own.netloc):
        return
    if parts.scheme != "https" or not host or "@" in parts.netloc:
        raise Refused(f"The link leads to {host or 'nowhere'} and is not https, so it was not followed.")
    if not await _is_public(host, parts.port or 443):
        raise Refused(f"The link leads to {host}, which is not a public address, so it was not followed.")


def ends_at(link: str) -> str | None:
    """When a link expires that says so itself, as those of S3 do."""
    query = parse_qs(urlsplit(link).query)
    try:
        signed = datetime.strptime(query["X-Amz-Date"][0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        end = signed + timedelta(seconds=int(query["X-Amz-Expires"][0]))
    except (KeyError, ValueError, OverflowError):
        return None
    return end.isoformat(timespec="seconds").replace("+00:00", "Z")


async def _is_public(host: str, port: int) -> bool:
    """Whether every address of a host is; a host that only a proxy can look up is the proxy's to judge."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        return "https" in getproxies()
    addresses = [ip_address(str(one[4][0]).partition("%")[0]) for one in found]
    return bool(addresses) and all(address.is_global and not address.is_multicast for address in addresses)
