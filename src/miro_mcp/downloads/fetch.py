"""Fetching one file: streamed into a part beside its place, and taken up again where it was broken off."""

from __future__ import annotations

import asyncio
from pathlib import Path

from ..client.http import MiroClient
from ..errors import CallError, OutcomeUnknown, Refused
from ..system.progress import note
from .files import put_in_place
from .links import check_link

MOST_TRIES = 4

_PARTIAL = 206


class NotFetched(CallError):
    """The file did not come whole; what did is kept beside its place."""

    outcome = "failed"


async def fetch(client: MiroClient, link: str, target: Path, size: int | None) -> str:
    """Puts what a link leads to at `target`; returns "downloaded", or "there already" for a file of that size.

    Raises:
        Refused: the link may not be followed, or another file is there.
        NotFetched: it did not come whole; another call goes on where this one ended.
    """
    if target.exists():
        if size is not None and target.stat().st_size == size:
            return "there already"
        raise Refused(f"{target.name} is there already and was not overwritten: move it away, or name another folder.")
    await check_link(link, client.base_url)
    part = target.with_name(f"{target.name}.part")
    for left in reversed(range(MOST_TRIES)):
        try:
            await _go_on(client, link, part)
            break
        except OutcomeUnknown as error:
            if not left:
                raise NotFetched(f"{target.name} was broken off: {error} Call again to go on.") from None
            await asyncio.sleep(0.2)
    got = part.stat().st_size
    if size is not None and got != size:
        part.unlink()
        raise NotFetched(f"{target.name} has {got} bytes where Miro said {size}, so it was thrown away. Call again.")
    try:
        put_in_place(part, target)
    except FileExistsError:
        raise Refused(f"{target.name} came to be there meanwhile and was not overwritten.") from None
    await note(f"downloaded {target.name}")
    return "downloaded"


async def _go_on(client: MiroClient, link: str, part: Path) -> None:
    """Adds what is missing to a part; a server that can't begin in the middle sends the whole once more."""
    start = part.stat().st_size if part.exists() else 0
    async with client.download(link, start) as received:
        if received.status == 416:
            return
        if received.status not in (200, _PARTIAL):
            raise NotFetched(f"The link answered {received.status}: ask for the results anew, for links expire.")
        with part.open("ab" if received.status == _PARTIAL else "wb") as file:
            async for chunk in received.chunks:
                file.write(chunk)
