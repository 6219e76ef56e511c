"""Files that may leave this machine: from the folders the operator opened, and nowhere else."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from ..errors import BadArguments, Refused

MAX_UPLOAD = 6 * 1024 * 1024
"""Bytes; the API takes files of up to 6 MB."""


def check_upload(argument: str, path: str, roots: Sequence[Path]) -> Path:
    """The real path of a file that may be uploaded.

    Raises:
        Refused: it lies outside the folders in MIRO_UPLOAD_ROOTS, links and `..` resolved.
        BadArguments: it is no readable file, or larger than the API takes.
    """
    try:
        real = Path(path).expanduser().resolve()
    except (OSError, RuntimeError, ValueError):
        raise BadArguments(f"{argument}: {path!r} is not the path of a file. Nothing was sent.") from None
    if not any(real.is_relative_to(root) for root in roots):
        allowed = f"Files may come from {', '.join(map(str, roots))}" if roots else "No folder is open for uploads"
        raise Refused(
            f"{argument}: the file {path!r} may not be uploaded, and nothing was sent. {allowed}; the operator "
            "opens folders with MIRO_UPLOAD_ROOTS, for example MIRO_UPLOAD_ROOTS=/home/ada/miro."
        )
    try:
        status = real.stat()
    except (OSError, ValueError):
        status = None
    if status is None or not stat.S_ISREG(status.st_mode):
        raise BadArguments(f"{argument}: there is no file {path!r}. Nothing was sent.")
    if status.st_size > MAX_UPLOAD:
        raise BadArguments(f"{argument}: the file {path!r} is larger than 6 MB, the most Miro takes. Nothing was sent.")
    return real


def open_upload(real: Path) -> IO[bytes]:
    """Opens a checked file, unless something else stands in its place by now.

    Raises:
        Refused: a link, a pipe, or nothing that can be read is there.
    """
    try:
        file = os.fdopen(_open_without_links(real), "rb")
    except OSError as error:
        raise Refused(f"The file {str(real)!r} can't be read ({error.strerror}), so nothing was sent.") from error
    if stat.S_ISREG(os.fstat(file.fileno()).st_mode) and real.resolve() == real:
        return file
    file.close()
    raise Refused(f"The file {str(real)!r} is no longer the one that was checked, so nothing was sent.")


def _open_without_links(real: Path) -> int:
    """Opens a file folder by folder from the root down, so that no link put into the way meanwhile is followed.

    Where the system can't open within a folder, the last step alone follows no link.
    """
    flags = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
    if os.open not in os.supports_dir_fd or not hasattr(os, "O_NOFOLLOW"):
        return os.open(real, flags)
    in_way = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_NOFOLLOW
    folder = os.open(real.anchor, in_way)
    try:
        for name in real.parts[1:-1]:
            inner = os.open(name, in_way, dir_fd=folder)
            os.close(folder)
            folder = inner
        return os.open(real.name, flags, dir_fd=folder)
    finally:
        os.close(folder)
