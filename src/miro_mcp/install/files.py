"""Configuration files: read and written whole, with a backup beside them."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

from ..system.files import OWNER_ONLY, write_whole

BACKUP_SUFFIX = ".before-miro-mcp"


def read_config(path: Path) -> str | None:
    """The text of a file, its line ends as they are; None when there is no such file."""
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None


def write_config(path: Path, text: str, mode: int) -> None:
    """Writes a file whole or not at all; a link is followed, so that what it leads to is replaced."""
    target = path.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, text, mode)


def mode_of(path: Path) -> int:
    """The permissions of a file; those of a new one are its owner's alone."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return OWNER_ONLY


def is_open_to_others(mode: int) -> bool:
    """Whether other people of this machine may read a file of these permissions (Windows keeps them elsewhere)."""
    return sys.platform != "win32" and bool(mode & 0o077)


def backup_of(path: Path) -> Path:
    return path.with_name(path.name + BACKUP_SUFFIX)
