"""Files written whole or not at all: whoever reads one meanwhile finds the old text or the new."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

OWNER_ONLY = 0o600


def write_whole(path: Path, text: str, mode: int = OWNER_ONLY) -> None:
    """Puts a text in a file's place, its line ends as they are; the folder has to be there.

    Raises:
        OSError: it can't be written, and what was there is untouched.
    """
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
