"""Lines that come in on a descriptor; of one that is too long no more is kept than its two ends."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread

import anyio

_CHUNK = 64 * 1024
_KEPT = 4096
"""Bytes of either end of a line that is too long."""


@dataclass(frozen=True)
class TooLong:
    """A line of so many bytes, of which the beginning and the end are here."""

    size: int
    begin: bytes
    end: bytes


Line = bytes | TooLong


class Lines:
    """The lines of a descriptor, of at most `longest` bytes each.

    A thread reads it, since nothing else reads every kind of descriptor; nobody waits for that thread to end.
    """

    def __init__(self, descriptor: int, longest: int) -> None:
        self._descriptor = descriptor
        self._longest = longest
        self._put, self._got = anyio.create_memory_object_stream[Line](1)

    def start(self) -> None:
        Thread(target=self._read, args=[asyncio.get_running_loop()], daemon=True).start()

    async def receive(self) -> Line:
        """The next line.

        Raises:
            anyio.EndOfStream: there is none, or reading was closed.
        """
        try:
            return await self._got.receive()
        except anyio.EndOfStream:
            self._got.close()
            raise

    def close(self) -> None:
        """Reads no further."""
        self._put.close()

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        # The loop may be gone by the time there is something to hand over.
        with suppress(RuntimeError, CancelledError, anyio.ClosedResourceError, anyio.BrokenResourceError):
            for line in split_lines(_chunks(self._descriptor), self._longest):
                asyncio.run_coroutine_threadsafe(self._put.send(line), loop).result()
            loop.call_soon_threadsafe(self._put.close)


def split_lines(chunks: Iterable[bytes], longest: int) -> Iterator[Line]:
    """Lines without their ends, the last one even where it has none."""
    held = bytearray()
    size = 0
    for chunk in chunks:
        *ended, rest = chunk.split(b"\n")
        for piece in ended:
            size += len(piece)
            _hold(held, piece, size, longest)
            yield _line(held, size, longest)
            held, size = bytearray(), 0
        size += len(rest)
        _hold(held, rest, size, longest)
    if size:
        yield _line(held, size, longest)


def _hold(held: bytearray, piece: bytes, size: int, longest: int) -> None:
    held += piece
    if size > longest and len(held) > 2 * _KEPT:
        del held[_KEPT:-_KEPT]


def _line(held: bytearray, size: int, longest: int) -> Line:
    if size <= longest:
        return bytes(held)
    return TooLong(size, bytes(held[:_KEPT]), bytes(held[_KEPT:][-_KEPT:]))


def _chunks(descriptor: int) -> Iterator[bytes]:
    with suppress(OSError):
        while chunk := os.read(descriptor, _CHUNK):
            yield chunk
