"""What a worker process is asked to draw, and what it answers; both pickled, with their length before them."""

from __future__ import annotations

import pickle
import struct
from dataclasses import dataclass
from typing import IO, Any, Literal

from ...board.contents import Contents
from ...board.geometry import Box

PictureFormat = Literal["png", "svg"]

_LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, kw_only=True)
class DrawingJob:
    """A board and the part of it to draw: a frame, a region, chosen items, or all of it."""

    contents: Contents
    format: PictureFormat = "png"
    region: Box | None = None
    frame_id: str | None = None
    chosen: tuple[str, ...] | None = None
    with_findings: bool = True
    max_px: int | None = None
    """The longest side of the picture, where not the usual one is wanted."""


@dataclass(frozen=True, kw_only=True)
class View:
    """The picture and what is told with it. `scale` is in pixels per board unit; an SVG has none.

    `unread` counts what is too small to read, and so stands as bars, blocks and counts.
    """

    svg: str
    png: bytes
    region: Box
    scale: float | None
    size: tuple[int, int]
    items: int
    connectors: int
    unread: int
    findings: tuple[str, ...]
    readable_frames: tuple[str, ...] = ()
    readable_region: Box | None = None
    """Where what is unread can be read: frames, or else a region of this size."""


def send(stream: IO[bytes], value: Any) -> None:
    content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(content)) + content)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """The next value.

    Raises:
        EOFError: the other side has gone.
    """
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    # What comes in here is this program's own, from the process at the other end of the pipe.
    return pickle.loads(stream.read(*_LENGTH.unpack(head)))  # noqa: S301
